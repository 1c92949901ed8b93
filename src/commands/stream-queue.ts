/**
 * The queue of one stream: take what waits, decide in turn, append once at the exact revision, answer all. While an
 * append is on its way the next group gathers, so a sync of the disk is shared by everybody who waited for it.
 *
 * An acceptance may rest on a cached state, because the append checks the revision. A refusal, a no-op or a look is only
 * answered when the append of its group succeeded or the stream was read to its head after it was decided.
 */
import { setTimeout as delay, setImmediate as nextTurn } from "node:timers/promises"
import type { LedgerEvent } from "../domain/events"
import { EventRejected, type EventStore, OutcomeUnknown, WrongRevision } from "../eventstore/event-store"
import type { Vault } from "../vault/vault"
import type { Baselines } from "./baselines"
import { freshCommandId } from "./command-id"
import type { CommandIndex, CommandRecord } from "./command-index"
import type { Decider, Folded } from "./decider"
import { accepted, Group, skippedIn } from "./group"
import type { Answer, CommandJob, Job, Study } from "./job"
import { decode, Loaded } from "./loaded"
import type { Observer } from "./observer"

/** Another writer is as quick as this often at most, before a command is answered with a fault. */
const MAX_TRIES = 30
const MAX_RESENDS = 6
/** Commands of one append: what they wait for grows with their number, a commit of 256 takes about 10 ms. */
const MAX_COMMANDS = 256
/** A study gives way to others after so many milliseconds. */
const STEP_MS = 5

export interface QueueDeps<State extends Folded, Command, Event extends LedgerEvent> {
  readonly stream: string
  /** The organization or vendor that the stream is about. */
  readonly ownerId: string
  readonly decider: Decider<State, Command, Event>
  readonly store: EventStore
  readonly vault: Vault
  readonly index: CommandIndex | undefined
  readonly baselines: Baselines<State> | undefined
  readonly now: () => number
  readonly observe: Observer
  /** The command that records what is left to be settled, for deciders that leave something. */
  readonly continueSettlement: Command | undefined
  /** The state changed, or was read for the first time. */
  readonly onState: (state: State, events: readonly Event[] | undefined) => void
  /** The queue has nothing to do; what it had folded may be kept or thrown away. */
  readonly onIdle: (loaded: Loaded<State, Event> | undefined) => void
}

export class StreamQueue<State extends Folded, Command, Event extends LedgerEvent> {
  readonly #deps: QueueDeps<State, Command, Event>
  readonly #systemHash: string
  /** Missing while a group works on it, and after a failure: what was evolved beyond the log is thrown away. */
  #loaded: Loaded<State, Event> | undefined
  #waiting: Job<State, Command, Event>[] = []
  readonly #studies: Study<State>[] = []
  #running: Promise<void> | undefined
  #closing = false
  /** Others write to this stream too: read the tail before deciding, for a while. */
  #contended = 0
  /** One of these jobs makes its whole group fail: find out which, one at a time. */
  #alone = 0
  /** How far the present group came: tells whom a fault concerns. */
  #attempt: { readonly stage: "loading" | "deciding" | "appending"; readonly taken: number } = { stage: "loading", taken: 0 }
  #settleFailures = 0
  #settleTimer: NodeJS.Timeout | undefined

  constructor(deps: QueueDeps<State, Command, Event>, loaded: Loaded<State, Event> | undefined) {
    this.#deps = deps
    this.#loaded = loaded
    this.#systemHash = deps.vault.hash("ContinueSettlement")
  }

  submit(job: Job<State, Command, Event>): void {
    this.#waiting.push(job)
    this.#start()
  }

  submitStudy(study: Study<State>): void {
    this.#studies.push(study)
    this.#start()
  }

  /** Resolves when everything that waits is answered. What is left to be settled is left to the next start. */
  async close(): Promise<void> {
    this.#closing = true
    clearTimeout(this.#settleTimer)
    await this.#running
  }

  #start(): void {
    // At the end of this turn of the event loop: whoever asks in the same turn is in the same group.
    this.#running ??= nextTurn().then(() => this.#run())
  }

