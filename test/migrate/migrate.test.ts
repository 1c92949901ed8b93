/** A whole ledger moves from place to place, and nobody who asks it notices. */
import { randomUUID } from "node:crypto"
import { existsSync, mkdtempSync } from "node:fs"
import { writeFile } from "node:fs/promises"
import { basename, join } from "node:path"
import Database from "better-sqlite3"
import { announceServer, withdrawServer } from "../../src/cli/data-folder"
import { DataFolderInUse } from "../../src/eventstore/writer-lock"
import type { CopyProgress } from "../../src/migrate/copy-log"
import { type Migrated, migrate } from "../../src/migrate/migrate"
import { readPlaces } from "../../src/migrate/places"
import { ALL_TABLES } from "../../src/migrate/state-tables"
import { Leadership } from "../../src/postgres/advisory-lock"
import { openDatabase } from "../../src/postgres/database"
import { openSqliteSkips } from "../../src/readstore/sqlite-skips"
import { type Company, company } from "../end-to-end/company"
import { startNode, type TestNode } from "../kurrentdb-server/node"
import { startPostgres, type TestPostgres } from "../support/postgres"
import { seatledger } from "../support/program"
import { RunningLedger } from "../support/running-ledger"
import { temporaryFolder } from "../support/temporary-folder"
import { until } from "../support/until"

let server: TestPostgres
let node: TestNode
let folder: Awaited<ReturnType<typeof temporaryFolder>>
/** The data folder of a ledger that was stopped, and what was seen of it before. */
let data: string
let made: Company
let before: unknown
beforeAll(async () => {
  ;[server, node, folder] = await Promise.all([startPostgres(), startNode(), temporaryFolder()])
  data = join(folder.path, "data")
  const ledger = await RunningLedger.start({}, {}, data)
  made = await company(ledger, { seats: 2, users: ["ada", "bo", "cy"] })
  await livedIn(ledger)
  before = await seen(ledger)
  const auditor = await ledger.as("AUDITOR", { organization: made.organizationId })
  await writeFile(join(folder.path, "log.vkey"), (await auditor.ask("{ checkpointKey }")).checkpointKey)
  await exported(ledger, join(folder.path, "before.jsonl"))
  await ledger.stop()
  const skips = openSqliteSkips(join(data, "projection-skips.sqlite"))
  await skips.add({ name: "no such projection", position: 2, reason: "for the test", skippedBy: "tester", skippedAt: 1 })
  await skips.close()
})
afterAll(async () => {
  await node.stop()
  await server.stop()
  await folder.remove()
})

/** With something in every part of what cannot be rebuilt. */
async function livedIn(ledger: RunningLedger): Promise<void> {
  const { ada, bo, cy } = made.users
  await made.admin.ask(
    `mutation ($assign: AssignLicensesInput!, $webhook: AddWebhookInput!, $erase: EraseUserInput!) {
      assignLicenses(input: $assign) { refusal { message } }
      addWebhook(input: $webhook) { refusal { message } }
      eraseUser(input: $erase) { refusal { message } }
    }`,
    {
      assign: { licenseId: made.licenseId, principalIds: [ada, bo], reason: "Both asked for it", idempotencyKey: "both" },
      webhook: { url: "https://receiver.invalid/hook" },
      erase: { userId: cy, reason: "Request 4711" },
    },
  )
  await made.operator.ask(`mutation { createVendorSecret(input: { vendorId: "${made.vendorId}" }) { refusal { message } } }`)
  await company(ledger, { seats: 1, users: ["zed"] }) // two organizations in turns
  await made.admin.ask(`mutation { createGroup(input: { displayName: "Team" }) { refusal { message } } }`)
  await made.admin.ask("{ checkpoint { revision } }")
}

