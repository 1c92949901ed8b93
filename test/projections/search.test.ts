import { momentOfRevision, momentsNow } from "../../projections/catalog/moment"
import { sortName, words } from "../../projections/directory/names"
import { searchPrincipals } from "../../projections/directory/search"
import type { PrincipalType } from "../../src/domain/events"
import type { UserId } from "../../src/domain/ids"
import type { NewEvent } from "../../src/eventstore/event-store"
import { MemoryEventStore } from "../../src/eventstore/memory"
import { projectionGroups } from "../../src/readstore/projections"
import { openVault } from "../../src/vault/sqlite"
import type { Opener } from "../../src/vault/vault"
import { eventId, metadata, randomNumbers } from "../readstore/histories"
import { projectorOf } from "../readstore/read-models"
import { onEither, openTestReadStore, type TestReadStore } from "../support/read-stores"
import { sealProfile } from "../support/vault"

interface Person {
  readonly type: PrincipalType
  readonly id: string
  readonly displayName: string
  readonly userName?: string
  readonly mail?: string
}

// Sealing tens of thousands of profiles is another test's work: these are open texts.
const opener: Opener = {
  load: async () => ({
    openProfile: (_organization, _user, profile) => (profile === "" ? undefined : JSON.parse(profile)),
    openText: () => undefined,
    subjectOf: () => undefined,
  }),
}

async function shown(organizations: Record<string, readonly object[]>, opened: Opener = opener): Promise<TestReadStore> {
  const store = new MemoryEventStore()
  for (const [organizationId, events] of Object.entries(organizations)) {
    const stream = `organization-${organizationId}`
    const all = [{ type: "OrganizationCreated", data: { organizationId, name: organizationId } }, ...(events as NewEvent[])]
    const placed = all.map((event, n) => ({ id: eventId(organizationId, n), metadata: metadata(), ...event }) as NewEvent)
    for (let at = 0; at < placed.length; at += 10_000) await store.append(stream, at, placed.slice(at, at + 10_000))
  }
  const readStore = await openTestReadStore()
  await (await projectorOf(store, readStore, { groups: projectionGroups(opened), limits: { events: 20_000, rows: 200_000 } })).catchUp()
  return readStore
}

const made = ({ type, id, displayName, userName, mail }: Person) =>
  type === "USER"
    ? {
        type: "UserProvisioned",
        data: { userId: id, active: true, profile: JSON.stringify({ userName, displayName, mail: mail ?? null }) },
      }
    : { type: "GroupProvisioned", data: { groupId: id, displayName } }

interface Read {
  readonly type: PrincipalType
  readonly id: string
  readonly name: string
  readonly words: readonly string[]
}
/** What looking at somebody needs, made once and not for every search. */
const read = ({ type, id, displayName, userName = "", mail = "" }: Person): Read => {
  return { type, id, name: sortName(displayName), words: words(`${displayName} ${userName} ${mail}`) }
}

/** The same by looking at everybody. */
function naively(people: readonly Read[], search: string, types: readonly PrincipalType[], first: number) {
  const beginnings = words(search)
  const beginning = sortName(search)
  const found = people
    .filter(({ type }) => types.includes(type))
    .filter(({ words }) => beginnings.every((start) => words.some((word) => word.startsWith(start))))
  const rank = ({ name }: { name: string }) => (name.startsWith(beginning) ? 0 : 1)
  found.sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : 1))
  return { ids: found.slice(0, first).map(({ id }) => id), totalCount: found.length }
}

const BOTH: readonly PrincipalType[] = ["USER", "GROUP"]

async function ask(readStore: TestReadStore, organizationId: string, search: string, types = BOTH, first = 10, revision?: number) {
  const moment =
    revision === undefined
      ? (await momentsNow(readStore, [organizationId]))[0]
      : await momentOfRevision(readStore, organizationId, revision)
  if (!moment) throw new Error("no such revision")
  const { principals, totalCount } = await searchPrincipals(readStore, { moment, search, types, first })
  return { ids: principals.map(({ principal_id }) => principal_id), totalCount }
}

