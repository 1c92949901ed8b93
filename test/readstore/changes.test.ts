import * as fc from "fast-check"
import { type Moment, momentOfRevision } from "../../projections/catalog/moment"
import {
  changedLicenses,
  countChanges,
  releaseDelays,
  type SeatChangeKind,
  type SeatChangeRow,
  type Stretch,
  seatChanges,
} from "../../projections/changes/queries"
import type { OrganizationEvent } from "../../src/domain/events"
import { MemoryEventStore } from "../../src/eventstore/memory"
import { Scenario } from "../domain/scenario"
import type { TestReadStore } from "../support/read-stores"
import { randomHistory, sealed } from "./histories"
import { projected } from "./read-models"
import { foldedTo } from "./seat-fold"

/** Two moments compared in the database, against two folds of the log laid side by side. */
const ORGANIZATION = "org_test"
const LICENSES = ["lic_crm", "lic_erp"]
const KINDS = ["GAINED", "LOST", "BEGAN_WAITING", "STOPPED_WAITING"] as const

const life = (seed: number) => recorded(randomHistory(seed))

async function recorded({ log }: Scenario): Promise<{ readonly log: readonly OrganizationEvent[]; readonly readStore: TestReadStore }> {
  const eventStore = new MemoryEventStore()
  await eventStore.append(`organization-${ORGANIZATION}`, 0, sealed(ORGANIZATION, log))
  return { log, readStore: await projected(eventStore) }
}

function kindOf(before: string | undefined, after: string | undefined): SeatChangeKind | undefined {
  if (before === after) return undefined
  if (after === "SEATED") return "GAINED"
  if (before === "SEATED") return "LOST"
  return before === undefined ? "BEGAN_WAITING" : "STOPPED_WAITING"
}

/** The difference of the two views, license by license and person by person. */
function difference(log: readonly OrganizationEvent[], from: number, to: number): Omit<SeatChangeRow, "revision">[] {
  const [then, now] = [foldedTo(log, from), foldedTo(log, to)]
  return LICENSES.flatMap((license_id) => {
    const [before, after] = [then.license(license_id).seats, now.license(license_id).seats]
    return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((user_id) => {
      const [was, is] = [before.get(user_id)?.state, after.get(user_id)?.state]
      const kind = kindOf(was, is)
      return kind ? [{ license_id, user_id, kind, state_before: was ?? null, state_after: is ?? null }] : []
    })
  })
}

/** The last event that gave or took what the change is about: after it, and not before it, the person was as at the end. */
function didIt(
  log: readonly OrganizationEvent[],
  { license_id, user_id, kind }: Pick<SeatChangeRow, "license_id" | "user_id" | "kind">,
  from: number,
  to: number,
) {
  const hasIt = (revision: number) => {
    const state = foldedTo(log, revision).license(license_id).seats.get(user_id)?.state
    if (kind === "STOPPED_WAITING") return state !== undefined
    return state === (kind === "BEGAN_WAITING" ? "WAITLISTED" : "SEATED")
  }
  for (let revision = to; revision > from; revision--) if (hasIt(revision) !== hasIt(revision - 1)) return revision
  return undefined
}

async function stretchOf(readStore: TestReadStore, from: number, to: number): Promise<Stretch> {
  const at = async (revision: number) => (await momentOfRevision(readStore, ORGANIZATION, revision)) as Moment // it has happened
  return { from: await at(from), to: await at(to) }
}

test.each([1, 2, 3, 4, 5, 6])(
  "changes are the difference of the two views, and each names the event that did it (history %i)",
  async (seed) => {
    const { log, readStore } = await life(seed)
    const revision = fc.integer({ min: 0, max: log.length })
    await fc.assert(
      fc.asyncProperty(revision, revision, fc.integer({ min: 1, max: 9 }), fc.subarray([...KINDS]), async (a, b, size, kinds) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)]
        const stretch = await stretchOf(readStore, from, to)
        const expected = difference(log, from, to)

        const pages: SeatChangeRow[] = []
        for (let rows: SeatChangeRow[] = [], last: SeatChangeRow | undefined; ; last = rows.at(-1)) {
          const licenseIds = LICENSES.slice(last ? LICENSES.indexOf(last.license_id) : 0)
          rows = await seatChanges(readStore, { ...stretch, licenseIds, limit: size, ...(last ? { after: last.user_id } : {}) })
          pages.push(...rows)
          if (rows.length < size) break
        }
        expect(pages.map(({ revision: _, ...row }) => row)).toEqual(expected)
        for (const row of pages) expect(row.revision).toBe(didIt(log, row, from, to))

        const some = await seatChanges(readStore, { ...stretch, licenseIds: LICENSES, limit: 1000, kinds })
        expect(some).toEqual(pages.filter(({ kind }) => kinds.length === 0 || kinds.includes(kind)))
        const counts = await countChanges(readStore, stretch, LICENSES)
        for (const [i, licenseId] of LICENSES.entries()) {
          for (const kind of KINDS) {
            expect(counts[i]?.[kind]).toBe(pages.filter((row) => row.license_id === licenseId && row.kind === kind).length)
          }
        }
        const changed = await changedLicenses(readStore, stretch)
        expect(changed).toEqual(expect.arrayContaining([...new Set(expected.map(({ license_id }) => license_id))]))
      }),
      { numRuns: 60, endOnFailure: true },
    )
    await readStore.close()
  },
)

