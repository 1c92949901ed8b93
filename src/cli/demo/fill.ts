/**
 * Fills a ledger with the demonstration company by the same commands that people, an identity provider and vendors send.
 * Every command has a fixed idempotency key, so a fill that was interrupted is completed by the next one, and a full
 * ledger is left as it is (rule 37): the answers of the commands carried out before are looked up, not written again.
 */
import type { Commands, OrganizationOperation, OrganizationRequests, Outcome, Requester } from "../../commands/requests"
import type { EventData, EventType, OrganizationEvent, VendorEvent } from "../../domain/events"
import type { OrganizationId, VendorId } from "../../domain/ids"
import type { EventStore } from "../../eventstore/event-store"
import { APPS, VENDORS } from "./catalog"
import { demoCompany, ORGANIZATION } from "./company"

export interface FillOptions {
  /** Called with commands carried out and their total. */
  readonly onProgress: (done: number, total: number) => void
  /** Puts the ledger's clock this many days before today, so that the history has a length; 0 at the end. */
  readonly daysAgo: (days: number) => void
}
export interface Filled {
  /** Commands that wrote something now; 0 when all of it was there. */
  readonly written: number
  readonly licenses: ReadonlyMap<string, string>
  /** User ids, in the order of the company's people. */
  readonly users: readonly string[]
}

const OPERATOR: Requester = { type: "USER", subject: "operator", role: "OPERATOR" }
const DIRECTORY: Requester = { type: "IDENTITY_PROVIDER", subject: "directory-sync", role: "USER_ADMIN" }
const ADELE: Requester = { type: "USER", subject: "adele", role: "LICENSE_ADMIN" }
/** Commands on the way at once: they share appends. */
const TOGETHER = 128
/** About how many commands the whole story has; for the progress only. */
const COMMANDS = 1_420

