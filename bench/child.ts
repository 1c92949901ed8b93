/** Parts of the benchmark that need a process of their own: a heap that nobody else fills, a core for the server. */
import { type ChildProcess, fork } from "node:child_process"
import { join } from "node:path"

/**
 * Runs a compiled file of this folder and resolves with the first message it sends.
 * @param execArgv flags of Node
 */
export async function answerOf<T>(file: string, args: readonly string[], execArgv: readonly string[]): Promise<T> {
  const child = start(file, args, execArgv)
  try {
    return await firstMessage<T>(child, file)
  } finally {
    child.kill()
  }
}

/** Flags of this process go along: `node --cpu-prof --cpu-prof-dir=DIR bin/bench.js` profiles the servers too. */
export function start(file: string, args: readonly string[], execArgv: readonly string[] = []): ChildProcess {
  return fork(join(__dirname, file), [...args], {
    execArgv: [...process.execArgv, ...execArgv],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  })
}

/** The next message from now on. */
export function firstMessage<T>(child: ChildProcess, file: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null, signal: string | null) =>
      reject(new Error(`${file} ended with ${signal ?? code} before it answered`))
    child.once("error", reject)
    child.once("exit", ended)
    child.once("message", (message) => {
      child.off("error", reject).off("exit", ended)
      resolve(message as T) // both ends are in this folder
    })
  })
}
