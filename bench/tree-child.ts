/** Started by tree-upkeep.ts with a log and the names of projection groups: follows the log and keeps these up. */
import { setTimeout as pause } from "node:timers/promises"
import Database from "better-sqlite3"
import { openSqliteEventStore } from "../src/eventstore/sqlite"
import { projectionGroups, readModelSchema } from "../src/readstore/projections"
import { Projector } from "../src/readstore/projector"
import { memorySkips } from "../src/readstore/skips"
import { createTables, SqliteReadModels } from "../src/readstore/sqlite-read-models"
import type { CaughtUp } from "./tree-upkeep"

/** Nothing in these events is sealed. */
const NOTHING = { load: async () => ({ openProfile: () => undefined, openText: () => undefined, subjectOf: () => undefined }) }

async function main(log: string, wanted: readonly string[]): Promise<void> {
  const db = new Database(`${log}.read-models`)
  db.pragma("journal_mode = WAL")
  db.pragma("synchronous = NORMAL")
  createTables(db, readModelSchema("sqlite"), "all")
  const eventStore = openSqliteEventStore(log, { readOnly: true })
  const groups = projectionGroups(NOTHING).filter(({ name }) => wanted.includes(name))
  const readModels = new SqliteReadModels(db)
  const projector = await Projector.open({ eventStore, readModels, groups, skips: memorySkips(), onShown: () => {} })
  void projector.run()

  let before = { position: 0, cpu: process.cpuUsage() }
  process.on("message", (position: number) => void reach(position))
  async function reach(position: number): Promise<void> {
    for (let status = projector.status(); status.some((group) => group.position < position); status = projector.status()) {
      const failure = status.find((group) => group.failure)?.failure
      if (failure) throw new Error(failure.error)
      await pause(1)
    }
    const { user, system } = process.cpuUsage(before.cpu)
    const answer: CaughtUp = { microseconds: (user + system) / (position - before.position) }
    before = { position, cpu: process.cpuUsage() }
    process.send?.(answer)
  }
  process.once("disconnect", () => process.exit(1)) // the benchmark is gone
  process.send?.("ready")
}

const [, , log = "", ...groups] = process.argv
void main(log, groups)
