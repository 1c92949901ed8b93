/** Everything that webhooks need and nothing else: real commands, log, vault and state in a folder; the clock is moved by hand. */
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { type LedgerCommands, openCommands } from "../../src/commands/commands"
import type { OrganizationRequests, Outcome, RequestContext, WebhookRequests } from "../../src/commands/requests"
import type { EventData, EventType, LedgerEvent } from "../../src/domain/events"
import type { VendorId } from "../../src/domain/ids"
import { openSqliteEventStore, type SqliteEventStore } from "../../src/eventstore/sqlite"
import { openVault, type SqliteVault } from "../../src/vault/sqlite"
import type { DeliveryState, Endpoint } from "../../src/webhooks/delivery-state"
import { openDeliveryState } from "../../src/webhooks/sqlite-delivery-state"
import { openWebhooks, type Webhooks, type WebhooksDeps } from "../../src/webhooks/webhooks"
import { temporaryFolder } from "../support/temporary-folder"
import { PATIENCE_MS } from "../support/until"
import { openText } from "../support/vault"

export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE

type Options = Partial<Pick<WebhooksDeps, "privateNetworks" | "resolve" | "timeoutMs" | "random">>

export class Sending {
  // As of now, because receivers compare the time of a signature with their own clock.
  now = Date.now()
  store!: SqliteEventStore
  vault!: SqliteVault
  commands!: LedgerCommands
  state!: DeliveryState
  webhooks!: Webhooks
  organizationId = ""
  licenseId = ""
  readonly vendorId = "vnd_seller" as VendorId
  readonly faults: unknown[] = []
  #keys = 0
  #sequence = 0

  private constructor(
    readonly folder: string,
    private readonly removeFolder: () => Promise<void>,
    private readonly options: Options,
  ) {}

  static async start(options: Options = {}): Promise<Sending> {
    const { path, remove } = await temporaryFolder()
    const sending = new Sending(path, remove, options)
    sending.open()
    await sending.sell()
    return sending
  }

  open(): void {
    this.store = openSqliteEventStore(join(this.folder, "events.sqlite"))
    this.vault = openVault(join(this.folder, "vault.sqlite"))
    this.commands = openCommands({ store: this.store, vault: this.vault, now: () => this.now })
    this.state = openDeliveryState(join(this.folder, "operations.sqlite"))
    this.webhooks = openWebhooks({
      eventStore: this.store,
      vault: this.vault,
      state: this.state,
      now: () => this.now,
      random: () => 0,
      privateNetworks: true,
      disable: async (ownerId, webhookId, because) => {
        const context = { requester: { type: "SYSTEM", subject: "system" }, correlationId: webhookId } as const
        if (ownerId.startsWith("vnd_")) await this.commands.vendor(ownerId, "disableWebhook", { webhookId, because }, context)
        else await this.commands.organization(ownerId, "disableWebhook", { webhookId, because }, context)
      },
      observe: { failed: (error) => this.faults.push(error) },
      ...this.options,
    })
  }

  async close(): Promise<void> {
    await this.webhooks.close()
    await this.commands.close()
    await this.store.close()
    await this.vault.close()
    await this.state.close()
  }

  async restart(): Promise<void> {
    await this.close()
    this.open()
  }

  async stop(): Promise<void> {
    await this.close()
    await this.removeFolder()
    expect(this.faults).toEqual([])
  }

  /** Time passes, and what is due by then is sent. */
  later(milliseconds: number): void {
    this.now += milliseconds
    this.webhooks.wake()
  }

  /** A vendor, and a license of one of its products. */
  async sell(): Promise<void> {
    await this.commands.vendor(undefined, "registerVendor", { name: "Seller", vendorId: this.vendorId }, this.by("OPERATOR"))
    const listed = await this.commands.vendor(this.vendorId, "listProduct", { name: "App" }, this.by("VENDOR"))
    const { productId } = dataIn(listed, "ProductListed")
    const created = await this.commands.organization(undefined, "createOrganization", { name: "Buyer" }, this.by("OPERATOR"))
    this.organizationId = dataIn(created, "OrganizationCreated").organizationId
    this.licenseId = await this.license(productId)
  }

  async license(productId: string, vendorId: VendorId = this.vendorId, seats = 2): Promise<string> {
    const request = { productId, seats, vendorEventId: `register-${++this.#keys}`, graceDays: 90, onGraceEnd: "HOLD" } as const
    const context = { ...this.by("VENDOR"), requester: { type: "VENDOR", subject: vendorId, role: "VENDOR", vendorId } } as const
    return dataIn(await this.commands.organization(this.organizationId, "registerLicense", request, context), "LicenseRegistered").licenseId
  }

