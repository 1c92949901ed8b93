/** Generations of read models in PostgreSQL: rebuilt beside, verified, upgraded without down time, and without a trace of who was erased. */
import { join } from "node:path"
import { MemoryEventStore } from "../../src/eventstore/memory"
import { untilLost } from "../../src/leading"
import { holdersOf, Leadership } from "../../src/postgres/advisory-lock"
import { PostgresGenerations } from "../../src/readstore/postgres-generations"
import { PostgresProjector, projectorLock } from "../../src/readstore/postgres-projector"
import type { PostgresReadModels } from "../../src/readstore/postgres-read-models"
import { openPostgresReadStore } from "../../src/readstore/postgres-read-store"
import { rebuildInPostgres } from "../../src/readstore/postgres-rebuild"
import { verifyInPostgres } from "../../src/readstore/postgres-verify"
import { projectionGroups, readModelSchema } from "../../src/readstore/projections"
import { Projector } from "../../src/readstore/projector"
import { memorySkips } from "../../src/readstore/skips"
import { rebuildReadModels } from "../../src/readstore/tools"
import { UnitOfWork } from "../../src/readstore/work"
import { filesHolding } from "../erasure/bytes"
import { startPostgres, type TestPostgres } from "../support/postgres"
import { until } from "../support/until"
import { metadata, record, vault } from "./histories"
import { everything } from "./read-models"

const groups = projectionGroups(vault)
const skips = memorySkips()
let server: TestPostgres
let schemas = 0
beforeAll(async () => {
  server = await startPostgres(["fsync=off", "full_page_writes=off", "max_prepared_transactions=5"])
})
afterAll(() => server.stop())

async function placeWith(eventStore: MemoryEventStore) {
  const place = { kind: "postgres", url: server.url, schema: `generations_${++schemas}` } as const
  const generations = await PostgresGenerations.open(place)
  const { written } = await generations.pointer()
  const follow = async () => {
    const readModels = await generations.readModels(written)
    await (await Projector.open({ eventStore, readModels, groups, skips, onShown: () => {} })).catchUp()
    await readModels.close()
  }
  await follow()
  return { place, generations, follow }
}

test("a rebuild beside gives the same rows, and readers turn to it when it is shown; nobody's tables are dropped, then they are", async () => {
  const eventStore = new MemoryEventStore()
  await record(eventStore, [61, 62])
  const { place, generations } = await placeWith(eventStore)
  const readStore = await openPostgresReadStore(place)
  const before = await everything(readStore)
  const { generation } = await rebuildInPostgres({ generations, eventStore, groups, skips })
  expect(generation).not.toBe(readStore.generation)
  expect(await everything(readStore)).toEqual(before)

  await generations.show(generation)
  const old = readStore.generation
  // Held by the reader, unless it has turned already.
  await generations.dropUnused()
  await readStore.reopen()
  expect(readStore.generation).toBe(generation)
  const after = await everything(readStore)
  expect({ ...after, generation: [] }).toEqual({ ...before, generation: [] })
  while (
    await generations.rows(old).then(
      (rows) => rows.close().then(() => true),
      () => false,
    )
  )
    await generations.dropUnused()
  expect(await generations.dropUnused()).toEqual([])
  await readStore.close()
  await generations.control.close()
})

test("verify finds them equal, and then each row that was tampered with", async () => {
  const eventStore = new MemoryEventStore()
  await record(eventStore, [63])
  const { place, generations } = await placeWith(eventStore)
  const verified = await verifyInPostgres({ generations, eventStore, groups, skips })
  expect(verified).toMatchObject({ different: 0, differences: [] })
  expect(verified.rows.seat).toBeGreaterThan(5)

  const readStore = await openPostgresReadStore(place)
  await readStore.rows("update seat set opened_ordinal = 77 where ctid = (select max(ctid) from seat)")
  await readStore.rows("insert into principal_words values (7, 'u0001tampered')")
  await readStore.rows("delete from proof_tile where level = 0 and place = 0")
  const { different, differences } = await verifyInPostgres({ generations, eventStore, groups, skips })
  expect(different).toBe(3)
  expect(differences.map(({ table, problem, columns }) => [table, problem, columns])).toEqual([
    ["principal_words", "unexpected", []],
    ["proof_tile", "missing", []],
    ["seat", "different", ["opened_ordinal"]],
  ])
  await readStore.close()
  await generations.control.close()
})

