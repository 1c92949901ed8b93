/**
 * Who bears which name, at the revision of the folded state: the vault's index and, on top of it, what was folded since.
 * Nothing is reserved before it is in the log. Two nodes that give the same name away at once race for the same revision;
 * the loser reads the winner's event, finds the name taken and refuses.
 */
import type { LedgerEvent } from "../domain/events"
import type { GroupId, UserId } from "../domain/ids"
import { IDENTITY_KINDS, normalised } from "../vault/names"
import type { Identity, IdentityKind, Keys, NameChange, Sealer, Vault, Wanted } from "../vault/vault"

type Owner = UserId | GroupId

export class Names {
  #changes: NameChange[] = []
  /** What the changes leave: owner by name, and name by owner. */
  readonly #owners = new Map<string, Owner>()
  readonly #names = new Map<string, string | null>()

  /** @param reached how far the index was before the first event was read */
  constructor(
    private readonly vault: Pick<Vault, "recordNames">,
    private readonly organizationId: string,
    private readonly reached: number,
  ) {}

  /** What is applied to the copy leaves the original as it is. */
  copy(): Names {
    const copy = new Names(this.vault, this.organizationId, this.reached)
    for (const change of this.#changes) copy.#take(change)
    return copy
  }

  /** What `apply` will open. */
  *wanted(events: Iterable<LedgerEvent>): Iterable<Wanted> {
    for (const { revision, type, data } of events) {
      if (revision <= this.reached || !(type === "UserProvisioned" || type === "UserProfileChanged")) continue
      yield { organizationId: this.organizationId, userId: data.userId }
    }
  }

  apply(event: LedgerEvent, keys: Pick<Keys, "openProfile">): void {
    if (event.revision <= this.reached) return
    const change = this.#changeOf(event, keys)
    if (change) this.#take(change)
  }

  #take(change: NameChange): void {
    this.#changes.push(change)
    for (const kind of IDENTITY_KINDS) {
      const value = change.names[kind]
      if (value === undefined) continue
      const name = value === null ? null : normalised(kind, value)
      this.#names.set(`${kind} ${change.owner}`, name)
      if (name !== null) this.#owners.set(`${kind} ${name}`, change.owner)
    }
  }

  /** The first of the names that somebody else bears. */
  taken(owner: Owner, identities: readonly Identity[], index: Pick<Sealer, "find">): IdentityKind | undefined {
    return identities.find((identity) => {
      const bearer = this.#ownerOf(identity, index)
      return bearer !== undefined && bearer !== owner
    })?.kind
  }

  /** Writes what was folded to the vault's index. Only for events that are in the log. */
  async record(revision: number): Promise<void> {
    if (this.#changes.length === 0) return
    await this.vault.recordNames(this.organizationId, this.#changes, revision)
    this.#changes = []
    this.#owners.clear()
    this.#names.clear()
  }

  #ownerOf({ kind, value }: Identity, index: Pick<Sealer, "find">): Owner | undefined {
    const name = normalised(kind, value)
    const folded = this.#owners.get(`${kind} ${name}`)
    if (folded !== undefined && this.#names.get(`${kind} ${folded}`) === name) return folded
    const indexed = index.find({ kind, value })
    if (indexed === undefined) return undefined
    const now = this.#names.get(`${kind} ${indexed}`)
    return now === undefined || now === name ? indexed : undefined // otherwise deleted or renamed since
  }

  #changeOf(event: LedgerEvent, keys: Pick<Keys, "openProfile">): NameChange | undefined {
    const { revision } = event
    switch (event.type) {
      case "UserProvisioned":
      case "UserProfileChanged": {
        const { userId: owner, profile } = event.data
        // Erased since: nobody can read the name any more, so nobody bears it.
        const { userName, externalId } = keys.openProfile(this.organizationId, owner, profile) ?? {}
        if (userName === undefined && externalId === undefined) return undefined
        const names = { ...(userName === undefined ? {} : { userName }), ...(externalId === undefined ? {} : { externalId }) }
        return { revision, owner, names }
      }
      case "UserDeleted":
      case "UserErased":
        return { revision, owner: event.data.userId, names: { userName: null, externalId: null } }
      case "GroupProvisioned": {
        const { groupId: owner, externalId } = event.data
        return externalId === undefined ? undefined : { revision, owner, names: { groupExternalId: externalId } }
      }
      case "GroupDeleted":
        return { revision, owner: event.data.groupId, names: { groupExternalId: null } }
      default:
        return undefined
    }
  }
}
