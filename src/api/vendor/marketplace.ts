/**
 * The webhook body that Microsoft's commercial marketplace publishes for SaaS offers (SaaS fulfillment APIs v2,
 * "Implementing a webhook"), and its older shapes. "ISVs should avoid strict deserialization": fields that are not known
 * are passed over, and what is used is checked closely.
 */
import type { LicenseStatus } from "../../domain/events"
import { FieldReader, isDay, isObject, kindOf } from "./fields"
import { type Hint, hintOf } from "./hint"
import type { LicenseChange } from "./message"
import { malformed, wrongField } from "./problem"

const STATUS_OF = { Suspend: "SUSPENDED", Unsubscribe: "CANCELLED", Reinstate: "ACTIVE", Renew: "ACTIVE" } as const satisfies Record<
  string,
  LicenseStatus
>
const ACTIONS = ["ChangeQuantity", "ChangePlan", ...Object.keys(STATUS_OF)]
/** Operations that changed nothing at the marketplace. "Success" and "In Progress" are of older samples. */
const WITHOUT_EFFECT = ["Failed", "Conflict"]

/** @throws WrongRequest */
export function marketplaceMessage(body: unknown): LicenseChange {
  if (!isObject(body)) throw malformed(`The body must be a JSON object, not ${kindOf(body)}.`)
  const fields = new FieldReader(body)
  const action = fields.text("action", `one of ${ACTIONS.join(", ")}`)
  const attribute = attributeOfAction(action)
  if (attribute === undefined) throw unknownAction(action)

  const idField = fields.has("operationId") && !fields.has("id") ? "operationId" : "id"
  const vendorEventId = fields.text(idField, "the id of the operation, by which a repeat is known")
  const license = { subscriptionId: fields.text("subscriptionId", "the subscription that the license was registered with") }
  const timeStamp = ticks(fields.name("timeStamp"), fields.text("timeStamp", "when it happened, by which messages are ordered"))
  const change = {
    vendorEventId,
    license,
    sequence: timeStamp.toString(),
    orderedBy: "TIMESTAMP",
    happenedAt: Number(timeStamp / TICKS_PER_MILLISECOND),
    nameOf: (field: string) => NAMES[field] ?? (field === "vendorEventId" ? idField : field),
  } as const
  const status = fields.optionalText("status")
  if (status !== undefined && WITHOUT_EFFECT.includes(status)) {
    throw wrongField("status", `is ${status}: the operation changed nothing at the marketplace, so nothing was changed here`)
  }
  switch (attribute) {
    case "SEATS":
      return { kind: "SEATS", ...change, seats: quantity(fields.raw("quantity")) }
    case "PLAN":
      return { kind: "PLAN", ...change, plan: fields.text("planId", "the plan from now on") }
    case "STATUS":
      return { kind: "STATUS", ...change, status: STATUS_OF[action as keyof typeof STATUS_OF] } // as attributeOfAction found
    default:
      return attribute satisfies never
  }
}

/** For the ledger of what a vendor sent, also when the rest cannot be read. */
export function marketplaceHint(body: unknown, messageId: string): Hint {
  const fields = isObject(body) ? body : {}
  const { id, operationId, action, operationType, status: _, ...rest } = fields
  return hintOf({
    ids: [id, operationId, messageId],
    attribute: (typeof action === "string" ? attributeOfAction(action) : undefined) ?? "UNKNOWN",
    // The time stamp is no sequence before it has been read.
    sequence: undefined,
    // The status is that of the operation at the marketplace, not of the license.
    data: { ...rest, action: action ?? operationType },
  })
}

const NAMES: Readonly<Record<string, string>> = {
  seats: "quantity",
  plan: "planId",
  sequence: "timeStamp",
  licenseId: "subscriptionId",
}

function attributeOfAction(action: string): "SEATS" | "PLAN" | "STATUS" | undefined {
  if (action === "ChangeQuantity") return "SEATS"
  if (action === "ChangePlan") return "PLAN"
  return Object.hasOwn(STATUS_OF, action) ? "STATUS" : undefined
}

function unknownAction(action: string): Error {
  const named = action.slice(0, 80)
  const hint = action === "Subscribe" ? "; register the license with a CloudEvent of the type seatledger.license.registered" : ""
  return wrongField("action", `${named} is not known here and changed nothing; there are ${ACTIONS.join(", ")}${hint}`)
}

/** Samples have a number, a string, a string with a space before it, "" and null. The `subscription` inside has the quantity before the change. */
function quantity(value: unknown): number {
  if (value === undefined || value === "") throw wrongField("quantity", "is missing: the absolute number of seats from now on")
  if (typeof value === "number") return value
  if (typeof value !== "string") throw wrongField("quantity", `must be a number, not ${kindOf(value)}`)
  if (!/^-?\d{1,20}$/.test(value.trim())) throw wrongField("quantity", "must be a whole number, such as 25")
  return Number(value.trim())
}

const TIME_STAMP = /^((\d{4}-\d{2}-\d{2})T(?:[01]\d|2[0-3]):\d{2}:\d{2})(?:\.(\d{1,7}))?(Z|[+-]\d{2}:\d{2})?$/
const TICKS_PER_MILLISECOND = 10_000n
const TICKS_PER_SECOND = 1_000n * TICKS_PER_MILLISECOND

/** In 100 ns since 1970: seven digits of a second do not fit into milliseconds. Without an offset it is UTC, as documented. */
function ticks(field: string, timeStamp: string): bigint {
  const [, seconds, day = "", fraction = "", offset = "Z"] = TIME_STAMP.exec(timeStamp.trim()) ?? []
  const milliseconds = isDay(day) ? Date.parse(`${seconds}${offset}`) : Number.NaN
  if (Number.isNaN(milliseconds) || milliseconds < 0) {
    throw wrongField(field, "must be an instant such as 2023-02-10T18:48:58.4449937Z, with at most seven digits of a second")
  }
  return BigInt(milliseconds / 1000) * TICKS_PER_SECOND + BigInt(fraction.padEnd(7, "0"))
}
