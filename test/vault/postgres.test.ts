import { join } from "node:path"
import type { UserId } from "../../src/domain/ids"
import { type Database, openDatabase } from "../../src/postgres/database"
import { KEPT_FOR_MS } from "../../src/vault/key-cache"
import { openPostgresVault, type PostgresVault, type PostgresVaultOptions, vaultSchema } from "../../src/vault/postgres-vault"
import { textIdOf } from "../../src/vault/sealing"
import { filesHolding } from "../erasure/bytes"
import { startPostgres, type TestPostgres } from "../support/postgres"
import { until } from "../support/until"
import { find as found, openProfile, sealProfile, sealReason } from "../support/vault"
import { ADA, BO, ORG, profile, vaultContract } from "./contract"

let postgres: TestPostgres
let url: string
beforeAll(async () => {
  postgres = await startPostgres()
  url = postgres.url
})
afterAll(() => postgres.stop())

let places = 0
const newSchema = () => `place_${++places}`

/** Closed after the test, however it ends. */
const opened: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close()
})
async function openedVault(options: Omit<PostgresVaultOptions, "url">): Promise<PostgresVault> {
  const vault = await openPostgresVault({ url, ...options })
  opened.push(vault)
  return vault
}
async function tables(schema: string): Promise<Database> {
  const database = await openDatabase({ url, schema: vaultSchema(schema) })
  opened.push(database)
  return database
}

vaultContract(async () => {
  const schema = newSchema()
  const database = await tables(schema)
  return {
    async open() {
      const [start] = await database.rows<{ now: string }>("select clock_timestamp()::text as now")
      // By a clock that stands still keys stay in memory for ever: only what is heard of another node's erasure drops them.
      const vault = await openPostgresVault({ url, schema, now: () => 0 })
      await until(() => listensSince(database, start?.now ?? ""))
      return vault
    },
  }
})

/**
 * A vault that was opened after this moment hears of erasures; what it read before that, it forgets then. A connection that
 * has listened for some seconds asks whether the other end is there.
 */
async function listensSince(database: Database, moment: string): Promise<boolean> {
  const listening = await database.rows(
    `select from pg_stat_activity where backend_start >= $1::timestamptz and state = 'idle'
       and query in ('listen ' || current_schema() || '_erased', 'select 1')`,
    [moment],
  )
  return listening.length > 0
}

describe("keys in memory", () => {
  test("are looked up again after a minute, so that a node that heard nothing forgets too", async () => {
    let now = 0
    const schema = newSchema()
    const vault = await openedVault({ schema, now: () => now })
    const database = await tables(schema)
    // In vain until the vault listens: then it forgets what it read before.
    let sealed = ""
    await until(async () => {
      now = 0
      sealed = await sealProfile(vault, ORG, ADA, profile)
      // As an erasure whose NOTIFY is lost.
      await database.run("delete from person_key")
      now = KEPT_FOR_MS - 1
      return (await openProfile(vault, ORG, ADA, sealed)) !== undefined
    })
    now = KEPT_FOR_MS
    expect(await openProfile(vault, ORG, ADA, sealed)).toBeUndefined()
  })

  test("survive the loss of every connection, and so does the vault", async () => {
    const schema = newSchema()
    const vault = await openedVault({ schema })
    const sealed = await sealProfile(vault, ORG, ADA, profile)
    const database = await openDatabase({ url })
    await database.rows(
      "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and backend_type = 'client backend'",
    )
    await database.close()
    const reader = await openedVault({ schema, readOnly: true })
    for (const opener of [vault, reader]) expect(await openProfile(opener, ORG, ADA, sealed)).toEqual(profile)
    const bo = await sealProfile(vault, ORG, BO, profile)
    expect(await openProfile(reader, ORG, BO, bo)).toEqual(profile)
    await expect(sealProfile(reader, ORG, "usr_cy" as UserId, profile)).rejects.toThrow("reading only")
  })
})

test("a log that grows while a node looks whether it is an older one is not taken for one", async () => {
  const schema = newSchema()
  const [vault, other, database] = [await openedVault({ schema }), await openedVault({ schema }), await tables(schema)]
  const named = (revision: number, owner: UserId, userName: string) => [{ revision, owner, names: { userName } }]
  await vault.recordNames(ORG, named(5, ADA, "lost"), 5)
  // The other node appends revision 3 to the log that was put back, and records it, while this one reads the head.
  let recorded: Promise<void> | undefined
  let isRecorded = false
  await vault.startOver(ORG, async () => {
    recorded = other.recordNames(ORG, named(3, BO, "new"), 3).finally(() => {
      isRecorded = true
    })
    const waiting = "select from pg_stat_activity where wait_event_type = 'Lock' and query like '%names_reached%'"
    await until(async () => isRecorded || (await database.rows(waiting)).length > 0)
    return 2
  })
  await recorded
  const find = (value: string) => found(vault, ORG, { kind: "userName", value })
  expect([await find("lost"), await find("new"), await vault.reached(ORG)]).toEqual([undefined, BO, { names: 3, erasures: 0 }])
})

test("rule 28: of a destroyed key no byte is left in the files of the database, and no dead row", async () => {
  const schema = newSchema()
  const vault = await openedVault({ schema })
  const database = await tables(schema)
  await sealProfile(vault, ORG, ADA, profile)
  const others = await sealProfile(vault, ORG, BO, profile)
  const reason = await sealReason(vault, ORG, "Ada asked")
  const keys = (
    await database.rows<{ key: Buffer }>("select key from person_key where user_id = $1 union all select key from text_key", [ADA])
  ).map(({ key }) => key)
  const lie = async () => {
    await database.run("checkpoint")
    return keys.map((key) => filesHolding(join(folder, "base"), key).length > 0)
  }
  const [{ folder } = { folder: "" }] = await database.rows<{ folder: string }>("select current_setting('data_directory') as folder")
  expect(await lie()).toEqual([true, true])
  await database.run("analyze") // as PostgreSQL does by itself: what it samples lies elsewhere

  await vault.erase(ORG, [{ userId: ADA, actors: [], texts: [textIdOf(reason)] }], 1)
  expect(await database.rows("select wiped from erased")).toEqual([{ wiped: true }])
  expect(await lie()).toEqual([false, false])
  expect(await openProfile(vault, ORG, BO, others)).toEqual(profile)
})

test("what a reader of before keeps from being wiped is wiped at the next start", async () => {
  const schema = newSchema()
  const faults: string[] = []
  const vault = await openedVault({ schema, onFault: ({ message }) => faults.push(message) })
  await sealProfile(vault, ORG, ADA, profile)
  const database = await tables(schema)
  await database.transaction(async (backup) => {
    await backup.run("set transaction isolation level repeatable read")
    await backup.rows("select from person_key")
    await vault.erase(ORG, [{ userId: ADA, actors: [], texts: [] }], 1)
  })
  expect(await database.rows("select wiped from erased")).toEqual([{ wiped: false }])
  expect(faults).toEqual([expect.stringContaining("may still lie in the vault's tables")])
  await vault.close()
  const again = await openedVault({ schema })
  await again.erase(ORG, [], 1) // waits for what the start began
  expect(await database.rows("select wiped from erased")).toEqual([{ wiped: true }])
})
