/**
 * The state of delivery in `operations.sqlite`, a file of its own: it cannot be rebuilt from the log. When it is lost,
 * the log is read again from the beginning and everything since an endpoint was added is sent once more.
 */
import { chmodSync, closeSync, mkdirSync, openSync } from "node:fs"
import { dirname } from "node:path"
import Database from "better-sqlite3"
import { type Position, START } from "../eventstore/event-store"
import {
  ATTEMPTS_KEPT,
  type Attempt,
  type AttemptOutcome,
  type Backlog,
  DEAD,
  type DeadLetter,
  type DeliveryChange,
  type DeliveryState,
  type Endpoint,
  type Message,
  type MessageState,
  type NumberedAttempt,
  overtaken,
  STATES,
  type Tried,
  WAITING,
} from "./delivery-state"
import { type EndpointRow, makeTables, prepare } from "./sqlite-delivery-statements"

/** Opens the state in `file` and makes what is missing; `:memory:` for tests. */
export function openDeliveryState(file: string): DeliveryState {
  if (file !== ":memory:") {
    mkdirSync(dirname(file), { recursive: true })
    closeSync(openSync(file, "a", 0o600))
    chmodSync(file, 0o600)
  }
  const db = new Database(file, { timeout: 10_000 })
  db.pragma("journal_mode = WAL")
  // What a power cut takes away is read from the log again, or sent once more.
  db.pragma("synchronous = NORMAL")
  makeTables(db)
  return new SqliteDeliveryState(db)
}

class SqliteDeliveryState implements DeliveryState {
  readonly #db: Database.Database
  readonly #statements: ReturnType<typeof prepare>

  constructor(db: Database.Database) {
    this.#db = db
    this.#statements = prepare(db)
  }

  async position(): Promise<Position> {
    return this.#position()
  }

