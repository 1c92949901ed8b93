/** What can be made out of a message that was refused, for the ledger that both sides see. None of it is relied on. */
import type { VendorMessageAttribute } from "../../domain/events"
import { isObject } from "./fields"

export interface Hint {
  readonly vendorEventId: string
  readonly attribute: VendorMessageAttribute
  readonly licenseId?: string
  readonly subscriptionId?: string
  readonly organizationId?: string
  readonly value?: string
  readonly sequence?: string
}

/** The field that says what is to change, in both formats. */
const VALUES: Readonly<Record<VendorMessageAttribute, readonly string[]>> = {
  SEATS: ["seats", "quantity"],
  REGISTRATION: ["seats"],
  STATUS: ["status", "action"],
  PLAN: ["plan", "planId"],
  PRODUCT: ["name"],
  UNKNOWN: ["action"], // of a marketplace
}

interface Unread {
  /** The best first. The last is `webhook-id`, which every signed message has. */
  readonly ids: readonly [...unknown[], string]
  readonly attribute: VendorMessageAttribute
  readonly sequence: unknown
  readonly data: unknown
}

export function hintOf({ ids, attribute, sequence, data }: Unread): Hint {
  const vendorEventId = ids.map(text).find((id) => id !== undefined) ?? ""
  const fields = isObject(data) ? data : {}
  const value = VALUES[attribute].map((field) => text(fields[field])).find((found) => found !== undefined)
  const [licenseId, subscriptionId, organizationId] = [fields.licenseId, fields.subscriptionId, fields.organizationId].map(text)
  const order = text(sequence)
  return {
    vendorEventId,
    attribute,
    ...(licenseId === undefined ? {} : { licenseId }),
    ...(subscriptionId === undefined ? {} : { subscriptionId }),
    ...(organizationId === undefined ? {} : { organizationId }),
    ...(value === undefined ? {} : { value }),
    ...(order === undefined ? {} : { sequence: order }),
  }
}

/** Numbers as they are written: a wrong one is to be seen as it came. */
function text(value: unknown): string | undefined {
  if (typeof value === "number") return String(value)
  return typeof value === "string" && value.trim() !== "" ? value : undefined
}
