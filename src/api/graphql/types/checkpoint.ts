import { Field, Int, ObjectType } from "type-graphql"
import type * as proofs from "../../../audit/proofs"
import type * as audit from "../../../audit/signed-checkpoints"
import { DateTime } from "../scalars"

@ObjectType({
  simpleResolvers: true,
  description: "The signed head of an organization's log: how many events it has, and the root of the Merkle tree (RFC 6962) over them.",
})
export class Checkpoint {
  @Field(() => Int, { description: "The state after this many events: the size of the tree." })
  revision!: number

  @Field(() => String, { description: "The root of the tree: base64 of 32 bytes." })
  root!: string

  @Field(() => String, { description: "The whole checkpoint as signed text (C2SP tlog-checkpoint): what is worth keeping." })
  note!: string

  @Field(() => DateTime, { description: "When it was signed." })
  signedAt!: number

  @Field(() => DateTime, { nullable: true, description: "When it reached those who keep checkpoints; null when it did not, or not yet." })
  publishedAt!: number | null
}

@ObjectType({ simpleResolvers: true, description: "Proves that an event is in the log of a checkpoint (RFC 6962 section 2.1.1)." })
export class InclusionProof {
  @Field(() => Int, { description: "The leaf's place in the tree, from 0: the event's revision less one." })
  leafIndex!: number

  @Field(() => Int, { description: "The size of the tree: the checkpoint's revision." })
  treeSize!: number

  @Field(() => String, { description: "SHA-256 of a zero byte and the UTF-8 of `event`: base64 of 32 bytes." })
  leafHash!: string

  @Field(() => [String], { description: "The hashes beside the way from the leaf up to the root, each base64 of 32 bytes." })
  path!: readonly string[]

  @Field(() => String, {
    description: "The event as stored, in canonical JSON (RFC 8785): exactly the text under the leaf. Personal data is sealed in it.",
  })
  event!: string

  @Field(() => Checkpoint, { description: "The signed head of the log that the event is in." })
  checkpoint!: Checkpoint
}

@ObjectType({
  simpleResolvers: true,
  description: "Proves that a log only grew between two checkpoints: nothing before was changed (RFC 6962 section 2.1.2).",
})
export class ConsistencyProof {
  @Field(() => Checkpoint, { description: "The earlier head of the log." })
  from!: Checkpoint

  @Field(() => Checkpoint, { description: "The later head of the log." })
  to!: Checkpoint

  @Field(() => [String], { description: "The hashes of the proof, each base64 of 32 bytes." })
  path!: readonly string[]
}

@ObjectType({ simpleResolvers: true, description: "How it stands with the checkpoints of the organization." })
export class CheckpointStatus {
  @Field(() => Checkpoint, { nullable: true, description: "The newest that was signed." })
  newest!: Checkpoint | null

  @Field(() => Checkpoint, { nullable: true, description: "The newest that reached those who keep checkpoints." })
  newestPublished!: Checkpoint | null

  @Field(() => String, {
    nullable: true,
    description:
      "Not null: the log is not the one that was signed before, and nothing is signed until a person has looked. Says what does not fit.",
  })
  problem!: string | null
}

export function checkpointOf(signed: audit.SignedCheckpoint & Partial<Pick<audit.KeptCheckpoint, "publishedAt">>): Checkpoint {
  const { size, root, note, signedAt, publishedAt = null } = signed
  return Object.assign(new Checkpoint(), { revision: size, root: root.toString("base64"), note, signedAt, publishedAt })
}

export function inclusionProofOf({ leafIndex, leafHash, path, leaf, checkpoint }: proofs.InclusionProof): InclusionProof {
  return Object.assign(new InclusionProof(), {
    leafIndex,
    treeSize: checkpoint.size,
    leafHash: leafHash.toString("base64"),
    path: path.map((hash) => hash.toString("base64")),
    event: leaf,
    checkpoint: checkpointOf(checkpoint),
  })
}

export function consistencyProofOf({ from, to, path }: proofs.ConsistencyProof): ConsistencyProof {
  return Object.assign(new ConsistencyProof(), {
    from: checkpointOf(from),
    to: checkpointOf(to),
    path: path.map((hash) => hash.toString("base64")),
  })
}
