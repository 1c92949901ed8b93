/** Rebuilding and verifying read models, wherever they lie. */
import { setTimeout as pause } from "node:timers/promises"
import { holdersOf, leaderOf } from "../postgres/advisory-lock"
import type { BuildSource } from "./build"
import { PostgresGenerations } from "./postgres-generations"
import { projectorLock } from "./postgres-projector"
import { rebuildInPostgres } from "./postgres-rebuild"
import { verifyInPostgres } from "./postgres-verify"
import type { ReadModelsPlace } from "./read-side"
import { rebuild } from "./rebuild"
import { type Verified, verify } from "./verify"

/** Works beside running servers, which turn to what was rebuilt by themselves. Answers the number of events. @throws as `rebuild` */
export async function rebuildReadModels(place: ReadModelsPlace, source: BuildSource): Promise<number> {
  if (typeof place === "string") return (await rebuild({ ...source, folder: place })).events
  const generations = await PostgresGenerations.open(place)
  try {
    // Where no server was started yet there is something to be replaced all the same.
    await generations.pointer()
    // When that cannot be seen, they are rebuilt all the same.
    const handOver = (generation: number) => taken(generations, generation).catch(() => {})
    return (await rebuildInPostgres({ ...source, generations, handOver })).events
  } finally {
    await generations.control.close()
  }
}

const TAKEN_WITHIN_MS = 30_000
const LOOK_EVERY_MS = 50

/**
 * Until the node that projects, if there is one, uses the tables as well: a node of another version, which tidies up, would
 * take them for abandoned.
 */
async function taken(generations: PostgresGenerations, generation: number): Promise<void> {
  const { control, schema } = generations
  for (const end = performance.now() + TAKEN_WITHIN_MS; performance.now() < end; await pause(LOOK_EVERY_MS)) {
    if ((await holdersOf(control, generations.lockOf(generation))).length > 1) return
    if ((await leaderOf(control, projectorLock(schema.signature))) === undefined) return
  }
}

/** @throws as `verify` */
export async function verifyReadModels(place: ReadModelsPlace, source: BuildSource): Promise<Verified> {
  if (typeof place === "string") return verify({ ...source, folder: place })
  const generations = await PostgresGenerations.open(place)
  try {
    return await verifyInPostgres({ ...source, generations })
  } finally {
    await generations.control.close()
  }
}
