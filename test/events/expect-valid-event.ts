/** Checks a recorded event against `schema/events/`: the envelope, and the data by type and version. */
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import Ajv2020, { type ValidateFunction } from "ajv/dist/2020"
import type { RecordedEvent } from "../../src/eventstore/event-store"

export const SCHEMA_FOLDER = join(__dirname, "../../schema/events")
const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true, allErrors: true })
for (const file of readdirSync(SCHEMA_FOLDER)) ajv.addSchema(JSON.parse(readFileSync(join(SCHEMA_FOLDER, file), "utf8")), file)

/** The compiled schema of that file in `schema/events/`, or undefined when there is none. */
export function eventSchema(file: string): ValidateFunction | undefined {
  return ajv.getSchema(file)
}

/** What is wrong with the event, one line each; empty when it is valid. */
export function problemsOf(event: RecordedEvent): string[] {
  return [...violations("event.json", event), ...violations(`${event.type}.v${event.metadata.v}.json`, event.data)]
}

function violations(file: string, value: object): string[] {
  const validate = eventSchema(file)
  if (!validate) return [`there is no schema/events/${file}`]
  if (validate(value)) return []
  return (validate.errors ?? []).map((error) => `${file}: ${error.instancePath || "/"} ${error.message} ${JSON.stringify(error.params)}`)
}

/** Throws with everything that is wrong and the event itself. For tests that look at what is really written. */
export function expectValidEvent(event: RecordedEvent): void {
  const problems = problemsOf(event)
  if (problems.length > 0)
    throw new Error(`${event.type} at ${event.stream} ${event.revision}:\n${problems.join("\n")}\n${JSON.stringify(event, null, 2)}`)
}