test("upgrade without down time: nodes of both versions have tables of their own, and the old ones go with the last old node", async () => {
  const eventStore = new MemoryEventStore()
  await record(eventStore, [64])
  const { place, generations: ofOld } = await placeWith(eventStore)
  const old = await openPostgresReadStore(place)
  const before = await everything(old)

  const schema = readModelSchema("postgres")
  const ofNew = await PostgresGenerations.open(place, undefined, { ...schema, signature: `${schema.signature}, later 1` })
  const { written } = await ofNew.pointer()
  expect(written).not.toBe(old.generation)
  const leadership = new Leadership(ofNew.control)
  await leadership.share(ofNew.lockOf(written))
  expect(await ofNew.dropUnused()).toEqual([])
  expect(await ofOld.dropUnused()).toEqual([])
  expect(await everything(old)).toEqual(before)

  const { generation } = old
  await old.close()
  const dropped: number[] = []
  await until(async () => dropped.push(...(await ofNew.dropUnused())) > 0) // the server may notice later that it has gone
  expect(dropped).toEqual([generation])
  expect(await ofOld.known()).toBeUndefined()
  await leadership.close()
  await ofNew.control.close()
  await ofOld.control.close()
})

test("a rebuild by hand holds the new tables until the node that projects uses them", async () => {
  const eventStore = new MemoryEventStore()
  await record(eventStore, [65])
  const { place, generations } = await placeWith(eventStore)
  const lock = projectorLock(generations.schema.signature)
  const node = new Leadership(generations.control)
  node.standFor(lock, untilLost)
  await until(() => node.leads(lock))
  const { written: before } = await generations.pointer()
  const rebuilt = rebuildReadModels(place, { eventStore, groups, skips })
  await until(async () => (await generations.pointer()).written !== before)
  const { written } = await generations.pointer()
  const later = { ...generations.schema, signature: `${generations.schema.signature}, later 1` }
  const ofLater = await PostgresGenerations.open(place, undefined, later)
  expect(await ofLater.drop(written)).toBe(false)
  await node.share(generations.lockOf(written))
  await rebuilt
  expect(await ofLater.drop(written)).toBe(false)
  await node.close()
  await ofLater.control.close()
  await generations.control.close()
})

test("a projector that cannot open its tables lets go of them until it tries again", async () => {
  const eventStore = new MemoryEventStore()
  const { generations } = await placeWith(eventStore)
  const { written } = await generations.pointer()
  let tries = 0
  generations.readModels = async () => {
    tries += 1
    throw new Error("the tables are out of reach")
  }
  const log = Object.assign(eventStore, { newest: async () => 0, behind: () => 0, wake: () => {} })
  const projector = new PostgresProjector({ eventStore: log, generations, groups, skips, onFault: () => {} })
  await until(async () => tries > 0 && (await holdersOf(generations.control, generations.lockOf(written))).length === 0)
  await projector.close()
  await generations.control.close()
})

test("a pointer that came with a backup, without its tables, is made anew", async () => {
  const eventStore = new MemoryEventStore()
  const { generations } = await placeWith(eventStore)
  const { shown } = await generations.pointer()
  await generations.control.run(`drop schema ${generations.nameOf(shown)} cascade`)
  expect(await generations.known()).toBeUndefined()
  const made = await generations.pointer()
  expect(made.shown).toBeGreaterThan(shown)
  expect(await generations.pointer()).toEqual(made)
  await generations.control.close()
})

