/** `seatledger` as people run it: the compiled program in processes of its own, so that the ledger of this one goes on meanwhile. */
import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { join } from "node:path"

const PROGRAM = join(__dirname, "../../bin/seatledger.js")

export interface Ended {
  /** Exit code; null when a signal ended it. */
  readonly code: number | null
  readonly out: string
  readonly err: string
}

export interface Program {
  readonly process: ChildProcess
  readonly ended: Promise<Ended>
  /** What it said to standard output, once the pattern is in what it said; rejects when it ends before. */
  says(pattern: RegExp): Promise<string>
}

const running = new Set<ChildProcess>()
// A test that fails half-way leaves nothing behind.
afterAll(() => {
  for (const child of running) child.kill("SIGKILL")
})

/** Any program; its standard input is empty. */
export function start(
  program: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Program {
  const child = spawn(program, args, { ...options, stdio: ["ignore", "pipe", "pipe"] })
  running.add(child)
  const said = { out: "", err: "" }
  const hear = (stream: "out" | "err") => (text: string) => {
    said[stream] += text
    child.emit("said")
  }
  child.stdout.setEncoding("utf8").on("data", hear("out"))
  child.stderr.setEncoding("utf8").on("data", hear("err"))
  const ended = once(child, "close").then(([code]): Ended => {
    running.delete(child)
    return { code, ...said }
  })
  return {
    process: child,
    ended,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => pattern.test(said.out + said.err) && resolve(said.out)
        child.on("said", look)
        look()
        ended.then(({ code, out, err }) => reject(new Error(`it ended with ${code} after: ${out}${err}`)), reject)
      }),
  }
}

/** `seatledger …`, with these settings and no others of ours. */
export function startSeatledger(args: readonly string[], settings: Readonly<Record<string, string>>): Program {
  return start(process.execPath, [PROGRAM, ...args], { env: environment(settings) })
}

/** `seatledger …` to its end. */
export function seatledger(args: readonly string[], settings: Readonly<Record<string, string>>): Promise<Ended> {
  return startSeatledger(args, settings).ended
}

/** What a child of the tests inherits: not what Jest sets for itself. */
export function environment(settings: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const { NODE_ENV: _jestSetsIt, ...inherited } = process.env
  return { ...inherited, ...settings }
}