describe("names", () => {
  test.each([
    ["Zoë van der Berg", "zoe van der berg"],
    ["ÅNGSTRÖM", "angstrom"],
    ["Łukasz Żółć", "lukasz zolc"],
    ["Straße", "strasse"],
    ["  two   spaces ", "two spaces"],
    ["İstanbul", "istanbul"],
  ])("%s is sorted as %s", (name, expected) => expect(sortName(name)).toBe(expected))

  test("words end at whatever is no letter and no digit", () => {
    expect(words("O'Brien, Zoë-Anne (HR)")).toEqual(["o", "brien", "zoe", "anne", "hr"])
    expect(words("a.b+c_d@mail2.acme.example")).toEqual(["a", "b", "c", "d", "mail2", "acme", "example"])
    expect(words("李 小龙")).toEqual(["李", "小龙"])
  })
})

test("the vault was lost: who is changed after that has a name again, and what cannot be opened any more stops nothing", async () => {
  const [organizationId, userId] = ["org_lost", "usr_ada" as UserId]
  const [lost, vault] = [openVault(":memory:"), openVault(":memory:")]
  const profile = { userName: "ada@example.com", displayName: "Ada Lovelace", mail: null }
  const events = [
    { type: "UserProvisioned", data: { userId, active: true, profile: await sealProfile(lost, organizationId, userId, profile) } },
    {
      type: "UserProfileChanged",
      data: { userId, profile: await sealProfile(vault, organizationId, userId, { displayName: "Ada King" }) },
    },
  ]
  const readStore = await shown({ [organizationId]: events }, vault)
  expect(await readStore.rows("select display_name from principal_name order by from_revision")).toMatchObject([
    { display_name: "Erased user" },
    { display_name: "Ada King" },
  ])
  for (const each of [lost, vault]) await each.close()
})

describe("a search of principals", () => {
  const people: readonly Person[] = [
    { type: "USER", id: "usr_1", displayName: "Zoë van der Berg", userName: "zberg", mail: "zoe.berg@acme.example" },
    { type: "USER", id: "usr_2", displayName: "Bergman, Ingrid", userName: "ingrid", mail: "ib@film.example" },
    { type: "USER", id: "usr_3", displayName: "Łukasz Nowak", userName: "lukasz@acme.example", mail: "lukasz@acme.example" },
    { type: "GROUP", id: "grp_1", displayName: "Berg climbers" },
    { type: "GROUP", id: "grp_2", displayName: "Finance (EMEA)" },
  ]
  let readStore: TestReadStore
  beforeAll(async () => {
    const others = people.map((person) => ({ ...person, id: `${person.id}x` }))
    readStore = await shown({ org_a: people.map(made), org_ab: others.map(made) })
  })
  afterAll(() => readStore.close())

  test.each([
    ["berg", ["grp_1", "usr_2", "usr_1"]],
    ["BERG zo", ["usr_1"]],
    ["zoe", ["usr_1"]],
    ["ZOË", ["usr_1"]],
    ["acme", ["usr_3", "usr_1"]],
    ["zberg", ["usr_1"]],
    ["lukasz@acme", ["usr_3"]],
    ["emea", ["grp_2"]],
    ["erg", []],
    ['"berg" OR *', ["usr_2"].slice(1)],
    ["berg*", ["grp_1", "usr_2", "usr_1"]],
    ["", ["grp_1", "usr_2", "grp_2", "usr_3", "usr_1"]],
    ["@@", ["grp_1", "usr_2", "grp_2", "usr_3", "usr_1"]],
  ])("%s", async (search, expected) => {
    expect(await ask(readStore, "org_a", search)).toEqual({ ids: expected, totalCount: expected.length })
  })

  test("of one type", async () => {
    expect(await ask(readStore, "org_a", "berg", ["GROUP"])).toEqual({ ids: ["grp_1"], totalCount: 1 })
    expect(await ask(readStore, "org_a", "berg", ["USER"], 1)).toEqual({ ids: ["usr_2"], totalCount: 2 })
  })

  test("finds nobody of another organization, and nothing in one that is not there", async () => {
    expect((await ask(readStore, "org_ab", "berg")).ids).toEqual(["grp_1x", "usr_2x", "usr_1x"])
    expect(await ask(readStore, "org_none", "berg")).toEqual({ ids: [], totalCount: 0 })
  })
})

