/**
 * How the state stands in lines of text, for a snapshot (`write-state.ts`, `read-state.ts`). What matters for any later
 * decision is in it: also the orders that Maps and Sets keep, because consequences are recorded in them. Working memory is
 * not (entries of the waitlist and of the grants that are to be skipped anyway). A line is about as much as a thread may do
 * in one go.
 */
import type { Cause } from "../decision"
import type { ReleaseReason } from "../events"
import type { GroupId, UserId } from "../ids"
import type { Webhook } from "../webhooks"
import type { Group, License, newLicense, OrganizationState } from "./state"

/**
 * Raise it whenever the same events lead to another state, or the state is written in another way: snapshots of other
 * versions are not read. `test/domain/written-state.test.ts` notices when that was forgotten.
 */
export const EVOLVE_VERSION = 3

export type Place = number
/** By kind: what stands in a line of it. Things are named by their place in the lines before. */
export interface Lines {
  organization: Pick<OrganizationState, "revision" | "recordedAt" | "created" | "closed" | "deletedAt">
  webhooks: readonly Webhook[]
  license: WrittenLicense
  group: WrittenGroup
  users: {
    readonly ids: readonly UserId[]
    /** As 0 and 1. */
    readonly active: string
    readonly direct: Lists
    readonly groups: Lists
    readonly changedAt: readonly number[]
    readonly sourcesChangedAt: readonly number[]
  }
  deleted: readonly string[]
  erased: readonly string[]
  /** Members of a group, users and groups to whom a license is assigned. */
  members: OfPlace<Place>
  assignedUsers: OfPlace<Place>
  assignedGroups: OfPlace<Place>
  claims: {
    readonly of: Place
    readonly users: readonly Place[]
    /** A letter each: N, W or S. */
    readonly states: string
    readonly sources: readonly number[]
    readonly revisions: readonly number[]
    readonly ordinals: readonly number[]
  }
  /** Claims that hold a seat, in the order of their grants. */
  seats: OfPlace<Place>
  transfers: OfPlace<Place>
  opening: { readonly of: Place; readonly cause: Cause }
  /** NEW claims of the opening that was named last. */
  opened: OfPlace<Place>
  endings: OfPlace<WrittenEnding>
  unsettled: readonly Place[]
  end: number
}

/** A list for each user. Many have the same: each is written once, and once read back kept once. */
export interface Lists {
  readonly distinct: readonly (readonly Place[])[]
  readonly chosen: readonly number[]
}
export interface OfPlace<Item> {
  readonly of: Place
  readonly items: readonly Item[]
}
export type WrittenGroup = Pick<Group, "id" | "displayName" | "changedAt" | "membersChangedAt" | "licensesChangedAt"> & {
  readonly nested: readonly GroupId[]
  readonly licenses: readonly Place[]
}
type Fixed = Parameters<typeof newLicense>[0]
type Counted = Pick<
  License,
  | "status"
  | "seated"
  | "waiting"
  | "endingSeats"
  | "overassigned"
  | "graceExpired"
  | "deferred"
  | "deferredClaims"
  | "changedAt"
  | "peopleChangedAt"
  | "reviewedRevision"
>
export interface WrittenLicense {
  readonly fixed: Omit<Fixed, "plan"> & { readonly plan?: string }
  readonly capacity: number
  readonly counted: Counted
  readonly graceEndsAt?: number
  readonly overassignment?: Cause
  /** Of seats, status and plan: a bigint each. */
  readonly sequences: readonly [string, string, string]
  readonly cause: Cause
}
export type WrittenEnding = readonly [user: string, revision: number, ordinal: number, wasSeated: 0 | 1, why: ReleaseReason, cause: Cause]
