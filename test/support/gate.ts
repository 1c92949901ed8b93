/** What lies between a client and a server: a wire that can be closed, cut, frozen and slowed down. */
import { connect, createServer, type Server, type Socket } from "node:net"
import { listenAt } from "./lasting-port"

export class Gate {
  #server: Server | undefined
  readonly #pairs = new Set<readonly [Socket, Socket]>()
  #frozen = false
  #delayMs = 0
  port = 0

  /** @param inner the server's port, or the path of its socket */
  constructor(private readonly inner: number | string) {}

  /** Listens, at the same port every time. */
  async open(): Promise<void> {
    const server = createServer((outside) => this.#join(outside))
    this.#server = server
    this.port = await listenAt(server, this.port)
  }

  /** Nobody listens: connections are refused, and those there are break. */
  async refuse(): Promise<void> {
    const server = this.#server
    this.#server = undefined
    if (server === undefined) return
    const closed = new Promise((resolve) => server.close(resolve))
    this.cut()
    await closed
  }

  /** Breaks all connections; new ones are taken. */
  cut(): void {
    for (const pair of [...this.#pairs]) for (const socket of pair) socket.destroy()
  }

  /** Connections are taken and kept, and not a byte moves. */
  freeze(): void {
    this.#frozen = true
    for (const pair of this.#pairs) for (const socket of pair) socket.pause()
  }

  thaw(): void {
    this.#frozen = false
    for (const pair of this.#pairs) for (const socket of pair) socket.resume()
  }

  /** Every piece that the server sends takes so much longer. */
  slow(delayMs: number): void {
    this.#delayMs = delayMs
  }

  #join(outside: Socket): void {
    if (this.#server === undefined) return void outside.destroy() // It came while the door was being closed.
    const inside = typeof this.inner === "number" ? connect(this.inner, "127.0.0.1") : connect(this.inner)
    const pair = [outside, inside] as const
    this.#pairs.add(pair)
    outside.setNoDelay(true)
    inside.setNoDelay(true)
    outside.on("data", (bytes) => void inside.write(bytes))
    // What still waits goes first, also when the wire has become quicker meanwhile.
    const waiting: { readonly bytes: Buffer; readonly due: number }[] = []
    const send = () => {
      for (let next = waiting[0]; next && next.due <= performance.now(); next = waiting[0]) {
        waiting.shift()
        if (outside.writable) outside.write(next.bytes)
      }
      const [next] = waiting
      if (next) setTimeout(send, next.due - performance.now())
    }
    inside.on("data", (bytes: Buffer) => {
      waiting.push({ bytes, due: Math.max(performance.now() + this.#delayMs, waiting.at(-1)?.due ?? 0) })
      if (waiting.length === 1) send()
    })
    const over = () => {
      this.#pairs.delete(pair)
      for (const socket of pair) socket.destroy()
    }
    for (const socket of pair) {
      socket.on("error", over)
      socket.on("close", over)
      if (this.#frozen) socket.pause()
    }
  }
}
