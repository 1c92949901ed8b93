/** The environment as typed configuration: one table of settings, each with its default, its meaning and its check. */
import { isIP } from "node:net"
import { resolve } from "node:path"
import type { Role } from "./domain/events"
import { readConnectionString } from "./eventstore/kurrentdb-connection"
import { withSecretFiles } from "./secret-files"

interface Setting<T> {
  /** Name of the environment variable. */
  readonly name: string
  /** What holds when the variable is absent or empty; undefined: the setting is then off or not needed. */
  readonly fallback: string | undefined
  readonly doc: string
  /** @throws Error whose message says what would be right. */
  readonly parse: (text: string) => T
}

function setting<T>(name: string, fallback: string, doc: string, parse: (text: string) => T): Setting<T> & { readonly fallback: string } {
  return { name, fallback, doc, parse }
}
function optional<T>(name: string, doc: string, parse: (text: string) => T): Setting<T> & { readonly fallback: undefined } {
  return { name, fallback: undefined, doc, parse }
}

const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const
const ROLES = [
  "OPERATOR",
  "GLOBAL_ADMIN",
  "LICENSE_ADMIN",
  "USER_ADMIN",
  "BILLING_ADMIN",
  "AUDITOR",
  "MEMBER",
  "VENDOR",
] as const satisfies readonly Role[]

