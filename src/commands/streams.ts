/** The streams of organizations, or of vendors: a queue for each that has something to do, and the states of those that rest. */
import type { Actor, LedgerEvent } from "../domain/events"
import type { EventStore } from "../eventstore/event-store"
import type { Vault } from "../vault/vault"
import type { Baselines } from "./baselines"
import type { CommandIndex } from "./command-index"
import type { Decider, Folded } from "./decider"
import type { ActingSubject, CommandJob } from "./job"
import type { Loaded } from "./loaded"
import type { Observer } from "./observer"
import type { Asked } from "./organization-jobs"
import type { Outcome, RequestContext } from "./requests"
import { StateCache } from "./state-cache"
import { StreamQueue } from "./stream-queue"

const CACHED_EVENTS = 4_000_000

export interface StreamsDeps {
  readonly store: EventStore
  readonly vault: Vault
  /** Without it every keyed command of a loaded stream is kept in memory. */
  readonly index?: CommandIndex
  /** Milliseconds since 1970, UTC. */
  readonly now: () => number
  /** Other nodes write to the same log: everything is decided on copies of the state, which are thrown away when a race is lost. */
  readonly shared?: boolean
  readonly observe?: Observer
  /** How many events' worth of folded states to keep in memory. */
  readonly cachedEvents?: number
}

export interface CommandKey {
  readonly commandId: string
  readonly key: string
}

/** The queues of all streams of one kind, and the states of those that rest. */
export class Streams<State extends Folded, Command, Event extends LedgerEvent> {
  readonly #queues = new Map<string, StreamQueue<State, Command, Event>>()
  readonly #resting: StateCache<Loaded<State, Event>>

  constructor(
    private readonly deps: StreamsDeps,
    private readonly category: "organization" | "vendor",
    private readonly decider: Decider<State, Command, Event>,
    private readonly continueSettlement: Command | undefined,
    private readonly onState: (ownerId: string, state: State, events: readonly Event[] | undefined) => void,
    private readonly baselines?: Baselines<State>,
  ) {
    this.#resting = new StateCache(deps.cachedEvents ?? CACHED_EVENTS, (loaded) => loaded.state.revision + 100)
  }

  submit(
    ownerId: string,
    { correlationId, expectedRevision, simulated }: RequestContext,
    body: string,
    bytes: number,
    asked: CommandKey & Asked<Command>,
    actor: Actor | ActingSubject,
  ): Promise<Outcome<Event>> {
    return new Promise((resolve, reject) => {
      const job: CommandJob<Command, Event> = {
        ...asked,
        kind: "command",
        commandHash: this.deps.vault.hash(body),
        correlationId,
        ...(expectedRevision === undefined ? {} : { expectedRevision }),
        ...(simulated === undefined ? {} : { simulated }),
        bytes,
        actor,
        resolve,
        reject,
      }
      this.#queue(ownerId).submit(job)
    })
  }

  /** What the state shows, read to the head. */
  look<Seen>(ownerId: string, look: (state: State) => Seen): Promise<Seen> {
    return new Promise((resolve, reject) => {
      this.#queue(ownerId).submit({ kind: "look", look, resolve: (seen) => resolve(seen as Seen), reject }) // what `look` answered
    })
  }

  /** What the steps come to, on the state read to the head. */
  study<Found>(ownerId: string, study: (state: State) => Iterator<void, Found>): Promise<Found> {
    return new Promise((resolve, reject) => {
      this.#queue(ownerId).submitStudy({ study, resolve: (found) => resolve(found as Found), reject }) // what `study` came to
    })
  }

  async close(): Promise<void> {
    await Promise.all([...this.#queues.values()].map((queue) => queue.close()))
  }

  #queue(ownerId: string): StreamQueue<State, Command, Event> {
    const known = this.#queues.get(ownerId)
    if (known) return known
    const { store, vault, index, now, shared = false, observe = {} } = this.deps
    const stream = `${this.category}-${ownerId}`
    const { baselines } = this
    const queue = new StreamQueue<State, Command, Event>(
      {
        stream,
        ownerId,
        decider: this.decider,
        store,
        vault,
        index,
        baselines,
        now,
        shared,
        observe,
        continueSettlement: this.continueSettlement,
        onState: (state, events) => {
          this.onState(ownerId, state, events)
          baselines?.grown(stream, state.revision)
        },
        onIdle: (loaded) => {
          this.#queues.delete(ownerId)
          if (loaded) this.#resting.put(ownerId, loaded)
        },
      },
      this.#resting.take(ownerId),
    )
    this.#queues.set(ownerId, queue)
    return queue
  }
}
