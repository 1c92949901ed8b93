/** Ports for servers that stop, and listen again where they did: to those that call them, they were away and are back. */
import { randomInt } from "node:crypto"
import { once } from "node:events"
import { createServer, type Server } from "node:net"
import { setTimeout as pause } from "node:timers/promises"
import { PATIENCE_MS } from "./until"

/** Below what systems hand out by themselves (Linux from 32,768), so that while a server is away, no other test gets its port. */
const [LOWEST, ABOVE] = [12_000, 32_000]

/** Listens on loopback, at this port as soon as it is free; at 0, at one of its own choice. Answers which one it is. */
export async function listenAt(server: Server, port = 0): Promise<number> {
  for (const deadline = Date.now() + PATIENCE_MS; ; ) {
    const chosen = port || randomInt(LOWEST, ABOVE)
    try {
      server.listen(chosen, "127.0.0.1")
      await once(server, "listening")
      return chosen
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE" || Date.now() > deadline) throw error
      if (port !== 0) await pause(50)
    }
  }
}

/** One at which nobody listens. */
export async function lastingPort(): Promise<number> {
  const server = createServer()
  const port = await listenAt(server)
  await new Promise((resolve) => server.close(resolve))
  return port
}
