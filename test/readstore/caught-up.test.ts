import { caughtUp } from "../../src/readstore/caught-up"
import type { ProjectionStatus } from "../../src/readstore/projecting"
import { openSqliteReadStore } from "../../src/readstore/sqlite"
import { UnitOfWork } from "../../src/readstore/work"
import { PATIENCE_MS } from "../support/until"

type Group = "ledger" | "history"

function given(recorded: number) {
  const readStore = openSqliteReadStore(":memory:")
  const readModels = readStore.readModels()
  const stopped: Group[] = []
  let head = recorded
  const failure: ProjectionStatus["failure"] = { eventId: "e", type: "T", stream: "s", revision: 1, error: "poison" }
  let isOutOfReach = false
  const newest = async () => {
    if (isOutOfReach) throw new Error("the log is out of reach")
    return head
  }
  const status = () => stopped.map((name) => ({ name, position: 0, lag: head, failure }))
  return {
    asked: (group: Group, withinMs = PATIENCE_MS) => caughtUp({ readStore, projecting: { status }, newest }, group, withinMs),
    async shows(group: Group, position: number) {
      await readModels.commit(group, await readModels.position(group), position, new UnitOfWork())
    },
    record: (events: number) => {
      head += events
    },
    losesLog: () => {
      isOutOfReach = true
    },
    stops: (group: Group) => stopped.push(group),
  }
}

test("true at once where everything is shown", async () => {
  expect(await given(0).asked("ledger", 0)).toBe(true)
})

test("it waits for what had been recorded when it was asked, and for nothing that came after", async () => {
  const { asked, shows, record } = given(5)
  const answer = asked("ledger")
  record(4)
  await shows("history", 9)
  await shows("ledger", 4)
  expect(await asked("ledger", 0)).toBe(false)
  await shows("ledger", 5)
  expect(await answer).toBe(true)
  expect(await asked("ledger", 0)).toBe(false)
})

test("false without waiting for a group that was stopped, and a group beside it is no matter", async () => {
  const { asked, shows, stops } = given(5)
  stops("history")
  await shows("ledger", 5)
  expect(await asked("ledger")).toBe(true)
  expect(await asked("history")).toBe(false)
})

test("false when the log does not say what had been recorded, whatever this process has heard", async () => {
  const { asked, losesLog } = given(0)
  losesLog()
  expect(await asked("ledger")).toBe(false)
})