/** What people see, with the key that signs. */
async function seen(of: RunningLedger): Promise<unknown> {
  const [admin, auditor, operator] = await Promise.all([
    of.as("GLOBAL_ADMIN", { organization: made.organizationId, subject: "chief" }),
    of.as("AUDITOR", { organization: made.organizationId }),
    of.as("OPERATOR"),
  ])
  return [
    await admin.ask(
      `query ($license: ID!) {
        viewer { organization { id } }
        users { nodes { id displayName userName mail } }
        license(id: $license) { seats { seated available } users { nodes { state user { displayName } } } assignments { nodes { reason assignedBy } } }
        history(first: 100) { nodes { revision type recordedAt summary reason data actor { id displayName } } }
      }`,
      { license: made.licenseId },
    ),
    await admin.ask("{ webhooks { nodes { id url } } }"),
    await operator.ask("query ($vendor: ID!) { vendorSecrets(vendorId: $vendor) { id algorithm } }", { vendor: made.vendorId }),
    await auditor.ask("{ checkpointKey }"),
  ]
}

async function move(from: string, to: string, more: { readonly fromState?: string; readonly toState?: string } = {}): Promise<Migrated> {
  const { source, target } = readPlaces({ from, to, ...more }, {})
  return migrate(source, target, () => {})
}

/** The read models are made anew at the start. */
function caughtUp({ opened: { services } }: RunningLedger): Promise<void> {
  return until(() => {
    const status = services.projecting.status()
    return status.length > 0 && status.every(({ lag }) => lag === 0)
  })
}

async function exported(of: RunningLedger, file: string): Promise<void> {
  await announceServer(of.folder, { pid: process.pid, url: of.opened.url })
  const env = { SEATLEDGER_DATA: of.folder }
  expect(await seatledger(["export", "history", "--organization", made.organizationId, "--out", file], env)).toMatchObject({ code: 0 })
  await withdrawServer(of.folder)
}

test("SQLite → PostgreSQL → KurrentDB with PostgreSQL → SQLite: everybody sees the same, an export verifies, and commands go on", async () => {
  const [first, second] = [await server.database(), await server.database()]
  const moved = [
    await move(data, first),
    await move(first, node.url(), { toState: second }),
    await move(node.url(), join(folder.path, "again"), { fromState: second }),
  ]
  for (const { events, copied, parts, roots, signed } of moved) {
    expect({ events, copied, parts: parts.map(({ name }) => name), signed }).toEqual({
      events: moved[0]?.events,
      copied: moved[0]?.events,
      parts: ["vault", "checkpoints", "operations", "skips"],
      signed: 1,
    })
    expect(roots).toEqual(moved[0]?.roots)
  }

  const again = await RunningLedger.start({}, {}, join(folder.path, "again"))
  await caughtUp(again)
  expect(await seen(again)).toEqual(before)
  const admin = await again.as("GLOBAL_ADMIN", { organization: made.organizationId, subject: "chief" })
  const assign = `mutation ($input: AssignLicensesInput!) { assignLicenses(input: $input) { revision refusal { code } } }`
  const both = {
    licenseId: made.licenseId,
    principalIds: [made.users.ada, made.users.bo],
    reason: "Both asked for it",
    idempotencyKey: "both",
  }
  expect((await admin.ask(assign, { input: both })).assignLicenses.refusal).toBeNull() // rule 37: recorded once
  const full = { licenseId: made.licenseId, principalIds: [(await newcomer(admin)) as string] }
  expect((await admin.ask(assign, { input: full })).assignLicenses.refusal).toEqual({ code: "NOT_ENOUGH_SEATS" })
  await exported(again, join(folder.path, "after.jsonl"))
  await again.stop()

  const [key, previous] = [join(folder.path, "log.vkey"), join(folder.path, "before.jsonl")]
  const verified = await seatledger(["verify-export", join(folder.path, "after.jsonl"), "--key", key, "--previous", previous], {})
  expect(verified).toMatchObject({ code: 0, out: expect.stringMatching(/^VERIFIED/) })
})

test("a database on which nodes are at work is neither read nor written to", async () => {
  const url = await server.database()
  const database = await openDatabase({ url })
  const leadership = new Leadership(database)
  leadership.standFor("anything", (lost) => new Promise((resolve) => lost.addEventListener("abort", () => resolve())))
  await until(() => leadership.leads("anything"))
  await expect(move(data, url)).rejects.toThrow(/a server runs on postgres \S+: stop every node of it first/)
  await expect(move(url, join(folder.path, "none"))).rejects.toThrow(/a server runs on/)
  await leadership.close()
  await database.close()
})

