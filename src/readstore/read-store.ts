/**
 * The port to the SQL database of the read models. SQL is written by hand, in the dialect that SQLite and PostgreSQL
 * share, with `?` for parameters; booleans are 0 and 1, instants are milliseconds since 1970 (UTC).
 */
export type SqlValue = string | number | null

/** `to_revision` and `to_at` of a span that has not ended: 2^53−1, so that "as of" is one comparison and never a test for NULL. */
export const OPEN = 9_007_199_254_740_991

/** Most SQL is the same; what is not (a search index) each database has in its own way. */
export type Dialect = "sqlite" | "postgres"

export interface ReadStore {
  readonly dialect: Dialect
  /** Rows of a short query (below about 5 ms), on this thread. */
  rows<Row>(sql: string, params?: readonly SqlValue[]): Promise<Row[]>
  /** Rows of a query that may take longer, on a worker thread, so that nobody waits behind it. */
  slowRows<Row>(sql: string, params?: readonly SqlValue[]): Promise<Row[]>
  close(): Promise<void>
}
