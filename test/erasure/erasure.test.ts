/** Rule 28, from the outside: a person with a name like no other, who did things and was written about. */
import Database from "better-sqlite3"
import { rightOf } from "../../projections/seats/right"
import { placesOf } from "../../src/core"
import { EVOLVE_VERSION } from "../../src/domain/organization/written-state"
import { openSqliteEventStore } from "../../src/eventstore/sqlite"
import { projectionGroups } from "../../src/readstore/projections"
import { rebuild } from "../../src/readstore/rebuild"
import { pointedTo } from "../../src/readstore/sqlite-generations"
import { openSqliteSkips } from "../../src/readstore/sqlite-skips"
import { verify } from "../../src/readstore/verify"
import { openFileSnapshots } from "../../src/snapshots/file-snapshots"
import { takeSnapshot } from "../../src/snapshots/fold"
import { openVault } from "../../src/vault/sqlite"
import { type Company, company } from "../end-to-end/company"
import { RunningLedger } from "../support/running-ledger"
import { until } from "../support/until"
import { filesWith } from "./bytes"

const PERSON = {
  userName: "zsofia.quillwhisk@brambleforge.example",
  displayName: "Zsófia Quillwhisk",
  mail: "zsofia@mossgarden.example",
  externalId: "EXT-77421-OWLPLUM",
}
/** Before the marriage, and as she signed in before she was in the directory. */
const MAIDEN = "Zsófia Thistlebeck"
const NICKNAME = "Owlbear"
/** Whole names, and what a search index would leave of a word whose beginning stands elsewhere. */
const TRACES = [
  ...Object.values(PERSON),
  MAIDEN,
  NICKNAME,
  "quillwhisk",
  "uillwhisk",
  "thistlebeck",
  "histlebeck",
  "brambleforge",
  "ambleforge",
  "mossgarden",
  "ossgarden",
  "owlplum",
  "zsofia",
  "zsófia",
]

let ledger: RunningLedger
let made: Company
let personId: string
let before: number
let logBefore: string
beforeAll(async () => {
  ledger = await RunningLedger.start()
  made = await company(ledger, { seats: 3, users: ["bo", "cy"] })
  await livedIn()
  before = await revision()
  logBefore = logBytes()
})
afterAll(() => ledger.stop())

async function change(mutation: string, type: string, input: object, as = made.admin): Promise<{ [field: string]: unknown }> {
  const { answer } = await as.ask(
    `mutation ($input: ${type}!) { answer: ${mutation}(input: $input) { revision refusal { code message } ${mutation === "createUser" ? "user { id }" : ""} } }`,
    { input },
  )
  expect(answer.refusal).toBeNull()
  return answer
}

/** She acts before she is in the directory and after, is renamed, gets a seat, and is named in reasons. */
async function livedIn(): Promise<void> {
  const { organizationId, licenseId, users } = made
  // Nobody answers there: messages about her wait in the folder.
  await change("addWebhook", "AddWebhookInput", { url: "https://receiver.invalid/hook" })
  const stranger = await ledger.as("GLOBAL_ADMIN", { organization: organizationId, subject: PERSON.userName })
  await change("createGroup", "CreateGroupInput", { displayName: "Founders" }, stranger)
  const created = await change("createUser", "CreateUserInput", { ...PERSON, displayName: MAIDEN })
  personId = (created.user as { id: string }).id
  await change("createGroup", "CreateGroupInput", { displayName: "Crew" }, stranger)
  await change("updateUser", "UpdateUserInput", { userId: personId, displayName: PERSON.displayName })
  await change("assignLicenses", "AssignLicensesInput", { licenseId, principalIds: [personId] })
  const because = (reason: string, ...others: (string | undefined)[]) =>
    change("assignLicenses", "AssignLicensesInput", { licenseId, principalIds: [users.bo, ...others], reason })
  await because("Stand in for zsofia quillwhisk, who is away", users.cy) // one text, two events
  const gone = (reason: string) => change("unassignLicenses", "UnassignLicensesInput", { licenseId, principalIds: [users.bo], reason })
  await gone("THISTLEBECK, Zsofia is back")
  await because(`as ${PERSON.mail} asked`)
  await gone("Owlbear said so")
  await because("Quill and whisk: a kitchen course")
}

