/** What is written to the vault's tables, each inside of a transaction. Doing any of it again does no harm. */
import type { Queries } from "../postgres/database"
import type { Hashes } from "./hashes"
import type { Made } from "./keys"
import { IDENTITY_KINDS } from "./names"
import { type Erasure, KeyRaced, type NameChange, type Reached } from "./vault"

/** Bytes travel as hexadecimal digits, because the driver has no lists of bytes. */
const hex = (bytes: Buffer) => bytes.toString("hex")

/** In the order of their ids, so that two nodes that write the same rows wait for each other and never in a circle. */
function sorted<T>(items: Iterable<T>, idOf: (item: T) => string): T[] {
  return [...items].sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1))
}

/** @throws KeyRaced */
export async function saveAll(queries: Queries, made: Made): Promise<void> {
  await savePersonKeys(queries, made)
  await saveOrganizationKeys(queries, made)
  await saveTextKeys(queries, made)
  await saveActors(queries, made)
}

async function savePersonKeys(queries: Queries, { personKeys }: Made): Promise<void> {
  if (personKeys.size === 0) return
  const rows = sorted(personKeys.values(), ({ organizationId, userId }) => `${organizationId} ${userId}`)
  const params = [
    rows.map(({ organizationId }) => organizationId),
    rows.map(({ userId }) => userId),
    rows.map(({ key }) => hex(key)),
  ] as const
  const given = "unnest($1::text[], $2::text[], $3::text[]) as given (organization_id, user_id, key)"
  const written = await queries.run(
    `insert into person_key select organization_id, user_id, decode(key, 'hex') from ${given} on conflict do nothing`,
    params,
  )
  if (written === rows.length) return
  const [raced] = await queries.rows<{ user_id: string }>(
    `select given.user_id from ${given} join person_key k on k.organization_id = given.organization_id and k.user_id = given.user_id
     where k.key <> decode(given.key, 'hex') limit 1`,
    params,
  )
  if (raced) throw new KeyRaced(raced.user_id)
}

async function saveOrganizationKeys(queries: Queries, { organizationKeys }: Made): Promise<void> {
  if (organizationKeys.size === 0) return
  const rows = sorted(organizationKeys, ([organizationId]) => organizationId)
  const params = [rows.map(([organizationId]) => organizationId), rows.map(([, key]) => hex(key))] as const
  const given = "unnest($1::text[], $2::text[]) as given (organization_id, key)"
  const written = await queries.run(
    `insert into organization_key select organization_id, decode(key, 'hex') from ${given} on conflict do nothing`,
    params,
  )
  if (written === rows.length) return
  const [raced] = await queries.rows<{ organization_id: string }>(
    `select given.organization_id from ${given} join organization_key k on k.organization_id = given.organization_id
     where k.key <> decode(given.key, 'hex') limit 1`,
    params,
  )
  if (raced) throw new KeyRaced(raced.organization_id)
}

async function saveTextKeys(queries: Queries, { textKeys }: Made): Promise<void> {
  if (textKeys.length === 0) return
  await queries.run(
    `insert into text_key select organization_id, text_id, decode(key, 'hex')
     from unnest($1::text[], $2::text[], $3::text[]) as given (organization_id, text_id, key) on conflict do nothing`,
    [textKeys.map(({ organizationId }) => organizationId), textKeys.map(({ textId }) => textId), textKeys.map(({ key }) => hex(key))],
  )
}

async function saveActors(queries: Queries, { actors }: Made): Promise<void> {
  if (actors.size === 0) return
  const rows = sorted(actors, ([actorId]) => actorId)
  const [scopes, ids] = [rows.map(([, { scope }]) => scope), rows.map(([actorId]) => actorId)]
  const written = await queries.run(
    `insert into actor select organization_id, actor_id, subject
     from unnest($1::text[], $2::text[], $3::text[]) as given (organization_id, actor_id, subject) on conflict do nothing`,
    [scopes, ids, rows.map(([, { sealed }]) => sealed)],
  )
  if (written === rows.length) return
  // Minted elsewhere meanwhile it is the same id; minted and erased it is nobody's any more.
  const [erased] = await queries.rows<{ actor_id: string }>(
    `select a.actor_id from unnest($1::text[], $2::text[]) as given (organization_id, actor_id)
     join actor a on a.organization_id = given.organization_id and a.actor_id = given.actor_id where a.subject = '' limit 1`,
    [scopes, ids],
  )
  if (erased) throw new KeyRaced(erased.actor_id)
}

