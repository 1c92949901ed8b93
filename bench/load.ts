/**
 * Load over HTTP/1.1 on kept connections, each sending its next request when the answer to the last is there. Sockets
 * and a few lines of parsing: a full HTTP client takes as much of the processor as the server it is to measure.
 */
import { connect, type Socket } from "node:net"

export interface Target {
  /** Address with path. */
  readonly url: string
  readonly token?: string
}

export interface Load {
  readonly connections: number
  /** The body of the n-th request, counted from 0; undefined: there are no more. A GET has no bodies. */
  readonly body: (n: number) => string | undefined
  /** Throws when the answer is not the one wanted; called for every answer. */
  readonly check: (body: string) => void
}

export interface Measured {
  readonly perSecond: number
  /** Of each request, in ms. */
  readonly latencies: readonly number[]
}

/** Keeps the connections busy for so long; each may have a target of its own. */
export async function loadFor(
  milliseconds: number,
  target: Target | ((connection: number) => Target),
  { connections, body, check }: Load,
): Promise<Measured> {
  const latencies: number[] = []
  let sent = 0
  const began = performance.now()
  const until = began + milliseconds
  const clients = await Promise.all(
    Array.from({ length: connections }, (_, n) => Client.open(typeof target === "function" ? target(n) : target)),
  )
  await Promise.all(
    clients.map(async (client) => {
      while (performance.now() < until) {
        const text = body(sent++)
        if (text === undefined) break
        const asked = performance.now()
        check(await client.ask(text))
        latencies.push(performance.now() - asked)
      }
      client.close()
    }),
  )
  return { perSecond: (latencies.length * 1000) / (performance.now() - began), latencies }
}

/** One kept connection with one request at a time. */
export class Client {
  #received: Buffer = Buffer.alloc(0)
  #pending: Pending | undefined

  static open(target: Target): Promise<Client> {
    const { hostname, port } = new URL(target.url)
    return new Promise((resolve, reject) => {
      const socket = connect({ host: hostname, port: Number(port), noDelay: true })
      socket.once("error", reject)
      socket.once("connect", () => resolve(new Client(socket, target)))
    })
  }

  readonly #head: string

  private constructor(
    readonly socket: Socket,
    { url, token }: Target,
  ) {
    const { host, pathname } = new URL(url)
    const authorization = token === undefined ? "" : `authorization: Bearer ${token}\r\n`
    this.#head = ` ${pathname} HTTP/1.1\r\nhost: ${host}\r\n${authorization}`
    socket.on("data", (data) => this.#take(data))
    socket.on("error", (error) => this.#fail(error))
    socket.on("close", () => this.#fail(new Error("the server closed the connection")))
  }

  /** The body of the answer. An empty text is sent as a GET. Rejects for every status but 200. */
  ask(body: string): Promise<string> {
    const method = body === "" ? "GET" : "POST"
    const entity = body === "" ? "" : `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n`
    return new Promise((resolve, reject) => {
      this.#pending = { resolve, reject }
      this.socket.write(`${method}${this.#head}${entity}\r\n${body}`)
    })
  }

  close(): void {
    this.socket.destroy()
  }

  #take(data: Buffer): void {
    this.#received = this.#received.length === 0 ? data : Buffer.concat([this.#received, data])
    const end = this.#received.indexOf("\r\n\r\n")
    if (end < 0) return
    const head = this.#received.toString("latin1", 0, end)
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? Number.NaN)
    const whole = end + 4 + length
    if (this.#received.length < whole) return
    const body = this.#received.toString("utf8", end + 4, whole)
    this.#received = this.#received.subarray(whole)
    const problem = Number.isNaN(length) ? "no content-length" : head.startsWith("HTTP/1.1 200") ? undefined : body.slice(0, 500)
    if (problem === undefined) this.#settled()?.resolve(body)
    else this.#fail(new Error(`${head.slice(0, head.indexOf("\r\n"))}: ${problem}`))
  }

  #fail(error: Error): void {
    this.#settled()?.reject(error)
  }

  #settled(): Pending | undefined {
    const pending = this.#pending
    this.#pending = undefined
    return pending
  }
}

interface Pending {
  readonly resolve: (body: string) => void
  readonly reject: (error: Error) => void
}
