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
/** For a report, as long as the same is said: a million events take over a minute to be shown after an update of the program. */
const PATIENCE_MS = 10 * 60_000

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
    const send = () => this.#fetch("/graphql", { body, signal: AbortSignal.timeout(60_000) })
    for (let attempt = 1; ; attempt++) {
      const response = await send().catch((error: Error) => error)
      if (response instanceof Response && !isRefused(response)) return this.#dataOf(response)
      if (attempt === ATTEMPTS) throw new CliError(`${this.url} did not take the request: ${problemOf(response)}`)
      await pause(waitOf(response) ?? 250 * 2 ** attempt)
    }
  }

  /**
   * An answer that is taken piece by piece, for as long as it takes; with a body, what is sent to ask for it. A server that
   * has just started, or is busy with others' reports, is waited for; `onWait` is told why.
   */
  async stream(path: string, onWait: (why: string) => void, body?: object): Promise<Response> {
    let [until, last] = [Date.now() + PATIENCE_MS, ""]
    for (let attempt = 1; ; attempt++) {
      const response = await this.#fetch(path, body === undefined ? {} : { body: JSON.stringify(body) }).catch((error: Error) => error)
      if (response instanceof Response && response.ok) return response
      const why = response instanceof Response ? wordsIn(response, await response.text()) : problemOf(response)
      if (response instanceof Response && !isRefused(response)) throw new CliError(`the server answered: ${why}`)
      if (why !== last) [until, last] = [Date.now() + PATIENCE_MS, why] // it comes further
      if (Date.now() > until || (response instanceof Error && attempt >= ATTEMPTS)) {
        throw new CliError(`${this.url} did not take the request: ${why}`)
      }
      onWait(why)
      await pause(waitOf(response) ?? Math.min(250 * 2 ** attempt, 5_000))
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

function wordsIn({ status }: Response, text: string): string {
  const [error] = parsed(text)?.errors ?? []
  return error?.message ?? `${status} ${text.slice(0, 200)}`
}

/** Not taken, and perhaps taken in a moment. */
function isRefused({ status }: Response): boolean {
  return status === 429 || status === 503
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
