/** The log says which keys are to be destroyed: whatever comes between the append and the destruction, it is made up for. */
import { join } from "node:path"
import Database from "better-sqlite3"
import { placesOf } from "../../src/core"
import type { UserId } from "../../src/domain/ids"
import { openVault, type SqliteVault } from "../../src/vault/sqlite"
import { ADMIN, accepted, dataOf, Ledger } from "../commands/ledger"
import { company } from "../end-to-end/company"
import { runChild } from "../support/child"
import { callerOf, RunningLedger } from "../support/running-ledger"
import { temporaryFolder } from "../support/temporary-folder"
import { until } from "../support/until"
import { openProfile } from "../support/vault"
import { filesWith } from "./bytes"

const NAME = "Quillwhisk"
const erasing = `mutation ($input: EraseUserInput!) { eraseUser(input: $input) { erasedId refusal { message } } }`

test("kill -9 between the append and the destruction of the key: the next start destroys it, and nobody has to ask", async () => {
  const ledger = await RunningLedger.start()
  try {
    const made = await company(ledger, { seats: 1, users: [NAME] })
    const userId = made.users[NAME] as UserId
    await ledger.pause()

    const dying = runChild(join(__dirname, "crash-child.ts"), [ledger.folder])
    const { value: url } = await dying.lines.next()
    const admin = callerOf(() => url as string, made.admin.token)
    await expect(admin.ask(erasing, { input: { userId, reason: "Request 4711", idempotencyKey: "4711" } })).rejects.toThrow() // nobody answers
    expect(await dying.ended).toMatchObject({ signal: "SIGKILL" })
    expect(Object.keys(filesWith(ledger.folder, [NAME]))).not.toEqual([])

    await ledger.resume()
    await until(() => keyLies(ledger.folder, made.organizationId) === 0 && Object.keys(filesWith(ledger.folder, [NAME])).length === 0)
    expect(await made.admin.ask(erasing, { input: { userId, reason: "Request 4711", idempotencyKey: "4711" } })).toEqual({
      eraseUser: { erasedId: userId, refusal: null },
    })
    const { history } = await made.admin.ask(`{ history(filter: { types: ["UserErased"] }) { nodes { type } } }`)
    expect(history.nodes).toHaveLength(1)
  } finally {
    await ledger.stop()
  }
})

/** Keys of people in the vault of a folder. */
function keyLies(folder: string, organizationId: string): number {
  const db = new Database(placesOf(folder).vault, { readonly: true })
  try {
    return db.prepare<[string], number>("select count(*) from person_key where organization_id = ?").pluck().get(organizationId) ?? 0
  } finally {
    db.close()
  }
}

describe("on the command layer", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>
  let vault: SqliteVault
  let ledger: Ledger
  let userId: UserId
  beforeEach(async () => {
    folder = await temporaryFolder()
    vault = openVault(join(folder.path, "vault.sqlite"))
    ledger = await new Ledger({ vault }).founded()
    const created = await ledger.ask("createUser", { userName: "ada", displayName: "Ada Lovelace", active: true })
    userId = dataOf(accepted(created), "UserProvisioned").userId
  })
  afterEach(async () => {
    await ledger.close()
    await folder.remove()
  })
  const erase = (extra: object = {}) => ledger.ask("eraseUser", { userId, reason: "Request 4711", otherNames: [], ...extra })
  const sealedProfile = async () => {
    const [{ data }] = (await ledger.events()).filter(({ type }) => type === "UserProvisioned") as unknown as [
      { data: { profile: string } },
    ]
    return data.profile
  }
  const profileOf = async () => openProfile(vault, ledger.organizationId, userId, await sealedProfile())

  test("a vault that fails is asked again by itself: the command was accepted, and the key goes", async () => {
    const { erase: works } = vault
    let failures = 0
    vault.erase = async () => {
      failures++
      vault.erase = works
      throw new Error("the disk is full")
    }
    accepted(await erase())
    expect(await profileOf()).toMatchObject({ displayName: "Ada Lovelace" })
    await until(async () => (await profileOf()) === undefined)
    expect(failures).toBe(1)
  })

  test("another node that reads the event does the same, and doing it twice does no harm", async () => {
    const other = ledger.open()
    accepted(await erase())
    const outcome = await other.organization(ledger.organizationId, "createGroup", { displayName: "G", memberIds: [] }, ledger.as(ADMIN))
    expect(outcome.kind).toBe("accepted")
    expect(await profileOf()).toBeUndefined()
    await other.close()
    await ledger.restart()
    accepted(await ledger.ask("createGroup", { displayName: "H", memberIds: [] }))
    expect(await profileOf()).toBeUndefined()
  })

  test("a vault that was put back from a backup is erased again from the log", async () => {
    const file = join(folder.path, "backup.sqlite")
    const db = new Database(join(folder.path, "vault.sqlite"))
    db.prepare("vacuum into ?").run(file)
    db.close()
    const sealed = await sealedProfile()
    accepted(await erase())
    const { revision } = (await ledger.events()).at(-1) ?? { revision: 0 }

    const backup = openVault(file)
    expect(await openProfile(backup, ledger.organizationId, userId, sealed)).toMatchObject({ displayName: "Ada Lovelace" })
    const restored = ledger.open({ vault: backup })
    await restored.resume()
    expect(await openProfile(backup, ledger.organizationId, userId, sealed)).toBeUndefined()
    expect(await backup.reached(ledger.organizationId)).toMatchObject({ erasures: revision })
    await restored.close()
    await backup.close()
  })

  test("a reason that is written while the log is searched is found too", async () => {
    const { store } = ledger
    const read = store.read.bind(store)
    let interfered = false
    store.read = async function* (stream, after) {
      yield* read(stream, after)
      if (interfered || after > 0) return
      interfered = true
      accepted(await ledger.ask("closeOrganization", { reason: "Ada Lovelace wants it" }))
    }
    accepted(await erase())
    const texts = (await ledger.events()).flatMap(({ type, data }) =>
      type === "UserErased" ? ((data as { texts?: string[] }).texts ?? []) : [],
    )
    expect(interfered).toBe(true)
    expect(texts).toHaveLength(1)
  })

  test("a closed organization takes no commands, but a person's right does not end with it", async () => {
    accepted(await ledger.ask("closeOrganization", {}))
    expect(await ledger.ask("deleteUser", { userId })).toMatchObject({ refusal: { code: "ORGANIZATION_CLOSED" } })
    accepted(await erase())
    expect(await profileOf()).toBeUndefined()
  })
})
