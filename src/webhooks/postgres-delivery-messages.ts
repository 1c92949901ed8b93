/** Messages and attempts of one endpoint in PostgreSQL, inside of a transaction that holds the endpoint's row. */
import type { Queries } from "../postgres/database"
import {
  ATTEMPTS_KEPT,
  type Attempt,
  type AttemptOutcome,
  DEAD,
  type Message,
  type MessageState,
  overtaken,
  STATES,
  type Tried,
} from "./delivery-state"

export interface LockedEndpoint {
  readonly number: number
  readonly failures: number
  readonly resets: number
}

/** To the end of the transaction nobody else changes what waits for it. Undefined: removed meanwhile. */
export async function lockEndpoint(
  queries: Queries,
  column: "number" | "webhook_id",
  value: number | string,
): Promise<LockedEndpoint | undefined> {
  const [row] = await queries.rows<LockedEndpoint>(
    `select number, failures, resets from webhook_endpoint where ${column} = $1 for update`,
    [value],
  )
  return row
}

export async function nextOf(queries: Queries, endpoint: number): Promise<Message | undefined> {
  const [row] = await queries.rows<Omit<Message, "state"> & { readonly state: number }>({
    name: "webhook message next",
    text: `select state, position, stream, revision, event_id as "eventId", type from webhook_message
           where endpoint = $1 and state < ${DEAD} order by state, position limit 1`,
    params: [endpoint],
  })
  return row && { ...row, state: STATES[row.state] as MessageState } // 0 to 2
}

/** Answers the attempts of earlier rounds; undefined when it is not there any more. */
async function take(
  queries: Queries,
  endpoint: number,
  { state, position }: Pick<Message, "state" | "position">,
): Promise<number | undefined> {
  const [row] = await queries.rows<{ attempts: number }>(
    "delete from webhook_message where endpoint = $1 and state = $2 and position = $3 returning attempts",
    [endpoint, STATES.indexOf(state), position],
  )
  return row?.attempts
}

export async function bury(
  queries: Queries,
  endpoint: number,
  { position, stream, revision, eventId, type }: Omit<Message, "state">,
  {
    attempts,
    status,
    problem,
    at,
  }: { readonly attempts: number; readonly status: number | null; readonly problem: string | null; readonly at: number },
): Promise<void> {
  await queries.run(
    `insert into webhook_message (endpoint, state, position, stream, revision, event_id, type, attempts, status, problem, died_at)
     values ($1, ${DEAD}, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [endpoint, position, stream, revision, eventId, type, attempts, status, problem, at],
  )
  await count(queries, endpoint, -1, 1)
}

export async function delivered(queries: Queries, endpoint: number, message: Message, attempt: Attempt): Promise<void> {
  if (!(await lockEndpoint(queries, "number", endpoint))) return
  if ((await take(queries, endpoint, message)) !== undefined) await count(queries, endpoint, -1, 0)
  // Skipped while it was on the way: it has arrived all the same.
  else if ((await take(queries, endpoint, { ...message, state: "DEAD" })) !== undefined) await count(queries, endpoint, 0, -1)
  await turn(queries, endpoint, 0, 0)
  await note(queries, endpoint, attempt)
}

/** Does what a failed attempt leads to, unless it was overtaken, and notes it. */
export async function decide(
  queries: Queries,
  { number, resets }: Tried,
  attempt: Attempt,
  lead: (endpoint: number) => Promise<void>,
): Promise<AttemptOutcome> {
  const now = await lockEndpoint(queries, "number", number)
  if (!now) return attempt.outcome // removed meanwhile
  const noted = now.resets === resets ? attempt : overtaken(attempt)
  if (now.resets === resets) await lead(number)
  await note(queries, number, noted)
  return noted.outcome
}

export async function failed(queries: Queries, endpoint: number, message: Message, attempt: Attempt): Promise<void> {
  const next = await nextOf(queries, endpoint)
  const hasTurn = next?.position === message.position && next.state === message.state
  if (hasTurn) await turn(queries, endpoint, attempt.attempt, attempt.retryAt ?? 0)
}

export async function died(queries: Queries, endpoint: number, message: Message, attempt: Attempt): Promise<void> {
  const earlier = await take(queries, endpoint, message)
  const { status, problem, at } = attempt
  if (earlier !== undefined) await bury(queries, endpoint, message, { attempts: earlier + attempt.attempt, status, problem, at })
  await turn(queries, endpoint, 0, 0)
}

export async function gone(queries: Queries, endpoint: number): Promise<void> {
  await queries.run("update webhook_endpoint set enabled = 0, disabled_because = 'GONE' where number = $1", [endpoint])
}

export async function note(queries: Queries, endpoint: number, attempt: Attempt): Promise<void> {
  const { eventId, type, at, outcome, status, problem, milliseconds, retryAt } = attempt
  const [row] = await queries.rows<{ attempts: number }>(
    "update webhook_endpoint set attempts = attempts + 1 where number = $1 returning attempts",
    [endpoint],
  )
  if (!row) return // removed meanwhile
  await queries.run("insert into webhook_attempt values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)", [
    endpoint,
    row.attempts,
    eventId,
    type,
    attempt.attempt,
    at,
    outcome,
    status,
    problem,
    Math.round(milliseconds),
    retryAt,
  ])
  await queries.run("delete from webhook_attempt where endpoint = $1 and number <= $2", [endpoint, row.attempts - ATTEMPTS_KEPT])
}

async function turn(queries: Queries, endpoint: number, failures: number, nextAttemptAt: number): Promise<void> {
  await queries.run("update webhook_endpoint set failures = $2, next_attempt_at = $3 where number = $1", [
    endpoint,
    failures,
    Math.round(nextAttemptAt),
  ])
}

async function count(queries: Queries, endpoint: number, waiting: number, dead: number): Promise<void> {
  await queries.run("update webhook_endpoint set waiting = waiting + $2, dead = dead + $3 where number = $1", [endpoint, waiting, dead])
}
