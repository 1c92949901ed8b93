import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { APPS, VENDORS } from "../../src/cli/demo/catalog"
import { demoCompany, ORGANIZATION } from "../../src/cli/demo/company"
import { fillDemo, isFilled } from "../../src/cli/demo/fill"
import { openCommands } from "../../src/commands/commands"
import type { OrganizationEvent } from "../../src/domain/events"
import { evolve, newOrganization } from "../../src/domain/organization/organization"
import type { EventStore, RecordedEvent } from "../../src/eventstore/event-store"
import { openSqliteEventStore } from "../../src/eventstore/sqlite"
import { openVault } from "../../src/vault/sqlite"
import { expectValidEvent } from "../events/expect-valid-event"

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "seatledger-demo-"))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** Opens the folder, fills it as `demo` does, and closes it. `failAfter`: the log takes so many appends and then no more. */
async function fill({ failAfter = Number.POSITIVE_INFINITY } = {}) {
  const store = openSqliteEventStore(join(folder, "events.sqlite"))
  const vault = openVault(join(folder, "vault.sqlite"))
  let daysBack = 0
  const commands = openCommands({ store: failing(store, failAfter), vault, now: () => Date.now() - daysBack * 86_400_000 })
  try {
    const daysAgo = (days: number) => {
      daysBack = days
    }
    const { written, licenses } = await fillDemo(commands, { onProgress: () => {}, daysAgo })
    const events: RecordedEvent[] = []
    for await (const { events: batch } of store.follow(0, new AbortController().signal, "head")) events.push(...batch)
    return { written, licenses, events, filled: await isFilled(store) }
  } finally {
    await commands.close().catch(() => {})
    await store.close()
    vault.close()
  }
}

/** The real store, whose disk is full after some appends. */
function failing(store: EventStore, after: number): EventStore {
  let appends = 0
  return {
    append: async (stream, expected, events) => {
      appends += 1
      if (appends > after) throw new Error("no space left on the device")
      return store.append(stream, expected, events)
    },
    read: (stream, after) => store.read(stream, after),
    follow: (after, signal, end) => store.follow(after, signal, end),
    close: () => store.close(),
  }
}

function seats(events: readonly RecordedEvent[], licenses: ReadonlyMap<string, string>) {
  const organization = newOrganization()
  for (const event of events) {
    if (event.stream === `organization-${ORGANIZATION.id}`) evolve(organization, event as RecordedEvent & OrganizationEvent) // its stream holds no others
  }
  return Object.fromEntries(
    [...licenses].map(([key, id]) => {
      const license = organization.licenses.get(id as never) // ids of the map are license ids
      return [key, `${license?.status} ${license?.seated} of ${license?.capacity}, ${license?.waiting} waiting`]
    }),
  )
}

test("the company is the same everywhere: 1,200 people with their own user names, 40 groups, 8 apps of 6 vendors", () => {
  const { people, teams } = demoCompany()
  expect(demoCompany()).toEqual({ people, teams })
  expect(people).toHaveLength(1_200)
  expect(new Set(people.map(({ userName }) => userName)).size).toBe(1_200)
  expect(people.every(({ userName }) => /^[a-z]+\.[a-z]+\d*@noordster\.example$/.test(userName))).toBe(true)
  expect(people.filter(({ displayName }) => /[^\x20-\x7e]/.test(displayName)).length).toBeGreaterThan(200)
  expect(people.find(({ externalId }) => externalId === "adele")).toMatchObject({ displayName: "Adèle Vermeulen" })
  expect(teams).toHaveLength(40)
  for (const { members } of teams) expect(new Set(members).size).toBe(members.length)
  expect([APPS.length, VENDORS.length]).toEqual([8, 6])
  expect(APPS.flatMap((app) => app.teams).filter((team) => !teams.some(({ key }) => key === team))).toEqual([])
})

test("a fill gives licenses in every condition, over half a year, and every event fits its schema", async () => {
  const { events, licenses, filled } = await fill()
  for (const event of events) expectValidEvent(event)
  expect(seats(events, licenses)).toEqual({
    canvas: "ACTIVE 217 of 260, 0 waiting",
    insight: "ACTIVE 120 of 120, 58 waiting",
    notebooks: "ACTIVE 32 of 35, 0 waiting",
    sign: "ACTIVE 140 of 140, 12 waiting",
    atelier: "ACTIVE 54 of 45, 0 waiting",
    crew: "WARNING 232 of 250, 0 waiting",
    maintain: "SUSPENDED 131 of 150, 6 waiting",
    keys: "ACTIVE 1171 of 1300, 0 waiting",
  })
  const times = events.map(({ metadata }) => Date.parse(metadata.recordedAt))
  expect(Math.round((Date.now() - Math.min(...times)) / 86_400_000)).toBe(184)
  expect(Math.max(...times)).toBeLessThanOrEqual(Date.now())
  expect(filled).toBe(true)
})

test("a fill that was interrupted is completed, and a full ledger is left as it is", async () => {
  await expect(fill({ failAfter: 60 })).rejects.toThrow()
  const completed = await fill()
  expect(completed.written).toBeGreaterThan(0)
  expect(seats(completed.events, completed.licenses)).toMatchObject({ insight: "ACTIVE 120 of 120, 58 waiting" })
  expect(completed.events.filter(({ type }) => type === "UserProvisioned")).toHaveLength(1_200)

  const again = await fill()
  expect(again.written).toBe(0)
  // That a vendor sent the same again stands in the vendor's own ledger, and nowhere else.
  expect(again.events.filter(({ type }) => type !== "VendorEventRepeated")).toEqual(completed.events)
})
