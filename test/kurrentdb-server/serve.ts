/** The protocol server for another process, such as the benchmark: says its address, and is gone when that process is. */
import { startNode } from "./node"

async function main(): Promise<void> {
  const node = await startNode()
  process.once("disconnect", () => process.exit(0))
  process.send?.(node.url())
}

void main()
