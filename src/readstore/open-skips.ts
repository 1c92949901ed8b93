/** Opens the skips wherever they lie: in a file, or in PostgreSQL. */
import { openPostgresSkips } from "./postgres-skips"
import type { Skips } from "./skips"
import { openSqliteSkips } from "./sqlite-skips"

/** The file, or the database with the schema of all tables. */
export type SkipsPlace = string | { readonly kind: "postgres"; readonly url: string; readonly schema?: string }

export async function openSkipsAt(
  place: SkipsPlace,
  { readOnly = false, onFault }: { readonly readOnly?: boolean; readonly onFault?: (error: Error) => void } = {},
): Promise<Skips> {
  if (typeof place === "string") return openSqliteSkips(place)
  const { url, schema } = place
  return openPostgresSkips({ url, readOnly, ...(schema === undefined ? {} : { schema }), ...(onFault === undefined ? {} : { onFault }) })
}
