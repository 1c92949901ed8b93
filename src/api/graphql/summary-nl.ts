/** The sentences of `summary.ts` in Dutch: one per event, naming the same people and products. */
import type { ClaimRef, LicenseStatus, OrganizationEventDraft, PrincipalType, ReleaseReason, VendorAttribute } from "../../domain/events"
import type { Wording } from "./summary"

export function dutchSummaryOf(event: OrganizationEventDraft, { actor, product, nameOf, nameBefore }: Wording): string {
  const named = (ids: readonly string[]) => people(ids, nameOf)
  switch (event.type) {
    case "OrganizationCreated":
      return `${actor} heeft de organisatie ${event.data.name} aangemaakt`
    case "OrganizationClosed":
      return `${actor} heeft de organisatie gesloten`

    case "LicenseRegistered":
      return `${actor} heeft een licentie voor ${product} met ${counted(event.data.seats, "seat", "seats")} geregistreerd`
    case "VendorSeatsChanged":
      return `${actor} heeft het aantal seats van ${product} gewijzigd van ${event.data.previousSeats} in ${event.data.seats}`
    case "LicenseStatusChanged":
      return `${actor} heeft ${STATUS[event.data.status](product)}`
    case "LicensePlanChanged":
      return `${actor} heeft het abonnement van ${product} gewijzigd in ${event.data.plan}`
    case "VendorEventIgnored": {
      const what = ATTRIBUTE[event.data.attribute]
      const why = event.data.outcome === "STALE" ? "er was al iets nieuwers bekend" : "er stond al hetzelfde"
      return `${actor} heeft ${what} van ${product} gemeld zonder dat er iets veranderde: ${why}`
    }

    case "LicenseAssigned": {
      const { principal, transferFrom, restores } = event.data
      const to = `${product} toegewezen aan ${called(principal.type, nameOf(principal.id))}`
      if (restores !== undefined) return `${actor} heeft ${to}, opnieuw, zoals bij revisie ${restores}`
      return transferFrom ? `${actor} heeft ${to}, met de seat van ${nameOf(transferFrom)}` : `${actor} heeft ${to}`
    }
    case "LicenseUnassigned": {
      const { principal, stillLicensedVia, transferTo, restores } = event.data
      const from = `${actor} heeft de toewijzing van ${product} aan ${called(principal.type, nameOf(principal.id))} beëindigd`
      if (transferTo) return `${from} om de seat aan ${nameOf(transferTo)} te geven`
      const kept = stillLicensedVia.length > 0 ? `, maar de licentie blijft via ${named(stillLicensedVia)}` : ""
      return `${from}${restores === undefined ? "" : `, opnieuw, zoals bij revisie ${restores}`}${kept}`
    }
    case "AssignmentsRestored": {
      const { asOfRevision, assigned, unassigned, skipped = [], skippedCount = skipped.length } = event.data
      const passedOver = skippedCount > 0 ? `, ${skippedCount} overgeslagen` : ""
      return `${actor} heeft de toewijzingen van ${product} hersteld zoals bij revisie ${asOfRevision}: ${assigned} toegevoegd, ${unassigned} verwijderd${passedOver}`
    }
    case "SeatsGranted": {
      const { claims, via } = event.data
      const got = `${claimants(claims, named)} ${has(claims)} ${seats(claims)} van ${product} gekregen`
      if (via === "WAITLIST") return `${got} vanaf de wachtlijst`
      return via === "TRANSFER" ? `${got} door overdracht` : got
    }
    case "SeatsWaitlisted": {
      const { claims } = event.data
      return `${claimants(claims, named)} ${claims.length === 1 ? "staat" : "staan"} op de wachtlijst van ${product}`
    }
    case "SeatsReleased": {
      const { claims, why } = event.data
      const waited = claims.every((claim) => !claim.wasSeated)
      const left = waited
        ? `${claims.length === 1 ? "is" : "zijn"} van de wachtlijst van ${product} af`
        : `${has(claims)} ${seats(claims)} van ${product} niet meer`
      return `${claimants(claims, named)} ${left}: ${RELEASED[why]}`
    }
    case "SeatsRevoked": {
      const { claims } = event.data
      const again = claims.length === 1 ? "en wacht weer" : "en wachten weer"
      return `${claimants(claims, named)} ${has(claims)} ${seats(claims)} van ${product} verloren toen de respijtperiode eindigde, ${again}`
    }
    case "SettlementProgressed":
      return event.data.remaining > 0
        ? `De seats van ${product} worden verdeeld: nog ${counted(event.data.remaining, "wijziging", "wijzigingen")}`
        : `De seats van ${product} zijn verdeeld`
    case "OverassignmentStarted":
      return `${product} heeft ${counted(event.data.overassignedBy, "seat", "seats")} te veel toegewezen; de respijtperiode eindigt op ${event.data.graceEndsAt.slice(0, 10)}`
    case "OverassignmentEnded":
      return `${product} heeft niet meer te veel seats toegewezen`
    case "GraceExpired":
      return `De respijtperiode van ${product} is geëindigd terwijl er ${counted(event.data.overassignedBy, "seat", "seats")} te veel ${event.data.overassignedBy === 1 ? "was" : "waren"} toegewezen`
    case "AccessReviewSigned": {
      const { reviewedRevision, people: reviewed } = event.data
      const waiting = reviewed.waitlisted > 0 ? `, ${reviewed.waitlisted} op de wachtlijst` : ""
      return `${actor} heeft beoordeeld wie ${product} heeft bij revisie ${reviewedRevision}: ${reviewed.seated} met een seat${waiting}`
    }
    case "InstallLinkVisited":
      return `${actor} heeft de installatiekoppeling van ${product} gevolgd`

    case "UserProvisioned":
      return `${actor} heeft ${nameOf(event.data.userId)} toegevoegd${event.data.active ? "" : ", inactief"}`
    case "UserProfileChanged":
      return `${actor} heeft het profiel van ${nameOf(event.data.userId)} gewijzigd`
    case "UserDeactivated":
      return `${actor} heeft ${nameOf(event.data.userId)} gedeactiveerd`
    case "UserReactivated":
      return `${actor} heeft ${nameOf(event.data.userId)} opnieuw geactiveerd`
    case "UserDeleted":
      return `${actor} heeft ${nameOf(event.data.userId)} verwijderd`
    case "UserErased":
      return `${actor} heeft de persoonsgegevens van ${nameOf(event.data.userId)} gewist`

    case "GroupProvisioned":
      return `${actor} heeft de groep ${event.data.displayName} toegevoegd`
    case "GroupRenamed":
      return `${actor} heeft de naam van de groep ${nameBefore(event.data.groupId)} gewijzigd in ${event.data.displayName}`
    case "GroupMembersChanged": {
      const { groupId, added, removed, nestedAdded = [], nestedRemoved = [] } = event.data
      const joined = [...added, ...nestedAdded]
      const left = [...removed, ...nestedRemoved]
      const group = `de groep ${nameOf(groupId)}`
      if (joined.length === 0 && left.length === 0) return `${actor} heeft niets aan ${group} gewijzigd`
      if (left.length === 0) return `${actor} heeft ${named(joined)} toegevoegd aan ${group}`
      if (joined.length === 0) return `${actor} heeft ${named(left)} verwijderd uit ${group}`
      return `${actor} heeft ${named(joined)} toegevoegd aan ${group} en ${named(left)} eruit verwijderd`
    }
    case "GroupDeleted":
      return `${actor} heeft de groep ${nameOf(event.data.groupId)} verwijderd`

    case "WebhookAdded":
      return `${actor} heeft de webhook ${hostOf(event.data.url)} toegevoegd`
    case "WebhookChanged":
      return `${actor} heeft de webhook ${hostOf(event.data.url)} gewijzigd`
    case "WebhookRemoved":
      return `${actor} heeft een webhook verwijderd`
    case "WebhookDisabled":
      return event.data.because === "GONE"
        ? "Een webhook is uitgeschakeld: de ontvanger is er voorgoed niet meer"
        : `${actor} heeft een webhook uitgeschakeld`
    case "WebhookEnabled":
      return `${actor} heeft een webhook ingeschakeld`
    case "WebhookSecretRotated":
      return `${actor} heeft een webhook een nieuw ondertekeningsgeheim gegeven`
    case "WebhookMessageSkipped":
      return `${actor} heeft een bericht aan een webhook opgegeven, zodat het volgende aan de beurt is`
    case "WebhookDeadLettersReplayed":
      return event.data.count === 1
        ? `${actor} heeft een niet bezorgd bericht van een webhook opnieuw laten verzenden`
        : `${actor} heeft ${event.data.count} niet bezorgde berichten van een webhook opnieuw laten verzenden`
    default:
      return event satisfies never
  }
}

