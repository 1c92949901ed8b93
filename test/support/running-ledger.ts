/** A whole ledger for end-to-end tests: the real server on a free port, its data in a temporary folder, spoken to over HTTP. */
import { signDevelopmentToken } from "../../src/auth/development-key"
import { readConfig } from "../../src/config"
import type { Role } from "../../src/domain/events"
import { type Circumstances, type Ledger, openLedger } from "../../src/main"
import { temporaryFolder } from "./temporary-folder"

export interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: what a query answers depends on its text.
  readonly data: any
  readonly errors?: readonly { readonly message: string; readonly extensions?: Readonly<Record<string, unknown>> }[]
}

export interface Caller {
  readonly token: string
  /** The answer as it came, faults included. */
  send(query: string, variables?: Readonly<Record<string, unknown>>): Promise<Answer>
  /** The data; throws when there are errors. */
  // biome-ignore lint/suspicious/noExplicitAny: what a query answers depends on its text.
  ask(query: string, variables?: Readonly<Record<string, unknown>>): Promise<any>
}

interface Who {
  readonly organization?: string
  readonly vendor?: string
  readonly subject?: string
}

export class RunningLedger {
  private constructor(
    readonly folder: string,
    private readonly removeFolder: () => Promise<void>,
    private readonly settings: Readonly<Record<string, string>>,
    private readonly circumstances: Circumstances,
    private ledger: Ledger,
  ) {}

  /** `folder`: one that is there, and stays when the ledger stops. */
  static async start(
    settings: Readonly<Record<string, string>> = {},
    circumstances: Circumstances = {},
    folder?: string,
  ): Promise<RunningLedger> {
    const { path, remove } = folder === undefined ? await temporaryFolder() : { path: folder, remove: async () => {} }
    const opened = await open(path, settings, circumstances).catch(async (error: unknown) => {
      await remove()
      throw error
    })
    return new RunningLedger(path, remove, settings, circumstances, opened)
  }

  get opened(): Ledger {
    return this.ledger
  }

  async restart(): Promise<void> {
    await this.pause()
    await this.resume()
  }

  /** Lets go of the folder, for another process. */
  async pause(): Promise<void> {
    await this.ledger.close()
  }

  /** `settings`: beside its own, until it stops. Clients that come back by themselves need a PORT among its own (lasting-port.ts). */
  async resume({ settings = {} }: { settings?: Readonly<Record<string, string>> } = {}): Promise<void> {
    this.ledger = await open(this.folder, { ...this.settings, ...settings }, this.circumstances)
  }

  async stop(): Promise<void> {
    await this.ledger.close()
    await this.removeFolder()
  }

  async as(role: Role | readonly Role[], { organization, vendor, subject = "tester" }: Who = {}): Promise<Caller> {
    const roles = typeof role === "string" ? [role] : role
    const token = await signDevelopmentToken(this.folder, {
      subject,
      roles,
      ...(organization === undefined ? {} : { organizationId: organization }),
      ...(vendor === undefined ? {} : { vendorId: vendor }),
    })
    return callerOf(() => this.ledger.url, token)
  }
}

export function callerOf(url: () => string, token: string): Caller {
  const send: Caller["send"] = async (query, variables = {}) => {
    const response = await fetch(`${url()}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    })
    return (await response.json()) as Answer // what GraphQL over HTTP answers
  }
  return {
    token,
    send,
    async ask(query, variables) {
      const { data, errors } = await send(query, variables)
      if (errors) throw new Error(JSON.stringify(errors, undefined, 2))
      return data
    },
  }
}

function open(folder: string, settings: Readonly<Record<string, string>>, circumstances: Circumstances): Promise<Ledger> {
  const usual = {
    PORT: "0",
    SEATLEDGER_DATA: folder,
    SEATLEDGER_LOG_LEVEL: "error",
    SEATLEDGER_REQUESTS_PER_SECOND: "0",
    // However busy the machine is, a mutation answers with what it did.
    SEATLEDGER_VISIBLE_WITHIN_MS: "60000",
  }
  return openLedger(readConfig({ ...usual, ...settings }), circumstances)
}
