/**
 * The search index over names, for SQLite (FTS5); another database has a file of its own here. The row ids are those of
 * `principal_name`. Names of now and names of the past lie apart, so that the usual search meets no ended name.
 * Prefixes of one to three letters after the five letters of the scope (see `search-index.ts`) are indexed by themselves:
 * a search for one letter then costs 3 ms among 100,000 people, where every one of them matches.
 */
const index = (table: string) => `
create virtual table ${table} using fts5(
  words, content='', contentless_delete=1, detail=none, tokenize='ascii', prefix='6 7 8'
);
`
export const searchTables = index("principal_words") + index("principal_words_ended")
