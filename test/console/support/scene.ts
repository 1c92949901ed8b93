/** What the console's tests are played with: a small company and what happens in it, through the public API. */
import { type Company, company } from "../../end-to-end/company"
import type { Caller, RunningLedger } from "../../support/running-ledger"

export interface Scene extends Company {
  readonly ledger: RunningLedger
  /** Makes a group of people of the company and returns its id. */
  group(displayName: string, members: readonly string[]): Promise<string>
  /** `WAITLIST`: whoever finds no seat waits. */
  assign(principals: readonly string[], by?: Caller): Promise<void>
  unassign(principals: readonly string[], by?: Caller): Promise<void>
  setSeats(seats: number): Promise<void>
  setStatus(status: "ACTIVE" | "WARNING" | "SUSPENDED" | "CANCELLED"): Promise<void>
  /** The newest revision of the company. */
  revision(): Promise<number>
  /** Somebody else, who works at the same time. */
  colleague(): Promise<Caller>
  /** For `open` of openConsoles. */
  readonly signedIn: { readonly organization: string; readonly subject: string }
}

let vendorMessages = 0

export async function scene(ledger: RunningLedger, people: { seats: number; users: readonly string[] }): Promise<Scene> {
  const made = await company(ledger, people)
  const { admin, licenseId, organizationId, vendor } = made
  const carryOut = async (caller: Caller, operation: string, inputType: string, input: object) => {
    const data = await caller.ask(
      `mutation ($input: ${inputType}!) { payload: ${operation}(input: $input) { revision refusal { code message } } }`,
      { input },
    )
    if (data.payload.refusal) throw new Error(`${operation}: ${data.payload.refusal.message}`)
  }
  return {
    ...made,
    ledger,
    signedIn: { organization: organizationId, subject: "tester" },
    async group(displayName, members) {
      const memberIds = members.map((name) => made.users[name])
      const { createGroup } = await admin.ask(
        `mutation ($input: CreateGroupInput!) { createGroup(input: $input) { group { id } refusal { message } } }`,
        { input: { displayName, memberIds } },
      )
      return createGroup.group.id
    },
    assign: (principals, by = admin) =>
      carryOut(by, "assignLicenses", "AssignLicensesInput", { licenseId, principalIds: ids(made, principals), onShortage: "WAITLIST" }),
    unassign: (principals, by = admin) =>
      carryOut(by, "unassignLicenses", "UnassignLicensesInput", { licenseId, principalIds: ids(made, principals) }),
    setSeats: (seats) => carryOut(vendor, "changeVendorSeats", "ChangeVendorSeatsInput", { licenseId, seats, ...vendorMessage() }),
    setStatus: (status) => carryOut(vendor, "changeLicenseStatus", "ChangeLicenseStatusInput", { licenseId, status, ...vendorMessage() }),
    async revision() {
      const { viewer } = await admin.ask("{ viewer { organization { revision } } }")
      return viewer.organization.revision
    },
    colleague: () => ledger.as("LICENSE_ADMIN", { organization: organizationId, subject: "colleague" }),
  }
}

function vendorMessage() {
  vendorMessages += 1
  return { sequence: String(vendorMessages), vendorEventId: `message-${vendorMessages}` }
}

/** Names of people become ids; what is an id already stays. */
function ids({ users }: Company, principals: readonly string[]): readonly string[] {
  return principals.map((principal) => users[principal] ?? principal)
}
