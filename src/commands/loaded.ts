/**
 * A stream folded up to some revision: the state, the names, and the keyed commands that the index does not know yet.
 * It is a baseline and never trusted alone: an append checks its revision, a refusal reads the tail first (DESIGN §6).
 */
import { upcast } from "../domain/event-versions"
import type { LedgerEvent } from "../domain/events"
import type { EventStore, RecordedEvent } from "../eventstore/event-store"
import type { Keys, Reached, Vault } from "../vault/vault"
import type { Baseline } from "./baselines"
import { isKeyed } from "./command-id"
import type { CommandIndex, CommandRecord } from "./command-index"
import type { Decider, Folded } from "./decider"
import { Erasures } from "./erasure"
import { Names } from "./names"

/** Recent commands that are kept before the index is asked what it has taken over: about 5 MB. */
const PRUNE_AT = 20_000

/** What commands are decided on. */
export interface Ground<State, Event> {
  readonly state: State
  readonly names: Names
  /** What an event means for the vault. */
  apply(event: Event, keys: Pick<Keys, "openProfile">): void
}

export class Loaded<State extends Folded, Event extends LedgerEvent> implements Ground<State, Event> {
  names: Names
  #erasures: Erasures
  readonly #recent = new Map<string, CommandRecord>()
  #pruneAt = PRUNE_AT
  /** The index knows everything up to here, `#recent` everything after. */
  #indexed: number
  /** What the vault has not done of the events behind the state begins here. */
  #unread: number | undefined

  /**
   * @param ownerId the organization or vendor that the stream is about
   * @param indexed the revision that the index had reached before the first event was read
   * @param reached how far the vault was before the first event was read
   * @param baseline what the state begins with; otherwise it is empty
   */
  constructor(
    readonly stream: string,
    readonly state: State,
    private readonly ownerId: string,
    indexed: number,
    private reached: Reached,
    private readonly vault: Vault,
    private readonly index: CommandIndex | undefined,
    baseline?: Baseline<State>,
  ) {
    // Should the index be behind the baseline, `search` notices and reads what it lacks.
    this.#indexed = Math.max(indexed, state.revision)
    this.names = new Names(vault, ownerId, reached.names)
    this.#erasures = new Erasures(vault, ownerId, reached.erasures)
    if (baseline) this.#unread = doneUpTo(baseline, reached)
  }

  /**
   * Somewhere to decide that can be thrown away. Where others write too, an append is often in vain, and reading a long
   * stream from its beginning after each of them would take seconds.
   */
  apart<Command>(decider: Decider<State, Command, Event>): Ground<State, Event> {
    const names = this.names.copy()
    return { state: decider.fork(this.state), names, apply: (event, keys) => names.apply(event, keys) }
  }

  /** What was decided apart is in the log. */
  takeOver<Command>(decider: Decider<State, Command, Event>, events: readonly Event[], keys: Pick<Keys, "openProfile">): void {
    for (const event of events) {
      decider.evolve(this.state, event)
      this.apply(event, keys)
    }
  }

  /** Reads what others appended. True when there was something. */
  async catchUp<Command>(
    store: EventStore,
    decider: Decider<State, Command, Event>,
    onRead: (event: Event) => void = () => {},
  ): Promise<boolean> {
    const before = this.state.revision
    const isFirst = this.#unread !== undefined
    await this.#read(store, decider, onRead)
    while (this.reached.names > this.state.revision || this.reached.erasures > this.state.revision) {
      await this.#startOver(store)
      await this.#read(store, decider, onRead)
    }
    if (this.state.revision === before && !isFirst) return false
    await this.record()
    return true
  }

  async #read<Command>(store: EventStore, decider: Decider<State, Command, Event>, onRead: (event: Event) => void): Promise<void> {
    for await (const page of store.read(this.stream, this.#unread ?? this.state.revision)) {
      const events = page.map((recorded) => decode<Event>(recorded))
      const keys = await this.vault.load(this.names.wanted(events))
      for (const event of events) {
        if (event.revision > this.state.revision) decider.evolve(this.state, event)
        this.apply(event, keys)
        this.remember(event)
        onRead(event)
      }
    }
    this.#unread = undefined
  }

