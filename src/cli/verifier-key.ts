/** `--key` of the commands that check something offline. */
import { existsSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { NoteProblem, type NoteVerifier, verifierOf } from "../audit/note"
import { CliError, EXIT } from "./cli-error"

/** @param key a verifier key, or a file that holds one @throws CliError when it is neither */
export async function verifierIn(key: string): Promise<NoteVerifier> {
  const text = existsSync(key) ? await readFile(key, "utf8") : key
  try {
    return verifierOf(text.trim())
  } catch (cause) {
    if (!(cause instanceof NoteProblem)) throw cause
    throw new CliError(`--key takes a verifier key (name+id+base64) or a file that holds one: ${cause.message}`, {
      cause,
      exitCode: EXIT.usage,
    })
  }
}