test("a database is known for the same however its address is spelled, and stays as it is", async () => {
  const url = await server.database()
  await move(data, url)
  const again = `${url}&application_name=again`
  await expect(move(url, again)).rejects.toThrow("--from and --to are the same place")
  const elsewhere = await server.database()
  await expect(move(url, elsewhere, { toState: again })).rejects.toThrow(/name another place for it with --to-state/)
})

test("no table is forgotten: what a database or a folder holds is carried, or can be made anew", async () => {
  const url = await server.database()
  await move(data, url)
  const database = await openDatabase({ url })
  const inDatabase = await database.rows<{ name: string }>(
    "select distinct table_name as name from information_schema.tables where table_schema in ('seatledger', 'seatledger_vault')",
  )
  await database.close()
  const inFiles = ["vault", "audit", "operations", "projection-skips"].flatMap((name) => {
    const db = new Database(join(data, `${name}.sqlite`), { readonly: true })
    const tables = db
      .prepare<[], { name: string }>("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")
      .all()
    db.close()
    return tables
  })
  const carried = new Set(ALL_TABLES.map(({ name }) => name))
  // The log itself, what counts up to drop cached keys, which steps were applied.
  const others = ["event", "event_log", "stream", "erased", "migration"]
  const names = new Set([...inDatabase, ...inFiles].map(({ name }) => name))
  expect([...names].filter((name) => !carried.has(name)).sort()).toEqual(others.sort())
  expect([...carried].filter((name) => !names.has(name))).toEqual([])
})

/** Somebody new in the directory, who holds no seat. */
async function newcomer(admin: Awaited<ReturnType<RunningLedger["as"]>>): Promise<string> {
  const { createUser } = await admin.ask(
    `mutation { createUser(input: { userName: "dee@example.com", displayName: "DEE" }) { user { id } refusal { message } } }`,
  )
  return createUser.user.id
}

describe("a move that was cut off", () => {
  test.each<CopyProgress["phase"]>(["copying", "verifying"])("while %s is gone on with", async (phase) => {
    const { source, target } = readPlaces({ from: data, to: join(folder.path, `cut-${phase}`) }, {})
    const plug = (progress: CopyProgress) => {
      if (progress.phase === phase && progress.done > 3) throw new Error("the plug was pulled")
    }
    await expect(migrate(source, target, plug)).rejects.toThrow("the plug was pulled")
    const { events, copied, parts } = await migrate(source, target, () => {})
    expect(copied).toBeLessThan(events)
    expect(parts).toHaveLength(4)
    expect(await migrate(source, target, () => {})).toMatchObject({ events, copied: 0, parts: [] })
  })
})

describe("a source that has grown", () => {
  let source: string
  let ledger: RunningLedger
  let here: Company
  beforeEach(async () => {
    source = mkdtempSync(join(folder.path, "grown-"))
    ledger = await RunningLedger.start({}, {}, source)
    here = await company(ledger, { seats: 1, users: ["kim", "lou"] })
    await ledger.pause()
  })

  test.each(["a folder", "PostgreSQL"])(
    "since a copy was made is copied once more, to %s: only what is new, and the state as it is now",
    async (where) => {
      const target = where === "PostgreSQL" ? await server.database() : join(folder.path, `copy-of-${basename(source)}`)
      const first = await move(source, target)
      await ledger.resume()
      const erase = 'mutation ($userId: ID!) { eraseUser(input: { userId: $userId, reason: "asked" }) { refusal { message } } }'
      const admin = await ledger.as("GLOBAL_ADMIN", { organization: here.organizationId })
      await admin.ask(erase, { userId: here.users.kim })
      await newcomer(admin)
      await ledger.pause()

      const second = await move(source, target)
      expect(second.events).toBeGreaterThan(first.events)
      expect(second.copied).toBe(second.events - first.events)
      expect(second.parts.map(({ name }) => name)).toContain("vault")
      if (where === "a folder") expect(wiped(join(target, "vault.sqlite"))).toBe(0) // the key of the first copy may still lie there
      expect(await move(source, target)).toMatchObject({ events: second.events, copied: 0, parts: [] })
      if (where === "PostgreSQL") await move(target, join(folder.path, `back-of-${basename(source)}`))
      const moved = await RunningLedger.start({}, {}, where === "PostgreSQL" ? join(folder.path, `back-of-${basename(source)}`) : target)
      await caughtUp(moved)
      const { users } = await (await moved.as("GLOBAL_ADMIN", { organization: here.organizationId })).ask(
        "{ users { nodes { displayName } } }",
      )
      expect(users.nodes).toEqual([{ displayName: "DEE" }, { displayName: "LOU" }])
      await moved.stop()
    },
  )

  test("while it was copied, because somebody still writes to it, is no success: it says so, and can be run again", async () => {
    const target = join(folder.path, `busy-${basename(source)}`)
    const places = readPlaces({ from: source, to: target }, {})
    const { source: from, target: to } = places
    let grown = false
    const writing = ({ phase, done, total }: CopyProgress) => {
      if (grown || phase !== "verifying" || done < total) return
      grown = true
      appendOne(join(source, "events.sqlite"))
    }
    await expect(migrate(from, to, writing)).rejects.toMatchObject({
      name: "MigrationFailed",
      message: "the source has grown meanwhile: stop whoever writes to it, and run it again; it goes on where it stopped",
    })
    expect(await migrate(from, to, () => {})).toMatchObject({ copied: 1, parts: [] })
  })
})

