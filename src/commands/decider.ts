/** What the queue needs to know of the thing that a stream is about. The rules themselves are in `src/domain`. */
import type { Circumstances, OrganizationCommand, VendorCommand } from "../domain/commands"
import type { Cause, Decision } from "../domain/decision"
import type { EventType, LedgerEvent, OrganizationEvent, OrganizationEventDraft, VendorEvent } from "../domain/events"
import { fork } from "../domain/organization/fork"
import * as organization from "../domain/organization/organization"
import { decideVendor, evolveVendor, newVendor, type VendorState } from "../domain/vendor/vendor"

export interface Draft {
  readonly type: EventType
  readonly data: object
}
export interface Consequence {
  readonly draft: Draft
  readonly cause: Cause
}
/** What has been folded says itself how far it is. */
export interface Folded {
  readonly revision: number
  /** Milliseconds since 1970, UTC. */
  readonly recordedAt: number
}

export interface Decider<State extends Folded, Command, Event extends LedgerEvent> {
  start(): State
  /** Changes the state in place. */
  evolve(state: State, event: Event): void
  /** Reads the state only. */
  decide(state: State, command: Command, circumstances: Circumstances): Decision<Draft>
  settle(state: State, budget: number, now: number): Consequence | undefined
  isUnsettled(state: State): boolean
  /**
   * Puts aside what earlier commands left to be settled (rule 39), so that a small command on another license is settled
   * in its own append and need not wait for 100,000 people; answers the way to put it back.
   */
  setAside(state: State): () => void
  effectBound(state: State, command: Command): number
  touchedUsers(draft: Draft): number
  /**
   * A copy to decide on that can be thrown away, for as long as the original does not change. It costs what is touched
   * there.
   */
  fork(state: State): State
}

export type OrganizationState = organization.OrganizationState
export type { VendorState }

export const organizationDecider: Decider<OrganizationState, OrganizationCommand, OrganizationEvent> = {
  start: organization.newOrganization,
  evolve: organization.evolve,
  decide: organization.decide,
  settle: organization.settle,
  isUnsettled: organization.isUnsettled,
  setAside({ unsettled }) {
    const backlog = [...unsettled]
    unsettled.clear()
    return () => {
      for (const license of backlog) unsettled.add(license)
    }
  },
  effectBound: organization.effectBound,
  // The queue hands back only what this decider drafted.
  touchedUsers: (draft) => organization.touchedUsers(draft as OrganizationEventDraft),
  fork: (state) => fork(state, { tidy: true }).state,
}

export const vendorDecider: Decider<VendorState, VendorCommand, VendorEvent> = {
  start: newVendor,
  evolve: evolveVendor,
  decide: decideVendor,
  settle: () => undefined,
  isUnsettled: () => false,
  setAside: () => () => {},
  effectBound: () => 0,
  touchedUsers: () => 0,
  // What the maps hold is replaced and never changed.
  fork: (vendor) => ({
    ...vendor,
    products: new Map(vendor.products),
    webhooks: new Map(vendor.webhooks),
    secrets: new Map(vendor.secrets),
  }),
}