const ATTRIBUTE: Readonly<Record<VendorAttribute, string>> = { SEATS: "een aantal seats", STATUS: "een status", PLAN: "een abonnement" }

const STATUS: Readonly<Record<LicenseStatus, (product: string) => string>> = {
  ACTIVE: (product) => `${product} actief gemaakt`,
  WARNING: (product) => `een waarschuwing bij ${product} gezet`,
  SUSPENDED: (product) => `${product} opgeschort`,
  CANCELLED: (product) => `${product} opgezegd`,
}

const RELEASED: Readonly<Record<ReleaseReason, string>> = {
  UNASSIGNED: "niet meer toegewezen",
  LEFT_GROUP: "niet meer in de groep",
  GROUP_UNASSIGNED: "niet meer aan de groep toegewezen",
  GROUP_DELETED: "de groep is verwijderd",
  USER_DEACTIVATED: "gedeactiveerd",
  USER_DELETED: "verwijderd",
  LICENSE_CANCELLED: "de licentie is opgezegd",
  TRANSFER: "overgedragen",
}

/** Up to two by name, then how many more, as in English. */
function people(ids: readonly string[], nameOf: (id: string) => string): string {
  const [first, second] = ids
  if (first === undefined) return "niemand"
  if (second === undefined) return nameOf(first)
  if (ids.length === 2) return `${nameOf(first)} en ${nameOf(second)}`
  return `${nameOf(first)}, ${nameOf(second)} en ${counted(ids.length - 2, "ander", "anderen")}`
}

function claimants(claims: readonly ClaimRef[], named: (ids: readonly string[]) => string): string {
  return named(claims.map((claim) => claim.userId))
}

function called(type: PrincipalType, name: string): string {
  return type === "GROUP" ? `de groep ${name}` : name
}

function has(claims: readonly unknown[]): string {
  return claims.length === 1 ? "heeft" : "hebben"
}

function seats(claims: readonly unknown[]): string {
  return claims.length === 1 ? "een seat" : "seats"
}

/** Paths and queries may hold somebody's keys, and sentences are passed around. */
function hostOf(url: string): string {
  return new URL(url).host
}

function counted(count: number, one: string, more: string): string {
  return `${count} ${count === 1 ? one : more}`
}
