/** The state as a snapshot holds it: written, read back, and going on from there. */
import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import fc from "fast-check"
import { EVENT_TYPES } from "../../src/domain/event-versions"
import type { OrganizationEvent } from "../../src/domain/events"
import { evolve, newOrganization, type OrganizationState } from "../../src/domain/organization/organization"
import { StateReader } from "../../src/domain/organization/read-state"
import { writeState } from "../../src/domain/organization/write-state"
import { EVOLVE_VERSION } from "../../src/domain/organization/written-state"
import { cancelling, history, plain, start } from "./histories"
import { given, replayed } from "./scenario"

/** What each version made of the fixed history. A version that was released stays here. */
const STATES: Readonly<Record<number, string>> = {
  1: "d42816dbefb48cc45a884f4a3a0803f953ce27ab216349c252508cf3a3d3770a",
  2: "30ec3a74d4926c20c0eb070cff4d2c6bec77400d34237e378a4bca8775b52171",
  3: "33ccce666660deb7bb6f9501a142b3eebee3d5404567a2251e724af8c924e08f",
}

test("a state read back at any revision, with the events after it, is the state of a full replay, and both go on alike", () => {
  fc.assert(
    fc.property(
      fc.record({ history, rest: fc.array(cancelling, { maxLength: 20 }), anywhere: fc.nat(), withTail: fc.boolean() }),
      ({ history: { budget, steps }, rest, anywhere, withTail }) => {
        const scenario = start(budget)
        // A log that is cut has its licenses and people.
        const least = withTail ? 0 : scenario.log.length
        for (const take of steps) take(scenario)
        const at = least + (anywhere % (scenario.log.length + 1 - least))
        // Without a tail it is as if the log ended there, in the middle of an append: much is still to be settled.
        const log = withTail ? scenario.log : scenario.log.slice(0, at)

        const replay = scenario.restarted()
        replay.state = replayed(log)
        const restored = scenario.restarted()
        restored.state = readBack(replayed(log.slice(0, at)))
        for (const event of log.slice(at)) evolve(restored.state, event)
        expect([...writeState(restored.state)]).toEqual([...writeState(replay.state)])

        for (const go of [replay, restored]) {
          for (const take of rest) take(go)
          go.finish()
        }
        expect(restored.log.slice(1)).toEqual(replay.log.slice(1))
        expect(plain(restored.state)).toEqual(plain(replay.state))
      },
    ),
    { numRuns: Number(process.env.PROPERTY_RUNS ?? 200) },
  )
})

test("people who lost their seats by one event, one of them deleted meanwhile, are told of in one event still", () => {
  const scenario = given({ seats: 3, users: "a b c", groups: { G: "a b c" } }).assign("G")
  const { length } = scenario.log
  scenario.unassign("G")
  scenario.deleteUser("a")
  const [unassigned, , deleted] = scenario.log.slice(length)
  expect([unassigned?.type, deleted?.type]).toEqual(["LicenseUnassigned", "UserDeleted"])
  scenario.state = readBack(replayed([...scenario.log.slice(0, length), unassigned, deleted].filter((event) => event !== undefined)))
  scenario.finish()
  expect(scenario.log.filter(({ type }) => type === "SeatsReleased").at(-1)?.data).toMatchObject({
    claims: [{ userId: "usr_a" }, { userId: "usr_b" }, { userId: "usr_c" }],
  })
})

test("rule 12: a seat that was on its way to somebody goes there still, ahead of the waitlist", () => {
  const scenario = given({ seats: 1, users: "a b c" }).assign("a").assign("b c", { onShortage: "WAITLIST" })
  const { length } = scenario.log
  scenario.transfer("a", "c")
  scenario.state = readBack(replayed(scenario.log.slice(0, length + 1)))
  scenario.finish().seated("c").waiting("b")
})

test("lines that are missing or stand in another place are noticed", () => {
  const lines = [...writeState(given({ seats: 1, users: "a b", groups: { G: "a" } }).assign("b G", { onShortage: "WAITLIST" }).state)]
  for (const [index] of lines.entries()) expect(() => read(lines.filter((_, n) => n !== index))).toThrow()
  expect(() => read([...lines].reverse())).toThrow()
})

test("EVOLVE_VERSION is raised when the same events lead to another state, or the state is written in another way", () => {
  const file = join(__dirname, "../fixtures/histories/organization.jsonl")
  const events = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as OrganizationEvent)
  const state = newOrganization()
  const hash = createHash("sha256")
  for (const event of events) {
    evolve(state, event)
    for (const line of writeState(state)) hash.update(`${line}\n`)
  }
  const found = hash.digest("hex")
  if (STATES[EVOLVE_VERSION] !== found) {
    throw new Error(
      `evolve or writeState changed: raise EVOLVE_VERSION in src/domain/organization/written-state.ts and add its hash here: ${found}`,
    )
  }

  const types = new Set(events.map(({ type }) => type as string))
  const missing = EVENT_TYPES.filter((type) => !/^(Vendor(Registered|Secret|Event[^I])|Product)/.test(type) && !types.has(type))
  expect(`events of no such type in ${file}: ${missing}`).toBe(`events of no such type in ${file}: `)
})

function readBack(state: OrganizationState): OrganizationState {
  return read([...writeState(state)])
}

function read(lines: readonly string[]): OrganizationState {
  const reader = new StateReader()
  for (const line of lines) reader.line(line)
  return reader.done()
}
