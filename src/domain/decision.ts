/** The outcome of deciding: events, or a refusal that wrote nothing. Deciding never throws for business reasons. */
import type { Refusal } from "./refusals"

export type Decision<Draft> =
  | {
      readonly accept: readonly Draft[]
      /** Ids that were passed over with a warning instead of refused (rule 30). */
      readonly skipped?: readonly string[]
    }
  | { readonly reject: Refusal }

export function accept<Draft>(events: readonly Draft[], skipped: readonly string[] = []): Decision<Draft> {
  return skipped.length > 0 ? { accept: events, skipped } : { accept: events }
}

export function refuse(refusal: Refusal): { readonly reject: Refusal } {
  return { reject: refusal }
}
