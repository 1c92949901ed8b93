/** Where published checkpoints go: a folder, or an address, that somebody else keeps. */
import { mkdir, open, readFile, rename, rm } from "node:fs/promises"
import { join } from "node:path"
import type { SignedCheckpoint } from "./signed-checkpoints"

export interface Destination {
  /** Resolves once it is there. Repeating it changes nothing. @throws HeldByAnother */
  publish(checkpoint: SignedCheckpoint): Promise<void>
}

/** Another checkpoint of this size is there, which is not written over: trying again is of no use until somebody has looked. */
export class HeldByAnother extends Error {
  override readonly name = "HeldByAnother"
}

/** `<folder>/<organization id>/<size>` for every checkpoint, written once and never again, and `latest` beside them. */
export function toFolder(folder: string): Destination {
  return {
    async publish({ organizationId, size, note }) {
      const place = join(folder, organizationId)
      await mkdir(place, { recursive: true })
      const file = join(place, String(size))
      const there = await readFile(file, "utf8").catch(absent)
      if (there !== undefined && there !== note)
        throw new HeldByAnother(`${file} holds another checkpoint of the same size, and is not written over`)
      if (there === undefined) await put(file, note)
      await put(join(place, "latest"), note)
    },
  }
}

/** Nobody ever reads half a file: it is written aside, brought to the disk, and given its name. */
async function put(file: string, text: string): Promise<void> {
  const aside = `${file}.${process.pid}.new`
  try {
    const handle = await open(aside, "w", 0o644)
    try {
      await handle.writeFile(text)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(aside, file)
  } catch (error) {
    await rm(aside, { force: true })
    throw error
  }
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error
  return undefined
}

const ANSWER_WITHIN_MS = 30_000
/** What a receiver answers that has this size already and does not replace it: Conflict, Precondition Failed (RFC 9110 §15.5.10, §15.5.13). */
const HELD_BY_ANOTHER = [409, 412]

export interface AddressOptions {
  /** PUT goes to `<url>/<organization id>/<size>`, before a query if there is one; POST to the address itself. */
  readonly method: "PUT" | "POST"
  /** The whole `Authorization` header. */
  readonly authorization?: string | undefined
}

export function toAddress(url: URL, { method, authorization }: AddressOptions): Destination {
  return {
    async publish({ organizationId, size, note }) {
      const target = new URL(url)
      // A query stays behind the path: what a store signs an address with.
      if (method === "PUT") target.pathname = `${url.pathname.replace(/\/$/, "")}/${organizationId}/${size}`
      const response = await fetch(target, {
        method,
        headers: { "content-type": "text/plain; charset=utf-8", ...(authorization === undefined ? {} : { authorization }) },
        body: note,
        redirect: "error",
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      })
      await response.body?.cancel()
      if (response.ok) return
      const answered = `${method} ${target.origin}${target.pathname} was answered with ${response.status} ${response.statusText}`
      if (HELD_BY_ANOTHER.includes(response.status))
        throw new HeldByAnother(`${answered}: it seems to hold another checkpoint of ${organizationId} with ${size} events`)
      throw new Error(answered)
    },
  }
}
