import { randomNumbers } from "../../readstore/histories"
import { onEither } from "../../support/read-stores"
import { rounds } from "../../support/rounds"
import { type Company, type Json, type Ledger, openCompany, openLedger, openSeller } from "./ledger"

/** Over random histories: whatever the filter, the pages are those of the plain list of all entries, filtered by hand. */
interface Entry {
  readonly revision: number
  readonly type: string
  readonly recordedAt: string
  readonly reason: string | null
  readonly actor: { readonly id: string }
  readonly license: { readonly id: string } | null
  readonly data: Json
}

const REASONS = ["Née for the AUDIT", "audit of the year, INC0012345", "new on project Æther", "asked by Zoë", undefined, undefined]
const ADMINS = ["ada", "bo"].map((name) => ({ type: "USER" as const, subject: `${name}@contoso.example`, role: "GLOBAL_ADMIN" as const }))

let ledger: Ledger
beforeAll(async () => {
  ledger = await openLedger()
})
afterAll(() => ledger.close())

describe.each(onEither({ sqlite: [1, 2, 3].slice(0, rounds(2, 3)), postgres: [1] }))("history %i", (seed) => {
  const random = randomNumbers(seed)
  const one = <T>(list: readonly T[]): T => list[random(list.length)] as T // never empty
  let company: Company
  let everything: readonly Entry[]
  let licenses: string[]
  let groups: string[]
  let people: string[]

  beforeAll(async () => {
    company = await openCompany(ledger, `Company ${seed}`)
    const seller = await openSeller(ledger, `Vendor ${seed}`)
    licenses = [await company.license(seller, 3), await company.license(seller, 30)]
    people = await company.users(12)
    groups = [await company.group("Sales", people.slice(0, 4)), await company.group("Design", people.slice(3, 9))]
    const actions = [
      () => {
        const reason = one(REASONS)
        const request = { licenseId: one(licenses), principalIds: [one([...people, ...groups])], onShortage: "WAITLIST" as const }
        return company.command("assignLicenses", { ...request, ...(reason ? { reason } : {}) }, one(ADMINS))
      },
      () =>
        company.command(
          "unassignLicenses",
          { licenseId: one(licenses), principalIds: [one(people)], reason: one(REASONS) ?? "no longer" },
          one(ADMINS),
        ),
      () => company.command("changeGroupMembers", { groupId: one(groups), add: [one(people)], remove: [one(people)] }, one(ADMINS)),
      () => company.command("setUserActive", { userId: one(people), active: random(2) === 0 }, one(ADMINS)),
      () => company.seats(seller, one(licenses), random(8)),
    ]
    for (let step = 0; step < 120; step++) {
      // Some are refused, and then nothing happened.
      await one(actions)().catch(() => undefined)
      if (random(3) === 0) ledger.passSeconds(random(10_000))
      // Batches that end anywhere.
      if (random(10) === 0) await ledger.project()
    }
    await ledger.project()
    everything = (await pages({}, true, 100)).entries
    expect(everything.map(({ revision }) => revision)).toEqual(everything.map((_, n) => n + 1))
  })

  async function pages(filter: Json, oldestFirst: boolean, first: number): Promise<{ entries: Entry[]; totalCount: number }> {
    const entries: Entry[] = []
    let after: string | null = null
    let totalCount = 0
    do {
      const { history }: Json = await ledger.ask(
        company.admin,
        `query ($filter: HistoryFilter, $oldestFirst: Boolean, $first: Int, $after: String) {
          history(filter: $filter, oldestFirst: $oldestFirst, first: $first, after: $after) {
            totalCount pageInfo { hasNextPage endCursor }
            nodes { revision type recordedAt reason actor { id } license { id } data }
          }
        }`,
        { filter, oldestFirst, first, after },
      )
      entries.push(...history.nodes)
      totalCount = history.totalCount
      after = history.pageInfo.hasNextPage ? history.pageInfo.endCursor : null
      expect(history.nodes.length).toBeLessThanOrEqual(first)
    } while (after !== null)
    return { entries, totalCount }
  }

  const wordsOf = (text: string) =>
    text
      .toLowerCase()
      .replace(/æ/g, "ae")
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word !== "")
  const ids = (data: Json): string[] => JSON.stringify(data).match(/(usr|grp)_\w+/g) ?? []

  /** The same in plain words. */
  function holds(filter: Json, entry: Entry): boolean {
    const { licenseId, userId, groupId, actor, types, from, to, fromRevision, toRevision, text } = filter
    const told = wordsOf(entry.reason ?? "")
    // "Who keeps it through that group" names a group that the event did not touch.
    const touched = ids({ ...entry.data, stillLicensedVia: undefined })
    return (
      (licenseId === undefined || entry.license?.id === licenseId) &&
      (userId === undefined || touched.includes(userId)) &&
      (groupId === undefined || touched.includes(groupId)) &&
      (actor === undefined || entry.actor.id === actor) &&
      (types === undefined || types.includes(entry.type)) &&
      (from === undefined || entry.recordedAt >= from) &&
      (to === undefined || entry.recordedAt < to) &&
      (fromRevision === undefined || entry.revision >= fromRevision) &&
      (toRevision === undefined || entry.revision <= toRevision) &&
      (text === undefined || wordsOf(text).every((beginning) => told.some((word) => word.startsWith(beginning))))
    )
  }

  const conditions: Readonly<Record<string, () => Json>> = {
    licenseId: () => one(licenses),
    userId: () => one(people),
    groupId: () => one(groups),
    actor: () => one(everything).actor.id,
    types: () => [one(everything).type, one(everything).type, "NeverHeardOf"].slice(random(2)),
    from: () => one(everything).recordedAt,
    to: () => one(everything).recordedAt,
    fromRevision: () => one(everything).revision,
    toRevision: () => one(everything).revision,
    text: () => one(["audit", "AUD", "nee", "né audit", "inc00", "inc0012345", "Zoe", "aether proj", "year audit of", "nothing", "", "!"]),
  }
  async function agree(filter: Json) {
    const expected = everything.filter((entry) => holds(filter, entry))
    const first = 1 + random(40)
    const oldest = await pages(filter, true, first)
    expect({ filter, ...oldest }).toEqual({ filter, entries: expected, totalCount: expected.length })
    expect((await pages(filter, false, first)).entries).toEqual(expected.toReversed())
  }

  test.each(Object.keys(conditions))("by %s alone", async (name) => {
    for (let n = 0; n < 4; n++) await agree({ [name]: conditions[name]?.() })
  })
  test("by any of them together", async () => {
    for (let n = 0; n < 30; n++) {
      const names = Object.keys(conditions).filter(() => random(4) === 0)
      await agree(Object.fromEntries(names.map((name) => [name, conditions[name]?.()])))
    }
  })
})

test("more types or words than anybody looks for are refused", async () => {
  const company = await openCompany(ledger, "Curious")
  const fault = (filter: Json) =>
    ledger.fault(company.admin, "query ($filter: HistoryFilter) { history(filter: $filter) { totalCount } }", { filter })
  expect(await fault({ types: Array.from({ length: 51 }, (_, n) => `T${n}`) })).toMatchObject({
    code: "BAD_USER_INPUT",
    field: "filter.types",
  })
  expect(await fault({ text: "a b c d e f g h i j k" })).toMatchObject({ code: "BAD_USER_INPUT", field: "filter.text" })
})
