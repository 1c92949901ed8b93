/** Rebuilding and verifying read models, wherever they lie. */
import type { BuildSource } from "./build"
import { PostgresGenerations } from "./postgres-generations"
import { takenByProjector } from "./postgres-projector"
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
    const handOver = (generation: number) => takenByProjector(generations, generation).catch(() => {})
    return (await rebuildInPostgres({ ...source, generations, handOver })).events
  } finally {
    await generations.control.close()
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
