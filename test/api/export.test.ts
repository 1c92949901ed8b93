/** The exports over HTTP, of a company that the API made: what is in them, who may take them, and how they go on when cut off. */
import { createHash } from "node:crypto"
import Database from "better-sqlite3"
import { parse } from "csv-parse/sync"
import { verifierOf } from "../../src/audit/note"
import { type Verdict, verifyExport } from "../../src/audit/verify-export"
import { EXPORTERS } from "../../src/auth/permissions"
import { placesOf } from "../../src/core"
import type { Role } from "../../src/domain/events"
import { type Company, company } from "../end-to-end/company"
import { type Caller, RunningLedger } from "../support/running-ledger"

const EXPORTS = ["history", "seats", "assignments", "usage", "entitlements"] as const
const FORMATS = ["jsonl", "csv"] as const

let ledger: RunningLedger
let c: Company
let auditor: Caller
let groupId: string
/** The day, in UTC. */
let madeOn: string

beforeAll(async () => {
  madeOn = new Date().toISOString().slice(0, 10)
  ledger = await RunningLedger.start()
  c = await company(ledger, { seats: 3, users: ["ada", "bo", "cy", "di", "ed"] })
  auditor = await ledger.as("AUDITOR", { organization: c.organizationId, subject: "audrey" })
  const { ada, bo, cy, di, ed } = c.users
  await c.admin.ask(
    `mutation ($u: ID!) { updateUser(input: { userId: $u, displayName: "=HYPERLINK(\\"http://evil.example\\")" }) { refusal { code } } }`,
    { u: ed },
  )
  const { createGroup } = await c.admin.ask(
    `mutation ($m: [ID!]) { createGroup(input: { displayName: "+31 sales, \\"north\\"", memberIds: $m }) { group { id } } }`,
    { m: [bo, cy, di] },
  )
  groupId = createGroup.group.id
  await assign([ada as string], 'Line one\nline "two"')
  await assign([bo as string], "@SUM(1)")
  await assign([groupId], null)
  await assign([ed as string], "-2", "WAITLIST")
})
afterAll(() => ledger.stop())

async function assign(principalIds: string[], reason: string | null, onShortage = "REJECT"): Promise<void> {
  const { assignLicenses } = await c.admin.ask(
    "mutation ($input: AssignLicensesInput!) { assignLicenses(input: $input) { refusal { code message } } }",
    { input: { licenseId: c.licenseId, principalIds, reason, onShortage } },
  )
  expect(assignLicenses.refusal).toBeNull()
}

async function taken(
  path: string,
  caller: Caller | undefined = auditor,
): Promise<{ status: number; bytes: Buffer; text: string; headers: Headers }> {
  const response = await fetch(`${ledger.opened.url}/export/v1/${path}`, {
    headers: caller ? { authorization: `Bearer ${caller.token}` } : {},
  })
  const bytes = Buffer.from(await response.arrayBuffer())
  return { status: response.status, bytes, text: bytes.toString("utf8"), headers: response.headers }
}
const messageOf = ({ text }: { text: string }): string => JSON.parse(text).errors[0].message

async function verdictOn(file: Buffer): Promise<Verdict> {
  const key = ledger.opened.services.checkpoints.signer(c.organizationId).verifierKey
  return verifyExport(
    (async function* () {
      yield file
    })(),
    verifierOf(key),
  )
}
/** The rows of a file of JSON lines, or of CSV as a program reads it. */
// biome-ignore lint/suspicious/noExplicitAny: the columns depend on the export.
function rowsOf(text: string): any[] {
  return text
    .split("\n")
    .filter((line) => line.startsWith('{"kind":"row"'))
    .map((line) => JSON.parse(line).row)
}
function recordsOf(text: string): Record<string, string>[] {
  return parse(text, { columns: true, from_line: 2 })
}

