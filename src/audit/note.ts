/**
 * Signed notes (C2SP signed-note) and checkpoints of a log (C2SP tlog-checkpoint), with Ed25519 signatures of type 0x01.
 *
 *     example.com/seatledger/org_demo          origin
 *     1204                                     size of the tree
 *     CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2…=       base64 of its root
 *                                              (empty line)
 *     — example.com/seatledger Az3grlgt…=      — name base64(key id ‖ signature)
 */
import { createPrivateKey, createPublicKey, hash, type KeyObject, randomBytes, sign, verify } from "node:crypto"
import { HASH_BYTES, type Hash } from "./merkle"

/** Whose signature, and how it is checked. */
export interface NoteVerifier {
  readonly name: string
  readonly keyId: number
  verify(text: string, signature: Uint8Array): boolean
}

export interface NoteSigner {
  readonly name: string
  readonly keyId: number
  /** What others need to check the signatures: `name+hex(key id)+base64(0x01 ‖ public key)`. */
  readonly verifierKey: string
  sign(text: string): Buffer
}

/** The head of a log: the tree of its first `size` entries. */
export interface Checkpoint {
  readonly origin: string
  readonly size: number
  readonly root: Hash
}

/** What was given is no note, or nobody who is trusted signed it. The message says which. */
export class NoteProblem extends Error {
  override readonly name = "NoteProblem"
}

const ED25519 = 0x01
const KEY_BYTES = 32
const SIGNATURE_BYTES = 64
const KEY_ID_BYTES = 4
/** The rest of a note may be hostile. The specification asks for at least 16. */
const MAX_SIGNATURES = 100
const MAX_CHARACTERS = 1_000_000
/** DER in front of the 32 bytes of a private and a public key (RFC 8410). */
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex")
const SPKI = Buffer.from("302a300506032b6570032100", "hex")

/** A new private key: the 32 bytes of RFC 8032. */
export function newSeed(): Buffer {
  return randomBytes(KEY_BYTES)
}

/** @throws NoteProblem when the name or the seed cannot be one. */
export function signerOf(name: string, seed: Uint8Array): NoteSigner {
  if (seed.length !== KEY_BYTES) throw new NoteProblem(`a private key has ${KEY_BYTES} bytes, not ${seed.length}`)
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: "der", type: "pkcs8" })
  const publicKey = createPublicKey(privateKey).export({ format: "der", type: "spki" }).subarray(SPKI.length)
  return {
    name: checkedName(name),
    keyId: keyIdOf(name, publicKey),
    verifierKey: verifierKeyOf(name, publicKey),
    sign: (text) => sign(null, Buffer.from(text), privateKey),
  }
}

export function verifierKeyOf(name: string, publicKey: Uint8Array): string {
  return `${checkedName(name)}+${hex(keyIdOf(name, publicKey))}+${typedKey(publicKey).toString("base64")}`
}

/** Reads `name+hex(key id)+base64(0x01 ‖ public key)`. @throws NoteProblem when it is none. */
export function verifierOf(verifierKey: string): NoteVerifier {
  // No part but the last may contain a plus sign.
  const [, name = "", id = "", encoded = ""] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/s.exec(verifierKey) ?? []
  const key = strictBase64(encoded)
  if (name === "" || key === undefined) throw new NoteProblem("a verifier key reads name+hex(key id)+base64(key)")
  if (key[0] !== ED25519 || key.length !== 1 + KEY_BYTES) throw new NoteProblem("the verifier key is not one for Ed25519 (type 0x01)")
  const publicKey = key.subarray(1)
  const keyId = keyIdOf(checkedName(name), publicKey)
  if (hex(keyId) !== id) throw new NoteProblem(`the verifier key's id is ${hex(keyId)}, and ${id} is written: it was changed on its way`)
  const object = createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: "der", type: "spki" })
  return { name, keyId, verify: (text, signature) => isSignedBy(object, text, signature) }
}

/** The text, which must end with a line break, with these signatures. @throws NoteProblem when the text cannot be signed. */
export function signNote(text: string, signers: readonly NoteSigner[]): string {
  if (!text.endsWith("\n") || hasForbidden(text))
    throw new NoteProblem("the text of a note ends with a line break and has no control characters")
  const lines = signers.map(
    (signer) => `— ${signer.name} ${Buffer.concat([bytesOf(signer.keyId), signer.sign(text)]).toString("base64")}\n`,
  )
  return `${text}\n${lines.join("")}`
}

/**
 * The text of a note that at least one of the verifiers signed; signatures of unknown keys are passed over.
 * @throws NoteProblem when the note is malformed, a known key's signature is wrong, or there is none of a known key.
 */
