/** The outcome of deciding: events, or a refusal that wrote nothing. Deciding never throws for business reasons. */
import type { Refusal } from "./refusals"

/** The event that brought something about. */
export interface Cause {
  readonly eventId: string
  readonly revision: number
  readonly correlationId: string
}

export type Decision<Draft> =
  | {
      readonly accept: readonly Draft[]
      /** Ids that were passed over with a warning instead of refused (rule 30). */
      readonly skipped?: readonly string[]
      /** Of a command that nobody gave, because an earlier event made it due (rule 36). */
      readonly cause?: Cause
    }
  | { readonly reject: Refusal }

export function accept<Draft>(events: readonly Draft[], skipped: readonly string[] = []): Decision<Draft> {
  return skipped.length > 0 ? { accept: events, skipped } : { accept: events }
}

export function refuse(refusal: Refusal): { readonly reject: Refusal } {
  return { reject: refusal }
}
