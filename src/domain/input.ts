/** Checks of plain fields, each answering the refusal that names the field and the fix, or nothing. */
import { MAX_MEMBERS } from "./commands"
import { refuse } from "./decision"
import type { Refusal } from "./refusals"

type Problem = Refusal | undefined

const MAX_SEQUENCE = 2n ** 63n - 1n
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the point.
const CONTROL = /[\u0000-\u001f\u007f]/
// biome-ignore lint/suspicious/noControlCharactersInRegex: the same, but free text may have line breaks and tabs.
const CONTROL_IN_TEXT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/

/** Half of a character. UTF-8 has no such thing: two different texts would be kept, hashed and found as one. */
const HALF_CHARACTER = /\p{Surrogate}/u

export function hasHalfCharacters(text: string): boolean {
  return HALF_CHARACTER.test(text)
}

/** What no address has, though parsers of addresses forgive it: it would be kept, and shown, as it was sent. */
export function hasUnprintable(address: string): boolean {
  return CONTROL.test(address) || hasHalfCharacters(address)
}

export function invalid(field: string, problem: string): Refusal {
  return { code: "INVALID_INPUT", field, problem }
}

/** More members than one command changes; `given` counts every id in the request, known or not. */
export function tooMany(field: string, given: number): Refusal {
  return invalid(field, `change at most ${MAX_MEMBERS} members at a time, not ${given}; send the rest in further calls`)
}

/** The first problem of several checks, in order. */
export function firstProblem(...problems: readonly Problem[]): Problem {
  return problems.find((problem) => problem !== undefined)
}

/** A name on one line: not empty, at most `max` characters. */
export function checkName(field: string, value: string, max = 256): Problem {
  if (value.trim() === "") return invalid(field, "must not be empty")
  if (value.length > max) return invalid(field, `must be at most ${max} characters, has ${value.length}`)
  if (CONTROL.test(value)) return invalid(field, "must not contain control characters or line breaks")
  if (hasHalfCharacters(value)) return invalid(field, "must not contain half a character (a lone surrogate)")
  return undefined
}

/** Free text on several lines; may be absent or empty. */
export function checkText(field: string, value: string | null | undefined, max = 500): Problem {
  if (value === undefined || value === null) return undefined
  if (value.length > max) return invalid(field, `must be at most ${max} characters, has ${value.length}`)
  if (CONTROL_IN_TEXT.test(value)) return invalid(field, "must not contain control characters")
  if (hasHalfCharacters(value)) return invalid(field, "must not contain half a character (a lone surrogate)")
  return undefined
}

/** A mail address loosely: something, one @, something. Whether it exists is not for us to say. */
export function checkMail(field: string, value: string | null | undefined): Problem {
  if (value === undefined || value === null) return undefined
  if (value.length > 320) return invalid(field, `must be at most 320 characters, has ${value.length}`)
  if (!/^[^\s@]+@[^\s@]+$/.test(value) || hasUnprintable(value)) return invalid(field, "must be a mail address such as ada@example.com")
  return undefined
}

export function checkWhole(field: string, value: number, least: number, most: number): Problem {
  if (Number.isInteger(value) && value >= least && value <= most) return undefined
  return invalid(field, `must be a whole number from ${least} to ${most}`)
}

/** A vendor's order: decimal, 0 to 2^63−1 (rule 17). */
export function checkSequence(field: string, value: string): Problem {
  if (/^(0|[1-9][0-9]{0,18})$/.test(value) && BigInt(value) <= MAX_SEQUENCE) return undefined
  return invalid(field, "must be a whole number from 0 to 9223372036854775807, without sign or leading zeros")
}

export function checkInstant(field: string, value: string | undefined): Problem {
  if (value === undefined || !Number.isNaN(Date.parse(value))) return undefined
  return invalid(field, "must be an instant such as 2026-03-31T22:00:00Z")
}

/** Where "Install this product" leads: https only, and no credentials in it, because everybody who may look sees it. */
export function checkInstallUrl(field: string, value: string | undefined): Problem {
  if (value === undefined) return undefined
  if (value.length > 2000) return invalid(field, `must be at most 2000 characters, has ${value.length}`)
  // What a URL parser forgives (blanks, line breaks, backslashes, a missing slash) would be kept and shown as it was sent.
  const parts = /^[a-z]+:\/\/([^\s\\/?#]+)[^\s\\]*$/i.exec(value)
  if (!parts || hasUnprintable(value) || !URL.canParse(value))
    return invalid(field, "must be an address such as https://vendor.example/install")
  if (!/^https:/i.test(value)) return invalid(field, "must start with https://")
  if (parts[1]?.includes("@")) return invalid(field, "must not contain a user name or password")
  return undefined
}

/** The same, as a decision. */
export function refuseInvalid(problem: Problem): { readonly reject: Refusal } | undefined {
  return problem && refuse(problem)
}
