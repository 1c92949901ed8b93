/**
 * The state of delivery in PostgreSQL. One node delivers at a time; should two believe for a moment that it is their turn,
 * one of them finds the position elsewhere, and a message may arrive twice.
 */
import { type Position, START } from "../eventstore/event-store"
import { type Database, openDatabase, type Queries } from "../postgres/database"
import { migrate } from "../postgres/migrations"
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
  type NumberedAttempt,
  type Tried,
} from "./delivery-state"
import { applyAll } from "./postgres-delivery-changes"
import { decide, delivered, died, failed, gone, nextOf, note } from "./postgres-delivery-messages"
import { STEPS } from "./postgres-delivery-tables"

export interface PostgresDeliveryOptions {
  readonly url: string
  readonly schema?: string
  readonly onFault?: (error: Error) => void
}

export async function openPostgresDeliveryState(options: PostgresDeliveryOptions): Promise<DeliveryState> {
  const database = await openDatabase({ ...options, connections: 4, purpose: "deliveries in PostgreSQL" })
  try {
    await migrate(database, "deliveries", STEPS)
  } catch (error) {
    await database.close()
    throw error
  }
  return new PostgresDeliveryState(database)
}

interface EndpointRow extends Omit<Endpoint, "types" | "enabled"> {
  readonly types: string | null
  readonly enabled: 0 | 1
}
const ENDPOINT = `number, webhook_id as "webhookId", owner_id as "ownerId", url, description, types, enabled,
  disabled_because as "disabledBecause", secret, previous_secret as "previousSecret", previous_until as "previousUntil",
  created_at as "createdAt", failures, next_attempt_at as "nextAttemptAt", waiting, dead, resets`

class PostgresDeliveryState implements DeliveryState {
  constructor(private readonly database: Database) {}

  async position(): Promise<Position> {
    const [row] = await this.database.rows<{ position: number }>("select position from webhook_progress")
    return row?.position ?? START
  }

  take(from: Position, to: Position, changes: readonly DeliveryChange[]): Promise<number | undefined> {
    return this.database.transaction(async (queries) => {
      const [row] = await queries.rows<{ position: number }>("select position from webhook_progress for update")
      if ((row?.position ?? START) !== from) return undefined
      const told = await applyAll(queries, changes)
      await queries.run("insert into webhook_progress values (1, $1) on conflict (id) do update set position = excluded.position", [to])
      return told
    })
  }

  async endpoint(webhookId: string): Promise<Endpoint | undefined> {
    const [row] = await this.database.rows<EndpointRow>({
      name: "webhook endpoint",
      text: `select ${ENDPOINT} from webhook_endpoint where webhook_id = $1`,
      params: [webhookId],
    })
    return row && endpointOf(row)
  }
  async endpoints({ ownerId, after = "", limit }: Parameters<DeliveryState["endpoints"]>[0]): Promise<readonly Endpoint[]> {
    const rows = await this.database.rows<EndpointRow>(
      `select ${ENDPOINT} from webhook_endpoint where ($1::text is null or owner_id = $1) and webhook_id > $2 order by webhook_id limit $3`,
      [ownerId ?? null, after, limit],
    )
    return rows.map(endpointOf)
  }
  countEndpoints(ownerId: string | undefined): Promise<number> {
    return this.#number("select count(*) as number from webhook_endpoint where $1::text is null or owner_id = $1", [ownerId ?? null])
  }
  async due(now: number): Promise<readonly string[]> {
    const rows = await this.database.rows<{ webhook_id: string }>(
      "select webhook_id from webhook_endpoint where enabled = 1 and waiting > 0 and next_attempt_at <= $1 order by next_attempt_at",
      [Math.floor(now)],
    )
    return rows.map(({ webhook_id }) => webhook_id)
  }
  async nextAttemptAfter(now: number): Promise<number | undefined> {
    const [row] = await this.database.rows<{ at: number | null }>(
      "select min(next_attempt_at) as at from webhook_endpoint where enabled = 1 and waiting > 0 and next_attempt_at > $1",
      [Math.floor(now)],
    )
    return row?.at ?? undefined
  }