  /**
   * The vault has followed the log further than the log goes: the log was put back from a backup, and the vault from a later
   * one, as it has to be. Nothing was appended since, because whoever appends has read the stream before.
   */
  async #startOver(store: EventStore): Promise<void> {
    await this.vault.startOver(this.ownerId, async () => {
      let head = this.state.revision
      for await (const page of store.read(this.stream, head)) head = page.at(-1)?.revision ?? head
      return head
    })
    this.reached = await this.vault.reached(this.ownerId)
    this.names = new Names(this.vault, this.ownerId, this.reached.names)
    this.#erasures = new Erasures(this.vault, this.ownerId, this.reached.erasures)
    this.#unread = 0
  }

  /** What an event means for the vault. It is done by `record`. */
  apply(event: Event, keys: Pick<Keys, "openProfile">): void {
    this.names.apply(event, keys)
    this.#erasures.apply(event)
  }

  /** Brings the vault in line with the log: only for events that are in it. */
  async record(): Promise<void> {
    await this.names.record(this.state.revision)
    await this.#erasures.carryOut(this.state.revision)
  }

  remember({ revision, metadata: { commandId, commandHash } }: Pick<RecordedEvent, "revision" | "metadata">): void {
    if (!isKeyed(commandId) || revision <= this.#indexed) return
    const known = this.#recent.get(commandId)
    const firstRevision = Math.min(known?.firstRevision ?? revision, revision)
    const lastRevision = Math.max(known?.lastRevision ?? revision, revision)
    this.#recent.set(commandId, { firstRevision, lastRevision, commandHash })
  }

  /** Rule 37: what was done under this command id, since the index was last asked. */
  find(commandId: string): CommandRecord | undefined {
    return this.#recent.get(commandId)
  }

  /** What the index knows of keyed commands from before; together with `find` that is all up to the state's revision. */
  async search(commandIds: readonly string[], store: EventStore): Promise<ReadonlyMap<string, CommandRecord>> {
    const found = new Map<string, CommandRecord>()
    const { index } = this
    const searched = commandIds.filter((commandId) => isKeyed(commandId) && !this.#recent.has(commandId))
    if (!index || searched.length === 0) return found
    await this.#prune(index)
    await Promise.all(
      searched.map(async (commandId) => {
        const record = await index.find(this.stream, commandId)
        if (record) found.set(commandId, record)
      }),
    )
    // Asked last: an index that was replaced by a newer, shorter one meanwhile is noticed.
    const reached = await index.reached(this.stream)
    if (reached < this.#indexed) await this.#readAgain(reached, store)
    return found
  }

  /** The index was built anew and is not yet where it was: what it lacks is kept here again. */
  async #readAgain(reached: number, store: EventStore): Promise<void> {
    const until = this.#indexed
    this.#indexed = reached
    for await (const page of store.read(this.stream, reached)) {
      for (const recorded of page) {
        if (recorded.revision > until) return
        this.remember(recorded)
      }
    }
  }

  /** Forgets commands that the index knows by now. */
  async #prune(index: CommandIndex): Promise<void> {
    if (this.#recent.size < this.#pruneAt) return
    const reached = await index.reached(this.stream)
    for (const [commandId, { lastRevision }] of this.#recent) if (lastRevision <= reached) this.#recent.delete(commandId)
    this.#indexed = Math.max(this.#indexed, Math.min(reached, this.state.revision))
    this.#pruneAt = this.#recent.size + PRUNE_AT
  }
}

/** A vault that comes from a backup may be behind what the events behind a baseline asked of it. */
function doneUpTo({ state, namesAt, erasedAt }: Baseline<Folded>, { names, erasures }: Reached): number {
  return Math.min(state.revision, names < namesAt ? names : state.revision, erasures < erasedAt ? erasures : state.revision)
}

/** The recorded event in the shape of this version of the program. @throws UnknownEvent */
export function decode<Event extends LedgerEvent>(recorded: RecordedEvent): Event {
  const data = upcast(recorded.type, recorded.metadata.v, recorded.data)
  // Only this layer writes to the log, so an event of a known type and version has that type's shape.
  return (data === recorded.data ? recorded : { ...recorded, data }) as unknown as Event
}
