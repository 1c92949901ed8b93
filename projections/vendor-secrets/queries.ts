/** The secrets that vendors sign with; when they were used is operational data and stands elsewhere (src/operations). */
import type { SecretAlgorithm } from "../../src/domain/events"
import type { ReadStore } from "../../src/readstore/read-store"
import { sql } from "../sql"

export interface VendorSecretRow {
  secret_id: string
  vendor_id: string
  algorithm: SecretAlgorithm
  /** Milliseconds since 1970, UTC. */
  created_at: number
  expires_at: number | null
  revoked_at: number | null
}

/** The newest first. */
export async function secretsOfVendor(store: ReadStore, vendorId: string, limit: number): Promise<VendorSecretRow[]> {
  const query = sql`
    select secret_id, vendor_id, algorithm, created_at, expires_at, revoked_at from vendor_secret
    where vendor_id = ${vendorId} order by created_at desc, secret_id desc limit ${limit}`
  return store.rows(query.text, query.params)
}

export async function vendorSecret(store: ReadStore, secretId: string): Promise<VendorSecretRow | undefined> {
  const query = sql`
    select secret_id, vendor_id, algorithm, created_at, expires_at, revoked_at from vendor_secret where secret_id = ${secretId}`
  const [row] = await store.rows<VendorSecretRow>(query.text, query.params)
  return row
}
