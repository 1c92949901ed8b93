/**
 * The queue of one stream: take what waits, decide in turn, append once at the exact revision, answer all. While an
 * append is on its way the next group gathers, so a sync of the disk is shared by everybody who waited for it.
 *
 * An acceptance may rest on a cached state, because the append checks the revision. A refusal, a no-op or a look is only
 * answered when the append of its group succeeded, or the stream was read to its head since it was asked for.
 *
 * Where several nodes write, each decides on a copy of the state: whoever loses the race for a revision reads the tail
 * and decides again. What a large group left to be settled (rule 39) is continued by the node that began, and by another
 * one when nothing came of it for a while.
 */
import { setTimeout as delay, setImmediate as nextTurn } from "node:timers/promises"
import type { LedgerEvent } from "../domain/events"
import { EventRejected, type EventStore, OutcomeUnknown, WrongRevision } from "../eventstore/event-store"
import { KeyRaced, type Sealer, type Vault } from "../vault/vault"
import type { Baselines } from "./baselines"
import { freshCommandId } from "./command-id"
import type { CommandIndex, CommandRecord } from "./command-index"
import type { Decider, Folded } from "./decider"
import { accepted, Group, skippedIn, wantsOf } from "./group"
import type { Answer, CommandJob, Job, Study } from "./job"
import { decode, Loaded } from "./loaded"
import type { Observer } from "./observer"
import { TryAgain } from "./requests"

