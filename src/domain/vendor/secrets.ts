/** The secrets that sign what a vendor sends: several may be in force at once, so that a new one is brought in without a gap. */
import type { VendorCommands } from "../commands"
import { accept, type Decision, refuse } from "../decision"
import type { SecretAlgorithm, VendorEventDraft } from "../events"
import type { SecretId, VendorId } from "../ids"
import { checkWhole, invalid, refuseInvalid } from "../input"
import type { Refusal } from "../refusals"

type SecretCommandType = "CreateVendorSecret" | "RotateVendorSecret" | "RevokeVendorSecret"
type SecretCommand = { [T in SecretCommandType]: { readonly type: T } & VendorCommands[T] }[SecretCommandType]
type SecretEventType = "VendorSecretCreated" | "VendorSecretExpires" | "VendorSecretRevoked"
type SecretEventDraft = Extract<VendorEventDraft, { readonly type: SecretEventType }>

export interface VendorSecret {
  readonly secretId: SecretId
  readonly algorithm: SecretAlgorithm
  /** Sealed for HMAC, the public key for ed25519. */
  readonly key: string
  /** Milliseconds since 1970, UTC; from then on it signs nothing. */
  readonly expiresAt?: number
  readonly revoked: boolean
}
export type VendorSecrets = Map<string, VendorSecret>

/** In force at once: each of them is tried on every message. */
export const MAX_ACTIVE_SECRETS = 5
/** A month: longer than it takes to bring a new secret to every server. */
const MAX_OVERLAP_HOURS = 720
const HOUR_MS = 3_600_000

/** @param now milliseconds since 1970, UTC */
export function isActive({ revoked, expiresAt }: VendorSecret, now: number): boolean {
  return !revoked && (expiresAt === undefined || now < expiresAt)
}

/** @param now milliseconds since 1970, UTC */
export function decideSecret(secrets: VendorSecrets, vendorId: VendorId, command: SecretCommand, now: number): Decision<VendorEventDraft> {
  switch (command.type) {
    case "CreateVendorSecret": {
      const { secretId, algorithm, key } = command
      return (
        refuseInvalid(checkRoom(secrets, "vendorId", now)) ??
        accept([{ type: "VendorSecretCreated", data: { vendorId, secretId, algorithm, key } }])
      )
    }
    case "RotateVendorSecret": {
      const { secretId, newSecretId, key, overlapHours } = command
      const previous = secrets.get(secretId)
      if (!previous) return refuse({ code: "NOT_FOUND", field: "secretId", id: secretId })
      const problem = refuseInvalid(
        checkWhole("overlapHours", overlapHours, 0, MAX_OVERLAP_HOURS) ??
          checkReplaceable(previous, now) ??
          (overlapHours === 0 ? undefined : checkRoom(secrets, "secretId", now)),
      )
      if (problem) return problem
      const { algorithm } = previous
      const expiresAt = new Date(now + overlapHours * HOUR_MS).toISOString()
      return accept([
        { type: "VendorSecretCreated", data: { vendorId, secretId: newSecretId, algorithm, key } },
        { type: "VendorSecretExpires", data: { vendorId, secretId: previous.secretId, expiresAt } },
      ])
    }
    case "RevokeVendorSecret": {
      const secret = secrets.get(command.secretId)
      if (!secret) return refuse({ code: "NOT_FOUND", field: "secretId", id: command.secretId })
      return accept(secret.revoked ? [] : [{ type: "VendorSecretRevoked", data: { vendorId, secretId: secret.secretId } }])
    }
    default:
      return command satisfies never
  }
}

export function evolveSecrets(secrets: VendorSecrets, event: SecretEventDraft): void {
  const known = secrets.get(event.data.secretId)
  switch (event.type) {
    case "VendorSecretCreated": {
      const { secretId, algorithm, key } = event.data
      secrets.set(secretId, { secretId, algorithm, key, revoked: false })
      return
    }
    case "VendorSecretExpires":
      if (known) secrets.set(known.secretId, { ...known, expiresAt: Date.parse(event.data.expiresAt) })
      return
    case "VendorSecretRevoked":
      if (known) secrets.set(known.secretId, { ...known, revoked: true })
      return
    default:
      event satisfies never
  }
}

function checkRoom(secrets: VendorSecrets, field: string, now: number): Refusal | undefined {
  const active = [...secrets.values()].filter((secret) => isActive(secret, now)).length
  if (active < MAX_ACTIVE_SECRETS) return undefined
  return invalid(field, `has ${MAX_ACTIVE_SECRETS} secrets in force, which is the most there may be; revoke one first`)
}

function checkReplaceable(secret: VendorSecret, now: number): Refusal | undefined {
  if (secret.revoked) return invalid("secretId", "is revoked; create a new secret instead")
  if (secret.expiresAt === undefined) return undefined
  const when = new Date(secret.expiresAt).toISOString()
  if (!isActive(secret, now)) return invalid("secretId", `expired at ${when}; create a new secret instead`)
  return invalid("secretId", `has been replaced already and expires at ${when}; rotate the new secret instead`)
}
