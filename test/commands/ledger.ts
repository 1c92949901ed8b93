/** A ledger to test the command layer with: real domain, real vault, a real store; the clock is moved by hand. */
import { type CommandsDeps, type LedgerCommands, openCommands } from "../../src/commands/commands"
import type { OrganizationOperation, OrganizationRequests, Outcome, RequestContext } from "../../src/commands/requests"
import type { OrganizationEvent, OrganizationEvents, OrganizationEventType } from "../../src/domain/events"
import type { LicenseId, OrganizationId, ProductId, UserId, VendorId } from "../../src/domain/ids"
import type { RefusalCode } from "../../src/domain/refusals"
import type { EventStore, RecordedEvent } from "../../src/eventstore/event-store"
import { MemoryEventStore, MemoryLog } from "../../src/eventstore/memory"
import { openVault } from "../../src/vault/sqlite"
import type { Vault } from "../../src/vault/vault"

export const DAY = 24 * 60 * 60 * 1000
export const ADMIN: RequestContext["requester"] = { type: "USER", subject: "admin@acme.example", role: "GLOBAL_ADMIN" }

type Accepted = Extract<Outcome, { kind: "accepted" }>

export class Ledger {
  readonly log = new MemoryLog()
  readonly store: EventStore
  readonly vault: Vault
  commands: LedgerCommands
  now = Date.parse("2026-03-01T08:00:00.000Z")
  organizationId = "" as OrganizationId
  vendorId = "" as VendorId
  productId = "" as ProductId
  #sequence = 0

  constructor(
    readonly options: Partial<Pick<CommandsDeps, "index" | "observe" | "cachedEvents" | "shared">> & {
      readonly store?: EventStore
      readonly vault?: Vault
      readonly wrap?: (store: EventStore) => EventStore
    } = {},
  ) {
    const store = options.store ?? new MemoryEventStore(this.log)
    this.store = options.wrap?.(store) ?? store
    this.vault = options.vault ?? openVault(":memory:")
    this.commands = this.open()
  }

  /** Another set of commands on the same store and vault: another node, or this one after a restart. */
  open(extra: Partial<CommandsDeps> = {}): LedgerCommands {
    const { index, observe, cachedEvents, shared } = this.options
    return openCommands({
      store: this.store,
      vault: this.vault,
      now: () => this.now,
      ...(shared && { shared }),
      organizations: async () => [this.organizationId],
      ...(index && { index }),
      ...(observe && { observe }),
      ...(cachedEvents === undefined ? {} : { cachedEvents }),
      ...extra,
    })
  }

  async restart(extra: Partial<CommandsDeps> = {}): Promise<void> {
    await this.commands.close()
    this.commands = this.open(extra)
  }

  async close(): Promise<void> {
    await this.commands.close()
    await this.store.close()
    this.vault.close()
  }

  /** With an organization, a vendor and a product of it. */
  async founded(): Promise<this> {
    const created = accepted(await this.commands.organization(undefined, "createOrganization", { name: "Acme" }, this.as(ADMIN)))
    this.organizationId = dataOf(created, "OrganizationCreated").organizationId
    const registered = await this.commands.vendor(undefined, "registerVendor", { name: "Lumen" }, this.as(ADMIN))
    if (registered.kind === "accepted" && registered.events[0]?.type === "VendorRegistered")
      this.vendorId = registered.events[0].data.vendorId
    const product = { name: "Lumen Draw", installUrl: "https://lumen.example/install" }
    const listed = await this.commands.vendor(this.vendorId, "listProduct", product, this.asVendor())
    if (listed.kind === "accepted" && listed.events[0]?.type === "ProductListed") this.productId = listed.events[0].data.productId
    return this
  }

  as(requester: RequestContext["requester"], extra: Partial<RequestContext> = {}): RequestContext {
    return { requester, correlationId: "correlation", ...extra }
  }

  asVendor(extra: Partial<RequestContext> = {}): RequestContext {
    return this.as({ type: "VENDOR", subject: "lumen", role: "VENDOR", vendorId: this.vendorId }, extra)
  }

