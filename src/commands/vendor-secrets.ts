/**
 * What the operations on a vendor's secrets ask of the decider. A secret is made here, told once to whoever asked for it,
 * and kept only as what it takes to verify a signature: sealed for HMAC, the public key alone for ed25519.
 */
import { generateKeyPairSync } from "node:crypto"
import type { VendorCommand } from "../domain/commands"
import type { SecretAlgorithm } from "../domain/events"
import type { SecretId } from "../domain/ids"
import type { VendorSecret } from "../domain/vendor/secrets"
import { newKey } from "../vault/sealing"
import { type Opener, type Sealer, unlessLost } from "../vault/vault"
import { newObjectId } from "./command-id"
import type { CommandJob } from "./job"
import type { VendorRequests, VerifyingSecret } from "./requests"

type SecretOperation = "createVendorSecret" | "rotateVendorSecret" | "revokeVendorSecret"
export type SecretRequest = { [O in SecretOperation]: { readonly operation: O; readonly request: VendorRequests[O] } }[SecretOperation]

export interface AskedForSecret extends Pick<CommandJob<VendorCommand, never>, "command" | "seal" | "seals" | "passedOver"> {
  /** The secret that the command made, once it is accepted. */
  readonly secret?: () => string | undefined
}

/** Stands for a key that is made only once the command is accepted. The decider does not look inside. */
const NOT_YET_MADE = ""

/** @param algorithm of the secret to be made; for a rotation that of the present one, undefined when there is none */
export function askSecret(asked: SecretRequest, { commandId, algorithm }: SecretContext): AskedForSecret {
  if (asked.operation === "revokeVendorSecret") return { command: { type: "RevokeVendorSecret", ...asked.request }, passedOver: [] }
  if (algorithm === undefined) {
    const id = asked.operation === "rotateVendorSecret" ? asked.request.secretId : ""
    return { command: { reject: { code: "NOT_FOUND", field: "secretId", id } }, passedOver: [] }
  }
  let made: string | undefined
  const seal = (sealer: Sealer): VendorCommand => {
    const { secret, key } = newSecret(algorithm)
    made = secret
    return withKey(algorithm === "HMAC_SHA256" ? sealer.sealText(key) : key)
  }
  const newId = newObjectId("sec", commandId) as SecretId // made for this prefix
  const withKey = (key: string): VendorCommand =>
    asked.operation === "createVendorSecret"
      ? { type: "CreateVendorSecret", secretId: newId, algorithm, key }
      : { type: "RotateVendorSecret", newSecretId: newId, ...asked.request, key }
  return { command: withKey(NOT_YET_MADE), seal, seals: { secrets: true }, passedOver: [], secret: () => made }
}

interface SecretContext {
  readonly commandId: string
  readonly algorithm: SecretAlgorithm | undefined
}

/** Standard Webhooks 1.0, "Signature scheme": an ed25519 key pair is the 64 bytes of seed and public key, as in libsodium. */
function newSecret(algorithm: SecretAlgorithm): { readonly secret: string; readonly key: string } {
  if (algorithm === "HMAC_SHA256") {
    const secret = `whsec_${newKey().toString("base64")}`
    return { secret, key: secret }
  }
  const { d, x } = generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" })
  const [seed, publicKey] = [Buffer.from(d as string, "base64url"), Buffer.from(x as string, "base64url")] // RFC 8037: always there
  return {
    secret: `whsk_${Buffer.concat([seed, publicKey]).toString("base64")}`,
    key: `whpk_${publicKey.toString("base64")}`,
  }
}

/** What signatures of this vendor are verified with. A secret that was lost verifies nothing, and the others do. */
export async function verifyingSecrets(secrets: readonly VendorSecret[], vendorId: string, vault: Opener): Promise<VerifyingSecret[]> {
  const sealed = secrets.filter(({ algorithm }) => algorithm === "HMAC_SHA256")
  const keys = await vault.load(sealed.map(({ key }) => ({ organizationId: vendorId, text: key })))
  return secrets.flatMap(({ secretId, algorithm, key }) => {
    const opened = algorithm === "HMAC_SHA256" ? unlessLost(() => keys.openText(vendorId, key)) : key
    return opened === undefined ? [] : [{ secretId, algorithm, key: opened }]
  })
}
