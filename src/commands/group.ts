/**
 * One append: commands decided in turn on one state, each with its consequences, as many as fit (DESIGN §6). Pure in
 * this: whatever is decided here becomes true only by the append, and the state is thrown away when that fails.
 */

import type { Cause } from "../domain/decision"
import { currentVersion } from "../domain/event-versions"
import type { Actor, EventMetadata, LedgerEvent } from "../domain/events"
import type { Refusal } from "../domain/refusals"
import type { Sealer, SealerWants } from "../vault/vault"
import { EventIds, freshCommandId, isKeyed } from "./command-id"
import type { CommandRecord } from "./command-index"
import type { Decider, Draft, Folded } from "./decider"
import type { ActingSubject, Answer, CommandJob, Job } from "./job"
import type { Ground, Loaded } from "./loaded"

/** Rule 39. */
export const MAX_USERS = 1_000
export const MAX_BYTES = 512 * 1024
/** A user's claim in an event, as JSON. */
const CLAIM_BYTES = 100
/** Everything of an event but its data, as JSON. */
const ENVELOPE_BYTES = 500

const SYSTEM: Actor = { type: "SYSTEM", id: "system" }

interface Author {
  readonly ids: EventIds
  readonly commandId: string
  readonly commandHash: string
  readonly actor: Actor
  count: number
}

export class Group<State extends Folded, Command, Event extends LedgerEvent> {
  readonly events: Event[] = []
  /** One answer per job taken. */
  readonly answers: Answer<Event>[] = []
  readonly #recordedAt: string
  readonly #now: number
  /** Keyed commands of this very group: a duplicate is a repeat of something not yet appended. */
  readonly #written = new Map<string, { readonly events: readonly Event[]; readonly commandHash: string }>()
  #users = 0
  #bytes = 0
  #system: Author | undefined

  constructor(
    private readonly decider: Decider<State, Command, Event>,
    private readonly loaded: Pick<Loaded<State, Event>, "find">,
    private readonly ground: Ground<State, Event>,
    private readonly sealer: Sealer,
    private readonly systemHash: string,
    now: number,
    /**
     * Where several nodes write, two of them may carry out the same command at the same revision. With the same ids the
     * store would take the second append for a repeat of the first, and the loser would never learn that what is recorded
     * is not what it decided: other times, other secrets.
     */
    private readonly attempt = "",
  ) {
    // A clock that was set back must not make the log run backwards.
    this.#now = Math.max(now, ground.state.recordedAt)
    this.#recordedAt = new Date(this.#now).toISOString()
  }

  /**
   * Decides as many of the jobs as fit into one append; at least the first, however large.
   * @param found what the index knows of keyed commands
   */
  decide(jobs: readonly Job<State, Command, Event>[], found: ReadonlyMap<string, CommandRecord>): void {
    for (const job of jobs) {
      if (job.kind === "look") this.answers.push({ kind: "seen", seen: job.look(this.ground.state) })
      else if (!this.#take(job, found)) return
    }
  }

  /** False when the job has to wait for the next append. */
  #take(job: CommandJob<Command, Event>, found: ReadonlyMap<string, CommandRecord>): boolean {
    const repeated = this.#repeat(job, found)
    if (repeated) {
      this.answers.push(repeated)
      return true
    }
    const { command } = job
    if (isRefused(command)) {
      this.#refuse(command.reject)
      return true
    }
    const { state } = this.ground
    const bound = this.decider.effectBound(state, command)
    const fits = this.#users + bound <= MAX_USERS && this.#bytes + job.bytes + bound * CLAIM_BYTES <= MAX_BYTES
    if (this.events.length > 0 && !fits) return false

    const { expectedRevision, simulated = false } = job
    const circumstances = { now: this.#now, ...(expectedRevision === undefined ? {} : { expectedRevision }), simulated }
    let decision = this.decider.decide(state, command, circumstances)
    if ("accept" in decision && decision.accept.length > 0) {
      const taken = job.names && this.ground.names.taken(job.names.owner, job.names.identities, this.sealer)
      if (taken !== undefined) {
        this.#refuse({ code: "ALREADY_EXISTS", field: taken === "groupExternalId" ? "externalId" : taken })
        return true
      }
      if (job.seal) decision = this.decider.decide(state, job.seal(this.sealer), circumstances)
    }
    if ("reject" in decision) {
      this.#refuse(decision.reject)
      return true
    }
    this.#carryOut(job, decision.accept, [...job.passedOver, ...(decision.skipped ?? [])], decision.cause)
    return true
  }

  #carryOut(job: CommandJob<Command, Event>, drafts: readonly Draft[], skipped: readonly string[], cause?: Cause): void {
    const { state } = this.ground
    const { commandId, commandHash } = job
    if (drafts.length === 0 && !job.settles) {
      this.#answer(state.revision, [], skipped, false)
      return
    }
    const author: Author = { ids: new EventIds(commandId, this.attempt), commandId, commandHash, actor: this.#actorOf(job.actor), count: 0 }
    const putBack = !job.settles && this.decider.isUnsettled(state) ? this.decider.setAside(state) : undefined
    const before = this.events.length
    for (const draft of drafts) this.#place(draft, author, cause?.correlationId ?? job.correlationId, cause)
    this.#settle(author, job.settles ?? false)
    putBack?.()

    const events = this.events.slice(before).filter((event) => event.metadata.commandId === commandId)
    if (isKeyed(commandId)) this.#written.set(commandId, { events, commandHash })
    this.#answer(events.at(-1)?.revision ?? state.revision, events, skipped, false)
  }

  /** Until nothing is left to record, or the append is full; what remains is recorded by later appends (rule 39). */
  #settle(author: Author, ofAll: boolean): void {
    for (;;) {
      const next = this.decider.settle(this.ground.state, Math.max(0, MAX_USERS - this.#users), this.#now)
      if (!next) return
      // A consequence of an earlier command is the system's work, although it travels in this command's append.
      const isOwn = ofAll || author.ids.includes(next.cause.eventId)
      this.#place(next.draft, isOwn ? author : this.#systemAuthor(), next.cause.correlationId, next.cause)
    }
  }

  #place(draft: Draft, author: Author, correlationId: string, cause?: Cause): void {
    const metadata: EventMetadata = {
      v: currentVersion(draft.type),
      commandId: author.commandId,
      commandHash: author.commandHash,
      correlationId,
      ...(cause === undefined ? {} : { causationId: cause.eventId, causationRevision: cause.revision }),
      actor: author.actor,
      recordedAt: this.#recordedAt,
    }
    const revision = this.ground.state.revision + 1
    // The decider drafted it, so type and data belong together.
    const event = { id: author.ids.of(author.count++), type: draft.type, data: draft.data, revision, metadata } as Event
    this.decider.evolve(this.ground.state, event)
    this.ground.apply(event, this.sealer)
    this.events.push(event)
    this.#users += this.decider.touchedUsers(draft)
    this.#bytes += JSON.stringify(draft.data).length + ENVELOPE_BYTES
  }

  #actorOf(actor: Actor | ActingSubject): Actor {
    if (!("subject" in actor)) return actor
    const { type, subject, role } = actor
    return { type, id: this.sealer.actorFor(subject), ...(role === undefined ? {} : { role }) }
  }

