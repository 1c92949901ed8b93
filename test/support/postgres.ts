/**
 * A real PostgreSQL for tests: its own cluster in a temporary folder, on a socket of its own, stopped and removed in the
 * end. PostgreSQL does not run as root: as root, it runs as the user `postgres` that its package made.
 */
import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process"
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { Gate } from "./gate"

export interface TestPostgres {
  /** Of the database `seatledger`. */
  readonly url: string
  /** A fresh, empty database of this server. */
  database(): Promise<string>
  /** The database `url` names, behind a wire that is open to begin with; whoever asks for it closes it. */
  gated(): Promise<{ readonly url: string; readonly gate: Gate }>
  /** As a power cut would: no shutdown, then a start with recovery. */
  crash(): Promise<void>
  stop(): Promise<void>
}

interface User {
  readonly uid?: number
  readonly gid?: number
}

export async function startPostgres(settings: readonly string[] = []): Promise<TestPostgres> {
  const bin = binaries()
  const user = runAs()
  const folder = mkdtempSync(join(tmpdir(), "seatledger-postgres-"))
  const data = join(folder, "data")
  const socket = join(folder, "socket")
  mkdirSync(socket)
  if (user.uid !== undefined && user.gid !== undefined) {
    for (const path of [folder, socket]) chownSync(path, user.uid, user.gid)
  }
  chmodSync(folder, 0o700)
  execFileSync(join(bin, "initdb"), ["-D", data, "-U", "seatledger", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"], {
    ...user,
    stdio: "pipe",
    cwd: folder,
  })

  let server: ChildProcess
  const start = async () => {
    const options = ["-D", data, "-k", socket, "-c", "listen_addresses=", ...settings.flatMap((setting) => ["-c", setting])]
    server = spawn(join(bin, "postgres"), options, { ...user, stdio: ["ignore", "ignore", "pipe"], cwd: folder })
    let said = ""
    server.stderr?.on("data", (chunk) => {
      said = `${said}${chunk}`.slice(-4_000)
    })
    await ready(bin, socket, server, () => said)
  }
  const ended = (signal: NodeJS.Signals) =>
    new Promise<void>((resolve) => {
      if (server.exitCode !== null || server.signalCode !== null) return resolve()
      server.once("exit", () => resolve())
      server.kill(signal)
    })
  await start()

  let made = 0
  const database = async () => {
    const name = `test_${++made}`
    execFileSync(join(bin, "psql"), ["-h", socket, "-U", "seatledger", "-d", "postgres", "-qc", `create database ${name}`], {
      stdio: "pipe",
    })
    return urlOf(socket, name)
  }
  return {
    url: await database(),
    database,
    async gated() {
      const gate = new Gate(join(socket, ".s.PGSQL.5432"))
      await gate.open()
      return { url: `postgres://seatledger@127.0.0.1:${gate.port}/test_1`, gate }
    },
    async crash() {
      await ended("SIGKILL")
      await start()
    },
    async stop() {
      await ended("SIGINT") // "fast": clients are cut off
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function urlOf(socket: string, database: string): string {
  return `postgres://seatledger@localhost/${database}?host=${encodeURIComponent(socket)}`
}

async function ready(bin: string, socket: string, server: ChildProcess, said: () => string): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (server.exitCode !== null) throw new Error(`PostgreSQL did not start:\n${said()}`)
    if (spawnSync(join(bin, "pg_isready"), ["-h", socket, "-q"]).status === 0) return
    await pause(50)
  }
  throw new Error(`PostgreSQL was not ready within 30 s:\n${said()}`)
}

/** The folder of the server's programs. Debian keeps most of them out of PATH. */
export function binaries(): string {
  const versions = "/usr/lib/postgresql"
  const found = spawnSync("sh", ["-c", 'readlink -f "$(command -v initdb)"'], { encoding: "utf8" }).stdout.trim()
  if (found !== "") return join(found, "..")
  const newest = readdirSync(versions)
    .map(Number)
    .sort((a, b) => b - a)[0]
  if (newest === undefined) throw new Error("PostgreSQL is not installed: install Debian's package `postgresql`, or put initdb on PATH")
  return join(versions, String(newest), "bin")
}

function runAs(): User {
  if (process.getuid?.() !== 0) return {}
  const id = (flag: string) => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }))
  return { uid: id("-u"), gid: id("-g") }
}
