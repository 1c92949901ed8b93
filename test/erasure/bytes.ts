/** Every byte of a folder, searched for somebody's name, or for a key. */
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { gunzipSync } from "node:zlib"

/** A text as it may lie in a file. What a search index keeps is folded, and the beginning of a word may stand elsewhere. */
function formsOf(text: string): readonly Buffer[] {
  const writings = [text, text.toLowerCase(), text.toUpperCase()]
  const encoded = writings.flatMap((writing) => [Buffer.from(writing, "utf8"), Buffer.from(writing, "utf16le"), swapped(writing)])
  return [...encoded, ...writings.flatMap(base64Of)]
}

function swapped(text: string): Buffer {
  return Buffer.from(text, "utf16le").swap16()
}

/** However many bytes stand before it: the digits that only its own bytes decide. */
function base64Of(text: string): Buffer[] {
  return [0, 1, 2].flatMap((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(text, "utf8")])
    const start = Math.ceil((before * 8) / 6)
    const end = Math.floor((bytes.length * 8) / 6)
    return [bytes.toString("base64").slice(start, end), bytes.toString("base64url").slice(start, end)].map((digits) => Buffer.from(digits))
  })
}

/** The files of the folder in which one of the texts lies, with the texts. */
export function filesWith(folder: string, texts: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const found: Record<string, string[]> = {}
  const forms = texts.map((text) => ({ text, forms: formsOf(text) }))
  for (const { name, bytes } of filesOf(folder)) {
    const content = unpacked(bytes)
    const held = forms.filter((one) => one.forms.some((form) => content.includes(form))).map(({ text }) => text)
    if (held.length > 0) found[name] = held
  }
  return found
}

/** The files of the folder in which these very bytes lie. */
export function filesHolding(folder: string, bytes: Buffer): readonly string[] {
  const found: string[] = []
  for (const file of filesOf(folder)) if (file.bytes.includes(bytes)) found.push(file.name)
  return found
}

function* filesOf(folder: string): Generator<{ readonly name: string; readonly bytes: Buffer }> {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) yield { name: entry.name, bytes: bytesOf(join(entry.parentPath, entry.name)) }
  }
}

/** What lies in a file as gzip behind a heading, as in snapshots, is looked at unpacked. */
function unpacked(bytes: Buffer): Buffer {
  const at = bytes.indexOf(Buffer.from([0x0a, 0x1f, 0x8b, 0x08]))
  if (at < 0 || bytes.lastIndexOf(0x0a, at - 1) >= 0) return bytes
  return Buffer.concat([bytes, gunzipSync(bytes.subarray(at + 1))])
}

/** None of a file that went while the folder was listed: a running server writes its read models anew, PostgreSQL its tables. */
function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return Buffer.alloc(0)
    throw error
  }
}