  async #run(): Promise<void> {
    let isSettlementsTurn = false
    for (;;) {
      const isUnsettled = !this.#closing && this.#settleTimer === undefined && this.#isUnsettled()
      const study = this.#studies.shift()
      if (this.#waiting.length === 0 && !isUnsettled && !study) break
      // In turns: neither 100,000 people nor a stream of small commands may keep the other waiting.
      if (isUnsettled && (isSettlementsTurn || this.#waiting.length === 0)) await this.#settle()
      else if (this.#waiting.length > 0) await this.#work(this.#waiting.slice(0, this.#alone > 0 ? 1 : MAX_COMMANDS))
      isSettlementsTurn = !isSettlementsTurn
      if (study) await this.#study(study)
      // Other organizations, and whoever reads, have a turn between two groups, however quick the store.
      await nextTurn()
    }
    this.#running = undefined
    if (this.#settleTimer === undefined) this.#deps.onIdle(this.#loaded)
  }

  /** Between two steps the state stays as it is, because only this queue changes it. */
  async #study({ study, resolve, reject }: Study<State>): Promise<void> {
    try {
      const loaded = await this.#load()
      await this.#catchUp(loaded)
      const steps = study(loaded.state)
      for (let began = performance.now(); ; ) {
        const { done, value } = steps.next()
        if (done) return resolve(value)
        if (performance.now() - began < STEP_MS) continue
        await nextTurn()
        began = performance.now()
      }
    } catch (fault) {
      this.#loaded = undefined
      this.#deps.observe.failed?.(this.#deps.stream, fault)
      reject(fault)
    }
  }

  #isUnsettled(): boolean {
    return this.#loaded !== undefined && this.#deps.decider.isUnsettled(this.#loaded.state)
  }

  /** Works on the first of those who wait until all that fitted into one append are answered. */
  async #work(jobs: readonly Job<State, Command, Event>[]): Promise<void> {
    this.#deps.observe.queued?.(this.#deps.stream, this.#waiting.length)
    try {
      const group = await this.#carryOut(jobs)
      const done = this.#waiting.splice(0, group.answers.length)
      done.forEach((job, n) => {
        this.#answer(job, group.answers[n] as Answer<Event>) // one answer per job taken
      })
      if (this.#alone > 0) this.#alone--
      this.#settleFailures = 0
    } catch (fault) {
      this.#loaded = undefined
      const isOfOneJob = this.#attempt.stage === "deciding" || fault instanceof EventRejected
      if (isOfOneJob && jobs.length > 1) {
        this.#alone = jobs.length
        return
      }
      if (this.#alone > 0) this.#alone--
      this.#deps.observe.failed?.(this.#deps.stream, fault)
      for (const job of this.#waiting.splice(0, this.#attempt.taken)) job.reject(fault)
      this.#settleLater()
    }
  }

  /** Decides and appends until it holds: on the head, or at the exact revision. */
  async #carryOut(jobs: readonly Job<State, Command, Event>[]): Promise<Group<State, Command, Event>> {
    const { decider, store, vault, now, observe, stream } = this.#deps
    for (let tries = 1; tries <= MAX_TRIES; tries++) {
      this.#attempt = { stage: "loading", taken: jobs.length }
      const loaded = await this.#load()
      const commandIds = jobs.flatMap((job) => (job.kind === "command" ? [job.commandId] : []))
      const found = await loaded.search(commandIds, store)
      const group = new Group(decider, loaded, this.#systemHash, now())
      this.#attempt = { stage: "deciding", taken: jobs.length }
      // Keys must be on the disk before the events that need them.
      vault.batch(() => group.decide(jobs, found))
      this.#attempt = { stage: "appending", taken: group.answers.length }

      if (group.events.length === 0) {
        if (!(await this.#catchUp(loaded))) return group
        continue
      }
      this.#loaded = undefined
      const began = performance.now()
      try {
        await this.#append(loaded.state.revision - group.events.length, group.events)
      } catch (error) {
        if (!(error instanceof WrongRevision)) throw error
        this.#contended = 8
        observe.raced?.(stream)
        await delay(Math.random() * Math.min(100, 2 * tries))
        continue
      }
      observe.appended?.(stream, group.events.length, performance.now() - began)
      this.#keep(loaded, group.events)
      return group
    }
    throw new Error(`${stream}: other writers were quicker ${MAX_TRIES} times in a row; nothing was written, try again`)
  }

  /** Sends the identical append again while its outcome is unknown: deciding anew could do it twice. */
  async #append(expected: number, events: readonly Event[]): Promise<void> {
    const { store, stream, observe } = this.#deps
    for (let resends = 0; ; resends++) {
      try {
        await store.append(stream, expected, events)
        return
      } catch (error) {
        if (!(error instanceof OutcomeUnknown) || resends === MAX_RESENDS) throw error
        observe.resent?.(stream)
        await delay((0.5 + Math.random()) * 20 * 2 ** resends)
      }
    }
  }

  async #load(): Promise<Loaded<State, Event>> {
    const known = this.#loaded
    const loaded = known ?? (await this.#newLoaded())
    if (known && this.#contended === 0) return loaded
    if (this.#contended > 0) this.#contended--
    await this.#catchUp(loaded)
    return loaded
  }

  async #newLoaded(): Promise<Loaded<State, Event>> {
    const { stream, ownerId, decider, vault, index, baselines } = this.#deps
    const indexed = index ? await index.reached(stream) : 0
    // Without an index the keyed commands behind a baseline would be known to nobody.
    const baseline = index && (await baselines?.restore(stream))
    return new Loaded<State, Event>(stream, baseline?.state ?? decider.start(), ownerId, indexed, vault, index, baseline)
  }

  async #catchUp(loaded: Loaded<State, Event>): Promise<boolean> {
    this.#loaded = undefined
    const isNews = await loaded.catchUp(this.#deps.store, this.#deps.decider)
    this.#loaded = loaded
    if (isNews) this.#deps.onState(loaded.state, undefined)
    return isNews
  }

  /** The append succeeded, so what was evolved is the truth. */
  #keep(loaded: Loaded<State, Event>, events: readonly Event[]): void {
    const { onState, observe, stream } = this.#deps
    for (const event of events) loaded.remember(event)
    try {
      loaded.record()
      this.#loaded = loaded
    } catch (fault) {
      // Written is written: the callers are answered, and reading the log again puts the vault right.
      observe.failed?.(stream, fault)
      this.#settleLater()
    }
    onState(loaded.state, events)
  }

  #answer(job: Job<State, Command, Event>, answer: Answer<Event>): void {
    const { observe, stream } = this.#deps
    if (job.kind === "look") {
      job.resolve(answer.kind === "seen" ? answer.seen : undefined)
    } else if (answer.kind === "outcome") {
      if (answer.outcome.kind === "refused") observe.refused?.(stream, answer.outcome.refusal.code)
      job.resolve(answer.outcome)
    } else if (answer.kind === "recorded") {
      this.#readBack(job, answer.record).catch(job.reject)
    }
  }

  /** Rule 37: the recorded answer, computed from the very events. */
  async #readBack(job: CommandJob<Command, Event>, { firstRevision, lastRevision }: CommandRecord): Promise<void> {
    const { store, stream } = this.#deps
    const events: Event[] = []
    pages: for await (const page of store.read(stream, firstRevision - 1)) {
      for (const recorded of page) {
        if (recorded.revision > lastRevision) break pages
        if (recorded.metadata.commandId === job.commandId) events.push(decode<Event>(recorded))
      }
    }
    job.resolve(accepted(lastRevision, events, [...job.passedOver, ...skippedIn(events)], true).outcome)
  }

  /** One append of what earlier commands left to be recorded (rule 39). */
  async #settle(): Promise<void> {
    const { continueSettlement, observe, stream, ownerId } = this.#deps
    if (continueSettlement === undefined) return
    const commandId = freshCommandId()
    const job: CommandJob<Command, Event> = {
      kind: "command",
      commandId,
      commandHash: this.#systemHash,
      key: commandId,
      correlationId: ownerId,
      command: continueSettlement,
      passedOver: [],
      bytes: 0,
      actor: () => ({ type: "SYSTEM", id: "system" }),
      settles: true,
      resolve: () => {},
      reject: () => {},
    }
    try {
      await this.#carryOut([job])
    } catch (fault) {
      this.#loaded = undefined
      observe.failed?.(stream, fault)
      this.#settleLater()
    }
  }

  /** After a fault it is not known what is left to be settled: look again by and by. */
  #settleLater(): void {
    if (this.#closing || this.#settleTimer !== undefined || this.#deps.continueSettlement === undefined) return
    const wait = Math.min(30_000, 500 * 2 ** this.#settleFailures++)
    this.#settleTimer = setTimeout(() => {
      this.#settleTimer = undefined
      this.submit({ kind: "look", look: () => {}, resolve: () => {}, reject: () => {} })
    }, wait).unref()
  }
}
