/** What somebody asks to export, from the query of the address. */
import { GraphQLError } from "graphql"
import { EXPORTS, type ExportKind } from "../../audit/export-format"
import { endOfDay, isCalendarDate, isTimeZone, startOfDay } from "../../domain/calendar"
import { isId } from "../../domain/ids"

export interface ExportRequest {
  readonly what: ExportKind
  readonly as: "jsonl" | "csv"
  /** Given or not, it is that of the token. */
  readonly organizationId?: string
  readonly licenseId?: string
  readonly revision?: number
  /** Milliseconds since 1970, UTC. */
  readonly at?: number
  /** A day, or milliseconds since 1970 (UTC); of `to` that which is not included any more. */
  readonly from?: Bound
  readonly to?: Bound
  readonly timeZone: string
}
export interface Bound {
  readonly instant: number
  readonly day?: string
}

const ASKED = ["organization", "license", "revision", "at", "from", "to", "timeZone", "format"] as const
type Asked = (typeof ASKED)[number]

/** ISO 8601 with date, time and zone. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/

/** @throws GraphQLError BAD_USER_INPUT (400) or NOT_FOUND (404) */
export function exportRequest(what: string, query: Readonly<Record<string, string | readonly string[]>>): ExportRequest {
  const kind = EXPORTS.find((name) => name === what)
  if (!kind) throw told(404, "NOT_FOUND", `There is no export ${JSON.stringify(what.slice(0, 40))}; there are ${EXPORTS.join(", ")}.`)
  const unknown = Object.keys(query).find((name) => !(ASKED as readonly string[]).includes(name))
  if (unknown !== undefined) throw wrong(unknown, `is nothing to ask an export for; there are ${ASKED.join(", ")}`)
  const text = (name: Asked) => {
    const value = query[name]
    if (typeof value === "object") throw wrong(name, "must be given once")
    return value
  }

  const as = text("format") ?? "jsonl"
  if (as !== "jsonl" && as !== "csv") throw wrong("format", "must be jsonl or csv")
  const timeZone = text("timeZone") ?? "UTC"
  if (!isTimeZone(timeZone)) throw wrong("timeZone", "must be a time zone such as Europe/Amsterdam")
  const [organizationId, licenseId, revision, at] = [text("organization"), text("license"), text("revision"), text("at")]
  if (licenseId !== undefined && !isId("lic", licenseId)) throw wrong("license", "must be the id of a license, lic_…")
  if (revision !== undefined && at !== undefined) throw wrong("at", "cannot go with revision: give one of the two")
  if (revision !== undefined && !/^\d{1,15}$/.test(revision)) throw wrong("revision", "must be a whole number")
  const [from, to] = [boundOf("from", text("from"), timeZone), boundOf("to", text("to"), timeZone)]
  mustSuit(kind, from, to)
  const moment = boundOf("at", at, timeZone)
  return {
    what: kind,
    as,
    timeZone,
    ...(organizationId !== undefined && { organizationId }),
    ...(licenseId !== undefined && { licenseId }),
    ...(revision !== undefined && { revision: Number(revision) }),
    // Rule 34: a day means its end.
    ...(moment && { at: moment.day === undefined ? moment.instant : moment.instant - 1 }),
    ...(from && { from }),
    ...(to && { to }),
  }
}

function mustSuit(what: ExportKind, from: Bound | undefined, to: Bound | undefined): void {
  for (const [name, bound] of Object.entries({ from, to })) {
    if (!bound) continue
    if (what !== "history" && what !== "usage") throw wrong(name, `is for history and usage: ${what} are of one moment, which \`at\` names`)
    if (what === "usage" && bound.day === undefined) throw wrong(name, "must be a day such as 2026-03-31: usage is counted in days")
  }
  if (from && to && from.instant >= to.instant) throw wrong("to", "must be after from")
}

/** The beginning of a day that is `from`, the end of any other. */
function boundOf(name: Asked, text: string | undefined, timeZone: string): Bound | undefined {
  if (text === undefined) return undefined
  if (isCalendarDate(text)) return { instant: name === "from" ? startOfDay(text, timeZone) : endOfDay(text, timeZone), day: text }
  const instant = INSTANT.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(instant)) throw wrong(name, "must be a day such as 2026-03-31, or an instant such as 2026-03-31T18:00:00Z")
  return { instant }
}

export function wrong(field: string, problem: string): GraphQLError {
  return told(400, "BAD_USER_INPUT", `${field} ${problem}.`, { field })
}

/** An answer in the shape of all others of this server (http/errors.ts). */
export function told(status: number, code: string, message: string, { field, retryAfter }: Told = {}): GraphQLError {
  const headers = new Map(retryAfter === undefined ? [] : [["retry-after", String(retryAfter)]])
  return new GraphQLError(message, { extensions: { code, ...(field !== undefined && { field }), http: { status, headers } } })
}
interface Told {
  readonly field?: string
  /** Seconds. */
  readonly retryAfter?: number
}