/** Another writer is as quick as this often at most, before a command is answered with a fault. */
const MAX_TRIES = 30
/** After so many lost races, half as many commands are decided at a time: small groups are decided sooner. */
const TRIES_PER_SIZE = 4
/** How long other nodes may record nothing of a large group before this one goes on with it: between one time and twice. */
const SILENCE_MS = 1_500
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
  /** Other nodes write to the same log. */
  readonly shared: boolean
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
  /** What is left to be settled is this node's business: it began, or nobody else does anything about it. */
  #settles: boolean

  constructor(deps: QueueDeps<State, Command, Event>, loaded: Loaded<State, Event> | undefined) {
    this.#deps = deps
    this.#loaded = loaded
    this.#systemHash = deps.vault.hash("ContinueSettlement")
    // What rested may be old: a look at the tail costs less than an append in vain.
    if (deps.shared) this.#contended = 1
    this.#settles = !deps.shared
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
      let isUnsettled = !this.#closing && this.#settleTimer === undefined && this.#isUnsettled()
      if (isUnsettled && !this.#settles) {
        this.#lookLater(SILENCE_MS * (1 + Math.random()))
        isUnsettled = false
      }
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
      const { loaded, isAtHead } = await this.#load()
      if (!isAtHead) await this.#catchUp(loaded)
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
      this.#forget()
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

  /** Decides and appends until it holds: on the head, or at the exact revision. @throws TryAgain when it never does */
  async #carryOut(waiting: readonly Job<State, Command, Event>[], maxTries = MAX_TRIES): Promise<Group<State, Command, Event>> {
    const { decider, store, vault, now, shared, observe, stream, ownerId } = this.#deps
    for (let tries = 0; tries < maxTries; tries++) {
      const jobs = waiting.slice(0, Math.max(1, waiting.length >> Math.floor(tries / TRIES_PER_SIZE)))
      this.#attempt = { stage: "loading", taken: jobs.length }
      const { loaded, isAtHead } = await this.#load()
      const commandIds = jobs.flatMap((job) => (job.kind === "command" ? [job.commandId] : []))
      const found = await loaded.search(commandIds, store)
      const sealer = await vault.sealer(ownerId, wantsOf(jobs))
      const { revision } = loaded.state
      const ground = shared ? loaded.apart(decider) : loaded
      const group = new Group(decider, loaded, ground, sealer, this.#systemHash, now(), shared ? ` ${freshCommandId()}` : "")
      this.#attempt = { stage: "deciding", taken: jobs.length }
      group.decide(jobs, found)
      this.#attempt = { stage: "appending", taken: group.answers.length }

      if (group.events.length === 0) {
        if (isAtHead || !(await this.#catchUp(loaded))) return group
        continue
      }
      if (!shared) this.#loaded = undefined
      const began = performance.now()
      try {
        // Keys must be on the disk before the events that need them.
        await sealer.save()
        await this.#append(revision, group.events)
      } catch (error) {
        if (!(error instanceof WrongRevision || error instanceof KeyRaced)) throw error
        this.#contended = 8
        observe.raced?.(stream)
        await delay(Math.random() * Math.min(100, 2 * tries + 2))
        continue
      }
      observe.appended?.(stream, group.events.length, performance.now() - began)
      await this.#keep(loaded, group.events, ground === loaded ? undefined : sealer)
      return group
    }
    throw new TryAgain(`other nodes were quicker ${maxTries} times in a row; nothing was written, send the same again`)
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

  /** `isAtHead`: the stream was read to its head just now. */
  async #load(): Promise<{ readonly loaded: Loaded<State, Event>; readonly isAtHead: boolean }> {
    const known = this.#loaded
    const loaded = known ?? (await this.#newLoaded())
    if (known && this.#contended === 0) return { loaded, isAtHead: false }
    if (this.#contended > 0) this.#contended--
    await this.#catchUp(loaded)
    return { loaded, isAtHead: true }
  }

  /** After a fault. What was decided apart is thrown away already; what is kept may be old. */
  #forget(): void {
    if (!this.#deps.shared) this.#loaded = undefined
    this.#contended = Math.max(1, this.#contended)
  }

  async #newLoaded(): Promise<Loaded<State, Event>> {
    const { stream, ownerId, decider, vault, index, baselines } = this.#deps
    const [indexed, reached] = await Promise.all([index ? index.reached(stream) : 0, vault.reached(ownerId)])
    // Without an index the keyed commands behind a baseline would be known to nobody.
    const baseline = index && (await baselines?.restore(stream))
    return new Loaded<State, Event>(stream, baseline?.state ?? decider.start(), ownerId, indexed, reached, vault, index, baseline)
  }

  async #catchUp(loaded: Loaded<State, Event>): Promise<boolean> {
    this.#loaded = undefined
    const { store, decider, shared } = this.#deps
    const wasUnsettled = decider.isUnsettled(loaded.state)
    let othersSettle = false
    const isNews = await loaded.catchUp(store, decider, ({ metadata }) => {
      if (metadata.commandHash === this.#systemHash) othersSettle = true
    })
    // Whoever began goes on, and need not be raced.
    if (shared && isNews && (othersSettle || !wasUnsettled)) this.#settles = false
    this.#loaded = loaded
    if (isNews) this.#deps.onState(loaded.state, undefined)
    return isNews
  }

  /** The append succeeded, so what was evolved is the truth. @param apart what it was sealed with, when it was decided apart */
  async #keep(loaded: Loaded<State, Event>, events: readonly Event[], apart: Sealer | undefined): Promise<void> {
    const { decider, onState, observe, stream } = this.#deps
    const wasUnsettled = apart !== undefined && decider.isUnsettled(loaded.state)
    this.#loaded = undefined
    if (apart) loaded.takeOver(decider, events, apart)
    for (const event of events) loaded.remember(event)
    if (apart && !wasUnsettled) this.#settles = true // of what this very append began
    try {
      await loaded.record()
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
    const { continueSettlement, observe, shared, stream, ownerId } = this.#deps
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
      actor: { type: "SYSTEM", id: "system" },
      settles: true,
      resolve: () => {},
      reject: () => {},
    }
    try {
      if (shared && this.#contended > 0) {
        await this.#load()
        if (!this.#settles || !this.#isUnsettled()) return
      }
      // Lost once, somebody else may be at it: the tail tells.
      await this.#carryOut([job], shared ? 1 : MAX_TRIES)
    } catch (fault) {
      this.#forget()
      if (fault instanceof TryAgain) return
      observe.failed?.(stream, fault)
      this.#settleLater()
    }
  }

  /** After a fault it is not known what is left to be settled: look again by and by. */
  #settleLater(): void {
    if (this.#closing || this.#settleTimer !== undefined || this.#deps.continueSettlement === undefined) return
    this.#lookLater(Math.min(30_000, 500 * 2 ** this.#settleFailures++))
  }

  /** Unless others record something of it until then, this node goes on. */
  #lookLater(wait: number): void {
    this.#settleTimer = setTimeout(() => {
      this.#settleTimer = undefined
      this.#settles = true
      this.#contended = Math.max(1, this.#contended)
      this.submit({ kind: "look", look: () => {}, resolve: () => {}, reject: () => {} })
    }, wait).unref()
  }
}
