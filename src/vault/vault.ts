/**
 * The vault holds what must not stand in the log: one key per person (erasing a person = destroying the key), one key
 * per organization for free text, the unique index of names, and the subjects behind opaque actor ids.
 */
import type { Profile, Sealed } from "../domain/events"
import type { ActorId, GroupId, UserId } from "../domain/ids"

/** Opens what was sealed. `undefined`: the key is destroyed, the content is gone for good. */
export interface Opener {
  openProfile(organizationId: string, userId: string, sealed: Sealed): Partial<Profile> | undefined
  openText(organizationId: string, sealed: Sealed): string | undefined
  /** The token subject behind a minted `act_…` id. */
  subjectOf(organizationId: string, actorId: string): string | undefined
}

export type IdentityKind = "userName" | "externalId" | "groupExternalId"
export interface Identity {
  readonly kind: IdentityKind
  readonly value: string
}

export interface Vault extends Opener {
  /** Seals under the person's own key, made on first use. */
  sealProfile(organizationId: string, userId: UserId, profile: Partial<Profile>): Sealed
  /** Seals under the organization's key, made on first use. */
  sealText(organizationId: string, text: string): Sealed
  /** Keyed hash, so that equal bodies can be told from others without keeping them. */
  hash(text: string): string

  /**
   * Makes these identities the owner's, idempotently by command id. `isTaken` says whether an earlier reservation by
   * another command still stands (its command is in the log and its owner not deleted); one that does not is taken over.
   * Answers the kind that is taken, having reserved nothing, or undefined.
   */
  reserve(
    organizationId: string,
    commandId: string,
    owner: UserId | GroupId,
    identities: readonly Identity[],
    isTaken: (owner: string, commandId: string) => boolean,
  ): IdentityKind | undefined
  /** Frees what this command reserved: it was refused. */
  release(organizationId: string, commandId: string): void
  /** Frees everything of an owner that is deleted, or of the given kind when a name was given up for another. */
  forget(organizationId: string, owner: UserId | GroupId, except?: readonly Identity[]): void
  find(organizationId: string, identity: Identity): UserId | GroupId | undefined

  /** The user whose external id or user name the subject is, otherwise a minted id whose subject is sealed here. */
  actorFor(organizationId: string, subject: string): UserId | ActorId
  close(): void
}