describe("who may export (rule 38)", () => {
  const roles: Role[] = ["GLOBAL_ADMIN", "LICENSE_ADMIN", "USER_ADMIN", "BILLING_ADMIN", "AUDITOR", "MEMBER", "VENDOR", "OPERATOR"]
  test.each(roles.flatMap((role) => EXPORTS.map((what) => ({ role, what }))))("$role × $what", async ({ role, what }) => {
    const vendor = role === "VENDOR" ? { vendor: c.vendorId } : {}
    const organization = role === "VENDOR" || role === "OPERATOR" ? {} : { organization: c.organizationId }
    const caller = await ledger.as(role, { ...vendor, ...organization })
    const answer = await taken(what, caller)
    const mayExport = role === "GLOBAL_ADMIN" || role === "AUDITOR"
    expect(EXPORTERS.includes(role)).toBe(mayExport)
    expect(answer.status).toBe(mayExport ? 200 : 403)
    if (!mayExport)
      expect(messageOf(answer)).toMatch(new RegExp(`^export is for the roles GLOBAL_ADMIN and AUDITOR; this token has ${role}`))
  })
  test("nobody without a token, and nobody another organization's", async () => {
    const stranger = await fetch(`${ledger.opened.url}/export/v1/seats`)
    expect(stranger.status).toBe(401)
    expect(stranger.headers.get("www-authenticate")).toContain("Bearer")
    const other = await ledger.as("AUDITOR", { organization: "org_other" })
    const answer = await taken(`seats?organization=${c.organizationId}`, other)
    expect([answer.status, messageOf(answer)]).toEqual([403, `This token is for org_other, not for ${c.organizationId}.`])
  })
  test("an export changes nothing", async () => {
    const before = (await taken("history")).headers.get("seatledger-lines")
    for (const what of EXPORTS) await taken(what)
    expect((await taken("history")).headers.get("seatledger-lines")).toBe(before)
  })
})

describe("what is asked for", () => {
  test.each([
    ["seats?revision=9999", 400, /^revision must be at most \d+, the newest revision that is shown; 9999 has not happened yet\.$/],
    ["seats?at=2999-01-01T00:00:00Z", 400, /^at lies in the future/],
    ["seats?at=yesterday", 400, /^at must be a day such as/],
    ["seats?at=2026-01-01&revision=1", 400, /^at cannot go with revision/],
    ["seats?from=2026-01-01", 400, /^from is for history and usage/],
    ["usage?from=2026-01-01T00:00:00Z", 400, /^from must be a day/],
    ["history?from=2026-02-01&to=2026-01-01", 400, /^to must be after from/],
    ["history?license=lic_unknown", 404, /has no license lic_unknown/],
    ["history?license=1", 400, /^license must be the id of a license/],
    ["history?format=xlsx", 400, /^format must be jsonl or csv/],
    ["history?licence=lic_x", 400, /^licence is nothing to ask an export for; there are organization, license,/],
    ["history?timeZone=Mars", 400, /^timeZone must be a time zone/],
    ["people", 404, /^There is no export "people"; there are history, seats,/],
  ])("%s is answered with %d", async (path, status, message) => {
    const answer = await taken(path)
    expect([answer.status, messageOf(answer)]).toEqual([status, expect.stringMatching(message)])
  })
})

