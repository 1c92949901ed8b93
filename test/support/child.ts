/** Runs a TypeScript file in a process of its own: for crashes, locks and whatever two processes do to each other. */
import { type ChildProcess, spawn } from "node:child_process"
import { join } from "node:path"
import { createInterface } from "node:readline"

/** For `execArgv` of a process or a worker thread. */
export const TYPESCRIPT = ["-r", join(__dirname, "typescript.js")]

export interface Child {
  readonly pid: number
  /** What it writes to standard output, line by line, from the first on; ends with the process. */
  readonly lines: AsyncIterableIterator<string>
  send(line: string): void
  /** SIGKILL unless told otherwise; resolves when the process is gone. */
  kill(signal?: NodeJS.Signals): Promise<void>
  /** Exit code, or the signal it died of, and what it wrote to standard error. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null; readonly errors: string }>
}

const running = new Set<ChildProcess>()
// A test that fails half-way leaves nothing behind.
afterAll(() => {
  for (const child of running) child.kill("SIGKILL")
})

export function runChild(file: string, args: readonly string[] = [], environment: NodeJS.ProcessEnv = {}): Child {
  const child = spawn(process.execPath, [...TYPESCRIPT, file, ...args], {
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, ...environment },
  })
  running.add(child)
  let errors = ""
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text
  })
  child.stdin.on("error", () => {}) // It may die while we write.
  const ended = new Promise<Awaited<Child["ended"]>>((resolve, reject) => {
    child.on("error", reject)
    child.on("close", (code, signal) => {
      running.delete(child)
      resolve({ code, signal, errors })
    })
  })
  if (child.pid === undefined) throw new Error(`could not start ${file}`)
  return {
    pid: child.pid,
    lines: createInterface({ input: child.stdout })[Symbol.asyncIterator](),
    send: (line) => child.stdin.write(`${line}\n`),
    async kill(signal = "SIGKILL") {
      child.kill(signal)
      await ended
    },
    ended,
  }
}
