/** Uses of secrets in PostgreSQL: every node adds what it saw. */
import { openDatabase } from "../postgres/database"
import { migrate } from "../postgres/migrations"
import { BufferedUses } from "./buffered-uses"
import type { SecretUse, SecretUses } from "./secret-uses"

const STEPS = [
  `create table secret_use (
    secret_id text collate "C" primary key,
    uses bigint not null,
    last_used_at bigint not null
  );`,
]

export interface PostgresSecretUsesOptions {
  readonly url: string
  readonly schema?: string
  readonly onFault: (error: unknown) => void
}

export async function openPostgresSecretUses({ onFault, ...options }: PostgresSecretUsesOptions): Promise<SecretUses> {
  const database = await openDatabase({ ...options, connections: 1, purpose: "uses of secrets in PostgreSQL", onFault })
  try {
    await migrate(database, "uses of secrets", STEPS)
  } catch (error) {
    await database.close()
    throw error
  }
  return new BufferedUses(
    {
      async add(uses) {
        const rows = [...uses].sort(([a], [b]) => (a < b ? -1 : 1)) // in one order, so that nodes do not wait in a circle
        await database.run(
          `insert into secret_use select * from unnest($1::text[], $2::bigint[], $3::bigint[]) on conflict (secret_id) do update
           set uses = secret_use.uses + excluded.uses, last_used_at = greatest(secret_use.last_used_at, excluded.last_used_at)`,
          [rows.map(([secretId]) => secretId), rows.map(([, { uses }]) => uses), rows.map(([, { lastUsedAt }]) => lastUsedAt)],
        )
      },
      async of(secretIds) {
        const rows = await database.rows<SecretUse & { secret_id: string }>(
          `select secret_id, uses, last_used_at as "lastUsedAt" from secret_use where secret_id = any($1::text[])`,
          [secretIds],
        )
        return new Map(rows.map(({ secret_id, ...use }) => [secret_id, use]))
      },
      close: () => database.close(),
    },
    onFault,
  )
}
