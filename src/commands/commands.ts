/** The write side: every change of the ledger goes through here, in the queue of its stream (DESIGN §6). */

import { setTimeout as pause } from "node:timers/promises"
import { sortedJson } from "../domain/canonical-json"
import type { OrganizationCommand, VendorCommand } from "../domain/commands"
import type { Actor, LedgerEvent, OrganizationEvent, SecretAlgorithm, VendorEvent } from "../domain/events"
import { isId, type LicenseId, type OrganizationId, type ProductId, parseId, type VendorId } from "../domain/ids"
import { type Hypothesis, type Simulated, simulate } from "../domain/organization/simulate"
import type { Refusal } from "../domain/refusals"
import { isActive } from "../domain/vendor/secrets"
import type { Product } from "../domain/vendor/vendor"
import type { Baselines } from "./baselines"
import { freshCommandId, keyedCommandId, newObjectId } from "./command-id"
import { type OrganizationState, organizationDecider, type VendorState, vendorDecider } from "./decider"
import { findTexts, findTraces, type Traces } from "./erasure"
import { GraceScheduler } from "./grace-scheduler"
import type { ActingSubject } from "./job"
import { LedgerRoom } from "./ledger-room"
import { askOrganization, type OrganizationRequest } from "./organization-jobs"
import {
  type Commands,
  type OrganizationOperation,
  type OrganizationRequests,
  type Outcome,
  type RequestContext,
  type Requester,
  type Supposed,
  TryAgain,
  type VendorOperation,
  type VendorRequests,
  type VerifyingSecret,
} from "./requests"
import { type CommandKey, Streams, type StreamsDeps } from "./streams"
import { messageOf, type RecordedMessage, recorded, tidied } from "./vendor-messages"
import { type AskedForSecret, askSecret, type SecretRequest, verifyingSecrets } from "./vendor-secrets"
import { askWebhook } from "./webhook-requests"

export interface CommandsDeps extends StreamsDeps {
  /** Snapshots of organizations. They are used together with an index only. */
  readonly baselines?: Baselines<OrganizationState>
  /** Where several nodes write: what one of them has to look after, as the read models know it. */
  readonly unfinished?: () => Promise<readonly Unfinished[]>
  /** Organizations to look after from the start: their large groups are finished and their grace periods watched. */
  readonly organizations?: () => Promise<readonly string[]>
}

/** A license that has something to be done without anybody asking. */
export interface Unfinished {
  readonly organizationId: string
  readonly licenseId: LicenseId
  /** Effects of a large group that are still to be recorded (rule 39). */
  readonly remaining: number
  /** Of a grace period that runs; milliseconds since 1970, UTC. */
  readonly graceEndsAt: number | null
}

export interface LedgerCommands extends Commands {
  /**
   * Where several nodes write, one of them at a time looks after what nobody asks for, until the signal says that it is
   * another's turn: grace periods that pass, and large groups whose node is gone.
   */
  lookAfter(lost: AbortSignal): Promise<void>
  /** After start, or on take-over: finishes what was left unfinished and watches the grace periods. */
  resume(): Promise<void>
  /** Ends the grace periods that have passed by now; a timer does so too. */
  endGracePeriods(): Promise<void>
}

/** How soon a grace period is known that another node began, and a large group is found that another node left. */
const LOOK_EVERY_MS = 2_000
/** Scope of what belongs to no organization, in command ids and for the actors of vendors' streams. */
const INSTALLATION = "installation"

export function openCommands(deps: CommandsDeps): LedgerCommands {
  return new Ledger(deps)
}

class Ledger implements LedgerCommands {
  readonly #deps: CommandsDeps
  readonly #organizations: Streams<OrganizationState, OrganizationCommand, OrganizationEvent>
  readonly #vendors: Streams<VendorState, VendorCommand, VendorEvent>
  readonly #grace: GraceScheduler
  /** Vendors' messages on their way to an answer. */
  readonly #keeping = new Set<Promise<unknown>>()
  readonly #room: { readonly repeats: LedgerRoom; readonly refusals: LedgerRoom }
  #closed = false

