import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { currentVersion, EVENT_TYPES, isEventType, upcast } from "../../src/domain/event-versions"
import type { RecordedEvent } from "../../src/eventstore/event-store"
import { eventSchema, expectValidEvent, problemsOf, SCHEMA_FOLDER } from "./expect-valid-event"

const FIXTURES = join(__dirname, "../fixtures/events")
const SHARED = ["definitions.json", "event.json"]
const schemas = readdirSync(SCHEMA_FOLDER).filter((file) => !SHARED.includes(file))
const fixtures = readdirSync(FIXTURES)

function fixture(file: string): RecordedEvent {
  return JSON.parse(readFileSync(join(FIXTURES, file), "utf8"))
}

test("every event type has a JSON Schema for every version up to the current one", () => {
  const expected = EVENT_TYPES.flatMap((type) => Array.from({ length: currentVersion(type) }, (_, n) => `${type}.v${n + 1}.json`))
  expect(schemas.sort()).toEqual(expected.sort())
})

test("every event type and version has a fixture, which stays for ever", () => {
  expect(fixtures.sort()).toEqual(schemas.sort())
})

test.each(schemas)("%s describes every field and allows no other", (file) => {
  const schema = JSON.parse(readFileSync(join(SCHEMA_FOLDER, file), "utf8"))
  expect(schema).toMatchObject({ $schema: "https://json-schema.org/draft/2020-12/schema", type: "object", additionalProperties: false })
  expect(schema.description).toMatch(/\S+ \S+/)
  expect(eventSchema(file)).toBeDefined()
})

test.each(fixtures)("%s is valid and is read in the current shape", (file) => {
  const event = fixture(file)
  expect(file).toBe(`${event.type}.v${event.metadata.v}.json`)
  expectValidEvent(event)
  if (!isEventType(event.type)) throw new Error(`${event.type} is no event type`)
  const data = upcast(event.type, event.metadata.v, event.data)
  expectValidEvent({ ...event, data, metadata: { ...event.metadata, v: currentVersion(event.type) } })
})

test("an unknown field, a wrong id, a missing field and a missing schema are found", () => {
  const event = fixture("SeatsGranted.v1.json")
  const wrong = {
    ...event,
    data: { ...event.data, licenseId: "usr_1", colour: "red" },
    metadata: { ...event.metadata, recordedAt: "yesterday" },
  }
  const problems = problemsOf(wrong).join("\n")
  expect(problems).toMatch(/recordedAt must match pattern/)
  expect(problems).toMatch(/licenseId must match pattern/)
  expect(problems).toMatch(/"additionalProperty":"colour"/)
  expect(problemsOf({ ...event, data: {} }).join("\n")).toMatch(/must have required property 'claims'/)
  expect(problemsOf({ ...event, metadata: { ...event.metadata, v: 99 } })).toEqual(["there is no schema/events/SeatsGranted.v99.json"])
  expect(() => expectValidEvent(wrong)).toThrow(/SeatsGranted at organization-org_northwind7/)
})
