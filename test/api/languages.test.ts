/** Every sentence that the API writes for people, in each of its languages. */
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { summaryOf, type Wording } from "../../src/api/graphql/summary"
import { dutchSummaryOf } from "../../src/api/graphql/summary-nl"
import { EVENT_TYPES } from "../../src/domain/event-versions"
import type { OrganizationEventDraft } from "../../src/domain/events"

const OF_VENDORS = /^(Vendor(Registered|Event(Repeated|Refused)|Secret)|Product)/
const types = EVENT_TYPES.filter((type) => !OF_VENDORS.test(type))

function recorded(type: string): OrganizationEventDraft {
  const { data } = JSON.parse(readFileSync(join(__dirname, `../fixtures/events/${type}.v1.json`), "utf8"))
  return { type, data } as OrganizationEventDraft // as stored: a test of the fixtures checks their shape
}

function told(summary: typeof summaryOf, event: OrganizationEventDraft) {
  const asked: string[] = []
  const ask = (id: string) => {
    asked.push(id)
    return `<${id}>`
  }
  const wording: Wording = { actor: "Adele", product: "Lumen Draw", nameOf: ask, nameBefore: (id) => ask(`before ${id}`) }
  return { sentence: summary(event, wording), asked: asked.sort() }
}

test.each(types)("%s has a sentence in English and in Dutch, which name the same people", (type) => {
  const event = recorded(type)
  const english = told(summaryOf, event)
  const dutch = told(dutchSummaryOf, event)
  expect(dutch.sentence).not.toBe(english.sentence)
  expect(dutch.asked).toEqual(english.asked)
  expect(dutch.sentence).not.toMatch(/undefined|\b(the|of|seats? from|was|users?)\b(?!\.)/)
  // A sentence that begins with who did it does so in both languages: the explanation puts the role behind the name.
  expect(dutch.sentence.startsWith("Adele ")).toBe(english.sentence.startsWith("Adele "))
  expect(dutch.sentence.includes("Lumen Draw")).toBe(english.sentence.includes("Lumen Draw"))
})

const claim = (userId: string, wasSeated = true) => ({ userId, opened: { revision: 1, ordinal: 0 }, wasSeated })
const released = (claims: readonly object[]) =>
  ({ type: "SeatsReleased", data: { licenseId: "lic_1", why: "LEFT_GROUP", claims } }) as unknown as OrganizationEventDraft

test.each([
  [[claim("a")], "<a> heeft een seat van Lumen Draw niet meer: niet meer in de groep"],
  [[claim("a"), claim("b")], "<a> en <b> hebben seats van Lumen Draw niet meer: niet meer in de groep"],
  [[claim("a"), claim("b"), claim("c")], "<a>, <b> en 1 ander hebben seats van Lumen Draw niet meer: niet meer in de groep"],
  [[claim("a", false)], "<a> is van de wachtlijst van Lumen Draw af: niet meer in de groep"],
  [[claim("a", false), claim("b", false)], "<a> en <b> zijn van de wachtlijst van Lumen Draw af: niet meer in de groep"],
])("Dutch counts people: %#", (claims, sentence) => {
  expect(told(dutchSummaryOf, released(claims)).sentence).toBe(sentence)
})

test.each([
  [{ added: ["a"], removed: [] }, "Adele heeft <a> toegevoegd aan de groep <g>"],
  [{ added: [], removed: ["b", "c"] }, "Adele heeft <b> en <c> verwijderd uit de groep <g>"],
  [{ added: ["a"], removed: ["b"] }, "Adele heeft <a> toegevoegd aan de groep <g> en <b> eruit verwijderd"],
  [{ added: [], removed: [] }, "Adele heeft niets aan de groep <g> gewijzigd"],
])("Dutch says who came and who left: %#", (change, sentence) => {
  const event = { type: "GroupMembersChanged", data: { groupId: "g", ...change } } as unknown as OrganizationEventDraft
  expect(told(dutchSummaryOf, event).sentence).toBe(sentence)
})