export const SETTINGS = {
  port: setting("PORT", "4000", "Port to listen on; 0 takes any free one.", integer(0, 65_535)),
  host: setting("HOST", "127.0.0.1", "Address to listen on; 0.0.0.0 listens on all.", text),
  dataFolder: setting("SEATLEDGER_DATA", "./data", "Folder of the event log, the vault and the read models.", (path) => resolve(path)),
  eventStore: setting(
    "EVENT_STORE",
    "sqlite",
    "Where the event log is kept: `sqlite` (in the data folder), `postgres` (POSTGRES_URL) or `kurrentdb` (KURRENTDB_URL).",
    oneOf(["sqlite", "postgres", "kurrentdb"]),
  ),
  readStore: setting(
    "READ_STORE",
    "sqlite",
    "Where all else is kept: `sqlite` (in the data folder, for one process) or `postgres` (POSTGRES_URL, for several nodes).",
    oneOf(["sqlite", "postgres"]),
  ),
  postgresUrl: optional(
    "POSTGRES_URL",
    "The PostgreSQL database: postgres://user:password@host:5432/database (`EVENT_STORE=postgres`, `READ_STORE=postgres`).",
    postgresUrl,
  ),
  kurrentdbUrl: optional(
    "KURRENTDB_URL",
    "The KurrentDB cluster: kurrentdb://user:password@node1:2113,node2:2113?tls=true or kurrentdb+discover://… (`EVENT_STORE=kurrentdb`).",
    kurrentdbUrl,
  ),
  onlyProcess: setting(
    "SEATLEDGER_ONLY_PROCESS",
    "false",
    "`true`: no other process writes to this KurrentDB. Asked for with `EVENT_STORE=kurrentdb` and `READ_STORE=sqlite`, where nothing else tells.",
    (value) => oneOf(["true", "false"])(value) === "true",
  ),
  production: setting(
    "NODE_ENV",
    "development",
    "`production` refuses development sign-in and keys fetched over plain http.",
    (value) => value === "production",
  ),
  logLevel: setting("SEATLEDGER_LOG_LEVEL", "info", `How much to log: ${LOG_LEVELS.join(", ")}.`, oneOf(LOG_LEVELS)),

  auth: setting(
    "SEATLEDGER_AUTH",
    "development",
    "`development`: tokens by `seatledger token`; `jwks`: tokens of your identity provider.",
    oneOf(["development", "jwks"]),
  ),
  jwksUrl: optional("SEATLEDGER_JWKS_URL", "Where the identity provider publishes its keys (`jwks`).", url),
  issuer: optional("SEATLEDGER_ISSUER", "The `iss` that tokens must carry (`jwks`).", text),
  audience: optional("SEATLEDGER_AUDIENCE", "The `aud` that tokens must carry (`jwks`); several separated by commas.", list),
  oidcClientId: setting(
    "SEATLEDGER_OIDC_CLIENT_ID",
    "seatledger",
    "The console's client id at the identity provider (`jwks`): a public client with PKCE, redirect address `https://…/signed-in`.",
    text,
  ),
  oidcScope: setting("SEATLEDGER_OIDC_SCOPE", "openid profile", "The scopes that the console asks for (`jwks`).", text),
  clockToleranceSeconds: setting(
    "SEATLEDGER_CLOCK_TOLERANCE",
    "5",
    "Seconds by which the identity provider's clock may differ.",
    integer(0, 300),
  ),
  claimSubject: setting(
    "SEATLEDGER_CLAIM_SUBJECT",
    "sub",
    "Claim with the person: an external id or user name. Dots lead into objects.",
    text,
  ),
  claimOrganization: setting(
    "SEATLEDGER_CLAIM_ORGANIZATION",
    "organization",
    "Claim with the organization (Entra: `tid`, with SEATLEDGER_ORGANIZATION_MAP).",
    text,
  ),
  claimRoles: setting(
    "SEATLEDGER_CLAIM_ROLES",
    "roles",
    "Claims with roles, separated by commas (Keycloak: `realm_access.roles`; Entra: `roles,groups`).",
    list,
  ),
  claimVendor: setting("SEATLEDGER_CLAIM_VENDOR", "vendor", "Claim with the vendor's id.", text),
  claimIdentityProvider: setting(
    "SEATLEDGER_CLAIM_IDENTITY_PROVIDER",
    "identity_provider",
    "Claim that is true for a client that provisions people and groups.",
    text,
  ),
  roleMap: setting(
    "SEATLEDGER_ROLE_MAP",
    "",
    "Other names for roles: `seat-admins=LICENSE_ADMIN,3f2a…=AUDITOR` (names or ids of groups and app roles).",
    mapTo(oneOf(ROLES)),
  ),
  organizationMap: setting(
    "SEATLEDGER_ORGANIZATION_MAP",
    "",
    "Other names for organizations: `TENANT-ID=org_…`, separated by commas.",
    mapTo(organizationId),
  ),

  maxTokens: setting("SEATLEDGER_MAX_TOKENS", "2000", "Longest GraphQL document, in tokens.", integer(100, 100_000)),
  maxDepth: setting("SEATLEDGER_MAX_DEPTH", "15", "Deepest nesting of fields.", integer(3, 100)),
  maxAliases: setting("SEATLEDGER_MAX_ALIASES", "30", "Most aliases in one operation, fragments written out.", integer(0, 10_000)),
  maxRootFields: setting("SEATLEDGER_MAX_ROOT_FIELDS", "20", "Most root fields in one operation.", integer(1, 1_000)),
  maxDirectives: setting("SEATLEDGER_MAX_DIRECTIVES", "30", "Most directives in one operation, fragments written out.", integer(0, 10_000)),
  maxCost: setting(
    "SEATLEDGER_MAX_COST",
    "25000",
    "Most objects one operation may ask for: pages multiplied out.",
    integer(100, 10_000_000),
  ),
  maxBodyBytes: setting("SEATLEDGER_MAX_BODY_BYTES", "1048576", "Largest request body.", integer(1_024, 104_857_600)),
  requestsPerSecond: setting(
    "SEATLEDGER_REQUESTS_PER_SECOND",
    "1000",
    "Requests a second from one address; 0 sets no limit.",
    integer(0, 1_000_000),
  ),
  liveConnections: setting(
    "SEATLEDGER_LIVE_CONNECTIONS",
    "50",
    "Open WebSocket and SSE connections from one address; 0 sets no limit.",
    integer(0, 1_000_000),
  ),
  subscriptionsPerConnection: setting(
    "SEATLEDGER_SUBSCRIPTIONS_PER_CONNECTION",
    "20",
    "Subscriptions on one WebSocket.",
    integer(1, 10_000),
  ),
  trustedProxies: setting(
    "SEATLEDGER_TRUSTED_PROXIES",
    "",
    "Addresses or networks of proxies whose X-Forwarded-For counts, separated by commas.",
    networks,
  ),

  webhooksPrivateNetworks: setting(
    "SEATLEDGER_WEBHOOKS_PRIVATE_NETWORKS",
    "false",
    "`true`: webhooks may lead to plain http and into private networks; only where nobody would misuse that.",
    (value) => oneOf(["true", "false"])(value) === "true",
  ),

  logOrigin: setting(
    "SEATLEDGER_LOG_ORIGIN",
    "seatledger.local",
    "Name of this installation in signed checkpoints, such as `seatledger.example.com`; an organization's log is called `<name>/<org_…>`.",
    keyName,
  ),
  checkpointsTo: optional(
    "SEATLEDGER_CHECKPOINTS_TO",
    "Folder, or http(s) address, that somebody else keeps: signed checkpoints are published there (docs/proofs.md).",
    destination,
  ),
  checkpointsMinutes: setting(
    "SEATLEDGER_CHECKPOINTS_EVERY_MINUTES",
    "60",
    "Minutes between two checkpoints of an organization whose log has grown; 0 signs only when somebody asks.",
    integer(0, 43_200),
  ),
  checkpointsMethod: setting(
    "SEATLEDGER_CHECKPOINTS_METHOD",
    "PUT",
    "`PUT` to `<address>/<org_…>/<size>`, or `POST` to the address itself.",
    oneOf(["PUT", "POST"]),
  ),
  checkpointsAuthorization: optional(
    "SEATLEDGER_CHECKPOINTS_AUTHORIZATION",
    "The whole `Authorization` header for that address, such as `Bearer …`.",
    text,
  ),

  visibleWithinMs: setting(
    "SEATLEDGER_VISIBLE_WITHIN_MS",
    "5000",
    "How long a mutation waits until its effect can be read, and a query of the past until all of it is shown, in ms.",
    integer(0, 60_000),
  ),
  readyLag: setting(
    "SEATLEDGER_READY_LAG",
    "1000",
    "Events a read model may be behind while `/readyz` still says ready.",
    integer(0, 10_000_000),
  ),
  shutdownMs: setting(
    "SEATLEDGER_SHUTDOWN_MS",
    "10000",
    "How long running requests may take to finish after SIGTERM, in ms.",
    integer(0, 600_000),
  ),
} as const satisfies Record<string, Setting<unknown>>

