/** Operators only: the secrets that sign what vendors send. */
import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Query, Resolver } from "type-graphql"
import { secretsOfVendor, type VendorSecretRow, vendorSecret } from "../../../../projections/vendor-secrets/queries"
import { permit } from "../../../auth/permissions"
import type { SecretAlgorithm as Algorithm } from "../../../domain/events"
import { isId } from "../../../domain/ids"
import type { Context } from "../context"
import { SecretAlgorithm, VendorSecret } from "../types/vendor-secret"
import { CommandInput, carryOutForVendor, Payload, refuse, written } from "./command"

const LISTED = 100
const OVERLAP_HOURS = 24

@InputType({ description: "A new secret of a vendor." })
export class CreateVendorSecretInput extends CommandInput {
  @Field(() => ID, { description: "Whose messages it is to sign." })
  vendorId: string

  @Field(() => SecretAlgorithm, { nullable: true, defaultValue: "HMAC_SHA256", description: "How it is to sign." })
  algorithm?: Algorithm | null
}

@InputType({ description: "A secret to be replaced by a new one of the same kind." })
export class RotateVendorSecretInput extends CommandInput {
  @Field(() => ID, { description: "The secret to be replaced." })
  secretId: string

  @Field(() => Int, {
    nullable: true,
    defaultValue: OVERLAP_HOURS,
    description: "How many more hours the old one is good for, from 0 to 720, so that the vendor can change over without a gap.",
  })
  overlapHours?: number | null
}

@InputType({ description: "A secret that is to be good for nothing." })
export class RevokeVendorSecretInput extends CommandInput {
  @Field(() => ID, { description: "The secret." })
  secretId: string
}

@ObjectType({ simpleResolvers: true })
abstract class SecretPayload extends Payload {
  secretId?: string

  @Field(() => VendorSecret, { nullable: true, description: "The secret as it is now, without its value." })
  async vendorSecret(@Ctx() context: Context): Promise<VendorSecret | undefined> {
    if (!this.visible || this.secretId === undefined) return undefined
    const row = await vendorSecret(context.readStore, this.secretId)
    return row && (await presented(context, [row]))[0]
  }
}

@ObjectType({ simpleResolvers: true })
abstract class NewSecretPayload extends SecretPayload {
  @Field(() => String, {
    nullable: true,
    description:
      "The secret itself (`whsec_…`, or for ED25519 the private key `whsk_…`): answered this once and never again, a repeat of the same key answers null.",
  })
  secret?: string
}

@ObjectType({ simpleResolvers: true, description: "The answer to createVendorSecret." })
export class CreateVendorSecretPayload extends NewSecretPayload {}

@ObjectType({ simpleResolvers: true, description: "The answer to rotateVendorSecret: `vendorSecret` is the new one." })
export class RotateVendorSecretPayload extends NewSecretPayload {}

@ObjectType({ simpleResolvers: true, description: "The answer to revokeVendorSecret." })
export class RevokeVendorSecretPayload extends SecretPayload {}

@Resolver()
export class VendorSecrets {
  @Query(() => [VendorSecret], {
    description: `Operators only: the secrets that sign what a vendor sends, the newest first and at most ${LISTED}; never their values. As they are now: what they were stands in the log of the vendor, which has no revisions of an organization.`,
    complexity: ({ childComplexity }) => 2 + 10 * childComplexity,
  })
  async vendorSecrets(
    @Arg("vendorId", () => ID, { description: "The vendor." }) vendorId: string,
    @Ctx() context: Context,
  ): Promise<VendorSecret[]> {
    permit(context.viewer, "Query.vendorSecrets")
    if (!isId("vnd", vendorId)) return []
    return presented(context, await secretsOfVendor(context.readStore, vendorId, LISTED))
  }

  @Mutation(() => CreateVendorSecretPayload, {
    description:
      "Operators only: makes a secret that signs what a vendor sends. It is answered once: hand it to the vendor, and keep it nowhere.",
  })
  async createVendorSecret(
    @Arg("input", () => CreateVendorSecretInput, { description: "For whom, and of which kind." }) input: CreateVendorSecretInput,
    @Ctx() context: Context,
  ): Promise<CreateVendorSecretPayload> {
    const payload = new CreateVendorSecretPayload()
    const request = { algorithm: input.algorithm ?? "HMAC_SHA256" }
    const accepted = await carryOutForVendor(context, payload, "createVendorSecret", input.vendorId, request, input)
    if (!accepted) return payload
    payload.secretId = written(accepted, "VendorSecretCreated").secretId
    if (accepted.secret !== undefined) payload.secret = accepted.secret
    return payload
  }

  @Mutation(() => RotateVendorSecretPayload, {
    description: "Operators only: makes a new secret in place of another, which stays good for a while.",
  })
  async rotateVendorSecret(
    @Arg("input", () => RotateVendorSecretInput, { description: "Which secret, and how long the old one stays good." })
    input: RotateVendorSecretInput,
    @Ctx() context: Context,
  ): Promise<RotateVendorSecretPayload> {
    const payload = new RotateVendorSecretPayload()
    const { secretId } = input
    permit(context.viewer, "Mutation.rotateVendorSecret")
    const vendorId = await ownerOf(context, secretId)
    if (vendorId === undefined) {
      await refuse(context, payload, "rotateVendorSecret", { code: "NOT_FOUND", field: "secretId", id: secretId })
      return payload
    }
    const request = { secretId, overlapHours: input.overlapHours ?? OVERLAP_HOURS }
    const accepted = await carryOutForVendor(context, payload, "rotateVendorSecret", vendorId, request, input)
    if (!accepted) return payload
    payload.secretId = written(accepted, "VendorSecretCreated").secretId
    if (accepted.secret !== undefined) payload.secret = accepted.secret
    return payload
  }

  @Mutation(() => RevokeVendorSecretPayload, {
    description: "Operators only: what is signed with this secret is refused from now on.",
  })
  async revokeVendorSecret(
    @Arg("input", () => RevokeVendorSecretInput, { description: "Which secret." }) input: RevokeVendorSecretInput,
    @Ctx() context: Context,
  ): Promise<RevokeVendorSecretPayload> {
    const payload = new RevokeVendorSecretPayload()
    const { secretId } = input
    permit(context.viewer, "Mutation.revokeVendorSecret")
    const vendorId = await ownerOf(context, secretId)
    if (vendorId === undefined) {
      await refuse(context, payload, "revokeVendorSecret", { code: "NOT_FOUND", field: "secretId", id: secretId })
      return payload
    }
    const accepted = await carryOutForVendor(context, payload, "revokeVendorSecret", vendorId, { secretId }, input)
    if (accepted) payload.secretId = secretId
    return payload
  }
}

async function ownerOf(context: Context, secretId: string): Promise<string | undefined> {
  return isId("sec", secretId) ? (await vendorSecret(context.readStore, secretId))?.vendor_id : undefined
}

async function presented({ secretUses, now }: Context, rows: readonly VendorSecretRow[]): Promise<VendorSecret[]> {
  const uses = await secretUses.of(rows.map((row) => row.secret_id))
  return rows.map((row) => {
    const secret = new VendorSecret()
    const use = uses.get(row.secret_id)
    secret.id = row.secret_id
    secret.algorithm = row.algorithm
    secret.createdAt = row.created_at
    secret.expiresAt = row.expires_at
    secret.revokedAt = row.revoked_at
    secret.active = row.revoked_at === null && (row.expires_at === null || now() < row.expires_at)
    secret.lastUsedAt = use?.lastUsedAt ?? null
    secret.uses = use?.uses ?? 0
    return secret
  })
}