  async users(count: number): Promise<string[]> {
    const ids: string[] = []
    for (let n = 0; n < count; n++) {
      const request = { userName: `user${++this.#keys}@example.com`, displayName: "User", active: true }
      ids.push(dataIn(await this.ask("createUser", request), "UserProvisioned").userId)
    }
    return ids
  }

  /** A new group of these people, with the license: one event tells of all of them. */
  async assignGroup(licenseId: string, memberIds: readonly string[]): Promise<string> {
    const { groupId } = dataIn(await this.ask("createGroup", { displayName: "Group", memberIds }), "GroupProvisioned")
    await this.ask("assignLicenses", { licenseId, principalIds: [groupId], onShortage: "WAITLIST" })
    return groupId
  }

  /** So many events in a row, each with the number of seats counted up: the order can be read off. */
  async happen(count: number): Promise<void> {
    for (let n = 0; n < count; n++) {
      const seats = 100 + ++this.#sequence
      const request = { licenseId: this.licenseId, seats, vendorEventId: `seats-${seats}`, sequence: String(this.#sequence) }
      await this.commands.organization(this.organizationId, "changeVendorSeats", request, this.by("VENDOR"))
    }
  }

  async ask<O extends keyof OrganizationRequests>(operation: O, request: OrganizationRequests[O]): Promise<Outcome> {
    const outcome = await this.commands.organization(this.organizationId, operation, request, this.by("GLOBAL_ADMIN"))
    if (outcome.kind === "refused") throw new Error(JSON.stringify(outcome.refusal))
    return outcome
  }

  async add(
    url: string,
    { owner = "ORGANIZATION", ...more }: Partial<WebhookRequests["addWebhook"]> & { owner?: "ORGANIZATION" | "VENDOR" } = {},
  ): Promise<{ readonly id: string; readonly secret: string }> {
    const request = { url, ...more }
    const ofVendor = owner === "VENDOR"
    const outcome = ofVendor
      ? await this.commands.vendor(this.vendorId, "addWebhook", request, this.by("VENDOR"))
      : await this.ask("addWebhook", request)
    const { webhookId, secret } = dataIn(outcome, "WebhookAdded")
    await this.heard(outcome, ofVendor ? `vendor-${this.vendorId}` : undefined)
    return { id: webhookId, secret: await this.secret(secret, ofVendor ? this.vendorId : this.organizationId) }
  }

  /** As an operator does; answers how many. */
  async replay(webhookId: string, eventIds?: readonly string[]): Promise<number> {
    const found = await this.webhooks.deadAmong(webhookId, eventIds)
    const outcome = await this.ask("replayDeadLetters", { webhookId, ...(eventIds === undefined ? {} : { eventIds }), found })
    if (found.count > 0) await this.heard(outcome)
    return found.count
  }

  /** Gives up the message that has its turn, and answers its event. */
  async skip(webhookId: string): Promise<string> {
    const eventId = (await this.webhooks.nextEventId(webhookId)) ?? ""
    await this.heard(await this.ask("skipWebhookMessage", { webhookId, eventId, found: true }))
    return eventId
  }

  /** What the state's secret opens to. */
  async secret(sealed: string, ownerId: string = this.organizationId): Promise<string> {
    return (await openText(this.vault, ownerId, sealed)) ?? ""
  }

  async heard(outcome: Outcome<LedgerEvent>, stream = `organization-${this.organizationId}`): Promise<void> {
    expect(await this.webhooks.waitFor(stream, outcome.revision, PATIENCE_MS)).toBe(true)
  }

  /** The endpoint, once it is as expected. */
  async until(webhookId: string, expected: (endpoint: Endpoint) => boolean | Promise<boolean>): Promise<Endpoint> {
    for (;;) {
      const endpoint = await this.webhooks.endpoint(webhookId)
      if (endpoint && (await expected(endpoint))) return endpoint
      await pause(2) // Not turn by turn: others need the processor to get there.
    }
  }

  by(role: "OPERATOR" | "VENDOR" | "GLOBAL_ADMIN"): RequestContext {
    const correlationId = "test"
    if (role !== "VENDOR") return { requester: { type: "USER", subject: "tester", role }, correlationId }
    return { requester: { type: "VENDOR", subject: this.vendorId, role, vendorId: this.vendorId }, correlationId }
  }
}

export function dataIn<T extends EventType>(outcome: Outcome<LedgerEvent>, type: T): EventData<T> {
  if (outcome.kind === "refused") throw new Error(JSON.stringify(outcome.refusal))
  const event = outcome.events.find((candidate) => candidate.type === type)
  if (!event) throw new Error(`no ${type} was written`)
  return event.data as EventData<T> // the type names the data
}