/** Whether nothing that was erased lies in this vault's file any more. */
function wiped(file: string): unknown {
  const db = new Database(file, { readonly: true })
  try {
    return db.prepare("select wiped from erased").pluck().get()
  } finally {
    db.close()
  }
}

/** As another process does, whatever the locks say: the last event once more, as the next one. */
function appendOne(file: string): void {
  const db = new Database(file)
  db.prepare(
    `insert into event select position + 1, stream, revision + 1, ?, type, data, metadata from event order by position desc limit 1`,
  ).run(randomUUID())
  db.close()
}

describe("the vault", () => {
  test("that lies elsewhere than the log is asked for: without it nobody could read a name in the copy", async () => {
    const [log, empty, state, target] = [
      await server.database(),
      await server.database(),
      join(folder.path, "state"),
      join(folder.path, "whole"),
    ]
    await move(data, log, { toState: state }) // as with EVENT_STORE=postgres and READ_STORE=sqlite
    for (const more of [{}, { fromState: empty }]) {
      await expect(move(log, target, more)).rejects.toMatchObject({
        name: "MigrationRefused",
        message: expect.stringMatching(/^the log has events, and postgres \S+ holds no vault, .* say with --from-state where/),
      })
      expect(existsSync(join(target, "events.sqlite"))).toBe(false)
    }
    expect((await move(log, target, { fromState: state })).parts.map(({ name }) => name)).toContain("vault")
    const moved = await RunningLedger.start({}, {}, target)
    await caughtUp(moved)
    expect(await seen(moved)).toEqual(before)
    await moved.stop()
  })
})

test("a target where another ledger lives is refused, and left as it is", async () => {
  const other = await RunningLedger.start()
  const theirs = await company(other, { seats: 1, users: ["eve"] })
  await other.pause()
  await expect(move(data, other.folder)).rejects.toMatchObject({
    name: "MigrationRefused",
    message: expect.stringMatching(/^the target is not empty, and holds something else: its event 1 .* Nothing was changed there\./),
  })
  const database = `${node.url()}`
  await expect(move(data, database, { toState: other.folder })).rejects.toThrow(/another ledger|holds something else/)
  await other.resume()
  const admin = await other.as("GLOBAL_ADMIN", { organization: theirs.organizationId })
  expect((await admin.ask("{ users { nodes { displayName } } }")).users.nodes).toEqual([{ displayName: "EVE" }])
  await other.stop()
})

test("a folder that a server writes to is not read, nor written to", async () => {
  const busy = await RunningLedger.start()
  await expect(move(data, busy.folder)).rejects.toBeInstanceOf(DataFolderInUse)
  await expect(move(busy.folder, join(folder.path, "none"))).rejects.toBeInstanceOf(DataFolderInUse)
  await busy.stop()
})