export async function eraseAll(queries: Queries, organizationId: string, erasures: readonly Erasure[], reached: number): Promise<void> {
  const people = erasures.map(({ userId }) => userId)
  const [actors, texts] = [erasures.flatMap((erasure) => erasure.actors), erasures.flatMap((erasure) => erasure.texts)]
  await queries.run("delete from person_key where organization_id = $1 and user_id = any($2::text[])", [organizationId, people])
  await queries.run("delete from name where organization_id = $1 and owner = any($2::text[])", [organizationId, people])
  await queries.run("update actor set subject = '' where organization_id = $1 and actor_id = any($2::text[])", [organizationId, actors])
  // A text that has no key of its own is noted instead.
  await queries.run(
    `with dropped as (delete from text_key where organization_id = $1 and text_id = any($2::text[]) returning text_id)
     insert into erased_text select $1, text_id from unnest($2::text[]) as given (text_id)
     where text_id not in (select text_id from dropped) on conflict do nothing`,
    [organizationId, texts],
  )
  await queries.run("update erased set count = count + 1, wiped = false")
  await queries.run(
    `insert into erasures_reached values ($1, $2)
     on conflict (organization_id) do update set revision = greatest(erasures_reached.revision, excluded.revision)`,
    [organizationId, reached],
  )
}

export async function reachedOf(queries: Queries, organizationId: string): Promise<Reached> {
  const [row] = await queries.rows<Reached>(
    `select coalesce((select revision from names_reached where organization_id = $1), 0) as names,
       coalesce((select revision from erasures_reached where organization_id = $1), 0) as erasures`,
    [organizationId],
  )
  return row as Reached // a select without a table has one row
}

/** The vault's own revision, locked to the end: another node may be recording the same events, or starting over. */
async function lockNames(queries: Queries, organizationId: string): Promise<number> {
  await queries.run("insert into names_reached values ($1, 0) on conflict do nothing", [organizationId])
  const [row] = await queries.rows<{ revision: number }>("select revision from names_reached where organization_id = $1 for update", [
    organizationId,
  ])
  return row?.revision ?? 0
}

export async function startOver(queries: Queries, organizationId: string, readHead: () => Promise<number>): Promise<void> {
  await lockNames(queries, organizationId)
  const { names, erasures } = await reachedOf(queries, organizationId)
  // After the vault's: whatever another node had recorded until then is in the log that is read now.
  const head = await readHead()
  if (names <= head && erasures <= head) return
  await queries.run("delete from name where organization_id = $1", [organizationId])
  await queries.run("update names_reached set revision = 0 where organization_id = $1", [organizationId])
  await queries.run("delete from erasures_reached where organization_id = $1", [organizationId])
}

export async function moveNames(
  queries: Queries,
  hashes: Hashes,
  organizationId: string,
  changes: readonly NameChange[],
  reached: number,
): Promise<void> {
  // What a power cut takes away is read from the log again.
  await queries.run("set local synchronous_commit = off")
  const before = await lockNames(queries, organizationId)
  if (reached <= before) return
  await writeNames(
    queries,
    hashes,
    organizationId,
    changes.filter(({ revision }) => revision > before),
  )
  await queries.run("update names_reached set revision = $2 where organization_id = $1", [organizationId, reached])
}

/** What the changes come to in the end: three statements, however many they are. */
async function writeNames(queries: Queries, hashes: Hashes, organizationId: string, changes: readonly NameChange[]): Promise<void> {
  const renamed = new Map<string, { readonly owner: string; readonly kind: string; readonly id: string | undefined }>()
  const borne = new Map<string, { readonly owner: string; readonly kind: string; readonly digest: string }>()
  const given = new Map<string, { readonly kind: string; readonly digest: string }>()
  for (const { owner, names } of changes) {
    for (const kind of IDENTITY_KINDS) {
      const value = names[kind]
      if (value === undefined) continue
      const former = renamed.get(`${owner} ${kind}`)?.id
      if (former !== undefined && borne.get(former)?.owner === owner) borne.delete(former)
      const digest = value === null ? undefined : hex(hashes.ofName(organizationId, kind, value))
      const id = digest && `${kind} ${digest}`
      renamed.set(`${owner} ${kind}`, { owner, kind, id })
      if (digest === undefined || id === undefined) continue
      given.set(id, { kind, digest })
      borne.set(id, { owner, kind, digest })
    }
  }
  const column = <T, V>(rows: Iterable<T>, of: (row: T) => V) => Array.from(rows, of)
  await queries.run(
    `delete from name using unnest($2::text[], $3::text[]) as given (owner, kind)
     where name.organization_id = $1 and name.owner = given.owner and name.kind = given.kind`,
    [organizationId, column(renamed.values(), ({ owner }) => owner), column(renamed.values(), ({ kind }) => kind)],
  )
  await queries.run(
    `delete from name using unnest($2::text[], $3::text[]) as given (kind, digest)
     where name.organization_id = $1 and name.kind = given.kind and name.digest = decode(given.digest, 'hex')`,
    [organizationId, column(given.values(), ({ kind }) => kind), column(given.values(), ({ digest }) => digest)],
  )
  await queries.run(
    `insert into name select $1, kind, decode(digest, 'hex'), owner
     from unnest($2::text[], $3::text[], $4::text[]) as given (kind, digest, owner)`,
    [
      organizationId,
      column(borne.values(), ({ kind }) => kind),
      column(borne.values(), ({ digest }) => digest),
      column(borne.values(), ({ owner }) => owner),
    ],
  )
}