export async function fillDemo(commands: Commands, options: FillOptions): Promise<Filled> {
  const company = demoCompany()
  let done = 0
  let written = 0
  const count = <Event>(what: string, outcome: Outcome<Event>): readonly Event[] => {
    if (outcome.kind === "refused") throw new Error(`demonstration data: ${what} was refused: ${JSON.stringify(outcome.refusal)}`)
    done += 1
    if (!outcome.repeated && outcome.events.length > 0) written += 1
    if (done % 50 === 0) options.onProgress(Math.min(done, COMMANDS), COMMANDS)
    return outcome.events
  }
  const ask = async <O extends OrganizationOperation>(
    requester: Requester,
    key: string,
    operation: O,
    request: OrganizationRequests[O],
  ): Promise<readonly OrganizationEvent[]> => {
    const organization = operation === "createOrganization" ? undefined : ORGANIZATION.id
    return count(`${operation} ${key}`, await commands.organization(organization, operation, request, context(requester, key)))
  }

  options.daysAgo(184)
  await ask(OPERATOR, "organization", "createOrganization", { name: ORGANIZATION.name, organizationId: ORGANIZATION.id as OrganizationId })
  const products = await listProducts()
  const users = await provisionPeople()
  const teams = await provisionTeams()
  const licenses = await registerLicenses()
  await assignTeams()
  await ordinaryMonths()
  options.daysAgo(0)
  options.onProgress(COMMANDS, COMMANDS)
  return { written, licenses, users }

  async function listProducts(): Promise<ReadonlyMap<string, string>> {
    for (const { id, name, contact } of VENDORS) {
      const request = { name, contact, vendorId: id as VendorId }
      count(name, await commands.vendor(undefined, "registerVendor", request, context(OPERATOR, `vendor:${id}`)))
    }
    const listed = new Map<string, string>()
    for (const { key, vendorId, name, description, installUrl } of APPS) {
      const request = { name, description, installUrl }
      const events = count(name, await commands.vendor(vendorId, "listProduct", request, context(asVendor(vendorId), `product:${key}`)))
      listed.set(key, found(events, "ProductListed").productId)
    }
    return listed
  }

  async function provisionPeople(): Promise<readonly string[]> {
    const ids: string[] = []
    for (let from = 0; from < company.people.length; from += TOGETHER) {
      const together = company.people.slice(from, from + TOGETHER).map(async (person, n) => {
        // By number: what the key says stands in the log, and outlives whoever is erased.
        const events = await ask(DIRECTORY, `user:${from + n}`, "createUser", { ...person, active: true })
        return found(events, "UserProvisioned").userId
      })
      ids.push(...(await Promise.all(together)))
    }
    return ids
  }

  async function provisionTeams(): Promise<ReadonlyMap<string, string>> {
    const ids = new Map<string, string>()
    for (const { key, displayName, members } of company.teams) {
      const memberIds = members.map((index) => users[index] ?? "")
      const events = await ask(DIRECTORY, `group:${key}`, "createGroup", { displayName, memberIds })
      ids.set(key, found(events, "GroupProvisioned").groupId)
    }
    return ids
  }

  async function registerLicenses(): Promise<ReadonlyMap<string, string>> {
    const ids = new Map<string, string>()
    for (const { key, vendorId, seats, plan, graceDays, onGraceEnd } of APPS) {
      const request = {
        productId: products.get(key) ?? "",
        seats,
        plan,
        graceDays,
        onGraceEnd,
        vendorEventId: `demo-${key}-purchase`,
        subscriptionId: `sub-${key}-2026`,
      }
      ids.set(key, found(await ask(asVendor(vendorId), `license:${key}`, "registerLicense", request), "LicenseRegistered").licenseId)
    }
    return ids
  }

  async function assignTeams(): Promise<void> {
    options.daysAgo(176)
    for (const app of APPS) {
      for (const team of app.teams) await assign(app.key, `team-${team}`, [teamId(team)])
    }
  }

  /** What half a year brings: people come, go and marry, vendors sell more and less, and somebody always asks for a seat. */
  async function ordinaryMonths(): Promise<void> {
    options.daysAgo(161)
    await assign("canvas", "sales-pilot", people("sales", 0, 15), "Pilot with sales, until the end of the year")
    await assign("notebooks", "fleet-analysts", people("fleet", 0, 5), "Fuel analysis")
    await ask(ADELE, "visit-canvas", "recordInstallVisit", { licenseId: license("canvas") })

    options.daysAgo(140)
    await ask(DIRECTORY, "rename-care", "renameGroup", { groupId: teamId("care"), displayName: "Customer Care & Claims" })
    for (const [n, id] of people("terminal", 0, 12).entries()) await setActive(`leaver-${n}`, id, false)
    for (const [n, id] of people("engineering", 20, 9).entries()) await setActive(`leaver-engineering-${n}`, id, false)
    for (const [n, id] of people("data", 3, 2).entries()) await setActive(`sabbatical-${n}`, id, false)

    options.daysAgo(118)
    await vendorSeats("insight", 120, 1)
    await ask(ADELE, "transfer-canvas", "transferSeat", {
      licenseId: license("canvas"),
      fromUserId: people("sales", 0, 1)[0] ?? "",
      toUserId: people("care", 0, 1)[0] ?? "",
      reason: "Moved to Customer Care, takes over the claims board",
    })
    await members("starters-software", "software", people("starters", 0, 6), [])

    options.daysAgo(97)
    await ask(ADELE, "end-pilot", "unassignLicenses", {
      licenseId: license("canvas"),
      principalIds: people("sales", 4, 5),
      reason: "Pilot ended for this team",
    })
    for (const [n, id] of people("data", 3, 1).entries()) await setActive(`back-${n}`, id, true)
    await ask(DIRECTORY, "marriage", "updateUser", {
      userId: people("hr", 2, 1)[0] ?? "",
      displayName: "Marijke van den Heuvel-Öztürk",
      userName: "marijke.vandenheuvel-ozturk@noordster.example",
      mail: "marijke.vandenheuvel-ozturk@noordster.example",
    })

    options.daysAgo(63)
    await members("sales-to-marketing", "marketing", people("sales", 20, 3), people("marketing", 0, 2))
    await assign("sign", "board", people("board", 0, 4), "Signs contracts above 100,000", "WAITLIST")
    await ask(DIRECTORY, "retired", "deleteUser", { userId: people("warehouse", 30, 1)[0] ?? "" })
    for (const [n, id] of people("sales", 40, 4).entries()) await setActive(`leaver-sales-${n}`, id, false)

    options.daysAgo(34)
    await vendorStatus("crew", "WARNING", 1)
    await vendorSeats("keys", 1_300, 1) // the vendor repeats itself: recorded as no change (rule 17)

    options.daysAgo(20)
    await vendorSeats("atelier", 45, 2)
    await vendorSeats("atelier", 60, 1) // arrives late: recorded as stale (rule 17)

    options.daysAgo(9)
    await vendorStatus("maintain", "SUSPENDED", 1)
    await assign("maintain", "night-shift", people("terminal", 40, 6), "Night shift takes work orders", "WAITLIST")
    await assign("insight", "claims-team", people("care", 10, 8), "Claims dashboard", "WAITLIST")

    options.daysAgo(2)
    await members("interns-leave", "interns", [], people("interns", 0, 5))
    await ask(ADELE, LAST, "recordInstallVisit", { licenseId: license("insight") })
  }

  function assign(
    app: string,
    key: string,
    principalIds: readonly string[],
    reason?: string,
    onShortage: "REJECT" | "WAITLIST" = "REJECT",
  ) {
    const request = { licenseId: license(app), principalIds, onShortage, ...(reason !== undefined && { reason }) }
    return ask(ADELE, `assign:${app}:${key}`, "assignLicenses", request)
  }
  function members(key: string, team: string, add: readonly string[], remove: readonly string[]) {
    return ask(DIRECTORY, `members:${key}`, "changeGroupMembers", { groupId: teamId(team), add, remove })
  }
  function setActive(key: string, userId: string, active: boolean) {
    return ask(DIRECTORY, `active:${key}`, "setUserActive", { userId, active })
  }
  function vendorSeats(app: string, seats: number, sequence: number) {
    const request = { licenseId: license(app), seats, sequence: String(sequence), vendorEventId: `demo-${app}-seats-${sequence}` }
    return ask(vendorOf(app), `seats:${app}:${sequence}`, "changeVendorSeats", request)
  }
  function vendorStatus(app: string, status: "WARNING" | "SUSPENDED", sequence: number) {
    const request = { licenseId: license(app), status, sequence: String(sequence), vendorEventId: `demo-${app}-status-${sequence}` }
    return ask(vendorOf(app), `status:${app}:${sequence}`, "changeLicenseStatus", request)
  }
  function license(app: string): string {
    return licenses.get(app) ?? ""
  }
  function teamId(team: string): string {
    return teams.get(team) ?? ""
  }
  /** Ids of some members of a team, by their place in it. */
  function people(team: string, from: number, howMany: number): string[] {
    const indexes = company.teams.find(({ key }) => key === team)?.members.slice(from, from + howMany) ?? []
    return indexes.map((index) => users[index] ?? "")
  }
}

