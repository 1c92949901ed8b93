/** The way to the ledger for a command that changes it: the server of the data folder when one runs, otherwise one of our own for as long as it takes. */
import { readFile } from "node:fs/promises"
import { signDevelopmentToken } from "../auth/development-key"
import type { Viewer } from "../auth/viewer"
import { CliError, EXIT } from "./cli-error"
import { configFor, dataFolder, existingLog, reachable, runningServer } from "./data-folder"
import { LedgerClient } from "./ledger-client"

export interface ConnectionOptions {
  readonly server?: string
  readonly tokenFile?: string
  readonly data?: string
}
export interface Connection {
  readonly client: LedgerClient
  /** Where it leads, for people. */
  readonly where: string
  close(): Promise<void>
}

/** Long enough for any file. */
const TOKEN_SECONDS = 24 * 3_600

/** @param who in whose name, with one role; a token that was given must have that role too */
export async function connect(options: ConnectionOptions, who: Viewer): Promise<Connection> {
  const { server, tokenFile } = options
  const given = tokenFile === undefined ? undefined : await tokenIn(tokenFile)
  if (server !== undefined) {
    if (!URL.canParse(server))
      throw new CliError(`"${server}" is no address; one looks like https://seatledger.example`, { exitCode: EXIT.usage })
    if (given === undefined)
      throw new CliError(`--server needs --token-file FILE with a token of the role ${who.roles.join()}`, { exitCode: EXIT.usage })
    return connection(reachable(server), given)
  }
  const folder = dataFolder(options.data)
  const running = await runningServer(folder)
  return running ? connection(running.url, given ?? (await ownToken(options, who))) : startedHere(options, who)
}

function connection(url: string, token: string): Connection {
  return { client: new LedgerClient(url, token), where: `the server at ${url}`, close: async () => {} }
}

async function tokenIn(file: string): Promise<string> {
  const text = await readFile(file, "utf8").catch((cause: Error) => {
    throw new CliError(`cannot read the token: ${cause.message}`, { cause })
  })
  return text.trim()
}

async function ownToken(options: ConnectionOptions, who: Viewer): Promise<string> {
  const config = configFor(options.data)
  if (config.auth !== "development") {
    throw new CliError(`this server takes tokens of an identity provider: give one of the role ${who.roles.join()} with --token-file FILE`)
  }
  return signDevelopmentToken(config.dataFolder, who, TOKEN_SECONDS)
}

/**
 * Takes the writer's lock of the folder, so that no second server can start meanwhile. It listens on a free loopback port
 * and takes our own token only; whoever may write into the data folder needs no identity provider to be let in.
 */
async function startedHere(options: ConnectionOptions, who: Viewer): Promise<Connection> {
  const folder = dataFolder(options.data)
  existingLog(configFor(options.data))
  const { openLedger } = await import("../main.js")
  const ledger = await openLedger({
    ...configFor(options.data),
    host: "127.0.0.1",
    port: 0,
    auth: "development",
    requestsPerSecond: 0,
    logLevel: "error",
  })
  const token = await signDevelopmentToken(folder, who, TOKEN_SECONDS)
  return { client: new LedgerClient(reachable(ledger.url), token), where: `the ledger in ${folder}`, close: () => ledger.close() }
}