describe("what is in them", () => {
  test("the history is proved to the last event, as of any revision", async () => {
    const { bytes, headers } = await taken("history")
    const newest = Number(headers.get("seatledger-lines"))
    expect(await verdictOn(bytes)).toMatchObject({
      verified: true,
      lines: newest,
      header: { revision: newest, exportedBy: { role: "AUDITOR" } },
    })
    for (const revision of [0, 1, newest - 1]) {
      expect(await verdictOn((await taken(`history?revision=${revision}`)).bytes)).toMatchObject({ verified: true, lines: revision })
    }
  })
  test("the history of one license, each event with its own proof", async () => {
    const { bytes, text } = await taken(`history?license=${c.licenseId}`)
    expect(await verdictOn(bytes)).toMatchObject({ verified: true, header: { proofs: "INCLUSION", filter: { licenseId: c.licenseId } } })
    expect(text).not.toContain("UserProvisioned")
    expect(text).toContain("LicenseRegistered")
  })
  test("names and reasons are sealed in the proven history, and opened in the one for people", async () => {
    const proven = await taken("history")
    expect(proven.text).not.toMatch(/ADA|Line one/)
    const rows = recordsOf((await taken("history?format=csv")).text)
    expect(rows.map((row) => row.reason).filter((reason) => reason !== "")).toEqual(['Line one\nline "two"', "'@SUM(1)", "'-2"])
    expect(rows.find((row) => row.type === "UserProvisioned")?.summary).toBe("chief added ADA")
  })

  test("seats are those of the API, with sources, waitlist and names, now and then", async () => {
    const newest = Number((await taken("history")).headers.get("seatledger-lines"))
    for (let revision = 0; revision <= newest; revision++) {
      const { license } = await c.admin.ask(
        `query ($id: ID!, $r: Int!) { license(id: $id, asOf: { revision: $r }) { users(first: 100) { nodes {
          state waitlistPosition entitledSince seatedSince user { id displayName } sources { type since group { id displayName } } } } } }`,
        { id: c.licenseId, r: revision },
      )
      // biome-ignore lint/suspicious/noExplicitAny: what a query answers depends on its text.
      const nodes: any[] = license?.users.nodes ?? []
      const exported = rowsOf((await taken(`seats?revision=${revision}`)).text)
      expect(
        exported.map(({ userId, displayName, state, waitlistPosition, entitledSince, seatedSince }) => ({
          userId,
          displayName,
          state,
          waitlistPosition,
          entitledSince,
          seatedSince,
        })),
      ).toEqual(
        nodes.map(({ user, state, waitlistPosition, entitledSince, seatedSince }) => ({
          userId: user.id,
          displayName: user.displayName,
          state,
          waitlistPosition,
          entitledSince,
          seatedSince,
        })),
      )
      expect(exported.map(({ sources }) => sources)).toEqual(
        nodes.map(({ sources }) =>
          sources.map(({ type, since, group }: { type: string; since: string; group: { id: string; displayName: string } | null }) =>
            group ? { type, groupId: group.id, groupName: group.displayName, since } : { type, since },
          ),
        ),
      )
    }
  })

  test("assignments say who, to whom, why and how far", async () => {
    const rows = rowsOf((await taken("assignments")).text)
    expect(rows).toMatchObject([
      { principalId: c.users.ada, displayName: "ADA", assignedByName: "chief", reason: 'Line one\nline "two"', status: "ALL_SEATED" },
      { principalId: c.users.bo, status: "ALL_SEATED" },
      { principalId: groupId, principalType: "GROUP", status: "SEATS_SHORT", waiting: 1, reason: null },
      { principalId: c.users.ed, status: "SEATS_SHORT", waiting: 1, reason: "-2" },
    ])
  })

  test("entitlements are stretches of what was bought, each with the event that began it", async () => {
    const own = await company(ledger, { seats: 5, users: [] })
    const change = (seats: number, sequence: number) =>
      own.vendor.ask("mutation ($input: ChangeVendorSeatsInput!) { changeVendorSeats(input: $input) { refusal { code } } }", {
        input: { licenseId: own.licenseId, seats, vendorEventId: `change-${sequence}`, sequence },
      })
    await change(8, 1)
    await change(8, 2) // no change: recorded, and nothing else is bought
    await own.vendor.ask(
      `mutation ($l: ID!) { changeLicenseStatus(input: { licenseId: $l, status: CANCELLED, vendorEventId: "end", sequence: 3 }) { refusal { code } } }`,
      { l: own.licenseId },
    )
    await change(9, 4) // rule 24: recorded, and grants nothing
    const caller = await ledger.as("AUDITOR", { organization: own.organizationId })
    const rows = rowsOf((await taken("entitlements", caller)).text)
    expect(rows).toMatchObject([
      { product: "CRM", metric: "named user", quantity: 5, status: "ACTIVE", sourceRevision: 2, publisherId: own.vendorId },
      { product: "CRM", metric: "named user", quantity: 8, status: "ACTIVE", vendorEventId: "change-1" },
    ])
    expect(rows[0].validTo).toBe(rows[1].validFrom)
    expect(rows[1].validTo).not.toBeNull()
    expect(rows[1].sourceEventId).toMatch(/^[0-9a-f-]{36}$/)
  })

  test("usage has a row per day and license, as seatUsage counts it", async () => {
    const rows = rowsOf((await taken("usage")).text)
    const dates = rows.map(({ date }) => date)
    expect(dates).toEqual([...new Set(dates)])
    expect(dates.every((date) => date >= madeOn)).toBe(true) // Two of them when midnight (UTC) has passed since then.
    expect(rows.at(-1)).toMatchObject({ licenseId: c.licenseId, purchased: 3, seated: 3, waiting: 2, peak: 3, overassignedDays: 0 })
    expect(Math.max(...rows.map(({ seatDays }) => seatDays))).toBeGreaterThan(0)
    expect(rowsOf((await taken("usage?from=2020-01-01&to=2020-12-31")).text)).toEqual([])
  })

  test("rows as JSON lines are signed as a whole", async () => {
    for (const what of EXPORTS) expect(await verdictOn((await taken(what)).bytes)).toMatchObject({ verified: true, header: { what } })
  })
})

