/** Opening and sealing with keys at hand: the same wherever they are kept. */
import type { Profile, Sealed } from "../domain/events"
import type { ActorId, GroupId, UserId } from "../domain/ids"
import type { Hashes } from "./hashes"
import { hasOwnKey, newKey, open, seal, textIdOf } from "./sealing"
import type { Identity, IdentityKind, Keys, Sealer, Subject } from "./vault"

/** What the vault holds, answered at once: read from a file, or loaded before. */
export interface AtHand {
  personKey(organizationId: string, userId: string): Buffer | undefined
  organizationKey(organizationId: string): Buffer | undefined
  textKey(organizationId: string, textId: string): Buffer | undefined
  /** Of a text without a key of its own. */
  isTextErased(organizationId: string, textId: string): boolean
  /** Sealed; empty: erased. */
  subject(organizationId: string, actorId: string): string | undefined
}

export interface AtHandForSealing extends AtHand {
  nameOwner(organizationId: string, kind: IdentityKind, digest: Buffer): UserId | GroupId | undefined
  /** Found or minted before, where that can be relied on: the hashes take a while. */
  knownActor?(subject: Subject): UserId | ActorId | undefined
  rememberActor?(subject: Subject, actor: UserId | ActorId): void
}

/** What a sealer made, to be written in one transaction. */
export interface Made {
  readonly personKeys: Map<string, { readonly organizationId: string; readonly userId: string; readonly key: Buffer }>
  readonly organizationKeys: Map<string, Buffer>
  readonly textKeys: { readonly organizationId: string; readonly textId: string; readonly key: Buffer }[]
  readonly actors: Map<ActorId, Subject & { readonly sealed: string }>
}

export function openedWith(atHand: AtHand): Keys {
  const textKey = (organizationId: string, sealed: Sealed) => {
    const textId = textIdOf(sealed)
    if (hasOwnKey(sealed)) return atHand.textKey(organizationId, textId)
    return atHand.isTextErased(organizationId, textId) ? undefined : atHand.organizationKey(organizationId)
  }
  return {
    openProfile(organizationId, userId, sealed) {
      const key = atHand.personKey(organizationId, userId)
      return key && profileIn(key, organizationId, userId, sealed)
    },
    openText(organizationId, sealed) {
      const key = textKey(organizationId, sealed)
      return key && open(key, placeOfText(organizationId), sealed)
    },
    subjectOf(organizationId, actorId) {
      const sealed = atHand.subject(organizationId, actorId)
      const key = sealed ? atHand.organizationKey(organizationId) : undefined
      return key && sealed ? open(key, placeOfActor(organizationId, actorId), sealed) : undefined
    },
  }
}

export class SealingKeys implements Sealer {
  readonly #made: Made = { personKeys: new Map(), organizationKeys: new Map(), textKeys: [], actors: new Map() }

  /** @param write durable when it resolves, and all or nothing */
  constructor(
    private readonly ownerId: string,
    private readonly hashes: Hashes,
    private readonly atHand: AtHandForSealing,
    private readonly write: (made: Made) => Promise<void>,
  ) {}

  sealProfile(userId: UserId, profile: Partial<Profile>): Sealed {
    const place = placeOfPerson(this.ownerId, userId)
    let key = this.#personKey(userId)
    if (!key) {
      key = newKey()
      this.#made.personKeys.set(place, { organizationId: this.ownerId, userId, key })
    }
    return seal(key, place, JSON.stringify(profile))
  }

  /** Also what it has just sealed. */
  openProfile(organizationId: string, userId: string, sealed: Sealed): Partial<Profile> | undefined {
    const key = organizationId === this.ownerId ? this.#personKey(userId) : this.atHand.personKey(organizationId, userId)
    return key && profileIn(key, organizationId, userId, sealed)
  }

  sealText(text: string): Sealed {
    return seal(this.#organizationKey(this.ownerId), placeOfText(this.ownerId), text)
  }

  sealReason(text: string): Sealed {
    const key = newKey()
    const sealed = seal(key, placeOfText(this.ownerId), text, "v2")
    this.#made.textKeys.push({ organizationId: this.ownerId, textId: textIdOf(sealed), key })
    return sealed
  }

  find({ kind, value }: Identity): UserId | GroupId | undefined {
    return this.#find(this.ownerId, kind, value)
  }

  actorFor(subject: Subject): UserId | ActorId {
    const known = this.atHand.knownActor?.(subject)
    if (known !== undefined) return known
    const { scope, subject: name } = subject
    const user = this.#find(scope, "externalId", name) ?? this.#find(scope, "userName", name)
    const actor = user === undefined ? this.#minted(subject) : (user as UserId) // of these kinds only users have one
    if (!this.#isNew(actor)) this.atHand.rememberActor?.(subject, actor)
    return actor
  }

  async save(): Promise<void> {
    const { personKeys, organizationKeys, textKeys, actors } = this.#made
    if (personKeys.size + organizationKeys.size + textKeys.length + actors.size === 0) return
    await this.write(this.#made)
  }

  #find(organizationId: string, kind: IdentityKind, value: string): UserId | GroupId | undefined {
    return this.atHand.nameOwner(organizationId, kind, this.hashes.ofName(organizationId, kind, value))
  }

  #minted({ scope, subject }: Subject): ActorId {
    for (let erased = 0; ; erased++) {
      const actorId = this.hashes.actorId(scope, subject, erased)
      const known = this.atHand.subject(scope, actorId)
      if (known === "") continue
      if (known === undefined) {
        const sealed = seal(this.#organizationKey(scope), placeOfActor(scope, actorId), subject)
        this.#made.actors.set(actorId, { scope, subject, sealed })
      }
      return actorId
    }
  }

  #isNew(actor: UserId | ActorId): boolean {
    return this.#made.actors.has(actor as ActorId) // a user's id is not in there
  }

  #personKey(userId: string): Buffer | undefined {
    return this.#made.personKeys.get(placeOfPerson(this.ownerId, userId))?.key ?? this.atHand.personKey(this.ownerId, userId)
  }

  #organizationKey(organizationId: string): Buffer {
    const known = this.#made.organizationKeys.get(organizationId) ?? this.atHand.organizationKey(organizationId)
    if (known) return known
    const key = newKey()
    this.#made.organizationKeys.set(organizationId, key)
    return key
  }
}

function profileIn(key: Buffer, organizationId: string, userId: string, sealed: Sealed): Partial<Profile> {
  // What was authenticated was written by sealProfile, so it has that shape.
  return JSON.parse(open(key, placeOfPerson(organizationId, userId), sealed)) as Partial<Profile>
}

export function placeOfPerson(organizationId: string, userId: string): string {
  return `profile ${organizationId} ${userId}`
}
export function placeOfText(organizationId: string): string {
  return `text ${organizationId}`
}
function placeOfActor(organizationId: string, actorId: string): string {
  return `actor ${organizationId} ${actorId}`
}
