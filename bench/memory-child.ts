/** Started by memory.ts with --expose-gc. Every event passes through JSON, so that the state shares no text with its maker. */
import type { OrganizationEvent } from "../src/domain/events"
import { evolve, newOrganization } from "../src/domain/organization/organization"
import { BenchOrganization } from "./organization"

const PEOPLE = 100_000
const LICENSES = 10

export interface Filled {
  readonly bytes: number
  readonly claims: number
}

function heapUsed(): number {
  if (!global.gc) throw new Error("this needs --expose-gc")
  global.gc()
  global.gc()
  return process.memoryUsage().heapUsed
}

function fill(): Filled {
  const before = heapUsed()
  const state = newOrganization()
  fillByCommands((event) => evolve(state, JSON.parse(JSON.stringify(event)) as OrganizationEvent)) // what was written is read
  const bytes = heapUsed() - before
  let claims = 0
  for (const license of state.licenses.values()) claims += license.claims.size
  if (claims !== PEOPLE * LICENSES) throw new Error(`${claims} claims are not ${PEOPLE * LICENSES}`)
  return { bytes, claims }
}

/** The organization that made the events is garbage when this returns. */
function fillByCommands(take: (event: OrganizationEvent) => void): void {
  const organization = new BenchOrganization((events) => events.forEach(take))
  const licenses = Array.from({ length: LICENSES }, () => organization.license(PEOPLE))
  const group = organization.group(Array.from({ length: PEOPLE }, () => organization.user()))
  for (const license of licenses) {
    organization.assign(license, group)
    organization.finish()
  }
}

process.send?.(fill())
