/** The vault that the settings name, wherever it lies. */
import { openPostgresVault } from "./postgres-vault"
import { openVault } from "./sqlite"
import type { Vault } from "./vault"

/** A file, or a database. Can be handed to a worker thread. */
export type VaultPlace = string | { readonly kind: "postgres"; readonly url: string }

export interface VaultOptions {
  /** For readers beside a running server: it must exist, and nothing is sealed or erased. */
  readonly readOnly?: boolean
  /** A connection broke, and is made anew. The message holds no credentials. */
  readonly onFault?: (error: Error) => void
}

export async function openVaultAt(place: VaultPlace, { readOnly = false, onFault }: VaultOptions = {}): Promise<Vault> {
  if (typeof place === "string") return openVault(place, { readOnly })
  return openPostgresVault({ url: place.url, readOnly, ...(onFault ? { onFault } : {}) })
}
