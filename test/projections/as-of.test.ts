import type { OrganizationEvent } from "../../src/domain/events"
import { evolve, isUnsettled, newOrganization, type OrganizationState } from "../../src/domain/organization/organization"
import { MemoryEventStore } from "../../src/eventstore/memory"
import type { ReadStore } from "../../src/readstore/read-store"
import { claimsInOrder } from "../domain/scenario"
import { randomHistory, sealed } from "../readstore/histories"
import { projected } from "../readstore/read-models"
import { fewer } from "../support/read-stores"

const ORGANIZATION = "org_test"
const SEEDS = fewer([...Array(12).keys()])

async function shown(log: readonly OrganizationEvent[]): Promise<ReadStore> {
  const store = new MemoryEventStore()
  await store.append(`organization-${ORGANIZATION}`, 0, sealed(ORGANIZATION, log))
  return projected(store)
}

describe.each(SEEDS)("as of every revision of random history %i", (seed) => {
  const { log, appendEnds } = randomHistory(seed)
  let readStore: ReadStore
  beforeAll(async () => {
    readStore = await shown(log)
  })
  afterAll(() => readStore.close())

  const asOf = <Row>(sql: string, revision: number) =>
    readStore.rows<Row>(sql.replaceAll("COVERS", `from_revision <= ${revision} and to_revision > ${revision}`))

  test("I6: counters equal the counted seats", async () => {
    for (let revision = 1; revision <= log.length; revision++) {
      const counters = await asOf("select license_id, seated, waitlisted from license_span where COVERS order by license_id", revision)
      const counted = await asOf(
        `select license_id,
           (select count(*) from seat s where s.license_id = l.license_id and s.state = 'SEATED' and COVERS) as seated,
           (select count(*) from seat s where s.license_id = l.license_id and s.state = 'WAITLISTED' and COVERS) as waitlisted
         from license l where l.registered_revision <= ${revision} order by license_id`,
        revision,
      )
      expect({ revision, rows: counters }).toEqual({ revision, rows: counted })
    }
  })

  test("member counts equal the counted members", async () => {
    for (let revision = 1; revision <= log.length; revision++) {
      const counters = await asOf("select group_id, member_count as members from group_state where COVERS order by group_id", revision)
      const counted = await asOf(
        `select group_id, (select count(*) from membership m where m.group_id = g.group_id and m.member_type = 'USER' and COVERS) as members
         from (select principal_id as group_id from principal_name where principal_type = 'GROUP' and COVERS) g order by group_id`,
        revision,
      )
      expect({ revision, rows: counters }).toEqual({ revision, rows: counted })
    }
  })

  test("I6: at rest the rows are what the decider knows", async () => {
    const state = newOrganization()
    const ends = new Set(appendEnds)
    let compared = 0
    for (const event of log) {
      evolve(state, event)
      if (!ends.has(event.revision) || isUnsettled(state)) continue
      compared += 1
      expect(await rowsAt(event.revision)).toEqual(known(state))
    }
    expect(compared).toBeGreaterThan(20)
  })

  async function rowsAt(revision: number) {
    const seats = await asOf<{ license_id: string; user_id: string; state: string }>(
      "select license_id, user_id, state from seat where COVERS order by license_id, state, opened_revision, opened_ordinal",
      revision,
    )
    const licenses = await asOf(
      "select license_id, status, purchased, overassigned from license_span where COVERS order by license_id",
      revision,
    )
    const people = await asOf("select user_id, active from user_state where COVERS order by user_id", revision)
    const memberships = await asOf<{ group_id: string; member_id: string }>(
      "select group_id, member_id from membership where COVERS order by group_id, from_revision, ordinal",
      revision,
    )
    return { seats, licenses, people, memberships }
  }
})

function known(state: OrganizationState) {
  const byId = <T extends { id: string }>(all: Iterable<T>) => [...all].sort((a, b) => (a.id < b.id ? -1 : 1))
  return {
    seats: byId(state.licenses.values()).flatMap((license) =>
      ["SEATED", "WAITLISTED"].flatMap((wanted) =>
        claimsInOrder(license)
          .filter((claim) => claim.state === wanted)
          .map((claim) => ({ license_id: license.id, user_id: claim.user.id, state: wanted })),
      ),
    ),
    licenses: byId(state.licenses.values()).map(({ id, status, capacity, overassigned }) => ({
      license_id: id,
      status,
      purchased: capacity,
      overassigned: overassigned ? 1 : 0,
    })),
    people: byId(state.users.values()).map(({ id, active }) => ({ user_id: id, active: active ? 1 : 0 })),
    memberships: byId(state.groups.values()).flatMap((group) =>
      // Rule 6: in the order in which they joined.
      [...group.members].map(({ id }) => ({ group_id: group.id, member_id: id })),
    ),
  }
}
