/** Everything that cannot be rebuilt from the log, opened together: from the files of a data folder, or from PostgreSQL. */
import { openPostgresSignedCheckpoints } from "./audit/postgres-signed-checkpoints"
import type { SignedCheckpoints } from "./audit/signed-checkpoints"
import { openSignedCheckpoints } from "./audit/sqlite-signed-checkpoints"
import { openPostgresSecretUses } from "./operations/postgres-secret-uses"
import type { SecretUses } from "./operations/secret-uses"
import { openSecretUses } from "./operations/sqlite-secret-uses"
import { openSkipsAt } from "./readstore/open-skips"
import type { Skips } from "./readstore/skips"
import { openVaultAt } from "./vault/open-vault"
import type { Vault } from "./vault/vault"
import type { DeliveryState } from "./webhooks/delivery-state"
import { openPostgresDeliveryState } from "./webhooks/postgres-delivery-state"
import { openDeliveryState } from "./webhooks/sqlite-delivery-state"

/** The files of a data folder, or a database: the vault lies in `<schema>_vault`, all else in the schema itself. */
export type StatePlace = StateFiles | { readonly kind: "postgres"; readonly url: string; readonly schema?: string }
export interface StateFiles {
  readonly kind: "files"
  readonly vault: string
  readonly skips: string
  readonly operations: string
  readonly audit: string
}

export interface State {
  readonly vault: Vault
  readonly skips: Skips
  readonly signedCheckpoints: SignedCheckpoints
  readonly deliveries: DeliveryState
  readonly secretUses: SecretUses
  close(): Promise<void>
}

export interface StateOptions {
  /** Milliseconds since 1970, UTC. */
  readonly now: () => number
  /** Something could not be done and is tried again. The message holds no credentials. */
  readonly onFault: (error: unknown) => void
}

/** Makes what is not there: tables, and the keys of a new installation. */
export async function openState(place: StatePlace, { now, onFault }: StateOptions): Promise<State> {
  const closing: { close(): Promise<void> }[] = []
  const kept = async <T extends { close(): Promise<void> }>(opened: T | Promise<T>): Promise<T> => {
    const it = await opened
    closing.push(it)
    return it
  }
  const close = async () => {
    for (let next = closing.pop(); next; next = closing.pop()) await next.close()
  }
  try {
    if (place.kind === "files") {
      return {
        vault: await kept(openVaultAt(place.vault)),
        skips: await kept(openSkipsAt(place.skips)),
        signedCheckpoints: await kept(openSignedCheckpoints(place.audit, now)),
        deliveries: await kept(openDeliveryState(place.operations)),
        secretUses: await kept(openSecretUses(place.operations, onFault)),
        close,
      }
    }
    const at = { ...place, onFault }
    return {
      vault: await kept(openVaultAt(place, { onFault })),
      skips: await kept(openSkipsAt(place, { onFault })),
      signedCheckpoints: await kept(openPostgresSignedCheckpoints(at, now)),
      deliveries: await kept(openPostgresDeliveryState(at)),
      secretUses: await kept(openPostgresSecretUses(at)),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
