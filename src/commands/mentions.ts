/** Whether a text names a person: what erasing that person has to find, without knowing what people are called in general. */
import type { Profile } from "../domain/events"
import { withoutAccents } from "../domain/letters"

/** Names of fewer characters stand in too many texts that mean something else. */
export const SHORTEST = 3
/** What stands before the @ is looked for by itself from here on: `ada` would be found in every text about any Ada. */
const SHORTEST_LOCAL_PART = 5
/** A name of two characters is a whole one where words stand side by side without spaces: in Chinese, Japanese, Thai and others. */
const SHORTEST_UNSPACED = 2
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

/**
 * A text names the person when it holds a user name, mail address or external id that the person ever had, all words of
 * a display name in any order ("Lovelace, Ada"), or one of the other names. Case, accents and punctuation around it make
 * no difference; a part of a longer word is no match, but where a script has no spaces between words.
 */
export function mentions(profiles: readonly Partial<Profile>[], otherNames: readonly string[]): (text: string) => boolean {
  const phrases = new Set(otherNames.map(folded).filter((name) => name !== ""))
  const wholeNames: string[][] = []
  const unspacedNames = new Set<string>()
  for (const { userName, displayName, mail, externalId } of profiles) {
    for (const name of [userName, mail, externalId]) {
      if (typeof name !== "string") continue
      const plain = folded(name)
      if (isLongEnough(plain)) phrases.add(plain)
      const localPart = plain.slice(0, Math.max(0, plain.indexOf("@")))
      if (localPart.length >= SHORTEST_LOCAL_PART) phrases.add(localPart)
    }
    const words = wordsOf(folded(displayName ?? ""))
    const joined = words.join("")
    // "It" as a whole name, or "J. D.", stands in what was written of anybody.
    if (isLongEnough(joined)) wholeNames.push(words)
    if (UNSPACED.test(joined) && isLongEnough(joined)) unspacedNames.add(joined)
  }
  return (text) => {
    const plain = folded(text)
    const words = wordsOf(plain)
    const known = new Set(words)
    if (wholeNames.some((name) => name.every((word) => known.has(word)))) return true
    if ([...phrases].some((phrase) => holds(plain, phrase))) return true
    const joined = unspacedNames.size > 0 ? words.join("") : ""
    return [...unspacedNames].some((name) => joined.includes(name))
  }
}

/** "Al" stands in what many others wrote of somebody else; every text with such a word would be erased for good. */
export function isLongEnough(name: string): boolean {
  return name.trim().length >= (UNSPACED.test(name) ? SHORTEST_UNSPACED : SHORTEST)
}

/** Every name under which the person may have signed in. */
export function namesIn(profiles: readonly Partial<Profile>[]): readonly string[] {
  const names = profiles.flatMap(({ userName, mail, externalId }) => [userName, mail, externalId])
  return [...new Set(names.filter((name) => typeof name === "string"))]
}

function folded(text: string): string {
  return withoutAccents(text.normalize("NFKC").toLowerCase()).replace(/\s+/g, " ").trim()
}

function wordsOf(plain: string): string[] {
  return plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "")
}

const LETTER = /[\p{L}\p{N}]/u

function holds(plain: string, phrase: string): boolean {
  for (let at = plain.indexOf(phrase); at >= 0; at = plain.indexOf(phrase, at + 1)) {
    const end = at + phrase.length
    if (isApart(plain[at - 1], phrase[0]) && isApart(plain[end], plain[end - 1])) return true
  }
  return false
}

/** Whether a word may begin, or end, between these two characters. */
function isApart(outside = "", inside = ""): boolean {
  return !LETTER.test(outside) || UNSPACED.test(outside) || UNSPACED.test(inside)
}
