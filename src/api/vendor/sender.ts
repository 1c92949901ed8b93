/** Who sent a message, and what it takes to carry it out. */
import type { Commands, RequestContext } from "../../commands/requests"
import type { VendorId } from "../../domain/ids"
import type { CatchingUp } from "../../readstore/caught-up"
import type { Projecting } from "../../readstore/projecting"
import type { ReadStore } from "../../readstore/read-store"
import type { Message } from "./message"
import { problemOf } from "./problem"

export interface VendorServices extends CatchingUp {
  readonly commands: Commands
  readonly readStore: ReadStore
  readonly projecting: Pick<Projecting, "status" | "waitFor">
  /** How long an answer waits until what was recorded can be read, in ms. */
  readonly visibleWithinMs: number
}

/** As its signature says. */
export interface Sender {
  readonly vendorId: VendorId
  readonly traceId: string
  /** `webhook-id`: what a message without a usable id of its own is called by. */
  readonly messageId: string
}

export function contextOf({ vendorId, traceId }: Sender, message?: Message): RequestContext {
  const context: RequestContext = { requester: { type: "VENDOR", subject: vendorId, role: "VENDOR", vendorId }, correlationId: traceId }
  if (!message) return context
  // The ledger names the field that the answer names.
  const fieldOf: RequestContext["fieldOf"] = (refusal) => {
    const { field } = problemOf(refusal, message.nameOf)
    return field === undefined ? undefined : inMessage(field)
  }
  return { ...context, fieldOf }
}

/** An entry of the ledger is one message, whether it came in a batch or alone. */
export function inMessage(field: string): string {
  return field.replace(/^\[\d+\]\.?/, "")
}
