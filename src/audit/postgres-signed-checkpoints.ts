/** Signed checkpoints, and the key that signs them, in PostgreSQL: one key for all nodes. */
import { type Database, openDatabase, type Query } from "../postgres/database"
import { migrate } from "../postgres/migrations"
import { newSeed } from "./note"
import type { KeptCheckpoint, SignedCheckpoint, SignedCheckpoints } from "./signed-checkpoints"

const STEPS = [
  `create table signing_key (id integer primary key check (id = 1), seed bytea not null, made_at bigint not null);
  create table checkpoint (
    organization_id text collate "C" not null,
    size bigint not null,
    root bytea not null,
    note text not null,
    signed_at bigint not null,
    scheduled_at bigint,             -- signed because it was time, not because somebody asked
    to_publish integer not null,     -- 1: those who keep it do not have it yet
    published_at bigint,
    primary key (organization_id, size)
  );
  create index checkpoint_to_publish on checkpoint (organization_id, size) where to_publish = 1;
  create index checkpoint_scheduled on checkpoint (organization_id, scheduled_at) where scheduled_at is not null;`,
]
const ADD_LOCK = 7_345_003
const COLUMNS = `organization_id as "organizationId", size, root, note, signed_at as "signedAt", published_at as "publishedAt"`

export interface PostgresCheckpointsOptions {
  readonly url: string
  readonly schema?: string
  readonly onFault?: (error: Error) => void
}

/** @param now milliseconds since 1970, UTC */
export async function openPostgresSignedCheckpoints(options: PostgresCheckpointsOptions, now: () => number): Promise<SignedCheckpoints> {
  const database = await openDatabase({ ...options, connections: 2, purpose: "signed checkpoints in PostgreSQL" })
  try {
    await migrate(database, "signed checkpoints", STEPS)
    await database.run("insert into signing_key values (1, $1, $2) on conflict do nothing", [newSeed(), now()])
    const [key] = await database.rows<{ seed: Buffer }>("select seed from signing_key")
    if (!key) throw new Error("the key that signs checkpoints is lost: restore it from a backup")
    return new PostgresSignedCheckpoints(database, key.seed)
  } catch (error) {
    await database.close()
    throw error
  }
}

class PostgresSignedCheckpoints implements SignedCheckpoints {
  constructor(
    private readonly database: Database,
    readonly seed: Buffer,
  ) {}

  find(organizationId: string, size: number): Promise<KeptCheckpoint | undefined> {
    return this.#one({ text: `select ${COLUMNS} from checkpoint where organization_id = $1 and size = $2`, params: [organizationId, size] })
  }
  newest(organizationId: string): Promise<KeptCheckpoint | undefined> {
    return this.#one({
      text: `select ${COLUMNS} from checkpoint where organization_id = $1 order by size desc limit 1`,
      params: [organizationId],
    })
  }
  newestPublished(organizationId: string): Promise<KeptCheckpoint | undefined> {
    return this.#one({
      text: `select ${COLUMNS} from checkpoint where organization_id = $1 and published_at is not null order by size desc limit 1`,
      params: [organizationId],
    })
  }
  page(organizationId: string, { below, limit }: { readonly below: number; readonly limit: number }): Promise<readonly KeptCheckpoint[]> {
    return this.database.rows<KeptCheckpoint>(
      `select ${COLUMNS} from checkpoint where organization_id = $1 and size < $2 order by size desc limit $3`,
      [organizationId, below, limit],
    )
  }
  async count(organizationId: string): Promise<number> {
    return this.#number("select count(*) as number from checkpoint where organization_id = $1", [organizationId])
  }

  add({ organizationId, size, root, note, signedAt }: SignedCheckpoint, newest: number): Promise<boolean> {
    return this.database.transaction(async (queries) => {
      // Held to the end: nobody else keeps one of this organization meanwhile.
      await queries.rows("select pg_advisory_xact_lock($1, hashtext(current_schema() || ' ' || $2::text))", [ADD_LOCK, organizationId])
      const written = await queries.run(
        `insert into checkpoint (organization_id, size, root, note, signed_at, to_publish) select $1, $2, $3, $4, $5, 0
         where coalesce((select max(size) from checkpoint where organization_id = $1), 0) = $6`,
        [organizationId, size, root, note, signedAt, newest],
      )
      return written > 0
    })
  }
  async schedule({ organizationId, size }: SignedCheckpoint, at: number, toPublish: boolean): Promise<void> {
    await this.database.run(
      `update checkpoint set scheduled_at = $1, to_publish = case when published_at is null then $2::integer else 0 end
       where organization_id = $3 and size = $4`,
      [at, toPublish ? 1 : 0, organizationId, size],
    )
  }
  async lastScheduled(organizationIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const rows = await this.database.rows<{ organizationId: string; at: number }>(
      `select id as "organizationId", at from unnest($1::text[]) as asked (id), lateral
         (select max(scheduled_at) as at from checkpoint where organization_id = id and scheduled_at is not null) as last
       where at is not null`,
      [organizationIds],
    )
    return new Map(rows.map(({ organizationId, at }) => [organizationId, at]))
  }
  async organizationsToPublish(): Promise<readonly string[]> {
    const rows = await this.database.rows<{ organization_id: string }>(
      "select distinct organization_id from checkpoint where to_publish = 1 order by organization_id",
    )
    return rows.map(({ organization_id }) => organization_id)
  }
  toPublish(organizationId: string, limit: number): Promise<readonly KeptCheckpoint[]> {
    return this.database.rows<KeptCheckpoint>(
      `select ${COLUMNS} from checkpoint where organization_id = $1 and to_publish = 1 order by size limit $2`,
      [organizationId, limit],
    )
  }
  countToPublish(): Promise<number> {
    return this.#number("select count(*) as number from checkpoint where to_publish = 1", [])
  }
  async published({ organizationId, size }: SignedCheckpoint, at: number): Promise<void> {
    await this.database.run("update checkpoint set to_publish = 0, published_at = $1 where organization_id = $2 and size = $3", [
      at,
      organizationId,
      size,
    ])
  }
  async notToPublish({ organizationId, size }: SignedCheckpoint): Promise<void> {
    await this.database.run("update checkpoint set to_publish = 0 where organization_id = $1 and size = $2", [organizationId, size])
  }

  close(): Promise<void> {
    return this.database.close()
  }

  async #one(query: Query): Promise<KeptCheckpoint | undefined> {
    return (await this.database.rows<KeptCheckpoint>(query))[0]
  }
  async #number(text: string, params: readonly string[]): Promise<number> {
    return (await this.database.rows<{ number: number }>(text, params))[0]?.number ?? 0
  }
}
