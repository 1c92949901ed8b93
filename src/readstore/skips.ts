/** Decisions of an operator to pass over an event that a projection group cannot take. Every projector and rebuild honours them. */
import type { Position } from "../eventstore/event-store"

export interface Skip {
  /** The projection group. */
  readonly name: string
  readonly position: Position
  readonly reason: string
  readonly skippedBy: string
  /** Milliseconds since 1970, UTC. */
  readonly skippedAt: number
}

export interface Skips {
  /** In the order of the log. What another process adds is seen at once. */
  all(): Promise<readonly Skip[]>
  /** The first decision about an event stands. */
  add(skip: Skip): Promise<void>
  /** False: there was none. What was passed over meanwhile stays so until the read models are built anew. */
  takeBack(name: string, position: Position): Promise<boolean>
  close(): Promise<void>
}

/** For tests. */
export function memorySkips(): Skips {
  const skips: Skip[] = []
  const indexOf = (name: string, position: Position) => skips.findIndex((skip) => skip.name === name && skip.position === position)
  return {
    all: async () => skips,
    async add(skip) {
      if (indexOf(skip.name, skip.position) < 0) skips.push(skip)
    },
    async takeBack(name, position) {
      const at = indexOf(name, position)
      if (at >= 0) skips.splice(at, 1)
      return at >= 0
    },
    close: async () => {},
  }
}
