/** Read models in memory, filled by a projector, and all their rows for comparing. */
import type { EventStore } from "../../src/eventstore/event-store"
import type { BatchLimits } from "../../src/readstore/batch"
import { projectionGroups } from "../../src/readstore/projections"
import { Projector } from "../../src/readstore/projector"
import type { ReadStore } from "../../src/readstore/read-store"
import { memorySkips, type Skips } from "../../src/readstore/skips"
import { openTestReadStore, type TestReadStore } from "../support/read-stores"
import { vault } from "./histories"

export function projectorOf(
  eventStore: EventStore,
  readStore: TestReadStore,
  options: { limits?: BatchLimits; skips?: Skips; groups?: ReturnType<typeof projectionGroups> } = {},
): Promise<Projector> {
  return Projector.open({
    eventStore,
    readModels: readStore.readModels(),
    groups: projectionGroups(vault),
    skips: memorySkips(),
    onShown: () => {},
    ...options,
  })
}

export async function projected(eventStore: EventStore, limits?: BatchLimits): Promise<TestReadStore> {
  const readStore = await openTestReadStore()
  await (await projectorOf(eventStore, readStore, limits ? { limits } : {})).catchUp()
  return readStore
}

const TABLES = {
  sqlite:
    "select name from sqlite_schema where type = 'table' and sql like 'create table%' and name not like 'principal\\_words%' escape '\\'",
  postgres:
    "select relname as name from pg_class where relnamespace = to_regnamespace(current_schema()) and relkind = 'r' and relname not like 'principal\\_words%'",
}
const INDEXED = {
  sqlite: (index: string) => `select rowid from ${index} where ${index} match '"u0001z" * OR "u0001a" * OR "g0001g" *'`,
  postgres: (index: string) => `select rowid from ${index} where words @@ '''u0001z'':* | ''u0001a'':* | ''g0001g'':*'::tsquery`,
}

/** Every row of every table, the search index included, in an order that does not depend on how it was written. */
export async function everything(readStore: ReadStore): Promise<Record<string, unknown[]>> {
  const tables = await readStore.rows<{ name: string }>(TABLES[readStore.dialect])
  const all: Record<string, unknown[]> = {}
  for (const { name } of tables) all[name] = sorted(await readStore.rows(`select * from ${name}`))
  for (const index of ["principal_words", "principal_words_ended"]) {
    all[index] = sorted(await readStore.rows(INDEXED[readStore.dialect](index)))
  }
  return all
}

function sorted(rows: unknown[]): unknown[] {
  const key = (row: unknown) => JSON.stringify(row)
  return rows.sort((a, b) => (key(a) < key(b) ? -1 : 1))
}
