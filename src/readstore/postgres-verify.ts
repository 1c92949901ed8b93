/** The same as verify.ts for read models in PostgreSQL: builds a generation aside, compares every row, and drops it. */
import { Leadership } from "../postgres/advisory-lock"
import { type BuildSource, build } from "./build"
import { compareAll } from "./compare-rows"
import type { PostgresGenerations } from "./postgres-generations"
import type { Verified } from "./verify"

export interface VerifyingInPostgres extends BuildSource {
  readonly generations: PostgresGenerations
}

/**
 * Compares at the position that the read models show now, whatever is recorded meanwhile. Works beside running nodes.
 * @throws when there are no read models of this version, or an event up to that position cannot be projected
 */
export async function verifyInPostgres({ generations, onProgress = () => {}, ...source }: VerifyingInPostgres): Promise<Verified> {
  const pointer = await generations.known()
  if (!pointer) throw new Error("there are no read models of this version in the database; was the server started there once?")
  const leadership = new Leadership(generations.control)
  const aside = await generations.next()
  try {
    const { shown: generation } = pointer
    await leadership.share(generations.lockOf(generation))
    const letGo = await leadership.share(generations.lockOf(aside))
    const shown = await generations.rows(generation)
    try {
      let events = 0
      const count = (done: number) => {
        events = done
        onProgress(done)
      }
      await generations.startBuilding(aside)
      const readModels = await generations.readModels(aside)
      try {
        await build(readModels, { ...source, onProgress: count }, (group) => shown.position(group))
      } finally {
        await readModels.close()
      }
      const expected = await generations.rows(aside)
      try {
        return { events, ...(await compareAll(shown, expected)) }
      } finally {
        await expected.close()
      }
    } finally {
      await shown.close()
      letGo()
    }
  } finally {
    await leadership.close()
    await generations.drop(aside).catch(() => {}) // Otherwise the projector drops it, as unused.
  }
}
