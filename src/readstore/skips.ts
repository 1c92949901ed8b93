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
  has(name: string, position: Position): boolean
  all(): readonly Skip[]
  /** Recorded for ever; the first decision about an event stands. */
  add(skip: Skip): void
  close(): void
}

/** For tests. */
export function memorySkips(): Skips {
  const skips: Skip[] = []
  const has = (name: string, position: Position) => skips.some((skip) => skip.name === name && skip.position === position)
  return {
    has,
    all: () => skips,
    add: (skip) => {
      if (!has(skip.name, skip.position)) skips.push(skip)
    },
    close: () => {},
  }
}