  next(endpoint: number): Promise<Message | undefined> {
    return nextOf(this.database, endpoint)
  }
  delivered(endpoint: number, message: Message, attempt: Attempt): Promise<void> {
    return this.database.transaction((queries) => delivered(queries, endpoint, message, attempt))
  }
  failed(tried: Tried, message: Message, attempt: Attempt): Promise<AttemptOutcome> {
    return this.#decide(tried, attempt, (queries, endpoint) => failed(queries, endpoint, message, attempt))
  }
  died(tried: Tried, message: Message, attempt: Attempt): Promise<AttemptOutcome> {
    return this.#decide(tried, attempt, (queries, endpoint) => died(queries, endpoint, message, attempt))
  }
  gone(tried: Tried, attempt: Attempt): Promise<AttemptOutcome> {
    return this.#decide(tried, attempt, gone)
  }
  async deadAmong(endpoint: number, eventIds: readonly string[]): Promise<readonly string[]> {
    const rows = await this.database.rows<{ event_id: string }>(
      `select event_id from webhook_message where endpoint = $1 and state = ${DEAD} and event_id = any($2::text[]) order by position`,
      [endpoint, eventIds],
    )
    return rows.map(({ event_id }) => event_id)
  }
  deadLetters({ webhookId, after = START, limit }: Parameters<DeliveryState["deadLetters"]>[0]): Promise<readonly DeadLetter[]> {
    return this.database.rows<DeadLetter>(
      `select e.webhook_id as "webhookId", e.owner_id as "ownerId", m.position, m.event_id as "eventId", m.type, m.attempts, m.status,
         m.problem, m.died_at as "diedAt"
       from webhook_endpoint e join webhook_message m on m.endpoint = e.number
       where e.webhook_id = $1 and m.state = ${DEAD} and m.position > $2 order by m.position limit $3`,
      [webhookId, after, limit],
    )
  }

  note(endpoint: number, attempt: Attempt): Promise<void> {
    return this.database.transaction((queries) => note(queries, endpoint, attempt))
  }
  attempts({ webhookId, before, limit }: Parameters<DeliveryState["attempts"]>[0]): Promise<readonly NumberedAttempt[]> {
    return this.database.rows<NumberedAttempt>(
      `select a.number, a.event_id as "eventId", a.type, a.attempt, a.at, a.outcome, a.status, a.problem, a.milliseconds,
         a.retry_at as "retryAt"
       from webhook_endpoint e join webhook_attempt a on a.endpoint = e.number
       where e.webhook_id = $1 and a.number < $2 order by a.number desc limit $3`,
      [webhookId, before ?? Number.MAX_SAFE_INTEGER, limit],
    )
  }
  countAttempts(webhookId: string): Promise<number> {
    return this.#number(`select least(attempts, ${ATTEMPTS_KEPT}) as number from webhook_endpoint where webhook_id = $1`, [webhookId])
  }

  async backlog(): Promise<Backlog> {
    const [row] = await this.database.rows<Backlog>(
      `select coalesce(sum(waiting) filter (where enabled = 1 and failures = 0), 0) as waiting,
         coalesce(sum(waiting) filter (where enabled = 1 and failures > 0), 0) as retrying,
         coalesce(sum(waiting) filter (where enabled = 0), 0) as disabled, coalesce(sum(dead), 0) as dead
       from webhook_endpoint`,
    )
    return row as Backlog // sums of a whole table are always one row
  }

  close(): Promise<void> {
    return this.database.close()
  }

  #decide(tried: Tried, attempt: Attempt, lead: (queries: Queries, endpoint: number) => Promise<void>): Promise<AttemptOutcome> {
    return this.database.transaction((queries) => decide(queries, tried, attempt, (endpoint) => lead(queries, endpoint)))
  }
  async #number(text: string, params: readonly (string | null)[]): Promise<number> {
    return (await this.database.rows<{ number: number }>(text, params))[0]?.number ?? 0
  }
}

function endpointOf({ types, enabled, ...row }: EndpointRow): Endpoint {
  return { ...row, types: types === null ? null : JSON.parse(types), enabled: enabled === 1 }
}
