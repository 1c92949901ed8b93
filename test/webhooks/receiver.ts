/** A receiver of webhooks: a real HTTP server on loopback that answers what a test tells it to. */
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from "node:http"
import { listenAt } from "../support/lasting-port"

export interface Received {
  readonly headers: IncomingHttpHeaders
  readonly body: string
  /** The CloudEvent. */
  // biome-ignore lint/suspicious/noExplicitAny: expectations look into it field by field.
  readonly event: any
}
/** Answers one request; a receiver that answers nothing is slow. */
export type Answer = (response: ServerResponse, received: Received) => void

export const ok: Answer = (response) => response.writeHead(204).end()
export const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (response) =>
    response.writeHead(code, headers).end("an answer that nobody reads")
export const silence: Answer = () => {}

export class Receiver {
  readonly received: Received[] = []
  #answers: Answer[] = []
  #always: Answer = ok
  #server: Server | undefined
  #port = 0
  #watchers = new Set<() => void>()

  static async start(): Promise<Receiver> {
    const receiver = new Receiver()
    await receiver.up()
    return receiver
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/hook`
  }
  get port(): number {
    return this.#port
  }
  /** What came first, without repeats. */
  get firsts(): Received[] {
    const seen = new Set<unknown>()
    return this.received.filter(({ headers }) => !seen.has(headers["webhook-id"]) && seen.add(headers["webhook-id"]))
  }

  /** The next requests are answered so, one each, and then all others as `always` says. */
  next(...answers: readonly Answer[]): this {
    this.#answers.push(...answers)
    return this
  }
  always(answer: Answer): this {
    this.#always = answer
    return this
  }

  /** Listens, at the port it had before. */
  async up(): Promise<void> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on("data", (chunk: Buffer) => chunks.push(chunk))
      request.on("end", () => {
        const body = Buffer.concat(chunks).toString()
        const received = { headers: request.headers, body, event: JSON.parse(body) }
        this.received.push(received)
        const answer = this.#answers.shift() ?? this.#always
        answer(response, received)
        for (const watcher of this.#watchers) watcher()
      })
    })
    this.#port = await listenAt(server, this.#port)
    this.#server = server
  }

  /** Nobody listens any more, and every connection is cut. */
  async down(): Promise<void> {
    const server = this.#server
    this.#server = undefined
    server?.closeAllConnections()
    await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()))
  }

  /** Resolves once so many requests have come. */
  async wait(count: number): Promise<void> {
    while (this.received.length < count) {
      await new Promise<void>((resolve) => {
        const watcher = () => {
          this.#watchers.delete(watcher)
          resolve()
        }
        this.#watchers.add(watcher)
      })
    }
  }
}

/** For the top of a test file, behind what sends to them: starts receivers, which end with their test. */
export function openReceivers(): () => Promise<Receiver> {
  const started: Receiver[] = []
  afterEach(async () => {
    for (const receiver of started.splice(0)) await receiver.down()
  })
  return async () => {
    const receiver = await Receiver.start()
    started.push(receiver)
    return receiver
  }
}