async function revision(): Promise<number> {
  const { viewer } = await made.admin.ask("{ viewer { organization { revision } } }")
  return viewer.organization.revision
}

/** The events up to `before`, as they lie in the log. */
function logBytes(): string {
  const db = new Database(placesOf(ledger.folder).log, { readonly: true })
  try {
    const sql = "select e.* from event e join stream s on s.id = e.stream where s.name = ? and e.revision <= ? order by e.revision"
    return JSON.stringify(db.prepare(sql).all(`organization-${made.organizationId}`, before))
  } finally {
    db.close()
  }
}

/** Read models are copied a moment after an erasure; the answer does not wait for that. */
async function nowhere(): Promise<void> {
  await until(() => Object.keys(filesWith(ledger.folder, TRACES)).length === 0, 100)
}

/** Everything that the API says of the person, the people and the trail at a moment. */
async function views(asOf: string): Promise<string> {
  const answer = await made.admin.ask(
    `query ($license: ID!, $person: ID!) {
      user(id: $person, asOf: ${asOf}) { id displayName userName mail }
      users(asOf: ${asOf}) { nodes { id displayName userName mail } }
      principals(search: "e", asOf: ${asOf}) { nodes { ... on User { id displayName mail } ... on Group { id displayName } } }
      license(id: $license, asOf: ${asOf}) {
        seats { purchased seated available waitlisted }
        users { nodes { state user { id displayName userName mail } } }
        assignments { nodes { assignedBy reason principal { ... on User { id displayName mail } } } }
      }
      history(first: 100) { nodes { revision type summary reason data actor { id displayName } } }
    }`,
    { license: made.licenseId, person: personId },
  )
  return JSON.stringify(answer)
}

const THEN = () => `{ revision: ${before} }`
const NOW = async () => `{ revision: ${await revision()} }`

test("before: the name lies in the read models, and the check finds it", async () => {
  const files = filesWith(ledger.folder, TRACES)
  const held = new Set(Object.values(files).flat())
  for (const text of [PERSON.mail, PERSON.displayName, PERSON.externalId, MAIDEN, NICKNAME]) expect(held).toContain(text)
  expect(Object.keys(files).every((name) => name.startsWith("read-models."))).toBe(true)
  expect(await views(THEN())).toContain(PERSON.displayName)
})

test("a snapshot of the state is searched like everything else, and knows people by their ids alone", async () => {
  const { log, snapshots } = placesOf(ledger.folder)
  const store = openSqliteEventStore(log, { readOnly: true })
  const stream = `organization-${made.organizationId}`
  await takeSnapshot({ store, snapshots: openFileSnapshots(snapshots) }, stream, 0)
  await store.close()
  expect(Object.keys(filesWith(snapshots, [personId]))).toEqual([`${stream}.v${EVOLVE_VERSION}`])
  expect(filesWith(snapshots, TRACES)).toEqual({})
})

test("the reason must be given, and must not name the person", async () => {
  const erase = (input: object) =>
    made.admin.ask(`mutation ($input: EraseUserInput!) { eraseUser(input: $input) { erasedId refusal { code message } } }`, { input })
  expect(await erase({ userId: personId, reason: " " })).toMatchObject({ eraseUser: { refusal: { code: "INVALID_INPUT" } } })
  expect(await erase({ userId: personId, reason: `${PERSON.displayName} asked` })).toMatchObject({
    eraseUser: { erasedId: null, refusal: { code: "INVALID_INPUT", message: expect.stringContaining("must not name the person") } },
  })
  expect(await erase({ userId: personId, reason: "Request 4711", otherNames: ["Zs"] })).toMatchObject({
    eraseUser: { refusal: { code: "INVALID_INPUT", message: expect.stringContaining("at least 3") } },
  })
  expect(await erase({ userId: "usr_nobody", reason: "Request 4711" })).toMatchObject({ eraseUser: { refusal: { code: "NOT_FOUND" } } })
  expect(await revision()).toBe(before)
})

