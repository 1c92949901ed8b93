/** The data folder as the commands see it: where it is, and which server runs on it. */
import { existsSync } from "node:fs"
import { readFile, rename, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { type Config, readConfig, SETTINGS } from "../config"
import { logOf } from "../core"
import type { LogPlace } from "../eventstore/event-log"
import { CliError } from "./cli-error"

/** `--data`, else SEATLEDGER_DATA, else ./data; absolute. */
export function dataFolder(option: string | undefined): string {
  const { name, fallback, parse } = SETTINGS.dataFolder
  return parse(option?.trim() || process.env[name]?.trim() || fallback)
}

/** The settings of the environment, with `--data` before SEATLEDGER_DATA. */
export function configFor(data: string | undefined): Config {
  return readConfig({ ...process.env, SEATLEDGER_DATA: dataFolder(data) })
}

/** Listening on all addresses is no address to go to. */
export function reachable(url: string): string {
  return url.replace(/\/$/, "").replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:")
}

/** For commands that only read: a folder without a log is a typing mistake, not an empty ledger. */
export function existingLog(config: Config): LogPlace {
  const log = logOf(config)
  if (typeof log === "string" && !existsSync(log)) {
    throw new CliError(
      `there is no ledger in ${config.dataFolder}; name the data folder with --data DIR, or start one with \`seatledger serve\``,
    )
  }
  return log
}

export interface RunningServer {
  readonly pid: number
  /** Without a slash at the end. */
  readonly url: string
}

/** So that other commands find the server of this folder. Put in place by a rename: nobody reads half of it. */
export async function announceServer(folder: string, server: RunningServer): Promise<void> {
  const written = join(folder, `server.json.${process.pid}`)
  await writeFile(written, `${JSON.stringify(server)}\n`)
  await rename(written, join(folder, "server.json"))
}

/** Takes the announcement back, unless another server has announced itself since. */
export async function withdrawServer(folder: string): Promise<void> {
  const announced = await readAnnouncement(folder)
  if (announced?.pid === process.pid) await rm(join(folder, "server.json"), { force: true })
}

/** The server that runs on this folder, or undefined; what a server left behind that was killed counts for nothing. */
export async function runningServer(folder: string): Promise<RunningServer | undefined> {
  const announced = await readAnnouncement(folder)
  if (!announced) return undefined
  if (await answers(announced.url)) return announced
  if (!isAlive(announced.pid)) return undefined
  throw new CliError(
    `the server of ${folder} (process ${announced.pid}, ${announced.url}) does not answer; wait until it has started, or stop it`,
  )
}

async function readAnnouncement(folder: string): Promise<RunningServer | undefined> {
  const text = await readFile(join(folder, "server.json"), "utf8").catch(() => undefined)
  if (text === undefined) return undefined
  try {
    const { pid, url } = JSON.parse(text) as Partial<RunningServer> // checked on the next line
    return Number.isInteger(pid) && typeof url === "string" ? { pid: pid as number, url } : undefined
  } catch {
    return undefined // a damaged announcement is none
  }
}

async function answers(url: string): Promise<boolean> {
  return fetch(`${url}/livez`, { signal: AbortSignal.timeout(3_000) }).then(
    (response) => response.ok,
    () => false,
  )
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0) // signal 0 only asks
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM" // alive, and somebody else's
  }
}
