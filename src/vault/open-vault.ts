/** Opens the vault wherever it lies: in a file, or in PostgreSQL. */
import { openPostgresVault } from "./postgres-vault"
import { openVault } from "./sqlite"
import type { Vault } from "./vault"

/** The file, or the database with the schema of all tables. */
export type VaultPlace = string | { readonly kind: "postgres"; readonly url: string; readonly schema?: string }

export interface VaultOptions {
  /** For readers beside a running server. */
  readonly readOnly?: boolean
  readonly onFault?: (error: Error) => void
}

export async function openVaultAt(place: VaultPlace, { readOnly = false, onFault }: VaultOptions = {}): Promise<Vault> {
  if (typeof place === "string") return openVault(place, { readOnly })
  const { url, schema } = place
  return openPostgresVault({ url, readOnly, ...(schema === undefined ? {} : { schema }), ...(onFault === undefined ? {} : { onFault }) })
}