describe("CSV", () => {
  test.each(EXPORTS)("%s: the same columns throughout (RFC 4180), and a first record that a program reads", async (what) => {
    const { text, headers } = await taken(`${what}?format=csv`)
    expect(headers.get("content-type")).toBe("text/csv; charset=utf-8; header=present")
    const records: string[][] = parse(text) // refuses records of different lengths
    expect(records[0]?.[0]).toBe("seatledger-export/1")
    expect(JSON.parse(records[0]?.[1] ?? "")).toMatchObject({
      kind: "header",
      what,
      as: "csv",
      organization: c.organizationId,
      revision: expect.any(Number),
      root: expect.any(String),
      checkpoint: expect.stringContaining("\n— "),
      filter: expect.any(Object),
      exportedAt: expect.any(String),
      exportedBy: { id: expect.stringMatching(/^act_/), role: "AUDITOR" },
    })
    expect(text.split("\r\n").at(-1)).toBe("")
    expect(text.replaceAll("\r\n", "").includes("\r")).toBe(false)
  })

  test("no cell begins like a formula, and numbers stay numbers", async () => {
    for (const what of EXPORTS) {
      const records: string[][] = parse((await taken(`${what}?format=csv`)).text)
      for (const cell of records.flat()) expect(cell).not.toMatch(/^[=+@\t\r]|^-(?!\d+(\.\d+)?$)/)
    }
    const seats = recordsOf((await taken("seats?format=csv")).text)
    expect(seats.find(({ userId }) => userId === c.users.ed)?.displayName).toBe(`'=HYPERLINK("http://evil.example")`)
    expect(seats.find(({ userId }) => userId === c.users.cy)?.sources).toBe(`group +31 sales, "north" (${groupId})`)
    const groups = recordsOf((await taken("assignments?format=csv")).text)
    expect(groups.find(({ principalId }) => principalId === groupId)?.displayName).toBe(`'+31 sales, "north"`)
    expect(seats.find(({ userId }) => userId === c.users.ed)?.waitlistPosition).toBe("2")
  })
})