/** Settings that are never shown, and that a file may hold (NAME_FILE). */
const SECRET: ReadonlySet<string> = new Set([SETTINGS.postgresUrl.name, SETTINGS.kurrentdbUrl.name, SETTINGS.checkpointsAuthorization.name])

type Settings = typeof SETTINGS
export type Config = {
  readonly [K in keyof Settings]:
    | ReturnType<Settings[K]["parse"]>
    | (Settings[K] extends { readonly fallback: undefined } ? undefined : never)
}

/** Every problem of the environment at once, each with the variable's name and what would be right. */
export class WrongConfiguration extends Error {
  override readonly name = "WrongConfiguration"
  constructor(readonly problems: readonly string[]) {
    super(`The settings are not right:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`)
  }
}

/** @throws WrongConfiguration */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const { env, problems: unread } = withSecretFiles(environment, SECRET)
  const problems = [...unknownVariables(env), ...unread]
  const values = Object.entries(SETTINGS).map(([key, { name, fallback, parse }]) => {
    const given = env[name]?.trim() || fallback // compose files pass "" for what is not set
    if (given === undefined) return [key, undefined]
    try {
      return [key, parse(given)]
    } catch (error) {
      // Every parse throws Error. An address of a database holds a password, which must not get into a log.
      problems.push(`${name}${SECRET.has(name) ? "" : `=${given}`}: ${(error as Error).message}`)
      return [key, undefined]
    }
  })
  if (problems.length > 0) throw new WrongConfiguration(problems)

  const config: Config = Object.fromEntries(values) // every value came from its own parse
  problems.push(...contradictions(config))
  if (problems.length > 0) throw new WrongConfiguration(problems)
  return config
}

/** A setting of ours that is misspelt would silently leave its default in force. */
function unknownVariables(env: Readonly<Record<string, string | undefined>>): string[] {
  const known = new Set<string>(Object.values(SETTINGS).map(({ name }) => name))
  return Object.keys(env)
    .filter((name) => name.startsWith("SEATLEDGER_") && !known.has(name))
    .map((name) => `${name}: there is no such setting; remove it or correct the name (the README lists all)`)
}

function contradictions(config: Config): string[] {
  return [...storeContradictions(config), ...signInContradictions(config)]
}

function storeContradictions({ eventStore, readStore, postgresUrl, kurrentdbUrl, onlyProcess }: Config): string[] {
  const problems: string[] = []
  const inPostgres = [eventStore === "postgres" && "EVENT_STORE=postgres", readStore === "postgres" && "READ_STORE=postgres"].filter(
    Boolean,
  )
  if (inPostgres.length > 0 && postgresUrl === undefined)
    problems.push(`POSTGRES_URL is needed with ${inPostgres.join(" and ")}: ${SETTINGS.postgresUrl.doc}`)
  if (eventStore === "kurrentdb" && kurrentdbUrl === undefined)
    problems.push(`KURRENTDB_URL is needed with EVENT_STORE=kurrentdb: ${SETTINGS.kurrentdbUrl.doc}`)
  if (eventStore === "kurrentdb" && readStore === "sqlite" && !onlyProcess)
    problems.push(
      "EVENT_STORE=kurrentdb with READ_STORE=sqlite keeps the vault in the data folder, so that two processes on one log could not read each other's names, and KurrentDB has no lock that would refuse the second: set READ_STORE=postgres, or SEATLEDGER_ONLY_PROCESS=true if there is and will be only this one",
    )
  if (readStore === "postgres" && eventStore === "sqlite")
    problems.push(
      "READ_STORE=postgres is for several nodes, and a file in the data folder is no log for several: set EVENT_STORE=postgres or EVENT_STORE=kurrentdb, or leave READ_STORE out",
    )
  return problems
}

