/** What a vendor's message asks of the ledger, whichever format it came in. */
import type { OrganizationRequests, VendorRequests } from "../../commands/requests"
import type { LicenseStatus, OrderedBy, VendorMessageAttribute } from "../../domain/events"
import type { CloudEvent } from "./cloud-event"
import { FieldReader } from "./fields"
import { wrongField } from "./problem"

/** How a message names a license. */
export interface LicenseName {
  readonly licenseId?: string
  readonly subscriptionId?: string
  /** Narrows down; a vendor may sell one subscription id to two customers. */
  readonly organizationId?: string
}

interface Sent {
  readonly vendorEventId: string
  /** How the message calls a field of the command, such as `data.seats`. */
  readonly nameOf: (field: string) => string
}
interface Change extends Sent {
  readonly license: LicenseName
  readonly sequence: string
  /** Left out for a counter. */
  readonly orderedBy?: OrderedBy
  /** When it happened, for a message that says so. Milliseconds since 1970, UTC. */
  readonly happenedAt?: number
}
export type Message =
  | (Change & { readonly kind: "SEATS"; readonly seats: number; readonly effectiveAt?: string })
  | (Change & { readonly kind: "STATUS"; readonly status: LicenseStatus })
  | (Change & { readonly kind: "PLAN"; readonly plan: string })
  | (Sent & { readonly kind: "REGISTRATION"; readonly organizationId: string; readonly request: OrganizationRequests["registerLicense"] })
  | (Sent & { readonly kind: "PRODUCT"; readonly request: VendorRequests["listProduct"] })

export type LicenseChange = Extract<Message, { readonly kind: "SEATS" | "STATUS" | "PLAN" }>

const SEATS_CHANGED = "seatledger.seats.changed"
const STATUS_CHANGED = "seatledger.license.status.changed"
const LICENSE_REGISTERED = "seatledger.license.registered"
const PRODUCT_LISTED = "seatledger.product.listed"
export const EVENT_TYPES = [SEATS_CHANGED, LICENSE_REGISTERED, STATUS_CHANGED, PRODUCT_LISTED] as const

const STATUSES = ["ACTIVE", "WARNING", "SUSPENDED", "CANCELLED"] as const satisfies readonly LicenseStatus[]
/** Rule 19: 90 days unless the license says otherwise. */
const GRACE_DAYS = 90

/** @throws WrongRequest */
export function messageIn(event: CloudEvent): Message {
  const data = new FieldReader(event.data, event.dataPrefix)
  switch (event.type) {
    case SEATS_CHANGED: {
      data.only(["licenseId", "subscriptionId", "organizationId", "seats", "effectiveAt"])
      const effectiveAt = data.optionalInstant("effectiveAt")
      const seats = data.number("seats")
      return { kind: "SEATS", ...changeIn(event, data), seats, ...(effectiveAt === undefined ? {} : { effectiveAt }) }
    }
    case STATUS_CHANGED: {
      data.only(["licenseId", "subscriptionId", "organizationId", "status"])
      return { kind: "STATUS", ...changeIn(event, data), status: data.choice("status", STATUSES) }
    }
    case LICENSE_REGISTERED:
      return registrationIn(event, data)
    case PRODUCT_LISTED: {
      data.only(["productId", "name", "description", "installUrl"])
      const productId = data.optionalText("productId")
      const description = data.optionalText("description", 2_000)
      const installUrl = data.optionalText("installUrl", 2_000)
      const request = {
        name: data.text("name", "what the product is called"),
        ...(productId === undefined ? {} : { productId }),
        ...(description === undefined ? {} : { description }),
        ...(installUrl === undefined ? {} : { installUrl }),
        vendorEventId: event.id,
        ...(event.sequence === undefined ? {} : { sequence: event.sequence }),
      }
      return { kind: "PRODUCT", ...sentBy(event), request }
    }
    default:
      throw wrongField(event.nameOf("type"), `must be one of ${EVENT_TYPES.join(", ")}; nothing was changed`)
  }
}

/** What the ledger of a vendor's messages files one under, by its type alone. */
export function attributeOf(type: unknown): VendorMessageAttribute {
  switch (type) {
    case SEATS_CHANGED:
      return "SEATS"
    case STATUS_CHANGED:
      return "STATUS"
    case LICENSE_REGISTERED:
      return "REGISTRATION"
    case PRODUCT_LISTED:
      return "PRODUCT"
    default:
      return "UNKNOWN"
  }
}

function registrationIn(event: CloudEvent, data: FieldReader): Message {
  data.only(["organizationId", "productId", "seats", "graceDays", "onGraceEnd", "subscriptionId", "plan", "orderedBy"])
  const subscriptionId = data.optionalText("subscriptionId")
  const plan = data.optionalText("plan")
  const orderedBy = data.optionalChoice("orderedBy", ["SEQUENCE", "TIMESTAMP"])
  return {
    kind: "REGISTRATION",
    ...sentBy(event),
    organizationId: data.text("organizationId", "who bought the license, org_…"),
    request: {
      productId: data.text("productId", "one of the vendor's own products, prd_…"),
      seats: data.number("seats"),
      vendorEventId: event.id,
      graceDays: data.optionalNumber("graceDays") ?? GRACE_DAYS,
      onGraceEnd: data.optionalChoice("onGraceEnd", ["HOLD", "REVOKE"]) ?? "HOLD",
      ...(subscriptionId === undefined ? {} : { subscriptionId }),
      ...(plan === undefined ? {} : { plan }),
      ...(orderedBy === "TIMESTAMP" ? { orderedBy } : {}), // left out otherwise, as GraphQL does: the same id by either way is the same body
    },
  }
}

function changeIn(event: CloudEvent, data: FieldReader): Change {
  const [licenseId, subscriptionId, organizationId] = ["licenseId", "subscriptionId", "organizationId"].map((field) =>
    data.optionalText(field),
  )
  if (licenseId === undefined && subscriptionId === undefined) {
    throw wrongField(data.name("licenseId"), `is missing: name the license by ${data.name("licenseId")} or ${data.name("subscriptionId")}`)
  }
  if (licenseId !== undefined && subscriptionId !== undefined) {
    throw wrongField(
      data.name("subscriptionId"),
      `is one name too many: name the license by ${data.name("licenseId")} or ${data.name("subscriptionId")}, not both`,
    )
  }
  if (event.sequence === undefined) {
    throw wrongField(event.nameOf("sequence"), 'is missing: the vendor\'s counter for this license as a string, such as "42"')
  }
  return {
    ...sentBy(event, licenseId === undefined ? "subscriptionId" : "licenseId"),
    license: {
      ...(licenseId === undefined ? {} : { licenseId }),
      ...(subscriptionId === undefined ? {} : { subscriptionId }),
      ...(organizationId === undefined ? {} : { organizationId }),
    },
    sequence: event.sequence,
  }
}

function sentBy({ id, nameOf, dataPrefix }: CloudEvent, license: "licenseId" | "subscriptionId" = "licenseId"): Sent {
  return {
    vendorEventId: id,
    nameOf(field) {
      if (field === "vendorEventId") return nameOf("id")
      if (field === "sequence") return nameOf("sequence")
      if (field === "vendorId") return nameOf("source")
      return `${dataPrefix}${field === "licenseId" ? license : field}`
    },
  }
}
