/**
 * The search index over names, as each database has it. The row ids are those of `principal_name`. Names of now and names
 * of the past lie apart, so that the usual search meets no ended name.
 */
import type { Dialect } from "../../src/readstore/read-store"

/**
 * SQLite: FTS5. Prefixes of one to three letters after the five letters of the scope (see `search-index.ts`) are indexed by
 * themselves: a search for one letter then costs 3 ms among 100,000 people, where every one of them matches.
 */
const fts5 = (table: string) => `
create virtual table ${table} using fts5(
  words, content='', contentless_delete=1, detail=none, tokenize='ascii', prefix='6 7 8'
);
`
/** PostgreSQL: a GIN index, whose words lie in order, so that a beginning is a stretch of it. */
const gin = (table: string) => `
create table ${table} (rowid bigint primary key, words tsvector not null);
create index ${table}_gin on ${table} using gin (words);
`
const both = (index: (table: string) => string) => index("principal_words") + index("principal_words_ended")

export const searchTables: Readonly<Record<Dialect, string>> = { sqlite: both(fts5), postgres: both(gin) }
