import { countHistory, type HistoryListing, historyPage } from "../../projections/history/queries"
import type { EventMetadata } from "../../src/domain/events"
import type { NewEvent } from "../../src/eventstore/event-store"
import { MemoryEventStore } from "../../src/eventstore/memory"
import { projectionGroups } from "../../src/readstore/projections"
import { textIdOf } from "../../src/vault/sealing"
import type { Opener } from "../../src/vault/vault"
import { eventId, metadata, randomNumbers, vault } from "../readstore/histories"
import { projectorOf } from "../readstore/read-models"
import { openTestReadStore, type TestReadStore } from "../support/read-stores"
import { sealNow } from "../support/vault"

/** The lists behind the filters of the trail: across stretches of 4,096 revisions, however the batches fall, and after an erasure. */
const ORGANIZATION = "org_long"
const WORDS = ["audit", "project", "merger", "inc0012", "inc0013", "year", "yearly", "zoë"]

async function logOf(events: readonly { type: string; data: object; metadata?: Partial<EventMetadata> }[]): Promise<MemoryEventStore> {
  const store = new MemoryEventStore()
  const all = [{ type: "OrganizationCreated", data: { organizationId: ORGANIZATION, name: "Long" } }, ...events]
  const placed = all.map(
    ({ type, data, ...more }, n): NewEvent => ({
      id: eventId(ORGANIZATION, n),
      type,
      data,
      metadata: metadata({
        recordedAt: new Date(Date.parse("2026-01-01T00:00:00Z") + Math.floor(n / 3) * 1000).toISOString(),
        ...("metadata" in more ? more.metadata : {}),
      }),
    }),
  )
  for (let at = 0; at < placed.length; at += 1000) await store.append(`organization-${ORGANIZATION}`, at, placed.slice(at, at + 1000))
  return store
}

async function shown(store: MemoryEventStore, events: number, opener: Opener = vault): Promise<TestReadStore> {
  const readStore = await openTestReadStore()
  const groups = projectionGroups(opener).filter(({ name }) => name === "history")
  const all = projectionGroups(opener).map((group) => groups.find(({ name }) => name === group.name) ?? { ...group, projections: [] })
  await (await projectorOf(store, readStore, { groups: all, limits: { events, rows: 1_000_000 } })).catchUp()
  return readStore
}

const lists = (readStore: TestReadStore) => readStore.rows("select * from history_list order by organization_id, stretch, list")

