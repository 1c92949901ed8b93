/** Whether a text names a person: what erasing that person has to find, without knowing what people are called in general. */
import type { Profile } from "../domain/events"

/** Names of fewer characters stand in too many texts that mean something else. */
const SHORTEST = 3
/** What stands before the @ is looked for by itself from here on: `ada` would be found in every text about any Ada. */
const SHORTEST_LOCAL_PART = 5

/**
 * A text names the person when it holds a user name, mail address or external id that the person ever had, all words of
 * a display name in any order ("Lovelace, Ada"), or one of the other names. Case, accents and punctuation around it make
 * no difference; a part of a longer word is no match.
 */
export function mentions(profiles: readonly Partial<Profile>[], otherNames: readonly string[]): (text: string) => boolean {
  const phrases = new Set(otherNames.map(folded).filter((name) => name !== ""))
  const wholeNames: string[][] = []
  for (const { userName, displayName, mail, externalId } of profiles) {
    for (const name of [userName, mail, externalId]) {
      if (typeof name !== "string") continue
      const plain = folded(name)
      if (plain.length >= SHORTEST) phrases.add(plain)
      const localPart = plain.slice(0, Math.max(0, plain.indexOf("@")))
      if (localPart.length >= SHORTEST_LOCAL_PART) phrases.add(localPart)
    }
    const words = wordsOf(folded(displayName ?? ""))
    if (words.length > 0) wholeNames.push(words)
  }
  return (text) => {
    const plain = folded(text)
    const words = new Set(wordsOf(plain))
    return wholeNames.some((name) => name.every((word) => words.has(word))) || [...phrases].some((phrase) => holds(plain, phrase))
  }
}

/** Every name under which the person may have signed in. */
export function namesIn(profiles: readonly Partial<Profile>[]): readonly string[] {
  const names = profiles.flatMap(({ userName, mail, externalId }) => [userName, mail, externalId])
  return [...new Set(names.filter((name) => typeof name === "string"))]
}

function folded(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ").trim()
}

function wordsOf(plain: string): string[] {
  return plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "")
}

const LETTER = /[\p{L}\p{N}]/u

function holds(plain: string, phrase: string): boolean {
  for (let at = plain.indexOf(phrase); at >= 0; at = plain.indexOf(phrase, at + 1)) {
    if (!LETTER.test(plain[at - 1] ?? "") && !LETTER.test(plain[at + phrase.length] ?? "")) return true
  }
  return false
}