function signInContradictions(config: Config): string[] {
  if (config.auth === "development") {
    if (!config.production) return []
    return [
      "SEATLEDGER_AUTH=development is refused with NODE_ENV=production; set SEATLEDGER_AUTH=jwks with SEATLEDGER_JWKS_URL, SEATLEDGER_ISSUER and SEATLEDGER_AUDIENCE",
    ]
  }
  const missing = (["jwksUrl", "issuer", "audience"] as const)
    .filter((key) => config[key] === undefined)
    .map((key) => `${SETTINGS[key].name} is needed with SEATLEDGER_AUTH=jwks: ${SETTINGS[key].doc}`)
  return config.production && config.jwksUrl?.protocol === "http:" && !isLoopback(config.jwksUrl)
    ? [...missing, `SEATLEDGER_JWKS_URL=${config.jwksUrl}: keys fetched over plain http can be replaced on the way; use https`]
    : missing
}

function isLoopback({ hostname }: URL): boolean {
  return hostname === "localhost" || hostname === "[::1]" || hostname.startsWith("127.")
}

function text(value: string): string {
  return value
}
function list(value: string): readonly string[] {
  return value
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "")
}
/** Addresses such as 10.0.0.1 and networks such as 10.0.0.0/8. */
function networks(value: string): readonly string[] {
  for (const network of list(value)) {
    const [address = "", prefix, ...rest] = network.split("/")
    const version = isIP(address)
    const isPrefix = prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 6 ? 128 : 32))
    if (version === 0 || !isPrefix || rest.length > 0)
      throw new Error(`addresses or networks such as 10.0.0.0/8 are needed; "${network}" is none`)
  }
  return list(value)
}
function integer(least: number, most: number): (value: string) => number {
  return (value) => {
    const number = /^\d+$/.test(value) ? Number(value) : Number.NaN
    if (!(number >= least && number <= most)) throw new Error(`a whole number from ${least} to ${most} is needed`)
    return number
  }
}
function oneOf<const T extends string>(choices: readonly T[]): (value: string) => T {
  return (value) => {
    const choice = choices.find((candidate) => candidate === value)
    if (choice === undefined) throw new Error(`one of ${choices.join(", ")} is needed`)
    return choice
  }
}
function url(value: string): URL {
  if (!/^https?:\/\//.test(value) || !URL.canParse(value)) throw new Error("an http or https address is needed")
  return new URL(value)
}
/** A folder stays text, made absolute; an address becomes a URL. */
function destination(value: string): URL | string {
  return /^[a-z]+:\/\//i.test(value) ? url(value) : resolve(value)
}
/** What C2SP signed-note asks of the name of a key. */
function keyName(value: string): string {
  if (/[\p{White_Space}\p{Cc}+]/u.test(value) || value.length > 200)
    throw new Error("at most 200 characters without spaces and plus signs are needed")
  return value.replace(/\/+$/, "")
}
/** Holds a password: what is wrong with it is said without showing it. */
function postgresUrl(value: string): string {
  if (!/^postgres(ql)?:\/\//.test(value) || !URL.canParse(value))
    throw new Error("an address such as postgres://user:password@host:5432/database is needed")
  return value
}
/** The same. */
function kurrentdbUrl(value: string): string {
  readConnectionString(value)
  return value
}
function organizationId(value: string): string {
  if (!/^org_[A-Za-z0-9]{1,60}$/.test(value)) throw new Error("organization ids look like org_…")
  return value
}
function mapTo<T>(parse: (value: string) => T): (value: string) => ReadonlyMap<string, T> {
  return (value) =>
    new Map(
      list(value).map((pair) => {
        const at = pair.lastIndexOf("=") // names may hold an equals sign, roles and ids never do
        if (at < 1) throw new Error(`pairs such as name=VALUE, separated by commas, are needed; "${pair}" is none`)
        return [pair.slice(0, at).trim(), parse(pair.slice(at + 1).trim())]
      }),
    )
}
