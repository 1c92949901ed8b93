/** Reading one field of a vendor's message: the value as it must be, or a problem that names the field and the fix. */
import { hasHalfCharacters } from "../../domain/input"
import { wrongField } from "./problem"

export type Fields = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

/** An object with its place in the message, such as `data`. */
export class FieldReader {
  /** @param prefix what stands before the names of its fields, such as `data.` */
  constructor(
    private readonly fields: Fields,
    private readonly prefix = "",
  ) {}

  name(field: string): string {
    return `${this.prefix}${field}`
  }

  /** Absent and null are the same: JSON of many languages writes null for what is not set. */
  has(field: string): boolean {
    return this.raw(field) !== undefined
  }

  raw(field: string): unknown {
    const value = Object.hasOwn(this.fields, field) ? this.fields[field] : undefined
    return value === null ? undefined : value
  }

  text(field: string, example: string, max?: number): string {
    const value = this.optionalText(field, max)
    if (value === undefined) throw wrongField(this.name(field), `is missing: ${example}`)
    return value
  }

  /** Not empty, at most 256 characters on one line: whoever takes it further says so again. */
  optionalText(field: string, max = 256): string | undefined {
    const value = this.raw(field)
    if (value === undefined) return undefined
    if (typeof value !== "string") throw wrongField(this.name(field), `must be a JSON string, not ${kindOf(value)}`)
    if (value.trim() === "") throw wrongField(this.name(field), "must not be empty")
    if (value.length > max) throw wrongField(this.name(field), `must have at most ${max} characters, not ${value.length}`)
    if (hasHalfCharacters(value)) throw wrongField(this.name(field), "has half of a character: a surrogate stands alone in it")
    return value
  }

  /** A JSON number; whether it is whole and in range is the ledger's to say. */
  number(field: string): number {
    const value = this.optionalNumber(field)
    if (value === undefined) throw wrongField(this.name(field), "is missing: a whole number such as 25")
    return value
  }

  optionalNumber(field: string): number | undefined {
    const value = this.raw(field)
    if (value === undefined) return undefined
    if (typeof value === "string") throw wrongField(this.name(field), "must be a JSON number, without quotation marks")
    if (typeof value !== "number") throw wrongField(this.name(field), `must be a JSON number, not ${kindOf(value)}`)
    return value
  }

  optionalChoice<const T extends string>(field: string, choices: readonly T[]): T | undefined {
    const value = this.raw(field)
    if (value === undefined) return undefined
    const choice = choices.find((candidate) => candidate === value)
    if (choice === undefined) throw wrongField(this.name(field), `must be one of ${choices.join(", ")}`)
    return choice
  }

  choice<const T extends string>(field: string, choices: readonly T[]): T {
    const choice = this.optionalChoice(field, choices)
    if (choice === undefined) throw wrongField(this.name(field), `is missing: one of ${choices.join(", ")}`)
    return choice
  }

  /** RFC 3339, as ISO 8601 in UTC with milliseconds. */
  optionalInstant(field: string): string | undefined {
    const value = this.optionalText(field)
    if (value === undefined) return undefined
    if (!isInstant(value)) throw wrongField(this.name(field), "must be an instant such as 2026-03-31T22:00:00Z")
    return new Date(value).toISOString()
  }

  /** A misspelt optional field would silently mean nothing. */
  only(known: readonly string[]): void {
    const unknown = Object.keys(this.fields).find((field) => !known.includes(field))
    if (unknown !== undefined) throw wrongField(this.name(unknown.slice(0, 80)), `is not known here; there are ${known.join(", ")}`)
  }
}

const INSTANT = /^(\d{4}-\d{2}-\d{2})[Tt]([01]\d|2[0-3]):\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})$/

export function isInstant(text: string): boolean {
  const [, day] = INSTANT.exec(text) ?? []
  return day !== undefined && isDay(day) && !Number.isNaN(Date.parse(text))
}

/** `Date.parse` takes February 30 for March 2. @param day such as 2026-03-31 */
export function isDay(day: string): boolean {
  const parsed = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(day)
}

export function kindOf(value: unknown): string {
  if (value === null) return "null"
  return Array.isArray(value) ? "a list" : typeof value === "object" ? "an object" : `a ${typeof value}`
}