  constructor(deps: CommandsDeps) {
    this.#deps = deps
    this.#room = { repeats: new LedgerRoom(deps.now), refusals: new LedgerRoom(deps.now) }
    this.#grace = new GraceScheduler(deps.now, (organizationId, licenseId, deadline) =>
      this.#expireGrace(organizationId, licenseId, deadline),
    )
    this.#organizations = new Streams(
      deps,
      "organization",
      organizationDecider,
      { type: "ContinueSettlement" },
      (id, state, events) => {
        if (!deps.shared && (events === undefined || events.some(touchesGrace))) this.#grace.watch(id, state)
      },
      deps.baselines,
    )
    this.#vendors = new Streams(deps, "vendor", vendorDecider, undefined, () => {})
  }

  organization<O extends OrganizationOperation>(
    organizationId: string | undefined,
    operation: O,
    request: OrganizationRequests[O],
    context: RequestContext,
  ): Promise<Outcome<OrganizationEvent>> {
    const asked = { operation, request } as OrganizationRequest // O says that they belong together
    const { vendorId } = context.requester
    const message = vendorId === undefined ? undefined : messageOf(asked, organizationId)
    const outcome = this.#organization(organizationId, asked, context)
    return message && vendorId !== undefined ? this.#kept(vendorId, message, context, outcome) : outcome
  }

  async #organization(
    organizationId: string | undefined,
    asked: OrganizationRequest,
    context: RequestContext,
  ): Promise<Outcome<OrganizationEvent>> {
    this.#mustBeOpen()
    const { requester } = context
    const { operation, request } = asked
    if (organizationId === undefined && "licenseId" in request) return refusedUnknownLicense(request.licenseId)
    const ids = this.#commandIds(organizationId, operation, context, vendorEventIdOf(asked))
    const scope = organizationId ?? newOrganizationId(asked, ids.commandId)
    if (!isId("org", scope)) return refusedUnknown("organizationId", scope)

    const product = await this.#product(scope, asked, requester.vendorId)
    const traces = await this.#traces(scope, asked)
    const body = bodyOf(asked)
    const job = {
      ...ids,
      ...askOrganization(asked, {
        organizationId: scope,
        commandId: ids.commandId,
        vendorId: requester.vendorId,
        actorType: requester.type,
        product,
        traces,
      }),
    }
    const principals = "principalIds" in request ? request.principalIds.length : 0
    const bytes = bytesOf(body, principals) + (traces?.texts.length ?? 0) * TEXT_ID_BYTES
    const outcome = await this.#organizations.submit(scope, context, body, bytes, job, actorOf(scope, context))
    if (asked.operation === "eraseUser" && traces) await this.#eraseLateTexts(scope, asked.request.userId, traces, outcome)
    return named(outcome, scope)
  }

  async simulate(organizationId: string, what: readonly Supposed[], requester: Requester): Promise<Simulated> {
    this.#mustBeOpen()
    if (!isId("org", organizationId)) throw new Error(`${organizationId} is no organization to try anything out on`)
    const context = { organizationId, commandId: "simulated", vendorId: undefined, actorType: requester.type }
    const asked = what.map((supposed) =>
      supposed.operation === "supposeSeats"
        ? { command: { type: "SupposeSeats", ...supposed.request } as const, passedOver: [] }
        : askOrganization(supposed, context),
    )
    const hypotheses: Hypothesis[] = []
    let problem: Refusal | undefined
    for (const { command } of asked) {
      // What is asked in no way that could be carried out is refused before it is decided, and so is all after it.
      if ("reject" in command) problem ??= command.reject
      else if (!problem) hypotheses.push(command)
    }
    const { now } = this.#deps
    const simulated = await this.#organizations.study(organizationId, (org) =>
      simulate(org, hypotheses, { now: Math.max(now(), org.recordedAt) }),
    )
    const skipped = [...asked.flatMap(({ passedOver }) => passedOver), ...simulated.skipped]
    return { ...simulated, skipped, ...(problem && !simulated.refusal ? { refusal: problem } : {}) }
  }

  vendor<O extends VendorOperation>(
    vendorId: string | undefined,
    operation: O,
    request: VendorRequests[O],
    context: RequestContext,
  ): Promise<Outcome<VendorEvent>> {
    const asked = { operation, request } as VendorRequest // O says that they belong together
    if (asked.operation === "recordVendorEvent" && vendorId !== undefined && !this.#hasRoom(vendorId, asked.request)) {
      return this.#unrecorded(vendorId)
    }
    const outcome = this.#vendor(vendorId, asked, context)
    if (asked.operation !== "listProduct" || vendorId === undefined) return outcome
    const { vendorEventId, name, sequence } = asked.request
    if (vendorEventId === undefined) return outcome
    const message = { vendorEventId, attribute: "PRODUCT", value: name, ...(sequence === undefined ? {} : { sequence }) } as const
    return this.#kept(vendorId, message, context, outcome)
  }

  async #vendor(vendorId: string | undefined, asked: VendorRequest, context: RequestContext): Promise<Outcome<VendorEvent>> {
    if (asked.operation !== "recordVendorEvent") this.#mustBeOpen() // what was answered is still recorded
    const { operation, request } = asked
    const vendorEventId = asked.operation === "listProduct" ? asked.request.vendorEventId : undefined
    const ids = this.#commandIds(vendorId, operation, context, vendorEventId)
    const given = "vendorId" in request ? request.vendorId : undefined
    const scope = vendorId ?? given ?? newObjectId("vnd", ids.commandId)
    if (!isId("vnd", scope)) return refusedUnknown("vendorId", scope)
    const body = bodyOf(asked)
    const { secret, ...job } = await this.#askVendor(scope, asked, ids.commandId)
    const outcome = await this.#vendors.submit(scope, context, body, bytesOf(body, 0), { ...ids, ...job }, actorOf(INSTALLATION, context))
    return withSecret(named(outcome, scope), secret)
  }

  async verifyingSecrets(vendorId: VendorId): Promise<readonly VerifyingSecret[]> {
    this.#mustBeOpen()
    const { now, vault } = this.#deps
    const active = await this.#vendors.look(vendorId, ({ secrets }) => [...secrets.values()].filter((secret) => isActive(secret, now())))
    return verifyingSecrets(active, vendorId, vault)
  }

  /**
   * The answer, once it is certain that the vendor will find its message in its ledger. What was applied is in the log
   * already; only a repeat and a refusal cost another append.
   */
  async #kept<Event extends LedgerEvent>(
    vendorId: string,
    message: RecordedMessage["message"],
    context: RequestContext,
    answer: Promise<Outcome<Event>>,
  ): Promise<Outcome<Event>> {
    const { requester, correlationId, fieldOf } = context
    const keeping = (async () => {
      const outcome = await answer
      const request = recorded(message, outcome, fieldOf)
      if (request && !this.#hasRoom(vendorId, request))
        return outcome.kind === "refused" ? { ...outcome, unrecorded: true as const } : outcome
      if (request) await this.#vendor(vendorId, { operation: "recordVendorEvent", request }, { requester, correlationId })
      return outcome
    })()
    this.#keeping.add(keeping)
    try {
      return await keeping
    } finally {
      this.#keeping.delete(keeping)
    }
  }

  /** Apart, so that somebody who sends a long history once more still sees what is refused of it. */
  #hasRoom(vendorId: string, { refused }: RecordedMessage): boolean {
    return (refused ? this.#room.refusals : this.#room.repeats).take(vendorId)
  }

  async #unrecorded(vendorId: string): Promise<Outcome<VendorEvent>> {
    const revision = await this.#vendors.look(vendorId, (vendor) => vendor.revision)
    return { kind: "accepted", revision, events: [], skipped: [], repeated: false }
  }

  async resume(): Promise<void> {
    for (const organizationId of (await this.#deps.organizations?.()) ?? []) {
      if (this.#closed) return
      // Loading is all it takes: the queue goes on with what it finds unfinished.
      await this.#organizations.look(organizationId, () => undefined)
    }
  }

  async lookAfter(lost: AbortSignal): Promise<void> {
    const { unfinished = async () => [], observe } = this.#deps
    while (!lost.aborted && !this.#closed) {
      try {
        const found = await unfinished()
        if (lost.aborted || this.#closed) break
        this.#grace.watchThese(
          found.flatMap(({ graceEndsAt, ...license }) => (graceEndsAt === null ? [] : [{ ...license, at: graceEndsAt }])),
        )
        const left = new Set(found.filter(({ remaining }) => remaining > 0).map(({ organizationId }) => organizationId))
        // Loading is all it takes: the queue goes on when nobody else does.
        await Promise.all([...left].map((organizationId) => this.#organizations.look(organizationId, () => undefined)))
      } catch (fault) {
        observe?.failed?.("what there is to look after", fault)
      }
      await pause(LOOK_EVERY_MS, undefined, { signal: lost, ref: false }).catch(() => {})
    }
    this.#grace.watchThese([])
  }

  async endGracePeriods(): Promise<void> {
    await this.#grace.tick()
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#grace.close()
    await this.#organizations.close()
    // Their answers may still have to be recorded for the vendor.
    await Promise.allSettled(this.#keeping)
    await this.#vendors.close()
  }

  #mustBeOpen(): void {
    if (this.#closed) throw new TryAgain("the server is shutting down and takes no further commands; try again in a moment")
  }

  /** Rule 37; a vendor's event is keyed by the id that the vendor gave it, unique per vendor and organization (rule 17). */
  #commandIds(scope: string | undefined, operation: string, context: RequestContext, vendorEventId: string | undefined): CommandKey {
    const { requester, idempotencyKey } = context
    const hash = (text: string) => this.#deps.vault.hash(text)
    if (vendorEventId !== undefined && requester.vendorId !== undefined) {
      const commandId = keyedCommandId(hash, scope ?? INSTALLATION, requester.vendorId, "vendor-event", vendorEventId)
      return { commandId, key: vendorEventId }
    }
    if (idempotencyKey === undefined) return { commandId: freshCommandId(), key: "" }
    const commandId = keyedCommandId(hash, scope ?? INSTALLATION, requester.subject, operation, idempotencyKey)
    return { commandId, key: idempotencyKey }
  }

  /** The product that a license is of or is to be of, as its vendor lists it now. */
  async #product(organizationId: OrganizationId, asked: OrganizationRequest, vendorId: VendorId | undefined): Promise<Product | undefined> {
    if (asked.operation === "registerLicense" && vendorId !== undefined) return this.#listed(vendorId, asked.request.productId)
    if (asked.operation !== "recordInstallVisit") return undefined
    const { licenseId } = asked.request
    const license = await this.#organizations.look(organizationId, ({ licenses }) => {
      const found = licenses.get(licenseId)
      return found && { vendorId: found.vendorId, productId: found.productId }
    })
    return license && this.#listed(license.vendorId, license.productId)
  }

  /** What of the person there is to erase beside the profile. */
  async #traces(organizationId: OrganizationId, { operation, request }: OrganizationRequest): Promise<Traces | undefined> {
    if (operation !== "eraseUser") return undefined
    return findTraces({ ...this.#deps, organizationId }, request.userId, request.otherNames)
  }

  /** Somebody may have named the person while the log was being read. */
  async #eraseLateTexts(organizationId: OrganizationId, userId: string, { names, reached }: Traces, outcome: Outcome): Promise<void> {
    if (outcome.kind !== "accepted" || outcome.repeated) return
    const { texts } = await findTexts({ ...this.#deps, organizationId }, names, reached)
    if (texts.length === 0) return
    const context: RequestContext = { requester: { type: "SYSTEM", subject: "system" }, correlationId: organizationId }
    const job = { commandId: freshCommandId(), key: "", command: { type: "EraseUser", userId, actors: [], texts }, passedOver: [] } as const
    const body = sortedJson(job.command)
    await this.#organizations.submit(organizationId, context, body, body.length, job, actorOf(organizationId, context))
  }

  #listed(vendorId: VendorId, productId: string): Promise<Product | undefined> {
    return this.#vendors.look(vendorId, ({ products }) => products.get(productId))
  }

  async #algorithm(vendorId: VendorId, { operation, request }: SecretRequest): Promise<SecretAlgorithm | undefined> {
    if (operation === "createVendorSecret") return request.algorithm
    return this.#vendors.look(vendorId, ({ secrets }) => secrets.get(request.secretId)?.algorithm)
  }

  async #askVendor(vendorId: VendorId, asked: VendorRequest, commandId: string): Promise<AskedForSecret> {
    switch (asked.operation) {
      case "registerVendor": {
        const { name, contact } = asked.request
        const command = { type: "RegisterVendor", vendorId, name, ...(contact === undefined ? {} : { contact }) } as const
        return { command, passedOver: [] }
      }
      case "listProduct": {
        const { productId, ...description } = asked.request
        if (productId === undefined) {
          const newId = newObjectId("prd", commandId) as ProductId // made for this prefix
          return { command: { type: "ListProduct", productId: newId, ...description }, passedOver: [] }
        }
        const known = parseId("prd", productId)
        // A product is listed under an id of ours, never under one that somebody made up.
        if (known === undefined || !(await this.#listed(vendorId, known)))
          return { command: { reject: { code: "NOT_FOUND", field: "productId", id: productId } }, passedOver: [] }
        return { command: { type: "ListProduct", productId: known, ...description }, passedOver: [] }
      }
      case "recordVendorEvent":
        return { command: { type: "RecordVendorEvent", ...tidied(asked.request) }, passedOver: [] }
      case "addWebhook":
      case "changeWebhook":
      case "removeWebhook":
      case "disableWebhook":
      case "enableWebhook":
      case "rotateWebhookSecret":
      case "skipWebhookMessage":
      case "replayDeadLetters":
        return askWebhook(asked, commandId)
      case "createVendorSecret":
      case "rotateVendorSecret":
      case "revokeVendorSecret":
        return askSecret(asked, { commandId, algorithm: await this.#algorithm(vendorId, asked) })
      default:
        return asked satisfies never
    }
  }

  /** The command id follows from license and deadline, so several nodes do it once. */
  async #expireGrace(organizationId: string, licenseId: LicenseId, deadline: string): Promise<void> {
    const context: RequestContext = { requester: { type: "SYSTEM", subject: "system" }, correlationId: organizationId }
    const commandId = keyedCommandId((text) => this.#deps.vault.hash(text), organizationId, "grace", licenseId, deadline)
    const command: OrganizationCommand = { type: "ExpireGrace", licenseId, deadline }
    const job = { commandId, key: deadline, command, passedOver: [] }
    await this.#organizations.submit(organizationId, context, sortedJson(command), 0, job, actorOf(organizationId, context))
  }
}

type VendorRequest = { [O in VendorOperation]: { readonly operation: O; readonly request: VendorRequests[O] } }[VendorOperation]

function vendorEventIdOf({ request }: OrganizationRequest): string | undefined {
  return "vendorEventId" in request ? request.vendorEventId : undefined
}

function newOrganizationId(asked: OrganizationRequest, commandId: string): string {
  if (asked.operation !== "createOrganization") throw new Error(`${asked.operation} was asked of no organization`)
  return asked.request.organizationId ?? newObjectId("org", commandId)
}

function actorOf(scope: string, { requester }: RequestContext): Actor | ActingSubject {
  const { type, subject, role, vendorId } = requester
  const inRole = role === undefined ? {} : { role }
  if (type === "SYSTEM") return { type, id: "system", ...inRole }
  return vendorId === undefined ? { type, subject: { scope, subject }, ...inRole } : { type, id: vendorId, ...inRole }
}

/** What a repeat must be alike in (rule 37): all of the request but what its asker found in the state of deliveries. */
function bodyOf({ operation, request }: OrganizationRequest | VendorRequest): string {
  const { found: _, ...asked } = { found: undefined, ...request }
  return sortedJson([operation, asked])
}

/** In the list of an event, as JSON. */
const TEXT_ID_BYTES = 20

/** Upper bound of a command's own events as JSON: each principal gets an event of its own, with the sealed reason in it. */
function bytesOf(body: string, principals: number): number {
  return 1_000 + 4 * body.length + principals * 800
}

function refusedUnknown(
  field: string,
  id: string,
): { readonly kind: "refused"; readonly revision: 0; readonly refusal: { code: "NOT_FOUND"; field: string; id: string } } {
  return { kind: "refused", revision: 0, refusal: { code: "NOT_FOUND", field, id } }
}

/** A repeat made no secret, and a secret that was made for nothing is told to nobody. */
function withSecret<Event>(outcome: Outcome<Event>, secret: (() => string | undefined) | undefined): Outcome<Event> {
  if (outcome.kind !== "accepted" || outcome.repeated) return outcome
  const made = secret?.()
  return made === undefined ? outcome : { ...outcome, secret: made }
}

function refusedUnknownLicense(licenseId: string): Outcome<never> {
  return { kind: "refused", revision: 0, refusal: { code: "LICENSE_NOT_FOUND", licenseId } }
}

/** The deciders do not know of whom they decide; a refusal names it. */
function named<Event>(outcome: Outcome<Event>, ownerId: string): Outcome<Event> {
  if (outcome.kind !== "refused" || outcome.refusal.code !== "NOT_FOUND" || outcome.refusal.id !== "") return outcome
  return { ...outcome, refusal: { ...outcome.refusal, id: ownerId } }
}

function touchesGrace({ type }: OrganizationEvent): boolean {
  return type === "OverassignmentStarted" || type === "OverassignmentEnded" || type === "GraceExpired"
}
