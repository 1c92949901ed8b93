/** Thousands of people without thousands of requests: the commands of the API, handed over inside the process, many at a time. */
import type { RunningLedger } from "./running-ledger"

const AT_ONCE = 250

/** Their ids, in the order of their names: "Person 00000", "Person 00001", … */
export async function manyPeople(ledger: RunningLedger, organizationId: string, count: number): Promise<readonly string[]> {
  const context = { requester: { type: "USER", subject: "chief", role: "GLOBAL_ADMIN" }, correlationId: "many" } as const
  const ids: string[] = []
  for (let from = 0; from < count; from += AT_ONCE) {
    const made = Array.from({ length: Math.min(AT_ONCE, count - from) }, async (_, index) => {
      const number = String(from + index).padStart(5, "0")
      const request = { userName: `p${number}@example.com`, displayName: `Person ${number}`, active: true }
      const outcome = await ledger.opened.commands.organization(organizationId, "createUser", request, context)
      const event = outcome.kind === "accepted" ? outcome.events[0] : undefined
      if (event?.type !== "UserProvisioned") throw new Error(`person ${number} was not made`)
      return event.data.userId
    })
    ids.push(...(await Promise.all(made)))
  }
  return ids
}

/** A group of all of them; members beyond what one command changes join in further ones. */
export async function groupOf(
  ledger: RunningLedger,
  organizationId: string,
  displayName: string,
  members: readonly string[],
): Promise<string> {
  const context = { requester: { type: "USER", subject: "chief", role: "GLOBAL_ADMIN" }, correlationId: "many" } as const
  const { commands } = ledger.opened
  const made = await commands.organization(organizationId, "createGroup", { displayName, memberIds: [] }, context)
  const event = made.kind === "accepted" ? made.events[0] : undefined
  if (event?.type !== "GroupProvisioned") throw new Error(`the group ${displayName} was not made`)
  const { groupId } = event.data
  for (let from = 0; from < members.length; from += 1_000) {
    const add = members.slice(from, from + 1_000)
    const outcome = await commands.organization(organizationId, "changeGroupMembers", { groupId, add, remove: [] }, context)
    if (outcome.kind !== "accepted") throw new Error(`members from ${from} on did not join ${displayName}`)
  }
  return groupId
}
