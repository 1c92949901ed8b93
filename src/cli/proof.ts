/** `seatledger checkpoint`, `prove`, `checkpoint-key` and `verify-proof`: the head of a log, signed, and proofs against it. */
import { readFile } from "node:fs/promises"
import { leafHashOf, verifyConsistency, verifyInclusion } from "../audit/merkle"
import { type Checkpoint, NoteProblem, openCheckpoint, verifierOf } from "../audit/note"
import { parseId } from "../domain/ids"
import { CliError, EXIT } from "./cli-error"
import { type ConnectionOptions, connect } from "./connection"

export interface OfOrganization extends ConnectionOptions {
  readonly organization: string
}

const CHECKPOINT = "revision root note signedAt"

/** The note alone on standard output, as others publish it and tools read it. */
export async function checkpoint({ organization, revision, ...options }: OfOrganization & { readonly revision?: number }): Promise<void> {
  const { checkpoint } = await ask<{ checkpoint: { note: string } }>(
    organization,
    options,
    "query ($revision: Int) { checkpoint(revision: $revision) { note } }",
    { revision },
  )
  process.stdout.write(checkpoint.note)
}

export async function checkpointKey({ organization, ...options }: OfOrganization): Promise<void> {
  const { checkpointKey } = await ask<{ checkpointKey: string }>(organization, options, "{ checkpointKey }", {})
  process.stdout.write(`${checkpointKey}\n`)
}

export interface ProveOptions extends OfOrganization {
  readonly revision: number
  readonly from?: number
  readonly treeSize?: number
}

/** One JSON document on standard output: what GraphQL answers. */
export async function prove({ organization, revision, from, treeSize, ...options }: ProveOptions): Promise<void> {
  const proof =
    from === undefined
      ? await ask<object>(
          organization,
          options,
          `query ($revision: Int!, $treeSize: Int) { inclusionProof(revision: $revision, treeSize: $treeSize) {
            leafIndex treeSize leafHash path event checkpoint { ${CHECKPOINT} } } }`,
          { revision, treeSize },
        )
      : await ask<object>(
          organization,
          options,
          `query ($from: Int!, $to: Int) { consistencyProof(from: $from, to: $to) { from { ${CHECKPOINT} } to { ${CHECKPOINT} } path } }`,
          { from, to: revision },
        )
  process.stdout.write(`${JSON.stringify(proof, undefined, 2)}\n`)
}

/** Reads what `prove` printed, and needs nothing but the key. */
export async function verifyProof(file: string, { key }: { readonly key: string }): Promise<void> {
  const text = await (file === "-" ? standardInput() : readFile(file, "utf8")).catch((cause: Error) => {
    throw new CliError(`cannot read the proof: ${cause.message}`, { cause })
  })
  process.stdout.write(`${outcomeOf(text, key)}\n`)
}

interface Written {
  readonly inclusionProof?: {
    readonly leafIndex: number
    readonly path: readonly string[]
    readonly event: string
    readonly checkpoint: WrittenNote
  }
  readonly consistencyProof?: { readonly from: WrittenNote; readonly to: WrittenNote; readonly path: readonly string[] }
}
interface WrittenNote {
  readonly note: string
}

/** What the proof proves, in a sentence. Only signed roots and sizes are believed; what else the file says is not read. */
function outcomeOf(text: string, key: string): string {
  const { inclusionProof, consistencyProof } = parsed(text)
  if (inclusionProof) {
    const { leafIndex, path, event, checkpoint } = inclusionProof
    const { size, root, origin } = opened(checkpoint, key)
    const isIn = verifyInclusion(leafIndex, size, leafHashOf(Buffer.from(event)), hashes(path), root)
    if (!isIn) throw new CliError(`this does not prove that the event is in ${origin}: the path does not lead to the signed root`)
    return `event ${leafIndex + 1} is in ${origin} as of revision ${size}`
  }
  if (consistencyProof) {
    const [from, to] = [opened(consistencyProof.from, key), opened(consistencyProof.to, key)]
    const isOne = verifyConsistency(from.size, to.size, from.root, to.root, hashes(consistencyProof.path))
    if (from.origin !== to.origin) throw new CliError(`these are checkpoints of two logs: ${from.origin} and ${to.origin}`)
    if (!isOne) throw new CliError(`this does not prove that revision ${to.size} of ${to.origin} goes on from revision ${from.size}`)
    return `revision ${to.size} of ${to.origin} goes on from revision ${from.size}, and nothing before was changed`
  }
  throw new CliError("there is no proof in this file; `seatledger prove` prints one")
}

function parsed(text: string): Written {
  try {
    const written = JSON.parse(text) as Written // Every field that is used is checked by what uses it.
    const { inclusionProof: one, consistencyProof: two } = written
    const isWhole =
      (one === undefined ||
        (Number.isInteger(one.leafIndex) && typeof one.event === "string" && typeof one.checkpoint.note === "string")) &&
      (two === undefined || (typeof two.from.note === "string" && typeof two.to.note === "string")) &&
      [...(one?.path ?? []), ...(two?.path ?? [])].every((hash) => typeof hash === "string")
    if (isWhole) return written
  } catch {
    // Said below.
  }
  throw new CliError("this is no proof as `seatledger prove` prints it")
}

function opened({ note }: WrittenNote, key: string): Checkpoint {
  try {
    return openCheckpoint(note, [verifierOf(key)])
  } catch (error) {
    if (error instanceof NoteProblem) throw new CliError(`the checkpoint is not to be believed: ${error.message}`)
    throw error
  }
}

function hashes(texts: readonly string[]): Buffer[] {
  return texts.map((text) => Buffer.from(text, "base64"))
}

async function standardInput(): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer) // without an encoding, a stream gives bytes
  return Buffer.concat(chunks).toString("utf8")
}

async function ask<Data>(
  organization: string,
  options: ConnectionOptions,
  document: string,
  variables: Readonly<Record<string, unknown>>,
): Promise<Data> {
  if (!parseId("org", organization))
    throw new CliError(`"${organization}" is no organization id; they look like org_demo`, { exitCode: EXIT.usage })
  const connection = await connect(options, { subject: "command line", organizationId: organization, roles: ["AUDITOR"] })
  try {
    return await connection.client.ask<Data>(document, variables)
  } finally {
    await connection.close()
  }
}
