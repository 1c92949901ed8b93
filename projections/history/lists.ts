/** Which lists an entry of the trail stands in, and what a filter has to look up. One place, so that what is written is found again. */
import { words } from "../directory/names"

/** Of a word so many letters count: a list is kept for each of its beginnings. */
const LETTERS = 24

export const ofLicense = (licenseId: string) => `l:${licenseId}`
/** Of a user or group that the event touched. */
export const ofSubject = (id: string) => `s:${id}`
export const ofActor = (actorId: string) => `a:${actorId}`
export const ofType = (type: string) => `t:${type}`
/** Of what was sealed as one reason, by which it can be erased. */
export const ofText = (textId: string) => `x:${textId}`
const ofWord = (beginning: string) => `w:${beginning}`

/** Lists of words lie between these two in the order of their names. */
export const WORDS = { from: "w:", to: "w;" } as const

/**
 * The lists of a reason: each beginning of each of its words. A search for a beginning then reads one list, however many
 * words begin like that; a ticket number, which is in one reason only, takes a few rows more.
 */
export function listsOfReason(reason: string): Set<string> {
  const lists = new Set<string>()
  for (const word of words(reason)) {
    let beginning = ""
    let letters = 0
    for (const letter of word) {
      if (++letters > LETTERS) break
      beginning += letter
      lists.add(ofWord(beginning))
    }
  }
  return lists
}

/** Reasons must hold words with all these beginnings: the list of each. */
export function listsOfSearch(text: string): readonly string[] {
  return [...new Set(words(text).map((word) => ofWord([...word].slice(0, LETTERS).join(""))))]
}
