import { readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import Database from "better-sqlite3"
import type { ActorId, UserId } from "../../src/domain/ids"
import { textIdOf } from "../../src/vault/sealing"
import { openVault, type SqliteVault } from "../../src/vault/sqlite"
import { temporaryFolder } from "../support/temporary-folder"
import { actorFor, openProfile, openText, sealProfile, sealText } from "../support/vault"
import { ADA, BO, ORG, profile, vaultContract } from "./contract"

const opened: SqliteVault[] = []
function vaultIn(file: string, options?: { readOnly: boolean }): SqliteVault {
  const vault = openVault(file, options)
  opened.push(vault)
  return vault
}
afterEach(async () => {
  for (const vault of opened.splice(0)) await vault.close()
})

let folder: Awaited<ReturnType<typeof temporaryFolder>>
beforeAll(async () => {
  folder = await temporaryFolder()
})
afterAll(() => folder.remove())
let count = 0
const newFile = () => join(folder.path, `vault-${count++}.sqlite`)

/** Every byte that the vault left on the disk. */
function bytesOf(file: string): Buffer {
  const name = file.slice(folder.path.length + 1)
  const files = readdirSync(folder.path).filter((entry) => entry.startsWith(name) && !entry.endsWith("-shm"))
  return Buffer.concat(files.map((entry) => readFileSync(join(folder.path, entry))))
}

vaultContract(async () => {
  const file = newFile()
  return { open: async () => openVault(file) }
})

describe("the file", () => {
  test("rule 28: a destroyed key opens nothing any more, anywhere, and leaves no trace on the disk", async () => {
    const file = newFile()
    const vault = vaultIn(file)
    const reader = vaultIn(file, { readOnly: true })
    const sealed = await sealProfile(vault, ORG, ADA, profile)
    await vault.recordNames(ORG, [{ revision: 1, owner: ADA, names: { userName: profile.userName } }], 1)
    const db = new Database(file, { readonly: true })
    const key = db.prepare("select key from person_key").pluck().get() as Buffer // the column holds a blob
    db.close()
    const ada = (await actorFor(vault, ORG, "ada")) as ActorId // nobody in the directory has that name
    const subject = sealedSubject(file, ada)
    for (const bytes of [key, subject]) expect(bytesOf(file).includes(bytes)).toBe(true)
    expect(await openProfile(reader, ORG, ADA, sealed)).toEqual(profile)

    await vault.erase(ORG, [{ userId: ADA, actors: [ada], texts: [] }], 2)
    expect(await openProfile(vault, ORG, ADA, sealed)).toBeUndefined()
    expect(await openProfile(reader, ORG, ADA, sealed)).toBeUndefined()
    for (const bytes of [key, subject]) expect(bytesOf(file).includes(bytes)).toBe(false)
  })

  test("a copy of a key that lies somewhere else in the file is gone too", async () => {
    const file = newFile()
    const vault = vaultIn(file)
    await sealProfile(vault, ORG, ADA, profile)
    const others = await sealProfile(vault, ORG, BO, profile)
    const [key = Buffer.alloc(0)] = keysOf(file, [ADA])
    const db = new Database(file)
    db.pragma("secure_delete = OFF")
    db.exec("create table scratch (bytes blob)")
    db.prepare("insert into scratch values (?)").run(key)
    db.exec("drop table scratch")
    db.close()
    await vault.erase(ORG, [{ userId: ADA, actors: [], texts: [] }], 1)
    expect(bytesOf(file).includes(key)).toBe(false)
    expect(await openProfile(vault, ORG, BO, others)).toEqual(profile)
  })

  test("what a crash kept from being wiped is wiped at the next start", async () => {
    const file = newFile()
    const vault = vaultIn(file)
    await sealProfile(vault, ORG, ADA, profile)
    const [key = Buffer.alloc(0)] = keysOf(file, [ADA])
    await vault.close()
    const db = new Database(file)
    db.pragma("secure_delete = OFF")
    db.exec("delete from person_key; update erased set wiped = 0")
    db.close()
    expect(bytesOf(file).includes(key)).toBe(true)
    vaultIn(file)
    expect(bytesOf(file).includes(key)).toBe(false)
  })

  test("a vault of the format before is read, and can erase from then on", async () => {
    const file = newFile()
    const sealed = await vaultOfFormat1(file)
    const vault = vaultIn(file)
    expect(await openText(vault, ORG, sealed)).toBe("kept")
    await vault.erase(ORG, [{ userId: ADA, actors: [], texts: [textIdOf(sealed)] }], 7)
    expect([await openText(vault, ORG, sealed), (await vault.reached(ORG)).erasures]).toEqual([undefined, 7])
  })

  test("only the owner may read the files, and no name, mail, reason or subject stands in them", async () => {
    const file = newFile()
    const vault = vaultIn(file)
    await sealProfile(vault, ORG, ADA, { ...profile, mail: "ada@lovelace.example" })
    await sealText(vault, ORG, "a reason")
    await vault.recordNames(ORG, [{ revision: 1, owner: ADA, names: { userName: profile.userName, externalId: "EXT-1" } }], 1)
    await actorFor(vault, ORG, "carol@example.com")
    for (const entry of [file, `${file}-wal`, `${file}-shm`]) expect(statSync(entry).mode & 0o777).toBe(0o600)
    const text = bytesOf(file).toString("latin1")
    for (const secret of ["ada@", "Lovelace", "lovelace", "a reason", "EXT-1", "carol"]) expect(text).not.toContain(secret)
  })
})

function keysOf(file: string, people: readonly UserId[]): Buffer[] {
  const db = new Database(file, { readonly: true })
  const key = db.prepare<[string], Buffer>("select key from person_key where user_id = ?").pluck()
  const keys = people.flatMap((userId) => key.get(userId) ?? [])
  db.close()
  return keys
}

/** As the version before made it, holding the key of one organization. */
async function vaultOfFormat1(file: string): Promise<string> {
  const vault = openVault(file)
  const sealed = await sealText(vault, ORG, "kept")
  await vault.close()
  const db = new Database(file)
  db.exec(
    "drop table text_key; drop table erased_text; drop table erasures_reached; alter table erased drop column wiped; pragma user_version = 1",
  )
  db.close()
  return sealed
}

describe("a reader beside the writer", () => {
  test("sees a new key at once, also after it looked in vain", async () => {
    const file = newFile()
    const vault = vaultIn(file)
    const reader = vaultIn(file, { readOnly: true })
    const elsewhere = await sealProfile(vaultIn(":memory:"), ORG, ADA, profile)
    expect(await openProfile(reader, ORG, ADA, elsewhere)).toBeUndefined()
    const sealed = await sealProfile(vault, ORG, ADA, profile)
    expect(await openProfile(reader, ORG, ADA, sealed)).toEqual(profile)
  })

  test("cannot write, and is told what is missing when there is no vault", async () => {
    const file = newFile()
    vaultIn(file)
    const reader = vaultIn(file, { readOnly: true })
    await expect(sealProfile(reader, ORG, ADA, profile)).rejects.toThrow("reading only")
    expect(() => vaultIn(newFile(), { readOnly: true })).toThrow("cannot open the vault")
  })
})

function sealedSubject(file: string, actorId: string): string {
  const db = new Database(file, { readonly: true })
  const sealed = db.prepare("select subject from actor where actor_id = ?").pluck().get(actorId) as string // the column holds text
  db.close()
  return sealed
}
