/**
 * The connection to KurrentDB: what the connection string says, and the clients that are used until they are given up.
 *
 * The password never gets into the string that the client is given: its parser puts that string into errors, warnings
 * and debug output. It travels through the client's credentials provider instead.
 */
import type { KurrentDBClient } from "@kurrent/kurrentdb-client"

export interface ConnectionSettings {
  /** For the client; without credentials, and without what its two halves understand differently. */
  readonly url: string
  /** For people: scheme and hosts. */
  readonly shown: string
  readonly credentials?: { readonly username: string; readonly password: string }
  /**
   * A user and password are given and not used, because there is no TLS. The client's writing half drops them then, and
   * its reading half would send them in the clear; a server without TLS usually asks for none.
   */
  readonly withheld: boolean
}

const SHAPE = /^(?:kurrentdb|kurrent|kdb|esdb)(\+discover)?:\/\/(?:([^@/?]*)@)?([^@/?]+)\/?(?:\?(.*))?$/
const HOST = /^[\w.-]+(:\d{1,5})?$/
/** In the spelling of the client; it takes them in any case. */
const OPTIONS = new Map(
  [
    ...["tls", "tlsVerifyCert", "tlsCAFile", "userCertFile", "userKeyFile", "connectionName", "nodePreference", "defaultDeadline"],
    ...["maxDiscoverAttempts", "discoveryInterval", "gossipTimeout", "keepAliveInterval", "keepAliveTimeout"],
  ].map((name) => [name.toLowerCase(), name]),
)
/** Half a second is what the reading half would wait before its first connection. */
const DEFAULTS = { connectionName: "seatledger", discoveryInterval: "50", maxDiscoverAttempts: "10" }
/**
 * How long each of several nodes is asked for the leader: one second. The reading half takes it as milliseconds, the
 * writing half as seconds (1.3.1), and nothing ends a question of the latter: it keeps the process alive.
 */
const GOSSIP_TIMEOUT = { reading: "1000", writing: "1" }

/** @throws when it is not one, without repeating any of it */
export function readConnectionString(text: string): ConnectionSettings {
  const refuse = (problem: string): never => {
    throw new Error(`the connection string of KurrentDB ${problem}; it looks like kurrentdb://user:password@node1:2113,node2:2113?tls=true`)
  }
  const match = SHAPE.exec(text.trim())
  if (!match) return refuse("cannot be read: in a user or password, the characters : / ? @ % are written as %3A %2F %3F %40 %25")
  const [, discover = "", userInfo, hostList = "", query = ""] = match
  const hosts = hostList.split(",")
  if (!hosts.every((host) => HOST.test(host))) refuse("names a host that is none")

  const options = new Map<string, string>(Object.entries(DEFAULTS))
  for (const [key, value] of new URLSearchParams(query.replaceAll("+", "%2B"))) {
    const name = OPTIONS.get(key.toLowerCase()) ?? refuse(`has an option that is not known: ${key.slice(0, 40)}`)
    options.set(name, value)
  }
  // Which commands are refused is decided on what is read, so everything is read where it is written.
  const preference = options.get("nodePreference") ?? "leader"
  if (preference.toLowerCase() !== "leader") refuse("may only prefer the leader (nodePreference=leader, or leave it out)")

  options.delete("gossipTimeout")
  const scheme = `kurrentdb${discover}://`
  const parameters = [...options].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&")
  const tls = options.get("tls") !== "false"
  const credentials = userInfo === undefined ? undefined : credentialsOf(userInfo, refuse)
  return {
    url: `${scheme}${hosts.join(",")}?${parameters}`,
    shown: `${scheme}${hosts.join(",")}`,
    withheld: credentials !== undefined && !tls,
    ...(credentials && tls ? { credentials } : {}),
  }
}

