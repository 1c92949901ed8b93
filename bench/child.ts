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

export function firstMessage<T>(child: ChildProcess, file: string): Promise<T> {
  return new Promise((resolve, reject) => {
    child.once("message", (message) => resolve(message as T)) // both ends are in this folder
    child.once("error", reject)
    child.once("exit", (code, signal) => reject(new Error(`${file} ended with ${signal ?? code} before it answered`)))
  })
}
