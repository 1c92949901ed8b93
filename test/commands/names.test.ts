/** User names (without case) and external ids are unique among undeleted objects of an organization. */
import { join } from "node:path"
import Database from "better-sqlite3"
import type { EventStore } from "../../src/eventstore/event-store"
import { openVault } from "../../src/vault/sqlite"
import { temporaryFolder } from "../support/temporary-folder"
import { find } from "../support/vault"
import { accepted, dataOf, Ledger, refusalOf } from "./ledger"

let ledger: Ledger
beforeEach(async () => {
  ledger = await new Ledger().founded()
})
afterEach(() => ledger.close())

const create = (userName: string, externalId?: string) =>
  ledger.ask("createUser", { userName, displayName: "x", active: true, ...(externalId === undefined ? {} : { externalId }) })
const rename = (userId: string, userName: string) => ledger.ask("updateUser", { userId, userName })

test("of 100 who want the same name at once, however written, one gets it", async () => {
  const spellings = ["ada@x", "Ada@x", "ADA@X", " ada@x ", "ａｄａ@x"]
  const outcomes = await Promise.all(Array.from({ length: 100 }, (_, n) => create(spellings[n % spellings.length] ?? "")))
  expect(outcomes.filter(({ kind }) => kind === "accepted")).toHaveLength(1)
  expect(outcomes.find(({ kind }) => kind === "refused")).toMatchObject({ refusal: { code: "ALREADY_EXISTS", field: "userName" } })
})

test("external ids of users and of groups are unique each for themselves, and the answer names the field", async () => {
  accepted(await create("ada", "id-1"))
  expect(await create("bo", "id-1")).toMatchObject({ refusal: { code: "ALREADY_EXISTS", field: "externalId" } })
  accepted(await ledger.ask("createGroup", { displayName: "Staff", externalId: "id-1", memberIds: [] }))
  const again = await ledger.ask("createGroup", { displayName: "Staff", externalId: "id-1", memberIds: [] })
  expect(again).toMatchObject({ refusal: { code: "ALREADY_EXISTS", field: "externalId" } })
  accepted(await ledger.ask("createGroup", { displayName: "Staff", memberIds: [] }))
})

test("a deletion frees the names, also for a command that waits in the same group", async () => {
  const { userId } = dataOf(accepted(await create("ada", "id-1")), "UserProvisioned")
  const [, again] = await Promise.all([ledger.ask("deleteUser", { userId }), create("ADA", "id-1")])
  expect(dataOf(accepted(again), "UserProvisioned").userId).not.toBe(userId)

  const { groupId } = dataOf(
    accepted(await ledger.ask("createGroup", { displayName: "G", externalId: "g", memberIds: [] })),
    "GroupProvisioned",
  )
  accepted(await ledger.ask("deleteGroup", { groupId, confirm: false }))
  accepted(await ledger.ask("createGroup", { displayName: "G", externalId: "g", memberIds: [] }))
})

test("a rename takes the new name and frees the old one; one's own name is never taken", async () => {
  const ada = dataOf(accepted(await create("ada")), "UserProvisioned").userId
  const bo = dataOf(accepted(await create("bo")), "UserProvisioned").userId
  expect(refusalOf(await rename(bo, "Ada"))).toBe("ALREADY_EXISTS")
  accepted(await rename(ada, "ADA"))
  const [, second, third] = await Promise.all([rename(ada, "countess"), rename(bo, "ada"), rename(ada, "Bo")])
  expect([refusalOf(second), refusalOf(third)]).toEqual([undefined, undefined])
  expect(refusalOf(await create("bo"))).toBe("ALREADY_EXISTS")
  accepted(await create("countess"))
})

test("a name that was borne only between two commands of one group is free again", async () => {
  const ada = dataOf(accepted(await create("ada")), "UserProvisioned").userId
  const [, , taken] = await Promise.all([rename(ada, "countess"), rename(ada, "lady"), create("countess")])
  accepted(taken)
  expect(refusalOf(await create("lady"))).toBe("ALREADY_EXISTS")
})

test("a name given up by a change that another node made is free", async () => {
  const ada = dataOf(accepted(await create("ada")), "UserProvisioned").userId
  const other = ledger.open()
  accepted(await ledger.ask("updateUser", { userId: ada, userName: "countess" }, {}, other))
  accepted(await create("ada"))
  await other.close()
})

describe("a crash", () => {
  test("between append and index neither loses nor blocks a name", async () => {
    const vault = openVault(":memory:")
    const recordNames = vault.recordNames.bind(vault)
    let hasPower = true
    vault.recordNames = async (...args) => {
      if (!hasPower) throw new Error("the power is gone")
      await recordNames(...args)
    }
    const crashing = await new Ledger({ vault }).founded()
    const ask = (userName: string) => crashing.ask("createUser", { userName, displayName: "x", active: true })
    const ada = dataOf(accepted(await ask("ada")), "UserProvisioned").userId
    hasPower = false
    // Written is written, and is answered so; only the index of names did not get it.
    accepted(await crashing.ask("updateUser", { userId: ada, userName: "countess" }))
    hasPower = true
    await crashing.restart()
    expect(refusalOf(await ask("Countess"))).toBe("ALREADY_EXISTS")
    accepted(await ask("ada"))
    expect(await find(vault, crashing.organizationId, { kind: "userName", value: "countess" })).toBe(ada)
    await crashing.close()
  })

  test("before the append leaves the name free", async () => {
    let isDown = false
    const wrap = (store: EventStore): EventStore => ({
      append: (...args) => (isDown ? Promise.reject(new Error("down")) : store.append(...args)),
      read: store.read.bind(store),
      follow: store.follow.bind(store),
      close: () => store.close(),
    })
    const crashing = await new Ledger({ wrap }).founded()
    const ask = (userName: string) => crashing.ask("createUser", { userName, displayName: "x", active: true })
    isDown = true
    await expect(ask("ada")).rejects.toThrow("down")
    isDown = false
    await crashing.restart()
    expect(await find(crashing.vault, crashing.organizationId, { kind: "userName", value: "ada" })).toBeUndefined()
    accepted(await ask("ada"))
    await crashing.close()
  })

  test("that took the index of names away: it is filled from the log again", async () => {
    const folder = await temporaryFolder()
    const file = join(folder.path, "vault.sqlite")
    const robbed = await new Ledger({ vault: openVault(file) }).founded()
    const ask = (userName: string) => robbed.ask("createUser", { userName, displayName: "x", active: true })
    accepted(await ask("ada"))
    const { userId } = dataOf(accepted(await ask("bo")), "UserProvisioned")
    accepted(await robbed.ask("deleteUser", { userId }))
    await robbed.commands.close()
    const db = new Database(file)
    db.exec("delete from name; delete from names_reached")
    db.close()
    await robbed.restart()
    expect(refusalOf(await ask("ADA"))).toBe("ALREADY_EXISTS")
    accepted(await ask("bo"))
    await robbed.close()
    await folder.remove()
  })
})