/** The last command of the story. */
const LAST = "visit-insight"

/** True when a fill was carried out to its end, whatever has happened to the company since. */
export async function isFilled(store: EventStore): Promise<boolean> {
  for await (const page of store.read(`organization-${ORGANIZATION.id}`, 0)) {
    if (page.some(({ metadata }) => metadata.correlationId === correlation(LAST))) return true
  }
  return false
}

function correlation(key: string): string {
  return `demo:${key}`
}
function context(requester: Requester, key: string) {
  return { requester, idempotencyKey: correlation(key), correlationId: correlation(key) }
}
function asVendor(vendorId: string): Requester {
  return { type: "VENDOR", subject: vendorId, role: "VENDOR", vendorId: vendorId as VendorId }
}
function vendorOf(app: string): Requester {
  return asVendor(APPS.find(({ key }) => key === app)?.vendorId ?? "")
}

/** The data of the event of that type; a command of the fill that did not write it is a fault of this file. */
function found<T extends EventType>(events: readonly (OrganizationEvent | VendorEvent)[], type: T): EventData<T> {
  const event = events.find((candidate) => candidate.type === type)
  if (!event) throw new Error(`demonstration data: no ${type} among ${events.map((candidate) => candidate.type).join(", ") || "no events"}`)
  return event.data as EventData<T> // the type was just compared
}