test("filters across stretches are those of the plain list; rows do not depend on the batches", async () => {
  const random = randomNumbers(7)
  const facts = Array.from({ length: 9_500 }, (_, n) => ({
    license: `lic_${random(3)}`,
    user: random(50) === 0 ? "usr_rare" : `usr_${random(5)}`,
    // Nearly all of it by one actor, so that a list becomes dense.
    actor: n % 3_000 === 2_999 ? "act_rare" : "act_often",
    reason: random(20) === 0 ? [WORDS[random(WORDS.length)], WORDS[random(WORDS.length)]].join(" ") : undefined,
    type: random(2) === 0 ? "LicenseAssigned" : "LicenseUnassigned",
  }))
  const store = await logOf(
    facts.map(({ license, user, actor, reason, type }) => ({
      type,
      data: {
        licenseId: license,
        principal: { type: "USER", id: user },
        ...(type === "LicenseAssigned" ? { already: { seated: 0, waitlisted: 0 } } : { stillLicensedVia: [] }),
        ...(reason === undefined ? {} : { reason: sealNow(vault, ORGANIZATION, (sealer) => sealer.sealReason(reason)) }),
      },
      metadata: { actor: { type: "USER", id: actor as "system" } },
    })),
  )
  const readStore = await shown(store, 20_000)
  expect(await lists(await shown(store, 777))).toEqual(await lists(readStore))

  const all = facts.map((fact, n) => ({
    ...fact,
    revision: n + 2,
    at: Date.parse("2026-01-01T00:00:00Z") + Math.floor((n + 1) / 3) * 1000,
  }))
  const some: Partial<Omit<HistoryListing, "organizationId">>[] = [
    { actorId: "act_often" },
    { actorId: "act_rare" },
    { licenseId: "lic_1", types: ["LicenseAssigned"] },
    { subjectIds: ["usr_rare"], actorId: "act_rare" },
    { text: "inc001" },
    { text: "year zoe", licenseId: "lic_0" },
    { types: ["LicenseAssigned", "LicenseUnassigned"], text: "yearl" },
    { subjectIds: ["usr_rare"], fromRevision: 4_095, toRevision: 8_193 },
    { actorId: "act_often", from: all[4_000]?.at ?? 0, to: all[8_400]?.at ?? 0 },
    { licenseId: "lic_2", actorId: "act_often", types: ["LicenseUnassigned"], subjectIds: ["usr_3"], text: "m" },
    { licenseId: "lic_none" },
  ]
  for (const filter of some) {
    const { licenseId, subjectIds = [], actorId, types, text, from = 0, to = Infinity, fromRevision = 0, toRevision = Infinity } = filter
    const expected = all
      .filter(
        (entry) =>
          (licenseId ?? entry.license) === entry.license &&
          subjectIds.every((id) => id === entry.user) &&
          (actorId ?? entry.actor) === entry.actor &&
          (types?.includes(entry.type) ?? true) &&
          (text?.split(" ") ?? []).every((word) =>
            entry.reason
              ?.normalize("NFKD")
              .replace(/\p{M}/gu, "")
              .split(" ")
              .some((own) => own.startsWith(word)),
          ) &&
          entry.at >= from &&
          entry.at < to &&
          entry.revision >= fromRevision &&
          entry.revision <= toRevision,
      )
      .map(({ revision }) => revision)
    const listing = { organizationId: ORGANIZATION, subjectIds: [], ...filter }
    expect([filter, await countHistory(readStore, { ...listing, oldestFirst: false })]).toEqual([filter, expected.length])
    for (const oldestFirst of [true, false]) {
      const found: number[] = []
      for (;;) {
        const last = found.at(-1)
        const page = await historyPage(readStore, {
          ...listing,
          oldestFirst,
          limit: 50 + random(500),
          ...(last === undefined ? {} : { after: last }),
        })
        if (page.length === 0) break
        found.push(...page.map(({ revision }) => revision))
      }
      expect([filter, found]).toEqual([filter, oldestFirst ? expected : expected.toReversed()])
    }
  }
})

describe("rule 28: a reason that names an erased person", () => {
  const assigned = (reason: string, user = "usr_a") => ({
    type: "LicenseAssigned",
    data: { licenseId: "lic_a", principal: { type: "USER", id: user }, already: { seated: 0, waitlisted: 0 }, reason },
  })
  const naming = sealNow(vault, ORGANIZATION, (sealer) => sealer.sealReason("replaces Grace Hopper on the project"))
  const other = sealNow(vault, ORGANIZATION, (sealer) => sealer.sealReason("new on the project"))
  const erased = { type: "UserErased", data: { userId: "usr_grace", texts: [textIdOf(naming)] } }
  // A reason of one command stands in several events, and here on both sides of the end of a stretch.
  const log = [
    ...Array.from({ length: 400 }, () => assigned(other)),
    ...Array.from({ length: 4_096 - 403 }, () => ({ type: "UserReactivated", data: { userId: "usr_x" } })),
    assigned(naming),
    assigned(naming, "usr_b"),
    assigned(naming, "usr_c"),
    assigned(other),
    { type: "UserReactivated", data: { userId: "usr_x" } },
  ]
  const afterwards: Opener = {
    async load() {
      const keys = await vault.load()
      return { ...keys, openText: (id, sealed) => (sealed === naming ? undefined : keys.openText(id, sealed)) }
    },
  }
  const found = async (readStore: TestReadStore, text: string) =>
    countHistory(readStore, { organizationId: ORGANIZATION, subjectIds: [], text, oldestFirst: true })

  test.each([
    ["in a later batch", 100],
    ["in the same batch", 20_000],
    ["in batches of one", 1],
  ])("is found no more, and its words are gone from the rows (%s)", async (_, batch) => {
    const before = await shown(await logOf(log), batch)
    expect([await found(before, "hopper"), await found(before, "project")]).toEqual([3, 404])
    const readStore = await shown(await logOf([...log, erased]), batch)
    expect([await found(readStore, "hopper"), await found(readStore, "replaces"), await found(readStore, "project")]).toEqual([0, 0, 401])
    expect(JSON.stringify(await lists(readStore))).not.toMatch(/w:(ho|gr|rep)/)
    // What a rebuild makes of it once the vault has forgotten.
    expect(await lists(readStore)).toEqual(await lists(await shown(await logOf([...log, erased]), 20_000, afterwards)))
  })
})