describe("cut off, and gone on with", () => {
  const headerOf = (file: Buffer, format: string) => {
    const [first = ""] = file.toString("utf8").split("\n")
    return format === "jsonl" ? first : ((parse(first) as string[][])[0]?.[1] ?? "")
  }
  async function continued(
    begun: Buffer,
    header: string,
    caller: Caller = auditor,
    sha256 = createHash("sha256").update(begun).digest("base64"),
  ) {
    const response = await fetch(`${ledger.opened.url}/export/v1/continue`, {
      method: "POST",
      headers: { authorization: `Bearer ${caller.token}`, "content-type": "application/json" },
      body: JSON.stringify({ header, bytes: begun.length, sha256 }),
    })
    return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) }
  }

  test.each(EXPORTS.flatMap((what) => FORMATS.map((format) => [what, format] as const)))(
    "%s as %s goes on at any byte",
    async (what, format) => {
      const { bytes: whole } = await taken(`${what}?format=${format}`)
      const header = headerOf(whole, format)
      for (const at of [whole.indexOf("\n") + 1, Math.floor(whole.length / 2), whole.length - 1, whole.length]) {
        const rest = await continued(whole.subarray(0, at), header)
        expect(rest.status).toBe(200)
        expect(Buffer.concat([whole.subarray(0, at), rest.bytes])).toEqual(whole)
      }
    },
  )

  test("at the same revision, whatever was recorded since", async () => {
    const { bytes: whole } = await taken("history")
    await c.admin.ask('mutation { createGroup(input: { displayName: "Later" }) { group { id } } }')
    const half = whole.subarray(0, 3000)
    expect(Buffer.concat([half, (await continued(half, headerOf(whole, "jsonl"))).bytes])).toEqual(whole)
  })

  test("not when the file was changed, not for somebody else, not with a header of one's own", async () => {
    const { bytes: whole } = await taken("seats")
    const header = headerOf(whole, "jsonl")
    const half = whole.subarray(0, whole.length - 300)
    const changed = Buffer.from(half)
    changed[half.length - 1] = (changed[half.length - 1] ?? 0) ^ 1
    const refused = async (...args: Parameters<typeof continued>) => {
      const { status, bytes } = await continued(...args)
      return [status, messageOf({ text: bytes.toString("utf8") })]
    }
    expect(await refused(changed, header)).toEqual([409, expect.stringMatching(/Begin the export anew/)])
    expect(await refused(Buffer.concat([whole, whole]), header)).toEqual([409, expect.stringMatching(/Begin the export anew/)])
    const other = await ledger.as("AUDITOR", { organization: c.organizationId, subject: "somebody else" })
    expect(await refused(half, header, other)).toEqual([403, expect.stringMatching(/Somebody else has begun this export/)])
    const forged = header.replace(/"exportedAt":"\d+/, '"exportedAt":"1999')
    expect(await refused(half, forged)).toEqual([400, expect.stringMatching(/^header is not one that this server has signed/)])
    const admin = await ledger.as("LICENSE_ADMIN", { organization: c.organizationId, subject: "audrey" })
    expect((await refused(half, header, admin))[0]).toBe(403)
  })

  test("not once somebody in it was erased: the names would differ", async () => {
    const own = await company(ledger, { seats: 5, users: ["eve"] })
    await own.admin.ask("mutation ($input: AssignLicensesInput!) { assignLicenses(input: $input) { refusal { code } } }", {
      input: { licenseId: own.licenseId, principalIds: [own.users.eve], reason: "For the trial" },
    })
    const caller = await ledger.as("AUDITOR", { organization: own.organizationId, subject: "audrey" })
    const { bytes: whole, text } = await taken("seats", caller)
    expect(rowsOf(text)).toMatchObject([{ displayName: "EVE", userName: "eve@example.com" }])
    const revision = JSON.parse(text.split("\n")[0] ?? "").revision
    const { eraseUser } = await own.admin.ask(
      'mutation ($u: ID!) { eraseUser(input: { userId: $u, reason: "Asked for it" }) { refusal { message } } }',
      {
        u: own.users.eve,
      },
    )
    expect(eraseUser.refusal).toBeNull()

    const half = whole.subarray(0, whole.length - 10)
    expect((await continued(half, headerOf(whole, "jsonl"), caller)).status).toBe(409)
    const now = await taken(`seats?revision=${revision}`, caller)
    expect(rowsOf(now.text)).toMatchObject([{ displayName: "Erased user", userName: null, mail: null, userId: own.users.eve }])
    for (const what of EXPORTS)
      for (const format of FORMATS) expect((await taken(`${what}?format=${format}`, caller)).text).not.toMatch(/EVE|eve@/)
    const history = await taken("history", caller)
    const key = ledger.opened.services.checkpoints.signer(own.organizationId).verifierKey
    const verdict = await verifyExport(
      (async function* () {
        yield history.bytes
      })(),
      verifierOf(key),
    )
    expect(verdict).toMatchObject({ verified: true })
  })
})

test("a log that was changed behind the server's back is told, and nothing is exported as proven", async () => {
  const own = await company(ledger, { seats: 5, users: ["ada"] })
  const caller = await ledger.as("AUDITOR", { organization: own.organizationId })
  expect((await taken("history", caller)).status).toBe(200)
  const log = new Database(placesOf(ledger.folder).log)
  const changed = log
    .prepare("update event set data = replace(data, '\"seats\":5', '\"seats\":6') where stream = (select id from stream where name = ?)")
    .run(`organization-${own.organizationId}`)
  expect(changed.changes).toBeGreaterThan(0)
  log.close()
  const answer = await taken("history", caller)
  expect([answer.status, messageOf(answer)]).toEqual([
    500,
    `Nothing can be exported that would verify: revision 2 of ${own.organizationId} is not the event of its Merkle tree.`,
  ])
  expect(ledger.opened.services.checkpoints.problem(own.organizationId)).toMatch(/^revision 2 of/)
})
