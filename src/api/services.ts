/** What the API needs of the rest of the program; put together once, in `main.ts`. */
import type { Checkpoints } from "../audit/checkpoints"
import type { LogTrees } from "../audit/log-tree"
import type { Commands } from "../commands/requests"
import type { Position } from "../eventstore/event-store"
import type { SecretUses } from "../operations/secret-uses"
import type { Projecting } from "../readstore/projecting"
import type { ReadStore } from "../readstore/read-store"
import type { Opener } from "../vault/vault"
import type { Webhooks } from "../webhooks/webhooks"

export interface Services {
  readonly commands: Commands
  readonly readStore: ReadStore
  readonly projecting: Projecting
  /** Where the newest event stands in the log, which is asked. */
  readonly newest: () => Promise<Position>
  readonly vault: Opener
  readonly webhooks: Webhooks
  readonly secretUses: Pick<SecretUses, "of">
  readonly trees: LogTrees
  readonly checkpoints: Checkpoints
  /** Milliseconds since 1970, UTC. Tests move it. */
  readonly now: () => number
  /** How long a mutation waits for its own effect to become visible, and a query for what is recorded of the past, in ms. */
  readonly visibleWithinMs: number
}
