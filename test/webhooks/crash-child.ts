/** The whole program on a folder, with seats that change without end and webhooks that hear of it, until somebody kills it. */
import type { Outcome, RequestContext } from "../../src/commands/requests"
import { readConfig } from "../../src/config"
import type { LedgerEvent } from "../../src/domain/events"
import type { VendorId } from "../../src/domain/ids"
import { openLedger } from "../../src/main"

const [folder = "", round = "0", ofOrganization = "", ofVendor = "", changes = "0"] = process.argv.slice(2)
const vendorId = "vnd_crash" as VendorId

async function main(): Promise<void> {
  const { commands } = await openLedger(
    readConfig({ PORT: "0", SEATLEDGER_DATA: folder, SEATLEDGER_LOG_LEVEL: "error", SEATLEDGER_WEBHOOKS_PRIVATE_NETWORKS: "true" }),
  )
  const by = (key: string, role: "GLOBAL_ADMIN" | "VENDOR"): RequestContext => ({
    requester: role === "VENDOR" ? { type: "VENDOR", subject: vendorId, role, vendorId } : { type: "USER", subject: "admin", role },
    idempotencyKey: key,
    correlationId: key,
  })
  const idIn = (outcome: Outcome<LedgerEvent>, field: string): string => {
    if (outcome.kind === "refused") throw new Error(JSON.stringify(outcome.refusal))
    return (outcome.events[0]?.data as unknown as Record<string, string> | undefined)?.[field] ?? "" // the field that this event has
  }
  // Repeated at every start under the same keys: the recorded answers come back.
  await commands.vendor(undefined, "registerVendor", { name: "Crash", vendorId }, by("vendor", "GLOBAL_ADMIN"))
  const productId = idIn(await commands.vendor(vendorId, "listProduct", { name: "App" }, by("product", "VENDOR")), "productId")
  const created = await commands.organization(undefined, "createOrganization", { name: "Crash" }, by("org", "GLOBAL_ADMIN"))
  const organizationId = idIn(created, "organizationId")
  const terms = { productId, seats: 0, vendorEventId: "register", graceDays: 90, onGraceEnd: "HOLD" } as const
  const licenseId = idIn(await commands.organization(organizationId, "registerLicense", terms, by("license", "VENDOR")), "licenseId")
  await commands.organization(organizationId, "addWebhook", { url: ofOrganization }, by("hook", "GLOBAL_ADMIN"))
  await commands.vendor(vendorId, "addWebhook", { url: ofVendor }, by("hook", "VENDOR"))

  for (let n = 1; n <= Number(changes); n++) {
    const seats = Number(round) * 10_000 + n
    const request = { licenseId, seats, vendorEventId: `seats-${seats}`, sequence: String(seats) }
    await commands.organization(organizationId, "changeVendorSeats", request, by(`seats-${seats}`, "VENDOR"))
  }
  process.stdout.write("done\n")
}

main().catch((error) => {
  process.stderr.write(`${error?.stack ?? error}\n`)
  process.exit(1)
})
