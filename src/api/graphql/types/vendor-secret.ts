import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql"
import type * as events from "../../../domain/events"
import { DateTime } from "../scalars"

export const SecretAlgorithm: { readonly [A in events.SecretAlgorithm]: A } = { HMAC_SHA256: "HMAC_SHA256", ED25519: "ED25519" }
registerEnumType(SecretAlgorithm, {
  name: "SecretAlgorithm",
  description: "How messages are signed (Standard Webhooks 1.0).",
  valuesConfig: {
    HMAC_SHA256: { description: "`v1`: one secret, `whsec_…`, that both sides know." },
    ED25519: { description: "`v1a`: a private key, `whsk_…`, that only the vendor has; Seatledger keeps the public key." },
  },
})

@ObjectType({
  simpleResolvers: true,
  description: "A secret that signs what a vendor sends. The secret itself was answered once, when it was made, and is never shown again.",
})
export class VendorSecret {
  @Field(() => ID, { description: "Names the secret; it is not the secret." })
  id!: string

  @Field(() => SecretAlgorithm, { description: "How it signs." })
  algorithm!: events.SecretAlgorithm

  @Field(() => DateTime, { description: "When it was made." })
  createdAt!: number

  @Field(() => DateTime, { nullable: true, description: "Good until then, because another took its place; null: no end is set." })
  expiresAt!: number | null

  @Field(() => DateTime, { nullable: true, description: "Good for nothing since then; null: not revoked." })
  revokedAt!: number | null

  @Field(() => Boolean, { description: "Whether a message signed with it is accepted now." })
  active!: boolean

  @Field(() => DateTime, { nullable: true, description: "When it last verified a message; null: never." })
  lastUsedAt!: number | null

  @Field(() => Int, { description: "How many requests it has verified, counted within some seconds." })
  uses!: number
}
