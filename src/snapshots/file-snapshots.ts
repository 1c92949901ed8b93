/**
 * Snapshots as files of a folder, one for each stream: a snapshot is read in the background, a damaged one harms no other,
 * and all of them may be deleted at any time.
 */
import { randomUUID } from "node:crypto"
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { Snapshot, SnapshotStore } from "./snapshot"

const NEWLINE = 0x0a
/** Longer than writing one takes: what is unfinished then was left so by a crash. */
const WRITTEN_WITHIN_MS = 10 * 60_000

export function openFileSnapshots(folder: string): SnapshotStore {
  const fileOf = (stream: string, version: number) => join(folder, `${stream}.v${version}`)

  return {
    async newest(stream, version) {
      const content = await readFile(fileOf(stream, version)).catch(() => undefined) // not there, or not to be read: none
      return content && parsed(content)
    },

    async put({ body, ...heading }) {
      const { stream, version } = heading
      await mkdir(folder, { recursive: true })
      const file = fileOf(stream, version)
      // Put in place by a rename: nobody reads half of it.
      const unfinished = `${file}.${randomUUID()}`
      try {
        await writeFile(unfinished, Buffer.concat([Buffer.from(`${JSON.stringify(heading)}\n`), body]))
        await rename(unfinished, file)
      } catch (error) {
        await rm(unfinished, { force: true })
        throw error
      }
      for (const name of await readdir(folder)) {
        if (!name.startsWith(`${stream}.v`)) continue
        const written = versionIn(name.slice(stream.length))
        const isUnfinished = written === version && name.startsWith(`${stream}.v${version}.`)
        const path = join(folder, name)
        if (written < version || (isUnfinished && (await isOld(path)))) await rm(path, { force: true })
      }
    },

    async drop(stream, version) {
      await rm(fileOf(stream, version), { force: true })
    },

    begin: async () => true,
    end: async () => {},
    close: async () => {},
  }
}

/** False also when it has been put in place meanwhile. */
async function isOld(path: string): Promise<boolean> {
  const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }))
  return Date.now() - mtimeMs > WRITTEN_WITHIN_MS
}

/** Of `.v12`; of what is still being written, or was left so by a crash: that of the file it was to be. */
function versionIn(ending: string): number {
  return Number(/^\.v(\d+)(\.|$)/.exec(ending)?.[1] ?? Number.POSITIVE_INFINITY)
}

function parsed(content: Buffer): Snapshot | undefined {
  const end = content.indexOf(NEWLINE)
  try {
    const heading = JSON.parse(content.toString("utf8", 0, end)) as Omit<Snapshot, "body"> // its checksum is compared before anything is believed
    return { ...heading, body: content.subarray(end + 1) }
  } catch {
    return undefined // damaged: none, and the next one takes its place
  }
}
