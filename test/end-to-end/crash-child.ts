/** Commands without end on the ledger of a folder, until somebody kills the process. Says what was acknowledged, line by line. */
import { pino } from "pino"
import type { Outcome, RequestContext } from "../../src/commands/requests"
import { readConfig } from "../../src/config"
import { openCore } from "../../src/core"
import type { VendorId } from "../../src/domain/ids"

const CALLERS = 6
const [folder = "", round = "0"] = process.argv.slice(2)

async function main(): Promise<void> {
  const core = await openCore(readConfig({ SEATLEDGER_DATA: folder }), {
    now: Date.now,
    log: pino({ level: "error" }, pino.destination(2)),
  })
  const { commands, projecting } = core
  let said = 0
  const vendorId = "vnd_crash" as VendorId
  const context = (key: string): RequestContext => ({
    requester: { type: "USER", subject: "admin", role: "GLOBAL_ADMIN" },
    idempotencyKey: key,
    correlationId: key,
  })
  const byVendor = (key: string): RequestContext => ({
    requester: { type: "VENDOR", subject: vendorId, role: "VENDOR", vendorId },
    idempotencyKey: key,
    correlationId: key,
  })
  const idIn = (outcome: Outcome<{ data: object; revision: number }>, field: string): string => {
    if (outcome.kind === "refused") throw new Error(JSON.stringify(outcome.refusal))
    const [event] = outcome.events
    return (event?.data as Record<string, string> | undefined)?.[field] ?? "" // the field that this event has
  }
  /** Says a command's outcome once it is acknowledged. */
  const acknowledged = (key: string, { kind, ...outcome }: Outcome<{ id: string }>) => {
    if (kind !== "accepted" || !("events" in outcome) || outcome.events.length === 0) return
    said++
    process.stdout.write(`${JSON.stringify({ key, events: outcome.events.map(({ id }) => id), revision: outcome.revision })}\n`)
  }

  // Repeated at every start under the same keys: the recorded answers come back.
  await commands.vendor(undefined, "registerVendor", { name: "Crash", vendorId }, context("vendor"))
  const productId = idIn(await commands.vendor(vendorId, "listProduct", { name: "App" }, byVendor("product")), "productId")
  const organizationId = idIn(
    await commands.organization(undefined, "createOrganization", { name: "Crash" }, context("org")),
    "organizationId",
  )
  const licenseId = idIn(
    await commands.organization(
      organizationId,
      "registerLicense",
      { productId, seats: 5, vendorEventId: "register", graceDays: 90, onGraceEnd: "HOLD" },
      byVendor("license"),
    ),
    "licenseId",
  )
  const users: string[] = []
  for (let n = 0; n < 12; n++) {
    const request = { userName: `user${n}@example.com`, displayName: `User ${n}`, active: true }
    users.push(idIn(await commands.organization(organizationId, "createUser", request, context(`user-${n}`)), "userId"))
  }
  const groupId = idIn(
    await commands.organization(organizationId, "createGroup", { displayName: "Group", memberIds: users.slice(0, 4) }, context("group")),
    "groupId",
  )
  process.stdout.write(`${JSON.stringify({ organizationId })}\n`)

  const pick = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T // lists here are not empty
  const once = (key: string): Promise<Outcome> => {
    const user = pick(users)
    switch (Math.floor(Math.random() * 8)) {
      case 0:
      case 1:
        return commands.organization(
          organizationId,
          "assignLicenses",
          { licenseId, principalIds: [user], onShortage: "WAITLIST" },
          context(key),
        )
      case 2:
        return commands.organization(
          organizationId,
          "unassignLicenses",
          { licenseId, principalIds: [user], reason: "crash test" },
          context(key),
        )
      case 3:
        return commands.organization(organizationId, "changeGroupMembers", { groupId, add: [user], remove: [pick(users)] }, context(key))
      case 4:
        return commands.organization(organizationId, "setUserActive", { userId: user, active: Math.random() < 0.5 }, context(key))
      case 5:
        return commands.organization(
          organizationId,
          "changeVendorSeats",
          { licenseId, seats: Math.floor(Math.random() * 10), vendorEventId: key, sequence: String(Date.now() * 1000 + said) },
          byVendor(key),
        )
      case 6:
        return commands.organization(
          organizationId,
          "assignLicenses",
          { licenseId, principalIds: [groupId], onShortage: "REJECT" },
          context(key),
        )
      default:
        return commands.organization(organizationId, "unassignLicenses", { licenseId, principalIds: [groupId] }, context(key))
    }
  }
  await Promise.all(
    Array.from({ length: CALLERS }, async (_, caller) => {
      for (let n = 0; ; n++) {
        const key = `${round}-${caller}-${n}`
        const outcome = await once(key)
        acknowledged(key, outcome)
        if (caller === 0) await projecting.waitFor(`organization-${organizationId}`, outcome.revision, 1_000)
      }
    }),
  )
}

main().catch((error) => {
  process.stderr.write(`${error?.stack ?? error}\n`)
  process.exit(1)
})
