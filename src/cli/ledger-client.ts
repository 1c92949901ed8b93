/** The server as a command of the CLI needs it: a few GraphQL documents, a stream, a token, and patience when the server is busy. */
import { setTimeout as pause } from "node:timers/promises"
import { CliError } from "./cli-error"

/** Says what went wrong in the words of the API; `message` is for people. */
export interface ToldRefusal {
  readonly code: string
  readonly message: string
}

/** A server that restarts or limits is asked again this often, with longer waits each time (about 15 s in all). */
const ATTEMPTS = 6

export class LedgerClient {
  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  /**
   * Sends a document and gives its data. Repeats what the server did not take (429, 503, no connection); mutations
   * therefore carry idempotency keys. @throws CliError with what the server said
   */
  async ask<Data>(document: string, variables: Readonly<Record<string, unknown>>): Promise<Data> {
    const body = JSON.stringify({ query: document, variables })
    return this.#dataOf(await this.#patiently(() => this.#fetch("/graphql", { body, signal: AbortSignal.timeout(60_000) })))
  }

  /** An answer that is taken piece by piece, for as long as it takes; with a body, what is sent to ask for it. */
  async stream(path: string, body?: object): Promise<Response> {
    const response = await this.#patiently(() => this.#fetch(path, body === undefined ? {} : { body: JSON.stringify(body) }))
    if (response.ok) return response
    const text = await response.text()
    const [error] = parsed(text)?.errors ?? []
    throw new CliError(`the server answered: ${error?.message ?? `${response.status} ${text.slice(0, 200)}`}`)
  }

  async #patiently(send: () => Promise<Response>): Promise<Response> {
    for (let attempt = 1; ; attempt++) {
      const response = await send().catch((error: Error) => error)
      if (!(response instanceof Error) && response.status !== 429 && response.status !== 503) return response
      if (attempt === ATTEMPTS) throw new CliError(`${this.url} did not take the request: ${problemOf(response)}`)
      await pause(waitOf(response) ?? 250 * 2 ** attempt)
    }
  }

  #fetch(path: string, { body, signal }: { readonly body?: string; readonly signal?: AbortSignal }): Promise<Response> {
    return fetch(`${this.url}${path}`, {
      headers: { authorization: `Bearer ${this.token}`, ...(body !== undefined && { "content-type": "application/json" }) },
      ...(body !== undefined && { method: "POST", body }),
      ...(signal && { signal }),
    })
  }

  async #dataOf(response: Response): Promise<never> {
    const text = await response.text()
    const answer = parsed(text)
    const errors = answer?.errors ?? []
    if (errors.length > 0) throw new CliError(`the server answered: ${errors.map(({ message }) => message).join("; ")}`)
    if (!answer?.data) throw new CliError(`${this.url}/graphql answered ${response.status} without data: ${text.slice(0, 200)}`)
    return answer.data as never // the caller wrote the document that has this shape
  }
}

function parsed(text: string): { readonly data?: object | null; readonly errors?: readonly { readonly message: string }[] } | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function problemOf(response: Response | Error): string {
  if (response instanceof Response) return `${response.status} ${response.statusText}`
  const cause = response.cause instanceof Error ? `: ${response.cause.message}` : ""
  return `${response.message}${cause}`
}

/** What `Retry-After` asks for, in ms. */
function waitOf(response: Response | Error): number | undefined {
  const seconds = response instanceof Response ? Number(response.headers.get("retry-after") ?? Number.NaN) : Number.NaN
  return Number.isFinite(seconds) ? Math.max(100, seconds * 1000) : undefined
}