  #systemAuthor(): Author {
    if (!this.#system) {
      const commandId = freshCommandId()
      this.#system = { ids: new EventIds(commandId), commandId, commandHash: this.systemHash, actor: SYSTEM, count: 0 }
    }
    return this.#system
  }

  /** Rule 37. */
  #repeat(job: CommandJob<Command, Event>, found: ReadonlyMap<string, CommandRecord>): Answer<Event> | undefined {
    const { commandId, commandHash } = job
    const written = this.#written.get(commandId)
    const record = this.loaded.find(commandId) ?? found.get(commandId)
    const earlier = written ?? record
    if (!earlier) return undefined
    if (earlier.commandHash !== commandHash) return this.#refusal({ code: "IDEMPOTENCY_CONFLICT", key: job.key })
    if (record) return { kind: "recorded", record }
    const events = written?.events ?? []
    const skipped = [...job.passedOver, ...skippedIn(events)]
    return accepted(events.at(-1)?.revision ?? this.ground.state.revision, events, skipped, true)
  }

  #answer(revision: number, events: readonly Event[], skipped: readonly string[], repeated: boolean): void {
    this.answers.push(accepted(revision, events, skipped, repeated))
  }

  #refuse(refusal: Refusal): void {
    this.answers.push(this.#refusal(refusal))
  }

  #refusal(refusal: Refusal): Answer<Event> {
    return { kind: "outcome", outcome: { kind: "refused", revision: this.ground.state.revision, refusal } }
  }
}

/** What deciding these jobs may take out of the vault. */
export function wantsOf<Command, Event extends LedgerEvent>(jobs: readonly Job<never, Command, Event>[]): SealerWants {
  const commands = jobs.filter((job) => job.kind === "command")
  return {
    people: commands.flatMap(({ seals }) => [...(seals?.people ?? [])]),
    secrets: commands.some(({ seals }) => seals?.secrets),
    names: commands.flatMap(({ names }) => names?.identities ?? []),
    actors: commands.flatMap(({ actor }) => ("subject" in actor ? [actor.subject] : [])),
  }
}

export function accepted<Event extends LedgerEvent>(
  revision: number,
  events: readonly Event[],
  skipped: readonly string[],
  repeated: boolean,
): Answer<Event> & { readonly kind: "outcome" } {
  return { kind: "outcome", outcome: { kind: "accepted", revision, events, skipped, repeated } }
}

/** Ids that were passed over, as the events tell: a repeat answers the same warnings. */
export function skippedIn(events: readonly LedgerEvent[]): readonly string[] {
  for (const event of events) {
    if (event.type === "AssignmentsRestored") return event.data.skipped ?? []
    if (event.type === "GroupProvisioned" || event.type === "GroupMembersChanged") return event.data.skipped ?? []
  }
  return []
}

function isRefused<Command>(command: Command | { readonly reject: Refusal }): command is { readonly reject: Refusal } {
  return typeof command === "object" && command !== null && "reject" in command
}