describe("what makes no sense is refused with what to do", () => {
  test.each<[Parameters<typeof readPlaces>[0], RegExp]>([
    [{ from: "./data", to: "kurrentdb://node:2113" }, /say with --to-state where the vault, .* go: a data folder or postgres:\/\//],
    [{ from: "esdb://node:2113", to: "./data" }, /say with --from-state where the vault, .* are/],
    [{ from: "./data", to: "kurrent://node:2113", toState: "esdb://node" }, /--to-state takes a data folder or postgres/],
    [{ from: "./data", to: "./other", toState: "postgres://db/x" }, /a data folder holds log and state together/],
    [{ from: "./data", to: "data/" }, /--from and --to are the same place/],
    [{ from: "./data", to: "kurrentdb://node:2113", toState: "./data" }, /name another place for it with --to-state/],
    [{ from: "./data", to: "mysql://root:hunter2@db/x" }, /a place is a data folder, postgres:\/\/…, kurrentdb:\/\/… or esdb:\/\/…$/],
    [{ from: "./data", to: "POSTGRES_URL" }, /the setting POSTGRES_URL is not there/],
  ])("%j", (asked, words) => {
    expect(() => readPlaces(asked, {})).toThrow(words)
  })
})

test("on the command line: nothing but places without passwords is said, and an empty folder is no ledger", async () => {
  const [from, to] = [join(folder.path, "nothing-here"), "postgres://somebody:hunter2@127.0.0.1:1/db"]
  const nothing = await seatledger(["migrate", "--from", from, "--to", "POSTGRES_URL"], { POSTGRES_URL: to })
  expect(nothing).toMatchObject({
    code: 1,
    out: "",
    err: expect.stringContaining(`there is no ledger in ${from}: it has no events.sqlite`),
  })
  expect(nothing.err).toContain("Nothing may write to either place meanwhile")
  const unreachable = await seatledger(["migrate", "--from", data, "--to", to], {})
  expect(unreachable).toMatchObject({
    code: 1,
    out: "",
    err: expect.stringMatching(/\nseatledger: postgres 127\.0\.0\.1\/db cannot be used: .*ECONNREFUSED.*\n$/),
  })
  const kurrent = await seatledger(
    ["migrate", "--from", data, "--to", "esdb://admin:hunter2@127.0.0.1:1?tls=true", "--to-state", join(folder.path, "none")],
    {},
  )
  expect(kurrent).toMatchObject({
    code: 1,
    out: "",
    err: expect.stringMatching(/\nseatledger: KurrentDB at .*127\.0\.0\.1:1.* does not answer: .*\n$/),
  })
  expect(nothing.err + unreachable.err + kurrent.err).not.toMatch(/hunter2|^ +at /m)
})

test("on the command line: it shows how far it is, ends with the roots, copies nothing twice, and ends with 1 at a difference", async () => {
  const url = await server.database()
  const run = () => seatledger(["migrate", "--from", data, "--to", "POSTGRES_URL"], { POSTGRES_URL: url })
  const root = new RegExp(`\nroot of ${made.organizationId} at revision \\d+: [\\w+/]{43}=\n`)
  const first = await run()
  expect(first).toMatchObject({ code: 0, err: expect.stringMatching(/Copy: 100 % (\d+) events\n[\s\S]*Verify: 100 % \1 events\n/) })
  expect(first.out).toMatch(
    /^(\d+) events in \d+ streams: \1 copied, 0 there already; every one compared\n1 organization has the root that was signed last\nstate copied and compared: the vault;/,
  )
  expect(first.out).toMatch(root)
  const second = await run()
  expect(second.out).toMatch(/^(\d+) events in \d+ streams: 0 copied, \1 there already; every one compared\n.*\nstate: there already\n/)
  expect([second.code, root.exec(second.out)?.[0]]).toEqual([0, root.exec(first.out)?.[0]])

  const database = await openDatabase({ url })
  await database.run("update event set data = '{}' where position = 3")
  await database.close()
  expect(await run()).toMatchObject({
    code: 1,
    out: "",
    err: expect.stringMatching(/\nseatledger: the target is not empty, .* its event 3 .* has other data in the other log\. .*\n$/),
  })
})
