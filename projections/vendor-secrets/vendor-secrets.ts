import { type Projection, rowsWhere, rowTable } from "../../src/readstore/projection"
import type { VendorSecretRow } from "./queries"
import { tables } from "./tables"

const secret = rowTable<VendorSecretRow>(
  "vendor_secret",
  ["secret_id"],
  ["secret_id", "vendor_id", "algorithm", "created_at", "expires_at", "revoked_at"],
  { replaces: true },
)
const byId = rowsWhere(secret, "secret_id = ?")

export const vendorSecrets: Projection = {
  name: "vendor-secrets",
  version: 1,
  tables,

  needs: {
    VendorSecretExpires: ({ data }, wants) => wants.rows(byId, data.secretId),
    VendorSecretRevoked: ({ data }, wants) => wants.rows(byId, data.secretId),
  },

  on: {
    VendorSecretCreated({ data, at }, work) {
      const { secretId, vendorId, algorithm } = data
      work.rows(secret).put({ secret_id: secretId, vendor_id: vendorId, algorithm, created_at: at, expires_at: null, revoked_at: null })
    },
    VendorSecretExpires({ data }, work) {
      const row = work.rows(secret).current(data.secretId)
      if (row) work.rows(secret).put({ ...row, expires_at: Date.parse(data.expiresAt) })
    },
    VendorSecretRevoked({ data, at }, work) {
      const row = work.rows(secret).current(data.secretId)
      if (row) work.rows(secret).put({ ...row, revoked_at: at })
    },
  },
}
