/**
 * The vault holds what must not stand in the log: one key per person (erasing a person = destroying the key), one key
 * per reason, one per organization for secrets, the unique index of names, and the subjects behind opaque actor ids.
 *
 * It may lie in a database elsewhere, and whoever decides or projects is synchronous. So what is needed is loaded before,
 * for everything that is decided, projected or shown together, and what was made is saved before it is appended.
 */
import type { Profile, Sealed } from "../domain/events"
import type { ActorId, GroupId, UserId } from "../domain/ids"

/** Whose profiles, which texts, whose subjects are to be opened. */
export type Wanted =
  | { readonly organizationId: string; readonly userId: string }
  | { readonly organizationId: string; readonly text: Sealed }
  | { readonly organizationId: string; readonly actorId: string }

/**
 * Opens at once what it was loaded for. `undefined`: the key is destroyed, the content is gone for good.
 * @throws SealedOtherwise
 */
export interface Keys {
  openProfile(organizationId: string, userId: string, sealed: Sealed): Partial<Profile> | undefined
  openText(organizationId: string, sealed: Sealed): string | undefined
  /** The token subject behind a minted `act_…` id. */
  subjectOf(organizationId: string, actorId: string): string | undefined
}

export interface Opener {
  /**
   * One round trip at most, however much is wanted. What is looked for in a file is only looked for when it is opened.
   * Not to be kept: what is erased later can still be opened with it.
   */
  load(wanted: Iterable<Wanted>): Promise<Keys>
}

export type IdentityKind = "userName" | "externalId" | "groupExternalId"
export interface Identity {
  readonly kind: IdentityKind
  readonly value: string
}

/** Somebody who asks for something, by the subject of their token, in an organization or the installation. */
export interface Subject {
  readonly scope: string
  readonly subject: string
}

/** What a group of commands may come to need; what is left out is not at hand. */
export interface SealerWants {
  /** Whose profiles are to be sealed. */
  readonly people?: Iterable<UserId>
  /** Something is to be sealed under the owner's own key. */
  readonly secrets?: boolean
  /** Names that somebody may bear. */
  readonly names?: Iterable<Identity>
  readonly actors?: Iterable<Subject>
}

/**
 * Seals for one organization or vendor, under keys that were loaded or that it makes. Nothing that it sealed may be
 * appended before it was saved; what was not saved was never there.
 */
export interface Sealer extends Pick<Keys, "openProfile"> {
  /** Seals under the person's own key, made on first use. */
  sealProfile(userId: UserId, profile: Partial<Profile>): Sealed
  /** Seals under the owner's key, made on first use: for what nobody will ever have to erase, such as secrets. */
  sealText(text: string): Sealed
  /** Seals what somebody wrote, under a key of its own: it may name people, and must then be erased with them. */
  sealReason(text: string): Sealed
  /** Who bears the name, as of `Reached.names`. User names are compared without case. */
  find(identity: Identity): UserId | GroupId | undefined
  /** The user whose external id or user name the subject is, otherwise a minted id whose subject is sealed here. */
  actorFor(subject: Subject): UserId | ActorId
  /**
   * Makes durable what was made, all or nothing.
   * @throws KeyRaced
   */
  save(): Promise<void>
}

/** Somebody else made a key for the same person or organization at the same moment. Nothing was saved: seal again, with theirs. */
export class KeyRaced extends Error {
  override readonly name = "KeyRaced"
  constructor(ownerId: string) {
    super(`somebody else made a key of ${ownerId} at the same moment; nothing was written, try again`)
  }
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

/** The vault follows the log: the revisions of an organization up to which it has taken in names, and has erased. */
export interface Reached {
  readonly names: number
  readonly erasures: number
}

export interface Vault extends Opener {
  /** @param ownerId the organization or vendor */
  sealer(ownerId: string, wants: SealerWants): Promise<Sealer>

  reached(organizationId: string): Promise<Reached>
  /**
   * Brings the index of names in line with the log up to `reached`. The log alone says who bears a name, so a crash between
   * append and index neither loses nor blocks one: whoever reads the log next goes on from there.
   * Changes that the index has already are passed over.
   */
  recordNames(organizationId: string, changes: readonly NameChange[], reached: number): Promise<void>
  /**
   * Forgets the names of an organization, and that it has followed the log at all, if it has followed it further than the
   * log goes: then the log was put back from a backup that is older than this vault, and other events will bear the
   * revisions that the vault has behind it. Whoever reads the log next follows it from its beginning. Keys stay.
   * @param readHead the log's last revision; asked while nobody records names, so that a log that grew is not taken for an older one
   */
  startOver(organizationId: string, readHead: () => Promise<number>): Promise<void>
  /**
   * Destroys keys, names and subjects (rule 28): what was sealed under them can never be read again, by anybody. Doing it
   * again does no harm. The log asks for it; `reached` is the revision up to which everything that it asks for is done.
   */
  erase(organizationId: string, erasures: readonly Erasure[], reached: number): Promise<void>
  /** The `act_…` ids whose subjects are one of these names, without regard to case. */
  actorsNamed(organizationId: string, names: readonly string[]): Promise<readonly ActorId[]>

  /** Keyed hash, so that equal bodies can be told from others without keeping them. Base64url. */
  hash(text: string): string
  close(): Promise<void>
}

/** A sealed text was changed, or there is another key by now: the one it was sealed under was lost with an earlier vault. */
export class SealedOtherwise extends Error {
  override readonly name = "SealedOtherwise"
}

/** For whoever must go on: what was sealed under a key that was lost is as good as destroyed, whatever key was made since. */
export function unlessLost<Opened>(open: () => Opened): Opened | undefined {
  try {
    return open()
  } catch (error) {
    if (error instanceof SealedOtherwise) return undefined
    throw error
  }
}

const TRIES = 10

/** The same id that a command of this subject would be recorded under; minted and saved when it is new. */
export async function actorFor(vault: Vault, subject: Subject): Promise<UserId | ActorId> {
  for (let tries = 1; ; tries++) {
    const sealer = await vault.sealer(subject.scope, { actors: [subject] })
    const actor = sealer.actorFor(subject)
    try {
      await sealer.save()
      return actor
    } catch (error) {
      if (!(error instanceof KeyRaced) || tries === TRIES) throw error
    }
  }
}
