/**
 * Durable appends until a projector beside them has brought the audit trail and the Merkle trees of all streams up to the
 * last one, against the same without the trees. The appends alone would hide the trees: they do not wait for the projector,
 * which is behind them either way and does the rest of its work afterwards.
 */
import { join } from "node:path"
import { APPENDS, assignments, CALLERS, throughTheStore } from "./append"
import { firstMessage, start } from "./child"
import { type Benchmark, figure, grouped, interleaved, median, timed } from "./measure"
import { inTemporaryFolder } from "./temporary-folder"

const ROUNDS = 9

/** What the child answers when it has reached a position. */
export interface CaughtUp {
  /** Processor time per event since it was asked last, in µs. */
  readonly microseconds: number
}

export const treeUpkeep: Benchmark = {
  rows: ["tree-upkeep"],
  async run(say) {
    return inTemporaryFolder(async (folder) => {
      say(`${CALLERS} callers, ${ROUNDS} rounds of ${CALLERS * APPENDS} appends`)
      const events = assignments((ROUNDS + 1) * CALLERS * APPENDS)
      const side = async (name: string, ...groups: readonly string[]) => {
        const file = join(folder, `${name}.sqlite`)
        const log = throughTheStore(file, events)
        const child = start("tree-child.js", [file, ...groups])
        await firstMessage(child, "the projector")
        const costs: number[] = []
        const appendsAlone: number[] = []
        const round = async () => {
          const ms = await timed(async () => {
            appendsAlone.push(await log.round())
            const caughtUp = firstMessage<CaughtUp>(child, "the projector")
            child.send(log.head())
            costs.push((await caughtUp).microseconds)
          })
          return (CALLERS * APPENDS * 1000) / ms
        }
        const close = async () => {
          child.kill()
          await log.close()
        }
        return { round, costs, appendsAlone, close }
      }
      const withTrees = await side("with", "history", "proofs")
      const without = await side("without", "history")
      const measured = await interleaved(ROUNDS, withTrees.round, without.round)
      await withTrees.close()
      await without.close()
      const [more, less] = [median(withTrees.costs), median(without.costs)]
      const [alone, aloneWithout] = [median(withTrees.appendsAlone), median(without.appendsAlone)]
      const note = `appended, and in the audit trail and the trees: ${CALLERS} callers on ${CALLERS} streams, ${ROUNDS} rounds of ${grouped(CALLERS * APPENDS)}; the projector's processor time per event is ${more.toFixed(0)} µs with the trees and ${less.toFixed(0)} µs without. The appends, which wait for neither, go on at ${grouped(alone)}/s with the trees and ${grouped(aloneWithout)}/s without`
      return [figure("tree-upkeep", "events/s", measured, { atLeast: 0.9 }, note)]
    })
  },
}