/** From the log: releases whose cause is a deactivation in between, and seats that are still held for lack of one. */
function delays(log: readonly OrganizationEvent[], licenseId: string, from: number, to: number) {
  const at = (revision: number) => Date.parse(log[revision - 1]?.metadata.recordedAt ?? "")
  const times: number[] = []
  let pending = 0
  for (const event of log.slice(from, to)) {
    if (event.type !== "UserDeactivated") continue
    const { userId } = event.data
    if (foldedTo(log, event.revision).license(licenseId).seats.get(userId)?.state !== "SEATED") continue
    const release = log.find(
      ({ type, data, metadata }) =>
        type === "SeatsReleased" &&
        data.licenseId === licenseId &&
        metadata.causationRevision === event.revision &&
        data.claims.some((claim) => claim.userId === userId && claim.wasSeated),
    )
    if (release && release.revision <= to) times.push(at(release.revision) - at(event.revision))
    else if (release) pending++
  }
  return { released: times.length, totalMs: times.reduce((sum, time) => sum + time, 0), longestMs: Math.max(0, ...times), pending }
}

test("rule 26: how long a seat outlived its holder's account", async () => {
  let [late, pending] = [0, 0]
  for (const seed of [1, 3, 4, 6, 7, 9, 12, 15]) {
    const { log, readStore } = await life(seed)
    for (let to = 0; to <= log.length; to += 7) {
      for (const from of [0, Math.floor(to / 2), Math.max(0, to - 10)]) {
        const found = await releaseDelays(readStore, await stretchOf(readStore, from, to), LICENSES)
        expect(found).toMatchObject(LICENSES.map((licenseId) => delays(log, licenseId, from, to)))
        late += found.filter(({ longestMs }) => longestMs > 0).length
        pending += found.filter((delay) => delay.pending > 0).length
      }
    }
    await readStore.close()
  }
  // Otherwise these histories would show nothing: small appends put some releases off.
  expect(late).toBeGreaterThan(0)
  expect(pending).toBeGreaterThan(0)
})

test("whose release was on its way before the account ended is none of these", async () => {
  const scenario = new Scenario(1).license("crm", 3).user("a").user("b").user("c").group("G", "a b c").assign("G").finish()
  // One effect an append (rule 39): a is released with the group's end, b and c later, c with an account that has ended since.
  scenario.later(1_000).unassign("G").later(1_000).active("c", false).later(1_000).finish()
  const { log, readStore } = await recorded(scenario)
  const found = await releaseDelays(readStore, await stretchOf(readStore, 0, log.length), ["lic_crm"])
  expect(foldedTo(log, log.length).seated("lic_crm")).toEqual([])
  expect(found).toMatchObject([{ released: 0, pending: 0 }])
  await readStore.close()
})

test("a release that waits behind others takes its time, and is pending until then", async () => {
  const scenario = new Scenario(1).license("crm", 4).user("d").assign("d").user("a").user("b").group("G", "a b").assign("G").finish()
  scenario.later(1_000).unassign("G").later(1_000).active("d", false)
  const deactivated = scenario.state.revision
  scenario.later(5_000).finish()
  const { log, readStore } = await recorded(scenario)
  const delaysUpTo = async (revision: number) => (await releaseDelays(readStore, await stretchOf(readStore, 0, revision), ["lic_crm"]))[0]
  expect(await delaysUpTo(deactivated)).toMatchObject({ released: 0, pending: 1 })
  expect(await delaysUpTo(log.length)).toMatchObject({ released: 1, totalMs: 5_000, longestMs: 5_000, pending: 0 })
  await readStore.close()
})
