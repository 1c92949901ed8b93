/**
 * A log that was put back from a backup, beside a vault that was copied later, as it has to be: the keys of what the log
 * holds must be there. Of what came after the backup the vault knows names and erasures that are no more.
 */
import { MemoryEventStore, MemoryLog } from "../../src/eventstore/memory"
import { find, openProfile } from "../support/vault"
import { accepted, dataOf, Ledger, refusalOf } from "./ledger"

const create = (ledger: Ledger, userName: string, commands = ledger.commands) =>
  ledger.ask("createUser", { userName, displayName: userName, active: true }, {}, commands)
const erase = (ledger: Ledger, userId: string) => ledger.ask("eraseUser", { userId, reason: "Request 4711", otherNames: [] })
const user = async (ledger: Ledger, name: string) => dataOf(accepted(await create(ledger, name)), "UserProvisioned")

/** Ada and Bo are in the backup of the log. After it came Cy and Dee, Bo was renamed, and Dee erased: the vault knows. */
async function restored(shared: boolean) {
  const lived = await new Ledger().founded()
  const [ada, bo] = [await user(lived, "ada"), await user(lived, "bo")]
  const log = new MemoryLog()
  const backup = new MemoryEventStore(log)
  for (const stream of lived.log.streams.keys()) await backup.append(stream, 0, await lived.events(stream))
  accepted(await lived.ask("updateUser", { userId: bo.userId, userName: "robert" }))
  await user(lived, "cy")
  accepted(await erase(lived, (await user(lived, "dee")).userId))
  await lived.commands.close()
  await lived.store.close()

  const ledger = new Ledger({ store: backup, vault: lived.vault, shared })
  ledger.organizationId = lived.organizationId
  return { ledger, ada, bo, head: (await ledger.events()).length }
}

describe.each([false, true])("several nodes: %s", (shared) => {
  test("the names of what is lost are free, and those that the log gives are borne again", async () => {
    const { ledger, bo } = await restored(shared)
    for (const name of ["ada", "bo"]) expect(refusalOf(await create(ledger, name))).toBe("ALREADY_EXISTS")
    for (const name of ["cy", "dee", "robert"]) accepted(await create(ledger, name))
    expect(await find(ledger.vault, ledger.organizationId, { kind: "userName", value: "Bo" })).toBe(bo.userId)
    await ledger.close()
  })

  test("names at revisions that the vault had behind it are kept as any other, also after the next start", async () => {
    const { ledger, head } = await restored(shared)
    const eve = await user(ledger, "eve")
    expect(await ledger.vault.reached(ledger.organizationId)).toEqual({ names: head + 1, erasures: 0 })
    await ledger.restart()
    expect(refusalOf(await create(ledger, "Eve"))).toBe("ALREADY_EXISTS")
    expect(await find(ledger.vault, ledger.organizationId, { kind: "userName", value: "eve" })).toBe(eve.userId)
    await ledger.close()
  })

  test("rule 28: an erasure at a revision that the vault had behind it destroys the key", async () => {
    const { ledger, ada } = await restored(shared)
    expect(await openProfile(ledger.vault, ledger.organizationId, ada.userId, ada.profile)).toMatchObject({ displayName: "ada" })
    accepted(await erase(ledger, ada.userId))
    expect(await openProfile(ledger.vault, ledger.organizationId, ada.userId, ada.profile)).toBeUndefined()
    accepted(await create(ledger, "ada"))
    await ledger.close()
  })
})

test("two nodes that find the log older at the same moment do not take each other's names away", async () => {
  const { ledger } = await restored(true)
  const other = ledger.open()
  const names = ["cy", "dee", "robert", "eve", "cy", "dee"]
  const outcomes = await Promise.all(names.map((name, n) => create(ledger, name, n % 2 === 0 ? other : ledger.commands)))
  expect(outcomes.filter(({ kind }) => kind === "accepted")).toHaveLength(4)
  for (const name of new Set(names)) {
    expect(refusalOf(await create(ledger, name, other))).toBe("ALREADY_EXISTS")
    expect(await find(ledger.vault, ledger.organizationId, { kind: "userName", value: name })).toBeDefined()
  }
  await other.close()
  await ledger.close()
})