  async take(from: Position, to: Position, changes: readonly DeliveryChange[]): Promise<number | undefined> {
    return this.#transaction(() => {
      if (this.#position() !== from) return undefined
      let told = 0
      for (const change of changes) told += this.#change(change)
      this.#statements.moveTo.run(to)
      return told
    })
  }

  async endpoint(webhookId: string): Promise<Endpoint | undefined> {
    return this.#endpoint(webhookId)
  }
  async endpoints({ ownerId, after = "", limit }: Parameters<DeliveryState["endpoints"]>[0]): Promise<readonly Endpoint[]> {
    const { endpointsOf, endpoints } = this.#statements
    return (ownerId === undefined ? endpoints.all(after, limit) : endpointsOf.all(ownerId, after, limit)).map(endpointOf)
  }
  async countEndpoints(ownerId: string | undefined): Promise<number> {
    return this.#statements.countEndpoints.get(ownerId ?? null, ownerId ?? null) ?? 0
  }
  async due(now: number): Promise<readonly string[]> {
    return this.#statements.due.all(now)
  }
  async nextAttemptAfter(now: number): Promise<number | undefined> {
    return this.#statements.nextAttemptAfter.get(now) ?? undefined
  }

  async next(endpoint: number): Promise<Message | undefined> {
    return this.#next(endpoint)
  }
  async delivered(endpoint: number, message: Message, attempt: Attempt): Promise<void> {
    this.#transaction(() => {
      if (this.#take(endpoint, message)) this.#statements.count.run(-1, 0, endpoint)
      // Skipped while it was on the way: it has arrived all the same.
      else if (this.#take(endpoint, { ...message, state: "DEAD" })) this.#statements.count.run(0, -1, endpoint)
      this.#statements.turn.run(0, 0, endpoint)
      this.#note(endpoint, attempt)
    })
  }
  async failed(tried: Tried, message: Message, attempt: Attempt): Promise<AttemptOutcome> {
    return this.#decide(tried, attempt, () => {
      const next = this.#next(tried.number)
      const hasTurn = next?.position === message.position && next.state === message.state
      if (hasTurn) this.#statements.turn.run(attempt.attempt, attempt.retryAt ?? 0, tried.number)
    })
  }
  async died(tried: Tried, message: Message, attempt: Attempt): Promise<AttemptOutcome> {
    return this.#decide(tried, attempt, () => {
      const earlier = this.#take(tried.number, message)
      if (earlier) {
        const { position, stream, revision, eventId, type } = message
        const { status, problem, at } = attempt
        const attempts = earlier.attempts + attempt.attempt
        this.#statements.bury.run(tried.number, DEAD, position, stream, revision, eventId, type, attempts, status, problem, at)
        this.#statements.count.run(-1, 1, tried.number)
      }
      this.#statements.turn.run(0, 0, tried.number)
    })
  }
  async gone(tried: Tried, attempt: Attempt): Promise<AttemptOutcome> {
    return this.#decide(tried, attempt, () => void this.#statements.disable.run("GONE", tried.webhookId))
  }
  async deadAmong(endpoint: number, eventIds: readonly string[]): Promise<readonly string[]> {
    return this.#statements.deadAmong.all(endpoint, JSON.stringify(eventIds))
  }
  async deadLetters({ webhookId, after = START, limit }: Parameters<DeliveryState["deadLetters"]>[0]): Promise<readonly DeadLetter[]> {
    return this.#statements.deadLetters.all(webhookId, DEAD, after, limit)
  }

  async note(endpoint: number, attempt: Attempt): Promise<void> {
    this.#transaction(() => this.#note(endpoint, attempt))
  }
  async attempts({ webhookId, before, limit }: Parameters<DeliveryState["attempts"]>[0]): Promise<readonly NumberedAttempt[]> {
    return this.#statements.attempts.all(webhookId, before ?? Number.MAX_SAFE_INTEGER, limit)
  }
  async countAttempts(webhookId: string): Promise<number> {
    return this.#statements.countAttempts.get(webhookId) ?? 0
  }

  async backlog(): Promise<Backlog> {
    return this.#statements.backlog.get() as Backlog // sums of a whole table are always one row
  }

  async close(): Promise<void> {
    this.#db.close()
  }

  #transaction<T>(work: () => T): T {
    return this.#db.transaction(work).immediate()
  }

  #position(): Position {
    return this.#statements.position.get() ?? START
  }
  #endpoint(webhookId: string): Endpoint | undefined {
    const row = this.#statements.endpoint.get(webhookId)
    return row && endpointOf(row)
  }
  #next(endpoint: number): Message | undefined {
    const row = this.#statements.next.get(endpoint)
    return row && { ...row, state: STATES[row.state] as MessageState } // 0 to 2
  }

  /** Answers how many messages it makes. */
  #change(change: DeliveryChange): number {
    const { sold, add, change: describe, enable, disable, rotate } = this.#statements
    switch (change.kind) {
      case "sold":
        sold.run(change.licenseId, change.vendorId)
        return 0
      case "tell":
        return this.#tell(change)
      case "add": {
        const { webhookId, url, description, types, secret } = change.endpoint
        add.run(webhookId, change.ownerId, url, description ?? null, types ? JSON.stringify(types) : null, secret, change.at)
        return 0
      }
      case "change": {
        const { webhookId, url, description, types } = change.change
        describe.run(url, description ?? null, types ? JSON.stringify(types) : null, webhookId)
        return 0
      }
      case "enable":
        enable.run(change.webhookId)
        return 0
      case "disable":
        disable.run(change.because, change.webhookId)
        return 0
      case "rotate":
        rotate.run(change.previousUntil, change.secret, change.webhookId)
        return 0
      case "remove":
        this.#remove(change.webhookId)
        return 0
      case "skip":
        this.#skip(change.webhookId, change.eventId, change.at)
        return 0
      case "replay":
        this.#replay(change.webhookId, change.eventIds)
        return 0
      default:
        return change satisfies never
    }
  }

  #tell({ ownerId, licenseId, message }: DeliveryChange & { readonly kind: "tell" }): number {
    const { position, stream, revision, eventId, type } = message
    const told = this.#statements.tell.all({ state: WAITING, position, stream, revision, eventId, type, ownerId, licenseId })
    for (const endpoint of told) this.#statements.count.run(1, 0, endpoint)
    return told.length
  }
  #remove(webhookId: string): void {
    const endpoint = this.#endpoint(webhookId)
    if (!endpoint) return
    this.#statements.dropMessages.run(endpoint.number)
    this.#statements.dropAttempts.run(endpoint.number)
    this.#statements.dropEndpoint.run(endpoint.number)
  }
  #skip(webhookId: string, eventId: string, at: number): void {
    const endpoint = this.#endpoint(webhookId)
    const row = endpoint && this.#statements.undelivered.get(endpoint.number, eventId)
    if (!row) return
    const { number, failures } = endpoint
    const { position, stream, revision, type } = row
    const hasTurn = this.#next(number)?.position === position
    const { status = null, problem = null } = this.#statements.lastAttempt.get(number, eventId) ?? {}
    this.#statements.take.run(number, row.state, position)
    const attempts = row.attempts + (hasTurn ? failures : 0)
    this.#statements.bury.run(number, DEAD, position, stream, revision, eventId, type, attempts, status, problem, at)
    this.#statements.count.run(-1, 1, number)
    if (hasTurn) this.#statements.turn.run(0, 0, number)
  }
  #replay(webhookId: string, eventIds: readonly string[] | undefined): void {
    const { replay, count, turn } = this.#statements
    const endpoint = this.#endpoint(webhookId)?.number
    if (endpoint === undefined) return
    const wanted = eventIds === undefined ? null : JSON.stringify(eventIds)
    const { changes } = replay.run(endpoint, wanted, wanted)
    // What was in turn has its attempts counted in the endpoint's row, and now stands behind.
    if (changes > 0) turn.run(0, 0, endpoint)
    count.run(changes, -changes, endpoint)
  }

  /** Does what a failed attempt leads to, unless it was overtaken, and notes it. */
  #decide({ number, resets }: Tried, attempt: Attempt, lead: () => void): AttemptOutcome {
    return this.#transaction(() => {
      const now = this.#statements.resets.get(number)
      if (now === undefined) return attempt.outcome // removed meanwhile
      const noted = now === resets ? attempt : overtaken(attempt)
      if (now === resets) lead()
      this.#note(number, noted)
      return noted.outcome
    })
  }

  #note(endpoint: number, { eventId, type, attempt, at, outcome, status, problem, milliseconds, retryAt }: Attempt): void {
    const number = this.#statements.countAttempt.get(endpoint)
    if (number === undefined) return // removed meanwhile
    this.#statements.note.run(endpoint, number, eventId, type, attempt, at, outcome, status, problem, milliseconds, retryAt)
    this.#statements.forgetAttempt.run(endpoint, number - ATTEMPTS_KEPT)
  }

  #take(endpoint: number, { state, position }: Message): { readonly attempts: number } | undefined {
    return this.#statements.take.get(endpoint, STATES.indexOf(state), position)
  }
}

function endpointOf({ types, enabled, ...row }: EndpointRow): Endpoint {
  return { ...row, types: types === null ? null : JSON.parse(types), enabled: enabled === 1 }
}
