import { randomInt } from "node:crypto"
import { join } from "node:path"
import { pino } from "pino"
import { readConfig } from "../../src/config"
import { type Core, openCore, placesOf } from "../../src/core"
import type { OrganizationEvent } from "../../src/domain/events"
import { evolve, isUnsettled, newOrganization } from "../../src/domain/organization/organization"
import { openSqliteEventStore } from "../../src/eventstore/sqlite"
import { projectionGroups } from "../../src/readstore/projections"
import { openSqliteSkips } from "../../src/readstore/sqlite-skips"
import { verify } from "../../src/readstore/verify"
import { openVault } from "../../src/vault/sqlite"
import { expectValidEvent } from "../events/expect-valid-event"
import { runChild } from "../support/child"
import { rounds } from "../support/rounds"
import { temporaryFolder } from "../support/temporary-folder"
import { PATIENCE_MS } from "../support/until"

const ROUNDS = rounds(12, 50)

interface Acknowledged {
  readonly key: string
  readonly events: readonly string[]
  readonly revision: number
}

test(`kill -9 at ${ROUNDS} random moments during commands and projection: nothing acknowledged is lost, nothing is torn, the read models equal their rebuild`, async () => {
  const folder = await temporaryFolder()
  try {
    const log = new Replay()
    let acknowledged = 0
    for (let round = 0; round < ROUNDS; round++) {
      const { organizationId, answers } = await commandsUntilKilled(folder.path, round, round % 8 === 0 ? 0 : randomInt(1, 200))
      acknowledged += answers.length
      if (organizationId === undefined) continue
      await log.readOn(folder.path, `organization-${organizationId}`)
      for (const { events, revision } of answers) {
        expect(events.filter((id) => !log.ids.has(id))).toEqual([])
        expect(log.state.revision).toBeGreaterThanOrEqual(revision)
      }
      // Consequences stand in the append of their cause: a log that stops between them would leave something unsettled.
      expect(isUnsettled(log.state)).toBe(false)
    }
    expect(acknowledged).toBeGreaterThan(ROUNDS)
    const core = await openCore(readConfig({ SEATLEDGER_DATA: folder.path }), { now: Date.now, log: pino({ level: "error" }) })
    try {
      await shown(core, log)
    } finally {
      await core.close()
    }
    expect(await verified(folder.path)).toMatchObject({ different: 0, differences: [] })
  } finally {
    await folder.remove()
  }
}, 240_000)

async function shown({ projecting }: Core, { stream, state }: Replay): Promise<void> {
  expect(await projecting.waitFor(stream, state.revision, PATIENCE_MS)).toBe("visible")
}

async function verified(folder: string) {
  const places = placesOf(folder)
  const eventStore = openSqliteEventStore(places.log, { readOnly: true })
  const vault = openVault(places.vault, { readOnly: true })
  const skips = openSqliteSkips(places.skips)
  try {
    return await verify({ folder, eventStore, groups: projectionGroups(vault), skips })
  } finally {
    skips.close()
    vault.close()
    await eventStore.close()
  }
}

async function commandsUntilKilled(folder: string, round: number, answersWanted: number) {
  const child = runChild(join(__dirname, "crash-child.ts"), [folder, String(round)])
  const answers: Acknowledged[] = []
  let organizationId: string | undefined
  for await (const line of child.lines) {
    const said: Acknowledged | { readonly organizationId: string } = JSON.parse(line)
    if ("organizationId" in said) organizationId = said.organizationId
    else answers.push(said)
    if (answers.length >= answersWanted) void child.kill()
  }
  const { signal, errors } = await child.ended
  expect({ signal, errors }).toEqual({ signal: "SIGKILL", errors: "" })
  return { organizationId, answers }
}

/** Reads the log on from where it stopped and replays it, as a restarted server would. */
class Replay {
  readonly state = newOrganization()
  readonly ids = new Set<string>()
  stream = ""

  async readOn(folder: string, stream: string): Promise<void> {
    this.stream = stream
    const store = openSqliteEventStore(placesOf(folder).log, { readOnly: true })
    try {
      for await (const page of store.read(stream, this.state.revision)) {
        for (const event of page) {
          expect(event.revision).toBe(this.state.revision + 1)
          expectValidEvent(event)
          this.ids.add(event.id)
          evolve(this.state, event as unknown as OrganizationEvent) // just checked against its schema
        }
      }
    } finally {
      await store.close()
    }
  }
}