  /** Asks as an admin. */
  ask<O extends OrganizationOperation>(
    operation: O,
    request: OrganizationRequests[O],
    extra: Partial<RequestContext> = {},
    commands = this.commands,
  ): Promise<Outcome> {
    return commands.organization(this.organizationId, operation, request, this.as(ADMIN, extra))
  }

  async user(name: string, extra: Partial<OrganizationRequests["createUser"]> = {}): Promise<UserId> {
    const request = { userName: `${name}@acme.example`, displayName: `${name} Person`, active: true, ...extra }
    return dataOf(accepted(await this.ask("createUser", request)), "UserProvisioned").userId
  }

  users(count: number, prefix = "u"): Promise<UserId[]> {
    return Promise.all(Array.from({ length: count }, (_, n) => this.user(`${prefix}${n}`)))
  }

  async group(displayName: string, memberIds: readonly string[] = []): Promise<string> {
    const created = accepted(await this.ask("createGroup", { displayName, memberIds: memberIds.slice(0, 1000) }))
    const { groupId } = dataOf(created, "GroupProvisioned")
    for (let from = 1000; from < memberIds.length; from += 1000) {
      accepted(await this.ask("changeGroupMembers", { groupId, add: memberIds.slice(from, from + 1000), remove: [] }))
    }
    return groupId
  }

  async license(seats: number, terms: Partial<OrganizationRequests["registerLicense"]> = {}): Promise<LicenseId> {
    const request = {
      productId: this.productId,
      seats,
      graceDays: 90,
      onGraceEnd: "HOLD",
      vendorEventId: `registration-${this.#sequence++}`,
      ...terms,
    } as const
    const outcome = await this.commands.organization(this.organizationId, "registerLicense", request, this.asVendor())
    return dataOf(accepted(outcome), "LicenseRegistered").licenseId
  }

  assign(
    licenseId: string,
    principalIds: readonly string[],
    extra: Partial<RequestContext> = {},
    commands = this.commands,
  ): Promise<Outcome> {
    return this.ask("assignLicenses", { licenseId, principalIds, onShortage: "REJECT" }, extra, commands)
  }

  sell(licenseId: string, seats: number): Promise<Outcome> {
    const sequence = ++this.#sequence
    const request = { licenseId, seats, sequence: String(sequence), vendorEventId: `seats-${sequence}` }
    return this.commands.organization(this.organizationId, "changeVendorSeats", request, this.asVendor())
  }

  get stream(): string {
    return `organization-${this.organizationId}`
  }

  async events(stream = this.stream): Promise<RecordedEvent[]> {
    const events: RecordedEvent[] = []
    for await (const page of this.store.read(stream, 0)) events.push(...page)
    return events
  }

  /** People with a seat, as the log tells. */
  async seated(licenseId: string): Promise<Set<string>> {
    const seated = new Set<string>()
    for (const event of (await this.events()) as unknown as OrganizationEvent[]) {
      if (event.type === "SeatsGranted" && event.data.licenseId === licenseId)
        for (const { userId } of event.data.claims) seated.add(userId)
      if ((event.type === "SeatsReleased" || event.type === "SeatsRevoked") && event.data.licenseId === licenseId) {
        for (const { userId } of event.data.claims) seated.delete(userId)
      }
    }
    return seated
  }
}

export function accepted(outcome: Outcome): Accepted {
  if (outcome.kind === "refused") throw new Error(`refused: ${JSON.stringify(outcome.refusal)}`)
  return outcome
}

export function refusalOf(outcome: Outcome | { readonly kind: string }): RefusalCode | undefined {
  return outcome.kind === "refused" && "refusal" in outcome ? outcome.refusal.code : undefined
}

export function dataOf<T extends OrganizationEventType>({ events }: Accepted, type: T): OrganizationEvents[T] {
  const found = events.find((event) => event.type === type)
  if (!found) throw new Error(`no ${type} among ${events.map((event) => event.type).join(", ")}`)
  return found.data as OrganizationEvents[T] // the type was just compared
}

/** Resolves when the check answers true, looking again after everybody else had a turn. */
export async function until(check: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await check())) await new Promise<void>((resolve) => setImmediate(resolve))
}