test("a batch that the database refuses writes nothing; one that comes too late neither", async () => {
  const eventStore = new MemoryEventStore()
  await record(eventStore, [65])
  const { generations } = await placeWith(eventStore)
  const { written } = await generations.pointer()
  const readModels = await generations.readModels(written)
  const position = await readModels.position("ledger")
  expect(await readModels.commit("ledger", position - 1, position + 1, new UnitOfWork())).toBe(false)
  expect(await readModels.position("ledger")).toBe(position)
  await readModels.close()
  await generations.control.close()
})

/** False when it is to be tried again: PostgreSQL's own workers are readers as well. */
async function isWiped(readModels: PostgresReadModels): Promise<boolean> {
  const refusal = await readModels.wipeErased().catch((error: Error) => error)
  if (refusal) expect(refusal.message).toContain("is still being read")
  return refusal === undefined
}

test("rule 28: nothing of an erased person is left in the files of the tables", async () => {
  const eventStore = new MemoryEventStore()
  await record(eventStore, [66])
  const { place, generations, follow } = await placeWith(eventStore)
  const readStore = await openPostgresReadStore(place)
  const [person] = await readStore.rows<{ principal_id: string; display_name: string; organization_id: string }>(
    "select principal_id, display_name, organization_id from principal_name where principal_type = 'USER' and to_revision = 9007199254740991 limit 1",
  )
  if (!person) throw new Error("the history has nobody in it")
  const unique = `Xyzzy${Date.now()}`
  const stream = `organization-${person.organization_id}`
  let revision = 0
  for await (const page of eventStore.read(stream, 0)) revision += page.length
  // The name is written into the tables as the projector does, overwritten as an erasure does, and is then searched for in the files.
  await readStore.rows(`update principal_name set display_name = '${unique}' where principal_id = ?`, [person.principal_id])
  await readStore.rows("checkpoint")
  const data = (await readStore.rows<{ data_directory: string }>("show data_directory"))[0]?.data_directory ?? ""
  // Files of tables and indexes; what was written lies in the write-ahead log until that is reused (docs/erasure.md).
  const holding = () => filesHolding(join(data, "base"), Buffer.from(unique))
  expect(holding()).not.toEqual([])
  await readStore.rows("analyze") // as PostgreSQL does by itself: what it samples lies elsewhere

  const backup = await generations.rows(readStore.generation)
  await eventStore.append(stream, revision, [
    { id: "6f72675f-0000-4100-8000-00000000ffff", type: "UserErased", data: { userId: person.principal_id }, metadata: metadata() },
  ])
  await follow()
  const readModels = await generations.readModels(readStore.generation)
  await expect(readModels.wipeErased()).rejects.toThrow("is still being read")
  await backup.close()
  const { erased } = await readModels.erasures()
  expect(erased).toBeGreaterThan(0)
  await until(() => isWiped(readModels))
  expect(await readModels.erasures()).toEqual({ erased, wiped: erased })
  await readStore.rows("checkpoint")
  expect(holding()).toEqual([])
  await readModels.close()
  await readStore.close()
  await generations.control.close()
})

test.each(["left open", "prepared and left"])(
  "rule 28: nothing is called wiped while a transaction of before that has written is %s",
  async (how) => {
    const { generations } = await placeWith(new MemoryEventStore())
    const { written } = await generations.pointer()
    const readModels = await generations.readModels(written)
    // Between two statements it reads nothing, and PostgreSQL keeps rows for it all the same.
    const other = generations.control.connection()
    await other.connect()
    await other.query("begin; select pg_current_xact_id()")
    if (how === "prepared and left") await other.query("prepare transaction 'left'")
    const erasing = new UnitOfWork()
    erasing.erases = true
    expect(await readModels.commit("ledger", 0, 1, erasing)).toBe(true)
    await expect(readModels.wipeErased()).rejects.toThrow("is still being read")
    expect(await readModels.erasures()).toEqual({ erased: 1, wiped: 0 })
    await other.query(how === "prepared and left" ? "rollback prepared 'left'" : "rollback")
    await until(() => isWiped(readModels))
    expect(await readModels.erasures()).toEqual({ erased: 1, wiped: 1 })
    await other.end()
    await readModels.close()
    await generations.control.close()
  },
)
