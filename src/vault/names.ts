import type { IdentityKind } from "./vault"

export const IDENTITY_KINDS: readonly IdentityKind[] = ["userName", "externalId", "groupExternalId"]

/** The form in which two names are the same: user names without case, the identity provider's ids to the letter (RFC 7643 §3.1). */
export function normalised(kind: IdentityKind, value: string): string {
  const plain = value.normalize("NFKC").trim()
  return kind === "userName" ? plain.toLowerCase() : plain
}
