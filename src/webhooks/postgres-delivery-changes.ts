/** What the log says, taken into the tables of delivery: inside of one transaction, in the order of the log. */
import type { Queries } from "../postgres/database"
import { DEAD, type DeliveryChange, REPLAYED, WAITING } from "./delivery-state"
import { bury, type LockedEndpoint, lockEndpoint, nextOf } from "./postgres-delivery-messages"

type Of<K extends DeliveryChange["kind"]> = DeliveryChange & { readonly kind: K }

/** Answers how many messages they make. */
export async function applyAll(queries: Queries, changes: readonly DeliveryChange[]): Promise<number> {
  let told = 0
  for (const run of runs(changes)) {
    const [first] = run
    if (first?.kind === "tell") told += await tell(queries, run as readonly Of<"tell">[])
    else if (first?.kind === "sold") await sold(queries, run as readonly Of<"sold">[])
    else for (const change of run) await apply(queries, change)
  }
  return told
}

/** Changes of the same kind that follow each other: nearly all are messages, and go together. */
function* runs(changes: readonly DeliveryChange[]): Iterable<readonly DeliveryChange[]> {
  for (let start = 0; start < changes.length; ) {
    let end = start + 1
    while (changes[end]?.kind === changes[start]?.kind) end++
    yield changes.slice(start, end)
    start = end
  }
}

async function tell(queries: Queries, changes: readonly Of<"tell">[]): Promise<number> {
  const column = <T>(of: (change: Of<"tell">) => T) => changes.map(of)
  const [row] = await queries.rows<{ told: number }>(
    `with told as (
       insert into webhook_message (endpoint, state, position, stream, revision, event_id, type)
       select e.number, ${WAITING}, given.position, given.stream, given.revision, given.event_id, given.type
       from unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::bigint[], $6::text[], $7::text[])
         as given (owner_id, license_id, position, stream, revision, event_id, type)
       left join webhook_license l on l.license_id = given.license_id
       join webhook_endpoint e on e.owner_id in (given.owner_id, l.vendor_id)
       where e.types is null or e.types::jsonb ? given.type
       on conflict do nothing returning endpoint
     ), counted as (
       update webhook_endpoint e set waiting = e.waiting + more.messages
       from (select endpoint, count(*) as messages from told group by endpoint) more where e.number = more.endpoint
     )
     select count(*) as told from told`,
    [
      column(({ ownerId }) => ownerId),
      column(({ licenseId }) => licenseId),
      column(({ message }) => message.position),
      column(({ message }) => message.stream),
      column(({ message }) => message.revision),
      column(({ message }) => message.eventId),
      column(({ message }) => message.type),
    ],
  )
  return row?.told ?? 0
}

async function sold(queries: Queries, changes: readonly Of<"sold">[]): Promise<void> {
  await queries.run("insert into webhook_license select * from unnest($1::text[], $2::text[]) on conflict do nothing", [
    changes.map(({ licenseId }) => licenseId),
    changes.map(({ vendorId }) => vendorId),
  ])
}

async function apply(queries: Queries, change: DeliveryChange): Promise<void> {
  switch (change.kind) {
    case "tell":
    case "sold":
      return // taken together above
    case "add": {
      const { webhookId, url, description, types, secret } = change.endpoint
      await queries.run(
        `insert into webhook_endpoint (webhook_id, owner_id, url, description, types, secret, created_at) values ($1, $2, $3, $4, $5, $6, $7)
         on conflict do nothing`,
        [webhookId, change.ownerId, url, description ?? null, types ? JSON.stringify(types) : null, secret, change.at],
      )
      return
    }
    case "change": {
      const { webhookId, url, description, types } = change.change
      await queries.run(
        `update webhook_endpoint set url = $1, description = $2, types = $3, failures = 0, next_attempt_at = 0, resets = resets + 1
         where webhook_id = $4`,
        [url, description ?? null, types ? JSON.stringify(types) : null, webhookId],
      )
      return
    }
    case "enable":
      await queries.run(
        `update webhook_endpoint set enabled = 1, disabled_because = null, failures = 0, next_attempt_at = 0, resets = resets + 1
         where webhook_id = $1`,
        [change.webhookId],
      )
      return
    case "disable":
      await queries.run("update webhook_endpoint set enabled = 0, disabled_because = $1 where webhook_id = $2", [
        change.because,
        change.webhookId,
      ])
      return
    case "rotate":
      await queries.run("update webhook_endpoint set previous_secret = secret, previous_until = $1, secret = $2 where webhook_id = $3", [
        change.previousUntil,
        change.secret,
        change.webhookId,
      ])
      return
    case "remove":
      await queries.run("delete from webhook_message where endpoint = (select number from webhook_endpoint where webhook_id = $1)", [
        change.webhookId,
      ])
      await queries.run("delete from webhook_attempt where endpoint = (select number from webhook_endpoint where webhook_id = $1)", [
        change.webhookId,
      ])
      await queries.run("delete from webhook_endpoint where webhook_id = $1", [change.webhookId])
      return
    default: {
      const endpoint = await lockEndpoint(queries, "webhook_id", change.webhookId)
      if (!endpoint) return
      if (change.kind === "skip") await skip(queries, endpoint, change)
      else await replay(queries, endpoint, change)
    }
  }
}

async function skip(queries: Queries, { number, failures }: LockedEndpoint, { eventId, at }: Of<"skip">): Promise<void> {
  const hasTurn = await nextOf(queries, number)
  const [row] = await queries.rows<{ position: number; stream: string; revision: number; type: string; attempts: number }>(
    `delete from webhook_message where (endpoint, state, position) in
       (select endpoint, state, position from webhook_message where endpoint = $1 and state < ${DEAD} and event_id = $2 limit 1)
     returning position, stream, revision, type, attempts`,
    [number, eventId],
  )
  if (!row) return
  const { position, stream, revision, type } = row
  const [last] = await queries.rows<{ status: number | null; problem: string | null }>(
    "select status, problem from webhook_attempt where endpoint = $1 and event_id = $2 order by number desc limit 1",
    [number, eventId],
  )
  const isNext = hasTurn?.position === position
  const attempts = row.attempts + (isNext ? failures : 0)
  const { status = null, problem = null } = last ?? {}
  await bury(queries, number, { position, stream, revision, eventId, type }, { attempts, status, problem, at })
  if (isNext) await queries.run("update webhook_endpoint set failures = 0, next_attempt_at = 0 where number = $1", [number])
}

async function replay(queries: Queries, { number }: LockedEndpoint, { eventIds }: Of<"replay">): Promise<void> {
  const replayed = await queries.run(
    `update webhook_message set state = ${REPLAYED} where endpoint = $1 and state = ${DEAD} and ($2::text[] is null or event_id = any($2::text[]))`,
    [number, eventIds ?? null],
  )
  if (replayed === 0) return
  // What was in turn has its attempts counted in the endpoint's row, and now stands behind.
  await queries.run(
    "update webhook_endpoint set waiting = waiting + $2, dead = dead - $2, failures = 0, next_attempt_at = 0 where number = $1",
    [number, replayed],
  )
}
