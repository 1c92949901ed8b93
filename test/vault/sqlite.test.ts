import { readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import Database from "better-sqlite3"
import type { GroupId, UserId } from "../../src/domain/ids"
import { textIdOf } from "../../src/vault/sealing"
import { openVault, type SqliteVault } from "../../src/vault/sqlite"
import { temporaryFolder } from "../support/temporary-folder"

const ORG = "org_acme"
const ADA = "usr_ada" as UserId
const BO = "usr_bo" as UserId
const STAFF = "grp_staff" as GroupId
const profile = { userName: "ada@example.com", displayName: "Ada Lovelace", mail: null }

const opened: SqliteVault[] = []
function vaultIn(file: string, options?: { readOnly: boolean }): SqliteVault {
  const vault = openVault(file, options)
  opened.push(vault)
  return vault
}
afterEach(() => {
  for (const vault of opened.splice(0)) vault.close()
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

describe("sealing", () => {
  test("what was sealed opens again, also after a restart, and is another text every time", () => {
    const file = newFile()
    const vault = vaultIn(file)
    const sealed = vault.sealProfile(ORG, ADA, profile)
    const reason = vault.sealText(ORG, "left for another team")
    expect(vault.sealProfile(ORG, ADA, profile)).not.toBe(sealed)
    expect(sealed).toMatch(/^v1\.[\w-]{16}\.[\w-]+$/)

    const again = vaultIn(file)
    expect(again.openProfile(ORG, ADA, sealed)).toEqual(profile)
    expect(again.openText(ORG, reason)).toBe("left for another team")
  })

  test("a sealed text that was changed, or moved to another person or organization, is a fault", () => {
    const vault = vaultIn(":memory:")
    vault.sealProfile(ORG, BO, profile)
    vault.sealProfile("org_other", ADA, profile)
    const sealed = vault.sealProfile(ORG, ADA, profile)
    const [version, iv, text = ""] = sealed.split(".")
    const changed = `${version}.${iv}.${text.startsWith("A") ? "B" : "A"}${text.slice(1)}`
    expect(() => vault.openProfile(ORG, ADA, changed)).toThrow("was changed")
    expect(() => vault.openProfile(ORG, BO, sealed)).toThrow("does not belong to")
    expect(() => vault.openProfile("org_other", ADA, sealed)).toThrow("does not belong to")
    expect(() => vault.openProfile(ORG, ADA, "v9.what")).toThrow("known format")
    expect(() => vault.openProfile(ORG, ADA, sealed.slice(0, 30))).toThrow()
  })

  test("rule 28: a destroyed key opens nothing any more, anywhere, and leaves no trace on the disk", () => {
    const file = newFile()
    const vault = vaultIn(file)
    const reader = vaultIn(file, { readOnly: true })
    const sealed = vault.sealProfile(ORG, ADA, profile)
    vault.recordNames(ORG, [{ revision: 1, owner: ADA, names: { userName: profile.userName } }], 1)
    const db = new Database(file, { readonly: true })
    const key = db.prepare("select key from person_key").pluck().get() as Buffer // the column holds a blob
    db.close()
    expect(bytesOf(file).includes(key)).toBe(true)
    expect(reader.openProfile(ORG, ADA, sealed)).toEqual(profile)

    vault.erase(ORG, [{ userId: ADA, actors: [], texts: [] }], 2)
    expect(vault.openProfile(ORG, ADA, sealed)).toBeUndefined()
    expect(reader.openProfile(ORG, ADA, sealed)).toBeUndefined()
    expect(vault.find(ORG, { kind: "userName", value: profile.userName })).toBeUndefined()
    expect(bytesOf(file).includes(key)).toBe(false)
  })

  // Where pages were split, SQLite leaves a copy in the gap of about one row in 3,000, also with `secure_delete`.
  test("a copy of a key that lies somewhere else in the file is gone too", () => {
    const file = newFile()
    const vault = vaultIn(file)
    vault.sealProfile(ORG, ADA, profile)
    const others = vault.sealProfile(ORG, BO, profile)
    const [key = Buffer.alloc(0)] = keysOf(file, [ADA])
    const db = new Database(file)
    db.pragma("secure_delete = OFF")
    db.exec("create table scratch (bytes blob)")
    db.prepare("insert into scratch values (?)").run(key)
    db.exec("drop table scratch")
    db.close()
    vault.erase(ORG, [{ userId: ADA, actors: [], texts: [] }], 1)
    expect(bytesOf(file).includes(key)).toBe(false)
    expect(vault.openProfile(ORG, BO, others)).toEqual(profile)
  })

  test("what a crash kept from being wiped is wiped at the next start", () => {
    const file = newFile()
    const vault = vaultIn(file)
    vault.sealProfile(ORG, ADA, profile)
    const [key = Buffer.alloc(0)] = keysOf(file, [ADA])
    vault.close()
    const db = new Database(file)
    db.pragma("secure_delete = OFF")
    db.exec("delete from person_key; update erased set wiped = 0")
    db.close()
    expect(bytesOf(file).includes(key)).toBe(true)
    vaultIn(file)
    expect(bytesOf(file).includes(key)).toBe(false)
  })

  test("a reason has a key of its own: erased, it cannot be opened any more, and the others can", () => {
    const file = newFile()
    const vault = vaultIn(file)
    const [named, other] = [vault.sealReason(ORG, "Ada asked"), vault.sealReason(ORG, "no longer needed")]
    expect(named).toMatch(/^v2\.[\w-]{16}\.[\w-]+$/)
    expect(vault.openText(ORG, named)).toBe("Ada asked")
    expect(vault.openText("org_other", named)).toBeUndefined()
    const reader = vaultIn(file, { readOnly: true })
    vault.erase(ORG, [{ userId: ADA, actors: [], texts: [textIdOf(named)] }], 1)
    for (const opener of [vault, reader, vaultIn(file)]) {
      expect([opener.openText(ORG, named), opener.openText(ORG, other)]).toEqual([undefined, "no longer needed"])
    }
  })

  test("a reason of before there were such keys is not opened any more either, and stays so", () => {
    const file = newFile()
    const vault = vaultIn(file)
    const [named, other] = [vault.sealText(ORG, "Ada asked"), vault.sealText(ORG, "no longer needed")]
    for (let times = 0; times < 2; times++) vault.erase(ORG, [{ userId: ADA, actors: [], texts: [textIdOf(named)] }], 1)
    for (const opener of [vault, vaultIn(file)]) {
      expect([opener.openText(ORG, named), opener.openText(ORG, other)]).toEqual([undefined, "no longer needed"])
    }
  })

  test("a vault of the format before is read, and can erase from then on", () => {
    const file = newFile()
    const sealed = vaultOfFormat1(file)
    const vault = vaultIn(file)
    expect(vault.openText(ORG, sealed)).toBe("kept")
    vault.erase(ORG, [{ userId: ADA, actors: [], texts: [textIdOf(sealed)] }], 7)
    expect([vault.openText(ORG, sealed), vault.erasuresReached(ORG)]).toEqual([undefined, 7])
  })

  test("only the owner may read the files, and no name, mail, reason or subject stands in them", () => {
    const file = newFile()
    const vault = vaultIn(file)
    vault.sealProfile(ORG, ADA, { ...profile, mail: "ada@lovelace.example" })
    vault.sealText(ORG, "a reason")
    vault.recordNames(ORG, [{ revision: 1, owner: ADA, names: { userName: profile.userName, externalId: "EXT-1" } }], 1)
    vault.actorFor(ORG, "carol@example.com")
    for (const entry of [file, `${file}-wal`, `${file}-shm`]) expect(statSync(entry).mode & 0o777).toBe(0o600)
    const text = bytesOf(file).toString("latin1")
    for (const secret of ["ada@", "Lovelace", "lovelace", "a reason", "EXT-1", "carol"]) expect(text).not.toContain(secret)
  })

  test("hashes differ by vault, so that bodies cannot be guessed from a log alone", () => {
    const vault = vaultIn(":memory:")
    expect(vault.hash("body")).toBe(vault.hash("body"))
    expect(vault.hash("body")).not.toBe(vault.hash("Body"))
    expect(vault.hash("body")).not.toBe(vaultIn(":memory:").hash("body"))
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
function vaultOfFormat1(file: string): string {
  const vault = openVault(file)
  const sealed = vault.sealText(ORG, "kept")
  vault.close()
  const db = new Database(file)
  db.exec(
    "drop table text_key; drop table erased_text; drop table erasures_reached; alter table erased drop column wiped; pragma user_version = 1",
  )
  db.close()
  return sealed
}

describe("a reader beside the writer", () => {
  test("sees a new key at once, also after it looked in vain", () => {
    const file = newFile()
    const vault = vaultIn(file)
    const reader = vaultIn(file, { readOnly: true })
    const elsewhere = vaultIn(":memory:").sealProfile(ORG, ADA, profile)
    expect(reader.openProfile(ORG, ADA, elsewhere)).toBeUndefined()
    const sealed = vault.sealProfile(ORG, ADA, profile)
    expect(reader.openProfile(ORG, ADA, sealed)).toEqual(profile)
  })

  test("cannot write, and is told what is missing when there is no vault", () => {
    const file = newFile()
    vaultIn(file)
    const reader = vaultIn(file, { readOnly: true })
    expect(() => reader.sealProfile(ORG, ADA, profile)).toThrow("reading only")
    expect(() => vaultIn(newFile(), { readOnly: true })).toThrow("cannot open the vault")
  })
})

describe("names", () => {
  const find = (vault: SqliteVault, kind: "userName" | "externalId" | "groupExternalId", value: string) => vault.find(ORG, { kind, value })

  test("user names are the same without case and in any Unicode form, external ids to the letter", () => {
    const vault = vaultIn(":memory:")
    vault.recordNames(ORG, [{ revision: 1, owner: ADA, names: { userName: "Zoë@Example.com ", externalId: "aB1" } }], 1)
    expect(find(vault, "userName", "zoe\u0308@example.COM")).toBe(ADA)
    expect(find(vault, "externalId", "aB1")).toBe(ADA)
    expect(find(vault, "externalId", "AB1")).toBeUndefined()
    expect(find(vault, "groupExternalId", "aB1")).toBeUndefined()
    expect(vault.find("org_other", { kind: "userName", value: "zoë@example.com" })).toBeUndefined()
  })

  test("a new name frees the old one, a deletion frees all", () => {
    const vault = vaultIn(":memory:")
    const change = (revision: number, names: object) => vault.recordNames(ORG, [{ revision, owner: ADA, names }], revision)
    change(1, { userName: "ada", externalId: "e1" })
    change(2, { userName: "countess" })
    expect([find(vault, "userName", "ada"), find(vault, "userName", "countess"), find(vault, "externalId", "e1")]).toEqual([
      undefined,
      ADA,
      ADA,
    ])
    change(3, { userName: null, externalId: null })
    expect([find(vault, "userName", "countess"), find(vault, "externalId", "e1")]).toEqual([undefined, undefined])
  })

  test("what the index has already is passed over, so that a late writer does not bring an old name back", () => {
    const vault = vaultIn(":memory:")
    vault.recordNames(ORG, [{ revision: 4, owner: ADA, names: { userName: "new" } }], 6)
    vault.recordNames(ORG, [{ revision: 2, owner: ADA, names: { userName: "old" } }], 2)
    vault.recordNames(
      ORG,
      [
        { revision: 3, owner: ADA, names: { userName: "old" } },
        { revision: 7, owner: STAFF, names: { groupExternalId: "g" } },
      ],
      7,
    )
    expect([find(vault, "userName", "new"), find(vault, "userName", "old"), find(vault, "groupExternalId", "g")]).toEqual([
      ADA,
      undefined,
      STAFF,
    ])
    expect(vault.namesReached(ORG)).toBe(7)
  })
})

describe("actors", () => {
  test("a subject is the user who bears it as external id or user name, otherwise a minted id that keeps it sealed", () => {
    const file = newFile()
    const vault = vaultIn(file)
    const stranger = vault.actorFor(ORG, "ada@example.com")
    expect(stranger).toMatch(/^act_[a-z0-9]+$/)
    expect(vault.subjectOf(ORG, stranger)).toBe("ada@example.com")
    expect(vaultIn(file).actorFor(ORG, "ada@example.com")).toBe(stranger)
    expect(vault.actorFor("org_other", "ada@example.com")).not.toBe(stranger)
    expect(vault.subjectOf("org_other", stranger)).toBeUndefined()

    vault.recordNames(ORG, [{ revision: 1, owner: ADA, names: { userName: "Ada@example.com", externalId: "sub-1" } }], 1)
    expect(vault.actorFor(ORG, "ada@example.com")).toBe(ADA)
    expect(vault.actorFor(ORG, "sub-1")).toBe(ADA)
  })

  test("the subject of an erased person is gone, and the same subject is somebody else from then on", () => {
    const file = newFile()
    const vault = vaultIn(file)
    const ada = vault.actorFor(ORG, "Ada@Example.com")
    const carol = vault.actorFor(ORG, "carol")
    const sealed = sealedSubject(file, ada)
    expect(vault.actorsNamed(ORG, ["ada@example.com", "nobody"])).toEqual([ada])
    expect(bytesOf(file).includes(sealed)).toBe(true)

    vault.erase(ORG, [{ userId: ADA, actors: vault.actorsNamed(ORG, ["ada@example.com"]), texts: [] }], 1)
    expect([vault.subjectOf(ORG, ada), vault.subjectOf(ORG, carol)]).toEqual([undefined, "carol"])
    expect(bytesOf(file).includes(sealed)).toBe(false)
    const again = vault.actorFor(ORG, "Ada@Example.com")
    expect(again).not.toBe(ada)
    expect(vaultIn(file).actorFor(ORG, "Ada@Example.com")).toBe(again)
    expect(vault.subjectOf(ORG, again)).toBe("Ada@Example.com")
  })
})

describe("a batch", () => {
  test("is seen by others as a whole, at its end", () => {
    const file = newFile()
    const vault = vaultIn(file)
    const reader = vaultIn(file, { readOnly: true })
    const sealed = vault.batch(() => {
      const inside = [ADA, BO].map((user) => [user, vault.sealProfile(ORG, user, profile)] as const)
      for (const [user, text] of inside) expect(reader.openProfile(ORG, user, text)).toBeUndefined()
      return inside
    })
    for (const [user, text] of sealed) expect(reader.openProfile(ORG, user, text)).toEqual(profile)
  })

  test("that fails leaves no key behind, not even in memory", () => {
    const vault = vaultIn(newFile())
    let sealed = ""
    const failing = () =>
      vault.batch(() => {
        sealed = vault.sealProfile(ORG, ADA, profile)
        throw new Error("no")
      })
    expect(failing).toThrow("no")
    expect(vault.openProfile(ORG, ADA, sealed)).toBeUndefined()
    expect(vault.openProfile(ORG, ADA, vault.sealProfile(ORG, ADA, profile))).toEqual(profile)
  })
})

function sealedSubject(file: string, actorId: string): string {
  const db = new Database(file, { readonly: true })
  const sealed = db.prepare("select subject from actor where actor_id = ?").pluck().get(actorId) as string // the column holds text
  db.close()
  return sealed
}
