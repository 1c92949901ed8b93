/** How names are compared, sorted and searched. One place, so that what is written is found again. */
import { withoutAccents } from "../../src/domain/letters"
import { normalised } from "../../src/vault/names"

/**
 * User names are the same without regard to case when these are, as they are unique in the vault. Never left to a database:
 * SQLite knows the cases of ASCII only.
 */
export function userNameKey(userName: string): string {
  return normalised("userName", userName)
}

/** For ordering and comparing: lower case, accents removed, single spaces. */
export function sortName(text: string): string {
  const lower = text.toLowerCase()
  if (isAscii(lower)) return lower.includes("  ") || lower !== lower.trim() ? singleSpaced(lower) : lower
  return singleSpaced(withoutAccents(lower))
}

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 127) return false
  return true
}

function singleSpaced(text: string): string {
  return text.replace(/\s+/g, " ").trim()
}

/** The words of a name or a mail address: what stands between anything that is no letter and no digit. */
export function words(text: string): string[] {
  return sortName(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "")
}