describe("names as they were", () => {
  const person = (displayName: string) => ({ userName: "u", displayName, mail: null })
  const events = [
    { type: "UserProvisioned", data: { userId: "usr_1", active: true, profile: JSON.stringify(person("Ada Lovelace")) } }, // 2
    { type: "UserProvisioned", data: { userId: "usr_2", active: true, profile: JSON.stringify(person("Ada Byron")) } }, // 3
    { type: "UserProfileChanged", data: { userId: "usr_2", profile: JSON.stringify({ displayName: "Ada King" }) } }, // 4
    { type: "GroupProvisioned", data: { groupId: "grp_1", displayName: "Adalove" } }, // 5
    { type: "GroupRenamed", data: { groupId: "grp_1", displayName: "Engines" } }, // 6
    { type: "UserDeleted", data: { userId: "usr_1" } }, // 7
    { type: "GroupDeleted", data: { groupId: "grp_1" } }, // 8
  ]

  test.each([
    ["in one batch", 500],
    ["event by event", 1],
  ])("are found as of every revision (%s)", async (_, batch) => {
    const store = new MemoryEventStore()
    const all = [{ type: "OrganizationCreated", data: { organizationId: "org_a", name: "A" } }, ...events]
    await store.append(
      "organization-org_a",
      0,
      all.map((event, n) => ({ id: eventId("a", n), metadata: metadata(), ...event })),
    )
    const readStore = await openTestReadStore()
    await (await projectorOf(store, readStore, { groups: projectionGroups(opener), limits: { events: batch, rows: 5_000 } })).catchUp()
    const asOf = (search: string, revision?: number) => ask(readStore, "org_a", search, BOTH, 10, revision)
    const expected: Record<string, readonly (readonly string[])[]> = {
      ada: [
        [],
        [],
        ["usr_1"],
        ["usr_2", "usr_1"],
        ["usr_2", "usr_1"],
        ["usr_2", "usr_1", "grp_1"],
        ["usr_2", "usr_1"],
        ["usr_2"],
        ["usr_2"],
      ],
      byron: [[], [], [], ["usr_2"], [], [], [], [], []],
      king: [[], [], [], [], ["usr_2"], ["usr_2"], ["usr_2"], ["usr_2"], ["usr_2"]],
      eng: [[], [], [], [], [], [], ["grp_1"], ["grp_1"], []],
    }
    for (const [search, found] of Object.entries(expected)) {
      for (const [revision, ids] of found.entries()) {
        expect({ search, revision, ...(await asOf(search, revision)) }).toEqual({ search, revision, ids, totalCount: ids.length })
      }
      expect((await asOf(search)).ids).toEqual(found.at(-1))
    }
  })

  test("rule 28: an erased person is shown without a name, and no search finds the old one at any revision", async () => {
    const erased = [
      ...events.slice(0, 3),
      { type: "UserErased", data: { userId: "usr_2" } }, // 5
      { type: "UserDeactivated", data: { userId: "usr_2" } }, // 6
    ]
    const readStore = await shown({ org_a: erased })
    const rows = "select display_name, sort_name, user_name, user_name_key, mail from principal_name where principal_id = 'usr_2'"
    const nobody = { display_name: "Erased user", sort_name: "erased user", user_name: "", user_name_key: null, mail: null }
    expect(await readStore.rows(rows)).toEqual([nobody, nobody])
    for (const revision of [3, 4, 5, 6]) {
      for (const search of ["byron", "king", "erased"]) expect((await ask(readStore, "org_a", search, BOTH, 10, revision)).ids).toEqual([])
      expect((await ask(readStore, "org_a", "ada", BOTH, 10, revision)).ids).toEqual(["usr_1"])
    }
    // A rebuild after the key is destroyed comes to the same rows.
    const destroyed = erased.map((event) =>
      event.type.startsWith("UserPro") && event.data.userId === "usr_2" ? { ...event, data: { ...event.data, profile: "" } } : event,
    )
    const rebuilt = await shown({ org_a: destroyed })
    expect(await rebuilt.rows("select * from principal_name")).toEqual(await readStore.rows("select * from principal_name"))
  })
})

