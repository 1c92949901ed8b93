/** Nodes as they run in production: processes of their own on one database, killed and started again. */
import { setTimeout as pause } from "node:timers/promises"
import { signDevelopmentToken } from "../../src/auth/development-key"
import type { Role } from "../../src/domain/events"
import { type Program, startSeatledger } from "../support/program"
import type { Answer } from "../support/running-ledger"

export interface NodeSettings {
  /** Shared by all nodes: holds nothing but the key of development sign-in. */
  readonly folder: string
  readonly settings: Readonly<Record<string, string>>
}

const START_WITHIN_MS = 120_000

/** One node; a process as long as it is up. */
export class NodeProcess {
  #program: Program | undefined
  #url: string | undefined
  #starting: Promise<void> | undefined

  constructor(
    readonly name: string,
    private readonly options: NodeSettings,
  ) {}

  /** Undefined while it is down. */
  get url(): string | undefined {
    return this.#url
  }

  start(): Promise<void> {
    this.#starting ??= this.#start().finally(() => {
      this.#starting = undefined
    })
    return this.#starting
  }

  /** Also while it starts; then it can be started anew. */
  async kill(signal: NodeJS.Signals = "SIGKILL"): Promise<void> {
    this.#url = undefined
    this.#program?.process.kill(signal)
    await this.#program?.ended
    this.#program = undefined
    await this.#starting?.catch(() => {})
    this.#url = undefined
  }

  async #start(): Promise<void> {
    const program = startSeatledger(["serve"], {
      PORT: "0",
      SEATLEDGER_DATA: this.options.folder,
      SEATLEDGER_LOG_LEVEL: "fatal",
      SEATLEDGER_REQUESTS_PER_SECOND: "0",
      ...this.options.settings,
    })
    this.#program = program
    let said = ""
    program.process.stderr?.on("data", (text: string) => {
      said += text
    })
    let isOver = false
    void program.ended.then(() => {
      isOver = true
    })
    await program.says(/listens on http/)
    const [, url] = /listens on (http:\/\/[^/]+)\//.exec(said) ?? []
    for (const deadline = Date.now() + START_WITHIN_MS; !(await isReady(url)); await pause(50)) {
      if (isOver) throw new Error(`${this.name} ended while it started: ${said}`)
      if (Date.now() > deadline) throw new Error(`${this.name} is not ready after ${START_WITHIN_MS / 1000} s`)
    }
    this.#url = url
  }
}

async function isReady(url: string | undefined): Promise<boolean> {
  if (url === undefined) return false
  return fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5_000) }).then(
    ({ ok }) => ok,
    () => false,
  )
}

/** Codes of answers after which the same is to be sent again. A fault of ours is none of them, whatever was cut. */
export const AGAIN: ReadonlySet<unknown> = new Set(["TRY_AGAIN", "UNAVAILABLE"])
const ANSWER_WITHIN_MS = 15_000
const GIVE_UP_AFTER_MS = 90_000

export interface Answered {
  // biome-ignore lint/suspicious/noExplicitAny: what a query answers depends on its text.
  readonly data: any
  /** How often it was sent in vain before: each of them may have been carried out all the same. */
  readonly inVain: number
}

/** A client that goes to another node when one does not answer, as a balancer makes it. */
export class Client {
  constructor(
    private readonly nodes: readonly NodeProcess[],
    readonly token: string,
    private readonly random: () => number = Math.random,
  ) {}

  /** @param traceId of the command, the same for all its attempts: its events bear it. @throws when nobody answers, or with what is wrong with the request */
  async send(query: string, variables: Readonly<Record<string, unknown>>, traceId?: string): Promise<Answered> {
    const deadline = Date.now() + GIVE_UP_AFTER_MS
    for (let inVain = 0; ; ) {
      const up = this.nodes.filter(({ url }) => url !== undefined)
      const node = up[Math.floor(this.random() * up.length)]
      const answer = node?.url === undefined ? undefined : await this.ask(node.url, query, variables, traceId).catch(() => undefined)
      if (node !== undefined) inVain += 1
      const code = answer?.errors?.[0]?.extensions?.code
      if (answer && code === undefined && !answer.errors) return { data: answer.data, inVain: inVain - 1 }
      if (answer && !AGAIN.has(code)) throw new Error(JSON.stringify(answer.errors))
      if (Date.now() > deadline)
        throw new Error(`nobody answered ${query.slice(0, 60)} within ${GIVE_UP_AFTER_MS / 1000} s: ${JSON.stringify(answer)}`)
      await pause(20 + this.random() * 80)
    }
  }

  /** Of one node, once. */
  async ask(url: string, query: string, variables: Readonly<Record<string, unknown>>, traceId?: string): Promise<Answer> {
    const response = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        authorization: `Bearer ${this.token}`,
        ...(traceId === undefined ? {} : { traceparent: `00-${traceId}-00f067aa0ba902b7-01` }),
      },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    })
    return (await response.json()) as Answer // what GraphQL over HTTP answers
  }
}

export async function clientFor(
  nodes: readonly NodeProcess[],
  folder: string,
  role: Role,
  who: { readonly organizationId?: string; readonly vendorId?: string } = {},
  random?: () => number,
): Promise<Client> {
  const subject = who.vendorId ?? "chaos"
  return new Client(nodes, await signDevelopmentToken(folder, { subject, roles: [role], identityProvider: false, ...who }), random)
}