describe("rule 28: erased", () => {
  beforeAll(async () => {
    const { eraseUser } = await made.admin.ask(
      `mutation ($input: EraseUserInput!) { eraseUser(input: $input) { erasedId textsErased visible refusal { message } } }`,
      { input: { userId: personId, reason: "Request 4711", otherNames: [NICKNAME], idempotencyKey: "request-4711" } },
    )
    expect(eraseUser).toEqual({ erasedId: personId, textsErased: 4, visible: true, refusal: null })
  })

  test("who was in the directory is deleted first, the seat goes to nobody else by that, and history says so", async () => {
    const { history, license } = await made.admin.ask(
      `query ($license: ID!, $person: ID!) {
        license(id: $license) { seats { seated } users { nodes { user { id } } } }
        history(filter: { userId: $person }) { nodes { type summary reason actor { role } } }
      }`,
      { license: made.licenseId, person: personId },
    )
    expect(license.users.nodes.map(({ user }: { user: { id: string } }) => user.id)).not.toContain(personId)
    const types = history.nodes.map(({ type }: { type: string }) => type)
    expect(types.slice(0, 3)).toEqual(["SeatsReleased", "UserErased", "UserDeleted"])
    expect(history.nodes[1]).toMatchObject({ reason: "Request 4711", actor: { role: "GLOBAL_ADMIN" } })
    expect(history.nodes[1].summary).toContain("erased the personal data of Erased user")
  })

  test("no view shows the name, also as of revisions before; ids, seats and the other texts stay", async () => {
    for (const view of [await views(await NOW()), await views(THEN())]) {
      for (const text of TRACES) expect(view.toLowerCase()).not.toContain(text.toLowerCase())
      expect(view).toContain("Quill and whisk: a kitchen course")
    }
    const then = JSON.parse(await views(THEN()))
    expect(then.user).toEqual({ id: personId, displayName: "Erased user", userName: personId, mail: null })
    expect(then.license.seats).toMatchObject({ seated: 3 })
    const herOwn = then.history.nodes.find(({ summary }: { summary: string }) => summary.includes("Founders"))
    expect(herOwn.actor).toMatchObject({ displayName: null })
  })

  test("no search finds the person, now or then", async () => {
    for (const search of ["quillwhisk", "zsofia", "thistle", "mossgarden", "erased"]) {
      for (const asOf of [`{ revision: ${before} }`, `{ revision: ${await revision()} }`]) {
        const { users, principals } = await made.admin.ask(
          `query ($search: String!) {
            users(search: $search, asOf: ${asOf}) { nodes { id } }
            principals(search: $search, asOf: ${asOf}) { nodes { ... on User { id } ... on Group { id } } }
          }`,
          { search },
        )
        expect([users.nodes, principals.nodes]).toEqual([[], []])
      }
    }
  })

  test("a vendor that asks by the erased user name hears INACTIVE", async () => {
    const answer = await made.vendor.send(`query ($license: ID!, $person: ID!) { usageRight(licenseId: $license, userId: $person) }`, {
      license: made.licenseId,
      person: personId,
    })
    expect(answer.data).toEqual({ usageRight: "INACTIVE" })
    const right = await rightOf(ledger.opened.services.readStore, { vendorId: made.vendorId }, made.licenseId, { name: PERSON.userName })
    expect(right).toBe("INACTIVE")
  })

  test("the events before are the same to the byte", () => {
    expect(logBytes()).toBe(logBefore)
  })

  test("nowhere in the folder lies the name, while the server runs, after it stopped, and after a rebuild", async () => {
    await nowhere()
    await ledger.pause()
    expect(filesWith(ledger.folder, TRACES)).toEqual({})
    const places = placesOf(ledger.folder)
    const eventStore = openSqliteEventStore(places.log, { readOnly: true })
    const vault = openVault(places.vault, { readOnly: true })
    const skips = openSqliteSkips(places.skips)
    const source = { folder: ledger.folder, eventStore, groups: projectionGroups(vault), skips }
    expect(await verify(source)).toMatchObject({ different: 0 })
    await rebuild(source)
    skips.close()
    vault.close()
    await eventStore.close()
    expect(filesWith(ledger.folder, TRACES)).toEqual({})
    await ledger.resume()
    expect(await views(THEN())).toContain("Erased user")
  })

  test("rule 37: the same key gets the recorded answer; another request for the same person writes nothing", async () => {
    const at = await revision()
    const erase = (input: object) =>
      made.admin.ask(`mutation ($input: EraseUserInput!) { eraseUser(input: $input) { erasedId textsErased revision } }`, { input })
    const repeated = await erase({ userId: personId, reason: "Request 4711", otherNames: [NICKNAME], idempotencyKey: "request-4711" })
    expect(repeated).toMatchObject({ eraseUser: { erasedId: personId, textsErased: 4 } })
    expect(await erase({ userId: personId, reason: "Request 4712" })).toEqual({
      eraseUser: { erasedId: personId, textsErased: 0, revision: at },
    })
    expect(await revision()).toBe(at)
  })

  test("the user name is free, and who gets it is somebody else: the acts of the erased person stay nobody's", async () => {
    const namesake = await ledger.as("GLOBAL_ADMIN", { organization: made.organizationId, subject: PERSON.userName })
    await change("createGroup", "CreateGroupInput", { displayName: "Second founders" }, namesake)
    const created = await change("createUser", "CreateUserInput", { userName: PERSON.userName, displayName: "Another" })
    expect((created.user as { id: string }).id).not.toBe(personId)
    const { history } = await made.admin.ask(`{ history(first: 100) { nodes { summary actor { id displayName } } } }`)
    const actorOf = (what: string) => history.nodes.find(({ summary }: { summary: string }) => summary.includes(`the group ${what}`)).actor
    expect(actorOf("Founders")).toMatchObject({ displayName: null })
    expect(actorOf("Second founders").id).not.toBe(actorOf("Founders").id)
  })

  test("what was written since is found by its other names, and an admin who signs in by one of them stays known", async () => {
    const namesake = await ledger.as("GLOBAL_ADMIN", { organization: made.organizationId, subject: NICKNAME.toLowerCase() })
    await change("createGroup", "CreateGroupInput", { displayName: "Third founders" }, namesake)
    const reason = `Once ${NICKNAME}'s seat`
    await change("unassignLicenses", "UnassignLicensesInput", { licenseId: made.licenseId, principalIds: [made.users.cy], reason })
    const { eraseUser } = await made.admin.ask(`mutation ($input: EraseUserInput!) { eraseUser(input: $input) { textsErased visible } }`, {
      input: { userId: personId, reason: "Request 4711", otherNames: [NICKNAME] },
    })
    expect(eraseUser).toEqual({ textsErased: 1, visible: true })
    expect(await views(await NOW())).not.toContain(NICKNAME)
    const vault = openVault(placesOf(ledger.folder).vault, { readOnly: true })
    expect(await vault.actorsNamed(made.organizationId, [NICKNAME])).toHaveLength(1)
    vault.close()
  })
})

test("rule 37: while what was erased is left behind, every mutation still answers with what it did", async () => {
  const folder = placesOf(ledger.folder).folder
  const victim = (await change("createUser", "CreateUserInput", { userName: "victim", displayName: "Victim" })) as { user: { id: string } }
  const file = pointedTo(folder)
  await change("eraseUser", "EraseUserInput", { userId: victim.user.id, reason: "asked for it" })
  const unseen: unknown[] = []
  // One is always on its way, also at the moment of the turn.
  for (let n = 0, after = 0; after < 10; n++) {
    const { user } = await change("createUser", "CreateUserInput", { userName: `meanwhile${n}`, displayName: `Meanwhile ${n}` })
    if (!user) unseen.push(n)
    if (pointedTo(folder) !== file) after++
  }
  expect(unseen).toEqual([])
})