export function openNote(note: string | Uint8Array, verifiers: readonly NoteVerifier[]): { text: string; signedBy: NoteVerifier[] } {
  const whole = typeof note === "string" ? note : utf8(note)
  if (whole.length > MAX_CHARACTERS || hasForbidden(whole)) throw malformed("it is too long or has characters that no note has")
  const end = whole.lastIndexOf("\n\n")
  if (end < 0 || !whole.endsWith("\n")) throw malformed("a text, an empty line and signatures are expected, each line with its end")
  const text = whole.slice(0, end + 1)
  const lines = whole
    .slice(end + 2)
    .split("\n")
    .slice(0, -1)
  if (lines.length === 0 || lines.length > MAX_SIGNATURES) throw malformed(`it has ${lines.length} signatures`)

  const signedBy = new Set<NoteVerifier>()
  for (const { name, keyId, signature } of lines.map(signatureOf)) {
    const known = verifiers.find((verifier) => verifier.name === name && verifier.keyId === keyId)
    if (known === undefined) continue
    if (!known.verify(text, signature)) throw new NoteProblem(`the signature of ${name}+${hex(keyId)} is not one of this text`)
    signedBy.add(known)
  }
  if (signedBy.size === 0) throw new NoteProblem("nobody whose key is known signed this note")
  return { text, signedBy: [...signedBy] }
}

export function checkpointText({ origin, size, root }: Checkpoint): string {
  if (origin === "" || /[\p{Cc}]/u.test(origin)) throw new NoteProblem("an origin is one line that is not empty")
  return `${origin}\n${size}\n${root.toString("base64")}\n`
}

export function signCheckpoint(checkpoint: Checkpoint, signer: NoteSigner): string {
  return signNote(checkpointText(checkpoint), [signer])
}

/** Reads the text of a checkpoint; extension lines are allowed and passed over. @throws NoteProblem when it is none. */
export function parseCheckpoint(text: string): Checkpoint {
  const [origin = "", size = "", encodedRoot = "", ...extensions] = text.split("\n")
  const root = strictBase64(encodedRoot)
  const isWhole = /^(0|[1-9][0-9]{0,15})$/.test(size) && Number.isSafeInteger(Number(size))
  // After the last line break stands nothing; every line before it has something in it.
  if (origin === "" || !isWhole || root?.length !== HASH_BYTES || extensions.pop() !== "" || extensions.includes(""))
    throw new NoteProblem("a checkpoint has the lines origin, size of the tree, and base64 of its root")
  return { origin, size: Number(size), root }
}

/** A checkpoint that one of the verifiers signed. @throws NoteProblem as `openNote` and `parseCheckpoint` do. */
export function openCheckpoint(note: string | Uint8Array, verifiers: readonly NoteVerifier[]): Checkpoint {
  return parseCheckpoint(openNote(note, verifiers).text)
}

function signatureOf(line: string): { name: string; keyId: number; signature: Buffer } {
  const [, name = "", encoded = ""] = /^— (\S+) (\S+)$/u.exec(line) ?? []
  const bytes = strictBase64(encoded)
  if (!isName(name) || bytes === undefined || bytes.length <= KEY_ID_BYTES)
    throw malformed("a signature reads — name base64(key id ‖ signature)")
  return { name, keyId: bytes.readUInt32BE(0), signature: bytes.subarray(KEY_ID_BYTES) }
}

function isSignedBy(key: KeyObject, text: string, signature: Uint8Array): boolean {
  return signature.length === SIGNATURE_BYTES && verify(null, Buffer.from(text), key, signature)
}

/** The first four bytes of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key). */
function keyIdOf(name: string, publicKey: Uint8Array): number {
  return hash("sha256", Buffer.concat([Buffer.from(`${name}\n`), typedKey(publicKey)]), "buffer").readUInt32BE(0)
}

function typedKey(publicKey: Uint8Array): Buffer {
  return Buffer.concat([Buffer.of(ED25519), publicKey])
}

function bytesOf(keyId: number): Buffer {
  const bytes = Buffer.alloc(KEY_ID_BYTES)
  bytes.writeUInt32BE(keyId)
  return bytes
}

function hex(keyId: number): string {
  return keyId.toString(16).padStart(2 * KEY_ID_BYTES, "0")
}

/** "Key names MUST be non-empty and MUST NOT contain any Unicode spaces or plus characters", nor what no note may contain. */
export function isName(name: string): boolean {
  return name !== "" && !/[\p{White_Space}\p{Cc}\p{Surrogate}+]/u.test(name)
}

function checkedName(name: string): string {
  if (!isName(name)) throw new NoteProblem(`${JSON.stringify(name)} is no key name: spaces and plus signs are not allowed in one`)
  return name
}

/** Control characters below U+0020 but the line break, and half surrogate pairs, which have no UTF-8. */
function hasForbidden(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the point.
  return /[\u0000-\u0009\u000b-\u001f\p{Surrogate}]/u.test(text)
}

/** Standard base64 with padding (RFC 4648 §4) and nothing else; `Buffer.from` alone takes almost anything. */
function strictBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, "base64")
  return bytes.length > 0 && bytes.toString("base64") === text ? bytes : undefined
}

function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw malformed("it is not UTF-8")
  }
}

function malformed(problem: string): NoteProblem {
  return new NoteProblem(`this is no signed note: ${problem}`)
}
