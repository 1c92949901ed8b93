/**
 * The vault holds what must not stand in the log: one key per person (erasing a person = destroying the key), one key
 * per reason, one per organization for secrets, the unique index of names, and the subjects behind opaque actor ids.
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

/** What an event says about the names of a user or group. */
export interface NameChange {
  readonly revision: number
  readonly owner: UserId | GroupId
  /** Per kind the owner's name from this revision on, or null when it has none any more. Kinds left out stay as they are. */
  readonly names: Partial<Record<IdentityKind, string | null>>
}

/** What is to be unreadable from now on. */
export interface Erasure {
  readonly userId: UserId
  /** Ids under which the person acted without being in the directory. */
  readonly actors: readonly ActorId[]
  /** Ids of sealed texts that name the person (`textIdOf`). */
  readonly texts: readonly string[]
}

export interface Vault extends Opener {
  /** Seals under the person's own key, made on first use. */
  sealProfile(organizationId: string, userId: UserId, profile: Partial<Profile>): Sealed
  /** Seals under the organization's key, made on first use: for what nobody will ever have to erase, such as secrets. */
  sealText(organizationId: string, text: string): Sealed
  /** Seals what somebody wrote, under a key of its own: it may name people, and must then be erased with them. */
  sealReason(organizationId: string, text: string): Sealed

  /**
   * Destroys keys, names and subjects (rule 28): what was sealed under them can never be read again, by anybody. Doing it
   * again does no harm. The log asks for it; this is the revision up to which everything that it asks for is done.
   */
  erase(organizationId: string, erasures: readonly Erasure[], reached: number): void
  erasuresReached(organizationId: string): number
  /** The `act_…` ids whose subjects are one of these names, without regard to case. */
  actorsNamed(organizationId: string, names: readonly string[]): readonly ActorId[]

  /** Keyed hash, so that equal bodies can be told from others without keeping them. Base64url. */
  hash(text: string): string

  /** Who bears the name, as of `namesReached`. User names are compared without case. */
  find(organizationId: string, identity: Identity): UserId | GroupId | undefined
  /** The index of names follows the log: this is the revision of the organization that it has reached. */
  namesReached(organizationId: string): number
  /**
   * Brings the index in line with the log up to `reached`. The log alone says who bears a name, so a crash between
   * append and index neither loses nor blocks one: whoever reads the log next goes on from `namesReached`.
   * Changes that the index has already are passed over.
   */
  recordNames(organizationId: string, changes: readonly NameChange[], reached: number): void

  /** The user whose external id or user name the subject is, otherwise a minted id whose subject is sealed here. */
  actorFor(organizationId: string, subject: string): UserId | ActorId

  /** Everything that is written inside is made durable at once, when `work` returns; when it throws, nothing was written. */
  batch<T>(work: () => T): T
  close(): void
}