function credentialsOf(userInfo: string, refuse: (problem: string) => never): { username: string; password: string } {
  const [user, password, ...more] = userInfo.split(":")
  if (!user || !password || more.length > 0) return refuse("has no user:password before the @")
  try {
    return { username: decodeURIComponent(user), password: decodeURIComponent(password) }
  } catch {
    return refuse("has a % in its user or password that is not written as %25")
  }
}

type Driver = typeof import("@kurrent/kurrentdb-client")

/** @throws with what to install, when the optional dependency was left out */
async function loadDriver(): Promise<Driver> {
  try {
    return await import("@kurrent/kurrentdb-client")
  } catch (cause) {
    throw new Error(
      "EVENT_STORE=kurrentdb needs the package @kurrent/kurrentdb-client, which is not installed or has no build for this system: npm install @kurrent/kurrentdb-client",
      { cause },
    )
  }
}

export async function connect(settings: ConnectionSettings): Promise<KurrentConnection> {
  return new KurrentConnection(settings, await loadDriver())
}

/**
 * The client is two: reads go through a library in Rust, appends and subscriptions through grpc-js, each with connections
 * of its own. So each half is a client for itself, is given up for itself, and is told what it understands.
 */
export class KurrentConnection {
  readonly reading: Half
  readonly writing: Half

  constructor(
    readonly settings: ConnectionSettings,
    readonly driver: Driver,
  ) {
    const endsByItself = () => {}
    this.reading = new Half(settings, () => this.#newClient("reading"), endsByItself)
    this.writing = new Half(settings, () => this.#newClient("writing"), dispose)
  }

  close(): void {
    this.reading.close()
    this.writing.close()
  }

  #newClient(half: "reading" | "writing"): KurrentDBClient {
    const { url, credentials } = this.settings
    const client = this.driver.KurrentDBClient.connectionString(`${url}&gossipTimeout=${GOSSIP_TIMEOUT[half]}`)
    if (credentials) client.setCredentialsProvider(async () => credentials)
    return client
  }
}

/** How long calls on the way on a client that was given up may still be answered; longer than any may take. */
const RETIREMENT_MS = 10_000

export class Half {
  #client: KurrentDBClient | undefined
  readonly #retired = new Map<KurrentDBClient, NodeJS.Timeout>()
  #closed = false

  constructor(
    private readonly settings: ConnectionSettings,
    private readonly make: () => KurrentDBClient,
    private readonly end: (client: KurrentDBClient) => void,
  ) {}

  /** For people: see `ConnectionSettings`. */
  get shown(): string {
    return this.settings.shown
  }

  /** The client in use; it connects with its first call. */
  get client(): KurrentDBClient {
    if (this.#closed) throw new Error("the event log is closed")
    this.#client ??= this.make()
    return this.#client
  }

  /**
   * A client that hangs or lost its node is not used any more: it never heals by itself. Other calls on it may still be
   * answered; if one trouble ended them all, each would be the next one's trouble.
   */
  discard(client: KurrentDBClient): void {
    if (this.#client !== client) return
    this.#client = undefined
    const timer = setTimeout(() => this.#dispose(client), RETIREMENT_MS).unref()
    this.#retired.set(client, timer)
  }

  close(): void {
    this.#closed = true
    for (const client of this.#retired.keys()) this.#dispose(client)
    if (this.#client) this.#dispose(this.#client)
    this.#client = undefined
  }

  #dispose(client: KurrentDBClient): void {
    clearTimeout(this.#retired.get(client))
    this.#retired.delete(client)
    this.end(client)
  }
}

/**
 * The client's own `dispose` ends its streams and leaves its channel open, which then keeps trying to connect. Only for a
 * client that wrote or subscribed: another one would begin to look for the leader now.
 */
function dispose(client: KurrentDBClient): void {
  client.dispose().catch(() => {}) // It is not needed any more, whatever it says.
  // biome-ignore lint/complexity/useLiteralKeys: it is protected, and nothing else reaches the channel
  client["getChannel"]().then(
    (channel) => channel.close(),
    () => {}, // It found no node.
  )
}
