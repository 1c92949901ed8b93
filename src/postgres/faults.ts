/** What went wrong with the database, in words that may be logged: no credentials, no values of rows. */

/**
 * - `unavailable`: nothing was written; the same call may succeed later.
 * - `outcome unknown`: the connection was lost while committing; look whether it was done before doing it again.
 * - `refused`: the database understood and said no (a constraint, a missing table, a mistake of ours).
 */
export type FaultKind = "unavailable" | "outcome unknown" | "refused"

export class DatabaseFault extends Error {
  override readonly name = "DatabaseFault"
  constructor(
    readonly kind: FaultKind,
    message: string,
    /** SQLSTATE, where the database itself answered. */
    readonly code?: string,
  ) {
    super(message)
  }
}

/**
 * SQLSTATE classes and codes after which the same call may succeed: connection lost (08), resources (53), shutdown or
 * fail-over (57P, 25006), cancelled for time (57014), deadlock and serialization (40), lock not had in time (55P03), a
 * disk that fails (58), a password that is being changed (28).
 */
const FOR_NOW = /^(08|53|57|40|58|28)|^(25006|55P03|25P0[34])$/

/**
 * An error that the driver threw, sorted. Its own fields stay behind: `detail` shows the values of rows, which may be names,
 * and an address that could not be parsed holds the password.
 */
export function faultOf(error: unknown, url: string, during: "committing" | "before" = "before"): DatabaseFault {
  if (error instanceof DatabaseFault) return error
  const message = withoutCredentials(error instanceof Error ? error.message : String(error), url)
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined
  const hasAnswered = code !== undefined && error instanceof Error && "severity" in error
  if (error instanceof TypeError || (hasAnswered && !FOR_NOW.test(code))) return new DatabaseFault("refused", message, code)
  // An answer to `commit` is a no, unless the server was cut off on the way.
  const isUnknown = during === "committing" && !(hasAnswered && !/^(08|57P)/.test(code))
  return new DatabaseFault(isUnknown ? "outcome unknown" : "unavailable", message, code)
}

/** The connection was gone, or the server ended it: another one may be had at once. */
export function isLostConnection(error: unknown): boolean {
  if (!(error instanceof DatabaseFault) || error.kind === "refused") return false
  const { code = "", message } = error
  return /^(08|57P01|57P02|ECONNRESET|EPIPE)/.test(code) || /terminated|ended by the other party|not queryable/i.test(message)
}

/** Whether the same call may succeed later. */
export function isUnavailable(error: unknown): boolean {
  return error instanceof DatabaseFault && error.kind !== "refused"
}

export function withoutCredentials(message: string, url: string): string {
  let text = message.replaceAll(url, nameOfDatabase(url))
  for (const secret of secretsOf(url)) text = text.replaceAll(secret, "…")
  return text
}

/** What may be said of a database: its address without credentials. */
export function nameOfDatabase(url: string): string {
  if (!URL.canParse(url)) return "postgres"
  const { hostname, port, pathname, searchParams } = new URL(url)
  return `postgres ${hostname || searchParams.get("host") || "here"}${port && `:${port}`}${pathname}`
}

function secretsOf(url: string): string[] {
  if (!URL.canParse(url)) return [url]
  const { password, searchParams } = new URL(url)
  const all = [password, decode(password), searchParams.get("password") ?? ""]
  return all.filter((secret) => secret.length > 0)
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
