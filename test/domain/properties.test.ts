/** I1–I6 of SEATS.md over long random histories, against a plain model that recomputes everything from scratch. */
import fc from "fast-check"
import type { OrganizationEvent } from "../../src/domain/events"
import { fork } from "../../src/domain/organization/fork"
import { isUnsettled } from "../../src/domain/organization/organization"
import { settle } from "../../src/domain/organization/settle"
import type { License, OrganizationState } from "../../src/domain/organization/state"
import { expectValidEvent } from "../events/expect-valid-event"
import { rounds } from "../support/rounds"
import { cancelling, history, plain, start } from "./histories"
import { claimsInOrder, replayed } from "./scenario"

test("I1–I5 hold at the end of each append, and I6: replaying gives exactly the same state", () => {
  fc.assert(
    fc.property(history, ({ budget, steps }) => {
      const scenario = start(budget)
      const grants = new GrantOrder()
      let seen = 0
      for (const take of steps) {
        take(scenario)
        for (const event of scenario.log.slice(seen)) grants.check(event)
        seen = scenario.log.length
        checkInvariants(scenario.state)
      }
      scenario.finish()
      checkInvariants(scenario.state)
      expect(isUnsettled(scenario.state)).toBe(false)
      expect(plain(replayed(scenario.log))).toEqual(plain(scenario.state))
      for (const event of scenario.log) expectValidEvent({ ...event, stream: "organization-org_test", position: event.revision })
    }),
    { numRuns: rounds(150, 2_000) },
  )
})

test("rule 39: a replayed state goes on exactly as the one it was replayed from", () => {
  fc.assert(
    fc.property(history, fc.array(cancelling, { maxLength: 20 }), ({ budget, steps }, rest) => {
      const scenario = start(budget)
      for (const take of steps) take(scenario)
      const restarted = scenario.restarted()
      for (const go of [scenario, restarted]) {
        for (const take of rest) take(go)
        go.finish()
      }
      expect(plain(restarted.state)).toEqual(plain(scenario.state))
    }),
    { numRuns: rounds(80, 1_000) },
  )
})

test("what is decided on copies of the state, and thrown away now and then, is what is decided on the state itself", () => {
  fc.assert(
    fc.property(history, ({ budget, steps }) => {
      const [itself, apart] = [start(budget), start(budget, true)]
      for (const take of steps) {
        const lost = fork(apart.state, { tidy: true }).state
        settle(lost, budget, apart.now)
        for (const scenario of [itself, apart]) take(scenario)
        expect(apart.refusal).toEqual(itself.refusal)
        expect(apart.written).toEqual(itself.written)
      }
      for (const scenario of [itself, apart]) scenario.finish()
      expect(apart.log).toEqual(itself.log)
      expect(plain(apart.state)).toEqual(plain(itself.state))
    }),
    { numRuns: Number(process.env.PROPERTY_RUNS ?? 200) },
  )
})

function checkInvariants(org: OrganizationState): void {
  for (const license of org.licenses.values()) {
    const claims = claimsInOrder(license)
    const seated = claims.filter((claim) => claim.state === "SEATED")
    const waiting = claims.filter((claim) => claim.state === "WAITLISTED" || claim.state === "NEW")

    // I2: counters count people, each once, plus seats whose release is still to be recorded.
    expect(license.seated).toBe(seated.length + license.endingSeats)
    expect(license.waiting).toBe(waiting.length)
    // I3
    const atRest = !org.unsettled.has(license)
    const usable = license.status === "ACTIVE" || license.status === "WARNING"
    if (atRest && usable && license.seated < license.capacity) expect(waiting).toHaveLength(0)
    if (atRest) expect(claims.filter((claim) => claim.state === "NEW")).toHaveLength(0)
    if (atRest) expect(license.overassigned).toBe(license.seated > license.capacity)
    // I4, and the other way round: claims are exactly the active people with a source.
    expect(new Map(claims.map((claim) => [claim.user.id, claim.sources]))).toEqual(entitled(org, license))
  }
}

/** Recomputed from assignments and memberships: who should have a claim, through how many sources. */
function entitled(org: OrganizationState, license: License): Map<string, number> {
  const sources = new Map<string, number>()
  if (license.status === "CANCELLED") return sources
  for (const person of org.users.values()) {
    if (!person.active) continue
    const direct = person.direct.includes(license) ? 1 : 0
    const inherited = [...license.groups].filter((group) => group.members.has(person)).length
    if (direct + inherited > 0) sources.set(person.id, direct + inherited)
  }
  return sources
}

/** Follows the recorded events alone, as a reader does: I1 and I5 for each grant. */
class GrantOrder {
  private readonly capacity = new Map<string, number>()
  private readonly seats = new Map<string, Set<string>>()
  /** Open claims never seated: key per license and user. */
  private readonly waiting = new Map<string, Map<string, number>>()

  check(event: OrganizationEvent): void {
    if (event.type === "LicenseRegistered" || event.type === "VendorSeatsChanged") this.capacity.set(event.data.licenseId, event.data.seats)
    if (
      event.type !== "SeatsGranted" &&
      event.type !== "SeatsWaitlisted" &&
      event.type !== "SeatsReleased" &&
      event.type !== "SeatsRevoked"
    )
      return
    const id = event.data.licenseId
    const seats = this.seats.get(id) ?? new Set()
    const waiting = this.waiting.get(id) ?? new Map<string, number>()
    this.seats.set(id, seats)
    this.waiting.set(id, waiting)
    const key = ({ opened }: { opened: { revision: number; ordinal: number } }) => opened.revision * 1000 + opened.ordinal
    switch (event.type) {
      case "SeatsWaitlisted":
        for (const claim of event.data.claims) waiting.set(claim.userId, key(claim))
        break
      case "SeatsReleased":
        for (const claim of event.data.claims) {
          expect(seats.delete(claim.userId)).toBe(claim.wasSeated)
          waiting.delete(claim.userId)
        }
        break
      case "SeatsRevoked":
        for (const claim of event.data.claims) expect(seats.delete(claim.userId)).toBe(true)
        break
      case "SeatsGranted":
        for (const claim of event.data.claims) {
          expect(seats.has(claim.userId)).toBe(false) // I2
          const neverSeated = waiting.has(claim.userId)
          waiting.delete(claim.userId)
          seats.add(claim.userId)
          if (event.data.via !== "TRANSFER" && neverSeated) for (const other of waiting.values()) expect(key(claim)).toBeLessThan(other) // I5
          expect(seats.size).toBeLessThanOrEqual(this.capacity.get(id) ?? 0) // I1
        }
        break
    }
  }
}
