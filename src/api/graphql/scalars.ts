/** Scalars of the API: instants, days and JSON. (`sequence.ts` holds the vendor's counter.) */
import { GraphQLError, GraphQLScalarType, Kind, valueFromASTUntyped } from "graphql"
import { type CalendarDate, isCalendarDate } from "../../domain/calendar"

/** RFC 3339 (ISO 8601 profile) section 5.6: a full date, a time to the second or finer, and an offset. */
const INSTANT = /^(\d{4}-\d{2}-\d{2})[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/

/** Inside, an instant is milliseconds since 1970 (UTC): what the log, the read models and JavaScript compare without parsing. */
export const DateTime = new GraphQLScalarType<number, string>({
  name: "DateTime",
  description:
    "An instant as ISO 8601 text with an offset, such as `2026-03-31T22:00:00Z`. Always answered in UTC with milliseconds. A day in some time zone is asked for by the instant at which it ends there.",
  specifiedByURL: "https://www.rfc-editor.org/rfc/rfc3339#section-5.6",
  serialize: (value) => {
    if (typeof value === "number") return new Date(value).toISOString()
    throw new GraphQLError("a DateTime is kept as milliseconds since 1970")
  },
  parseValue: parseInstant,
  parseLiteral: (node) => parseInstant(node.kind === Kind.STRING ? node.value : undefined),
})

function parseInstant(value: unknown): number {
  const match = typeof value === "string" ? INSTANT.exec(value) : null
  const instant = match ? Date.parse(match[0].toUpperCase()) : Number.NaN
  // Date.parse takes 31 February for 2 or 3 March; a day that does not exist is a mistake to be told.
  if (match?.[1] === undefined || Number.isNaN(instant) || new Date(`${match[1]}T00:00:00Z`).toISOString().slice(0, 10) !== match[1]) {
    throw new GraphQLError("DateTime must be an instant with an offset, such as 2026-03-31T22:00:00Z")
  }
  return instant
}

/** Inside as outside: ISO 8601 text. */
export const DateScalar = new GraphQLScalarType<CalendarDate, string>({
  name: "Date",
  description: "A day of the calendar as ISO 8601 text, such as `2026-03-31`.",
  specifiedByURL: "https://www.rfc-editor.org/rfc/rfc3339#section-5.6",
  serialize: (value) => parseDate(value),
  parseValue: parseDate,
  parseLiteral: (node) => parseDate(node.kind === Kind.STRING ? node.value : undefined),
})

function parseDate(value: unknown): CalendarDate {
  if (typeof value === "string" && isCalendarDate(value)) return value
  throw new GraphQLError("Date must be a day of the calendar, such as 2026-03-31")
}

export const JSONScalar = new GraphQLScalarType<unknown, unknown>({
  name: "JSON",
  description: "Any JSON value.",
  specifiedByURL: "https://www.rfc-editor.org/rfc/rfc8259",
  serialize: (value) => value,
  parseValue: (value) => value,
  parseLiteral: (node, variables) => valueFromASTUntyped(node, variables),
})
