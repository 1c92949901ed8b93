/** What is alive, seen after everything else has been collected. */
import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"

setFlagsFromString("--expose-gc")
export const collectGarbage: () => void = runInNewContext("gc")

/** Objects, and buffers outside of the heap, in bytes. */
export function aliveBytes(): number {
  collectGarbage()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
