/** `seatledger vendor secret create|list|rotate|revoke`: the secrets that sign what a vendor sends. */
import { randomUUID } from "node:crypto"
import { parseId } from "../domain/ids"
import { CliError, EXIT } from "./cli-error"
import { type ConnectionOptions, connect } from "./connection"
import type { ToldRefusal } from "./ledger-client"

const ALGORITHMS = { hmac: "HMAC_SHA256", ed25519: "ED25519" } as const

export interface CreateOptions extends ConnectionOptions {
  readonly vendor: string
  readonly type: keyof typeof ALGORITHMS
}
export interface RotateOptions extends ConnectionOptions {
  readonly overlap: number
}

interface Secret {
  readonly id: string
  readonly algorithm: string
  readonly createdAt: string
  readonly expiresAt: string | null
  readonly revokedAt: string | null
  readonly lastUsedAt: string | null
  readonly uses: number
}
const SECRET = "id algorithm createdAt expiresAt revokedAt lastUsedAt uses"

interface NewSecret {
  /** Null when the first answer got lost on its way and the request was repeated. */
  readonly secret: string | null
  readonly vendorSecret: Secret | null
  readonly refusal: ToldRefusal | null
}

/** The secret alone on standard output, so that it can go straight into a file or another program. */
export async function createSecret({ vendor, type, ...options }: CreateOptions): Promise<void> {
  mustBeVendor(vendor)
  const { answer } = await ask<{ answer: NewSecret }>(
    options,
    `mutation ($input: CreateVendorSecretInput!) { answer: createVendorSecret(input: $input) { secret vendorSecret { ${SECRET} } refusal { code message } } }`,
    { input: { vendorId: vendor, algorithm: ALGORITHMS[type], idempotencyKey: randomUUID() } },
  )
  tell(answer, () => `made for ${vendor}`)
}

export async function rotateSecret(secretId: string, { overlap, ...options }: RotateOptions): Promise<void> {
  mustBeSecret(secretId)
  const { answer } = await ask<{ answer: NewSecret }>(
    options,
    `mutation ($input: RotateVendorSecretInput!) { answer: rotateVendorSecret(input: $input) { secret vendorSecret { ${SECRET} } refusal { code message } } }`,
    { input: { secretId, overlapHours: overlap, idempotencyKey: randomUUID() } },
  )
  tell(answer, () => `takes the place of ${secretId}, which is good for another ${overlap} h`)
}

export async function revokeSecret(secretId: string, options: ConnectionOptions): Promise<void> {
  mustBeSecret(secretId)
  const { answer } = await ask<{ answer: Pick<NewSecret, "refusal"> }>(
    options,
    `mutation ($input: RevokeVendorSecretInput!) { answer: revokeVendorSecret(input: $input) { refusal { code message } } }`,
    { input: { secretId } },
  )
  if (answer.refusal) throw new CliError(answer.refusal.message)
  process.stderr.write(`${secretId} is revoked: what is signed with it is refused from now on\n`)
}

export async function listSecrets({ vendor, ...options }: ConnectionOptions & { readonly vendor: string }): Promise<void> {
  mustBeVendor(vendor)
  const { vendorSecrets } = await ask<{ vendorSecrets: readonly Secret[] }>(
    options,
    `query ($vendor: ID!) { vendorSecrets(vendorId: $vendor) { ${SECRET} } }`,
    { vendor },
  )
  if (vendorSecrets.length === 0)
    process.stderr.write(`${vendor} has no secrets; make one with: seatledger vendor secret create --vendor ${vendor}\n`)
  else process.stdout.write(table(vendorSecrets))
}

async function ask<Data>(options: ConnectionOptions, document: string, variables: Readonly<Record<string, unknown>>): Promise<Data> {
  const connection = await connect(options, { subject: "command line", roles: ["OPERATOR"] })
  try {
    return await connection.client.ask<Data>(document, variables)
  } finally {
    await connection.close()
  }
}

function tell({ secret, vendorSecret, refusal }: NewSecret, what: () => string): void {
  if (refusal) throw new CliError(refusal.message)
  if (secret === null)
    throw new CliError("the secret was made, but its answer got lost; revoke it and make another (`seatledger vendor secret list`)")
  process.stdout.write(`${secret}\n`)
  process.stderr.write(`${vendorSecret?.id ?? "the secret"} ${what()}. It is shown this once: hand it over, and keep it nowhere.\n`)
}

function table(secrets: readonly Secret[]): string {
  const rows = [
    ["SECRET", "TYPE", "CREATED", "STATE", "LAST USED", "USES"],
    ...secrets.map(({ id, algorithm, createdAt, lastUsedAt, uses, ...secret }) => [
      id,
      algorithm === "ED25519" ? "ed25519" : "hmac",
      createdAt,
      stateOf(secret),
      lastUsedAt ?? "never",
      String(uses),
    ]),
  ]
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? []
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join("  ")
          .trimEnd()}\n`,
    )
    .join("")
}

function stateOf({ revokedAt, expiresAt }: Pick<Secret, "revokedAt" | "expiresAt">): string {
  if (revokedAt !== null) return `revoked ${revokedAt}`
  if (expiresAt === null) return "active"
  return Date.parse(expiresAt) > Date.now() ? `active until ${expiresAt}` : `expired ${expiresAt}`
}

function mustBeVendor(id: string): void {
  if (!parseId("vnd", id)) throw new CliError(`"${id}" is no vendor id; they look like vnd_halyardic`, { exitCode: EXIT.usage })
}
function mustBeSecret(id: string): void {
  if (!parseId("sec", id)) {
    throw new CliError(`"${id.slice(0, 12)}" is no id of a secret; they look like sec_… (\`seatledger vendor secret list\`)`, {
      exitCode: EXIT.usage,
    })
  }
}
