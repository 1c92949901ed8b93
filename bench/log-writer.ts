/** Writes what a `BenchOrganization` decided to a real log, and seals its people's profiles in a real vault. */
import { FAMILY_NAMES, GIVEN_NAMES } from "../src/cli/demo/names"
import type { OrganizationEvent, Profile } from "../src/domain/events"
import type { UserId } from "../src/domain/ids"
import type { EventStore } from "../src/eventstore/event-store"
import type { SqliteVault } from "../src/vault/sqlite"
import type { Sealer } from "../src/vault/vault"
import { BenchOrganization, VENDOR, vendorEvents } from "./organization"

const EVENTS_PER_APPEND = 1_000

export class WrittenOrganization {
  readonly organization: BenchOrganization
  /** Changes events before they are written: who did it, and why. */
  retold = (event: OrganizationEvent): OrganizationEvent => event
  #sealer: Sealer | undefined
  #waiting: OrganizationEvent[] = []
  #people = 0
  #hasVendor = false

  constructor(
    readonly store: EventStore,
    readonly vault: SqliteVault,
  ) {
    this.organization = new BenchOrganization((written) => {
      for (const event of written) this.#waiting.push(event)
    })
  }

  get stream(): string {
    return `organization-${this.organization.id}`
  }

  /** Events that are not written yet. */
  get waiting(): number {
    return this.#waiting.length
  }

  /** Writes what waits; the vendor's stream with the first of it. */
  async flush(): Promise<void> {
    if (!this.#hasVendor) await this.store.append(`vendor-${VENDOR}`, 0, vendorEvents())
    this.#hasVendor = true
    const events = this.sealing(() => this.#waiting.map((event) => this.retold(event)))
    this.#waiting = []
    for (let from = 0; from < events.length; from += EVENTS_PER_APPEND) {
      const part = events.slice(from, from + EVENTS_PER_APPEND)
      await this.store.append(this.stream, (part[0]?.revision ?? 1) - 1, part)
    }
  }

  /** People with names of their own, in one transaction of the vault. */
  people(count: number): UserId[] {
    return this.sealing(() => Array.from({ length: count }, () => this.#person()))
  }

  #person(): UserId {
    const n = ++this.#people
    const mail = `person${n}@bench.example`
    const displayName = `${GIVEN_NAMES[n % GIVEN_NAMES.length]} ${FAMILY_NAMES[(n * 7) % FAMILY_NAMES.length]} ${n}`
    return this.organization.user((userId) => this.seal(userId, { userName: mail, displayName, mail, externalId: `external-${n}` }))
  }

  /** Everything that is sealed inside is written in one transaction. */
  sealing<T>(work: () => T): T {
    if (this.#sealer) return work()
    const sealer = this.vault.sealerFor(this.organization.id)
    this.#sealer = sealer
    const result = work()
    this.#sealer = undefined
    void sealer.save() // a file's is saved when it returns
    return result
  }

  get sealer(): Sealer {
    if (!this.#sealer) throw new Error("seal inside of sealing()")
    return this.#sealer
  }

  seal(userId: UserId, profile: Partial<Profile>): string {
    return this.sealer.sealProfile(userId, profile)
  }
}
