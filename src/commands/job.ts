import type { Actor, LedgerEvent } from "../domain/events"
import type { GroupId, UserId } from "../domain/ids"
import type { Refusal } from "../domain/refusals"
import type { Identity, Sealer, SealerWants, Subject } from "../vault/vault"
import type { CommandRecord } from "./command-index"
import type { Outcome } from "./requests"

/** A command on its way through the queue of its stream. */
export interface CommandJob<Command, Event extends LedgerEvent> {
  readonly kind: "command"
  readonly commandId: string
  /** Keyed hash of operation and request: tells a repeat from another command under the same key. */
  readonly commandHash: string
  /** What the caller calls the key, for `IDEMPOTENCY_CONFLICT`. */
  readonly key: string
  readonly correlationId: string
  readonly expectedRevision?: number
  /** Rule 35. */
  readonly simulated?: boolean
  /** What is to be decided, without free text and names; or what is wrong with the request. */
  readonly command: Command | { readonly reject: Refusal }
  /** The same with everything sealed. Asked for once the command is accepted, so that a refused one leaves no key behind. */
  readonly seal?: (sealer: Sealer) => Command
  /** What sealing needs at hand. */
  readonly seals?: Pick<SealerWants, "people" | "secrets">
  /** The names that the command gives to an object. */
  readonly names?: { readonly owner: UserId | GroupId; readonly identities: readonly Identity[] }
  /** Ids of the request that cannot be anybody's; passed over with a warning and never recorded, whatever text they are. */
  readonly passedOver: readonly string[]
  /** Upper bound of what the command's own events take as JSON, in bytes. */
  readonly bytes: number
  readonly actor: Actor | ActingSubject
  /** Draws the consequences that earlier commands left (rule 39), instead of putting them aside. */
  readonly settles?: true
  readonly resolve: (outcome: Outcome<Event>) => void
  readonly reject: (fault: unknown) => void
}

/** Somebody known by the subject of a token. An id may have to be minted, so it is asked for once the command is accepted. */
export interface ActingSubject extends Omit<Actor, "id"> {
  readonly subject: Subject
}

/** A look at the state, in turn with the commands and read to the head. */
export interface Look<State> {
  readonly kind: "look"
  readonly look: (state: State) => unknown
  readonly resolve: (seen: unknown) => void
  readonly reject: (fault: unknown) => void
}

/**
 * A longer look at the state at the head, in steps. Nothing else of the stream happens until it is done, other streams
 * and whoever reads have their turns between the steps.
 */
export interface Study<State> {
  readonly study: (state: State) => Iterator<void, unknown>
  readonly resolve: (found: unknown) => void
  readonly reject: (fault: unknown) => void
}

export type Job<State, Command, Event extends LedgerEvent> = CommandJob<Command, Event> | Look<State>

/** What a job comes to once the group's append has succeeded, or nothing had to be appended and the state was at the head. */
export type Answer<Event extends LedgerEvent> =
  | { readonly kind: "outcome"; readonly outcome: Outcome<Event> }
  /** Carried out before: the answer is read back from the log. */
  | { readonly kind: "recorded"; readonly record: CommandRecord }
  | { readonly kind: "seen"; readonly seen: unknown }
