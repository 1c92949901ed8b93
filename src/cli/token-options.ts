/** What `seatledger token` is asked for: whether it makes sense, and what the token then says. */
import type { Viewer } from "../auth/viewer"
import type { Role } from "../domain/events"
import { parseId } from "../domain/ids"
import { CliError, EXIT } from "./cli-error"

export const ROLES = [
  "GLOBAL_ADMIN",
  "LICENSE_ADMIN",
  "USER_ADMIN",
  "BILLING_ADMIN",
  "AUDITOR",
  "MEMBER",
  "VENDOR",
  "OPERATOR",
] as const satisfies readonly Role[]

export interface TokenOptions {
  readonly role: readonly Role[]
  readonly organization?: string
  readonly vendor?: string
  readonly subject?: string
  readonly identityProvider?: boolean
  /** Seconds. */
  readonly expires: number
  readonly data?: string
}

/** Refuses what would be a token for nothing, with what is missing. @throws CliError */
export function viewerFor({ role: roles, organization, vendor, subject, identityProvider }: Omit<TokenOptions, "expires">): Viewer {
  const ofOrganization = roles.filter((role) => role !== "VENDOR" && role !== "OPERATOR")
  if (roles.includes("VENDOR") && vendor === undefined) throw usage("the role VENDOR needs --vendor vnd_…")
  if (!roles.includes("VENDOR") && vendor !== undefined) throw usage(`--vendor is for the role VENDOR, not ${roles.join(", ")}`)
  if (ofOrganization.length > 0 && organization === undefined)
    throw usage(`the role ${ofOrganization.join(", ")} needs --organization org_…`)
  if (ofOrganization.length === 0 && organization !== undefined) throw usage(`--organization does not go with the role ${roles.join(", ")}`)
  if (organization !== undefined && !parseId("org", organization))
    throw usage(`"${organization}" is no organization id; they look like org_demo`)
  if (vendor !== undefined && !parseId("vnd", vendor)) throw usage(`"${vendor}" is no vendor id; they look like vnd_halyardic`)
  if (roles.includes("MEMBER") && subject === undefined) {
    throw usage("the role MEMBER needs --subject: the person's external id or user name in the directory")
  }
  if (identityProvider && !roles.some((role) => role === "USER_ADMIN" || role === "GLOBAL_ADMIN")) {
    throw usage("--identity-provider provisions people: it needs the role USER_ADMIN")
  }
  return {
    subject: subject ?? vendor ?? roles[0]?.toLowerCase().replaceAll("_", "-") ?? "",
    roles: [...new Set(roles)],
    ...(organization !== undefined && { organizationId: organization }),
    ...(vendor !== undefined && { vendorId: vendor }),
    ...(identityProvider && { identityProvider }),
  }
}

const UNITS = { s: 1, m: 60, h: 3_600, d: 86_400 } as const

/** `30m`, `12h`, `7d` → seconds. */
export function seconds(value: string): number {
  const [, amount = "", unit = ""] = /^(\d{1,6})([smhd])$/.exec(value) ?? []
  const total = Number(amount) * (UNITS[unit as keyof typeof UNITS] ?? 0) // the expression allows these units only
  if (!(total > 0)) throw new Error("A time such as 30m, 12h or 7d is needed.")
  return total
}

function usage(message: string): CliError {
  return new CliError(message, { exitCode: EXIT.usage })
}
