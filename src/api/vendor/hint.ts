/** What can be made out of a message that was refused, for the ledger that both sides see. None of it is relied on. */
import type { VendorMessageAttribute } from "../../domain/events"
import { isObject } from "./fields"

export interface Hint {
  readonly vendorEventId: string
  readonly attribute: VendorMessageAttribute
  readonly licenseId?: string
  readonly subscriptionId?: string
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
  UNKNOWN: ["action"],
}

/** Undefined for a message without an id: there is nothing to call it by. */
export function hintOf(id: unknown, attribute: VendorMessageAttribute, sequence: unknown, data: unknown): Hint | undefined {
  const vendorEventId = text(id)
  if (vendorEventId === undefined) return undefined
  const fields = isObject(data) ? data : {}
  const value = VALUES[attribute].map((field) => text(fields[field])).find((found) => found !== undefined)
  const [licenseId, subscriptionId, order] = [text(fields.licenseId), text(fields.subscriptionId), text(sequence)]
  return {
    vendorEventId,
    attribute,
    ...(licenseId === undefined ? {} : { licenseId }),
    ...(subscriptionId === undefined ? {} : { subscriptionId }),
    ...(value === undefined ? {} : { value }),
    ...(order === undefined ? {} : { sequence: order }),
  }
}

/** Numbers as they are written: a wrong one is to be seen as it came. */
function text(value: unknown): string | undefined {
  if (typeof value === "number") return String(value)
  return typeof value === "string" && value.trim() !== "" ? value : undefined
}