/** More than a search sorts, so that it has to find the first few in other ways (`MANY`, `WALK`). */
const PEOPLE = onEither({ sqlite: 32_000, postgres: 6_000 })
const RENAMED = 2_000

describe(`among ${PEOPLE} people`, () => {
  const random = randomNumbers(7)
  const one = <T>(list: readonly T[]): T => list[random(list.length)] as T // never empty
  const FIRST = ["Anna", "Béla", "Chris", "Dirk", "Eva", "Fatima", "Gert", "Hans", "Ingrid", "Jan", "Karel", "Lucy", "Maria", "Noor", "Zoë"]
  const SYLLABLES = ["van", "ber", "son", "ling", "ma", "ko", "ti", "ra", "el", "dro", "fen", "gus", "hol", "is", "jen", "xu", "qa"]
  const people: Person[] = []
  for (let n = 0; n < PEOPLE; n++) {
    const [first, last] = [one(FIRST), one(SYLLABLES) + one(SYLLABLES) + one(SYLLABLES)]
    const mail = `${sortName(first)}.${last}${n}@contoso.aa`
    // More than are sorted have the word "late", and none of the first names in their order.
    const userName = first >= "J" ? `${mail}.late` : mail
    people.push({ type: "USER", id: `usr_${n.toString(36)}`, displayName: `${first} ${last}`, userName, mail })
  }
  // The first in the order of names, whose names begin with a word that everybody has.
  for (let n = 0; n < 3; n++) people.push({ type: "USER", id: `usr_AA${n}`, displayName: `Aa desk ${n}`, userName: `desk${n}@contoso.aa` })
  for (let n = 0; n < 500; n++) people.push({ type: "GROUP", id: `grp_${n}`, displayName: `${one(SYLLABLES)} team ${n}` })

  const before = people.map(read)
  const since = people.map((person, n) => read(n < RENAMED ? { ...person, displayName: "Renamed" } : person))

  let readStore: TestReadStore
  beforeAll(async () => {
    const renamed = people
      .slice(0, RENAMED)
      .map(({ id }) => ({ type: "UserProfileChanged", data: { userId: id, profile: '{"displayName":"Renamed"}' } }))
    const small = Array.from({ length: 8_000 }, (_, n) =>
      made({ type: "USER", id: `usr_OTHER${n}`, displayName: `Chris ${n}`, userName: `c${n}` }),
    )
    readStore = await shown({ org_small: small, org_large: [...people.map(made), ...renamed] })
  }, 300_000)
  afterAll(() => readStore.close())

  const SEARCHES = [
    "c",
    "co",
    "contoso",
    "late",
    "aa",
    "a",
    "j",
    "z",
    "x",
    "anna",
    "anna b",
    "b a",
    "ann ber",
    "berson",
    "zoe x c",
    "team",
    "t",
    "4",
    "99",
    "jan berma",
    "nobody",
  ]

  test.each(SEARCHES)("%s finds what looking at everybody finds", async (search) => {
    const revision = people.length + 1 // before the renames
    for (const [types, first] of [
      [BOTH, 10],
      [["USER"], 50],
      [["GROUP"], 10],
    ] as const) {
      expect(await ask(readStore, "org_large", search, types, first)).toEqual(naively(since, search, types, first))
      expect(await ask(readStore, "org_large", search, types, first, revision)).toEqual(naively(before, search, types, first))
    }
  })
})
