import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import type { UserId } from "../../src/domain/ids"
import { openDatabase } from "../../src/postgres/database"
import { KEPT_FOR_MS } from "../../src/vault/key-cache"
import { openPostgresVault, vaultSchema } from "../../src/vault/postgres-vault"
import { textIdOf } from "../../src/vault/sealing"
import { startPostgres, type TestPostgres } from "../support/postgres"
import { openProfile, sealProfile, sealReason } from "../support/vault"
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

vaultContract(async () => {
  const schema = newSchema()
  return { open: () => openPostgresVault({ url, schema }) }
})

describe("keys in memory", () => {
  test("are looked up again after a minute, so that a node that heard nothing forgets too", async () => {
    let now = 0
    const schema = newSchema()
    const vault = await openPostgresVault({ url, schema, now: () => now })
    const sealed = await sealProfile(vault, ORG, ADA, profile)
    const database = await openDatabase({ url, schema: vaultSchema(schema) })
    // As an erasure whose NOTIFY is lost.
    await database.run("delete from person_key")
    now = KEPT_FOR_MS - 1
    expect(await openProfile(vault, ORG, ADA, sealed)).toEqual(profile)
    now = KEPT_FOR_MS
    expect(await openProfile(vault, ORG, ADA, sealed)).toBeUndefined()
    await Promise.all([vault.close(), database.close()])
  })

  test("survive the loss of every connection, and so does the vault", async () => {
    const schema = newSchema()
    const faults: string[] = []
    const vault = await openPostgresVault({ url, schema, onFault: ({ message }) => faults.push(message) })
    const sealed = await sealProfile(vault, ORG, ADA, profile)
    const database = await openDatabase({ url })
    await database.rows(
      "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and backend_type = 'client backend'",
    )
    await database.close()
    const reader = await openPostgresVault({ url, schema, readOnly: true })
    for (const opener of [vault, reader]) expect(await openProfile(opener, ORG, ADA, sealed)).toEqual(profile)
    const bo = await sealProfile(vault, ORG, BO, profile)
    expect(await openProfile(reader, ORG, BO, bo)).toEqual(profile)
    await expect(sealProfile(reader, ORG, "usr_cy" as UserId, profile)).rejects.toThrow("reading only")
    await Promise.all([vault.close(), reader.close()])
  })
})

test("rule 28: of a destroyed key no byte is left in the files of the database, and no dead row", async () => {
  const schema = newSchema()
  const vault = await openPostgresVault({ url, schema })
  const database = await openDatabase({ url, schema: vaultSchema(schema) })
  await sealProfile(vault, ORG, ADA, profile)
  const others = await sealProfile(vault, ORG, BO, profile)
  const reason = await sealReason(vault, ORG, "Ada asked")
  const keys = (
    await database.rows<{ key: Buffer }>("select key from person_key where user_id = $1 union all select key from text_key", [ADA])
  ).map(({ key }) => key)
  const lie = async () => {
    await database.run("checkpoint")
    return keys.map((key) => liesIn(join(folder, "base"), key))
  }
  const [{ folder } = { folder: "" }] = await database.rows<{ folder: string }>("select current_setting('data_directory') as folder")
  expect(await lie()).toEqual([true, true])

  await vault.erase(ORG, [{ userId: ADA, actors: [], texts: [textIdOf(reason)] }], 1)
  expect(await database.rows("select wiped from erased")).toEqual([{ wiped: true }])
  expect(await lie()).toEqual([false, false])
  expect(await openProfile(vault, ORG, BO, others)).toEqual(profile)
  await Promise.all([vault.close(), database.close()])
})

test("what a reader of before keeps from being wiped is wiped at the next start", async () => {
  const schema = newSchema()
  const faults: string[] = []
  const vault = await openPostgresVault({ url, schema, onFault: ({ message }) => faults.push(message) })
  await sealProfile(vault, ORG, ADA, profile)
  const database = await openDatabase({ url, schema: vaultSchema(schema) })
  await database.transaction(async (backup) => {
    await backup.run("set transaction isolation level repeatable read")
    await backup.rows("select from person_key")
    await vault.erase(ORG, [{ userId: ADA, actors: [], texts: [] }], 1)
  })
  expect(await database.rows("select wiped from erased")).toEqual([{ wiped: false }])
  expect(faults).toEqual([expect.stringContaining("may still lie in the vault's tables")])
  await vault.close()
  const again = await openPostgresVault({ url, schema })
  await again.erase(ORG, [], 1) // waits for what the start began
  expect(await database.rows("select wiped from erased")).toEqual([{ wiped: true }])
  await Promise.all([again.close(), database.close()])
})

function liesIn(folder: string, bytes: Buffer): boolean {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).some(
    (entry) => entry.isFile() && readFileSync(join(entry.parentPath, entry.name)).includes(bytes),
  )
}
