/** Durable appends while a projector keeps up the audit trail and the Merkle trees of all streams, against the same without the trees. */
import { join } from "node:path"
import { APPENDS, assignments, CALLERS, throughTheStore } from "./append"
import { firstMessage, start } from "./child"
import { type Benchmark, figure, grouped, interleaved, median } from "./measure"
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
        const round = async () => {
          const rate = await log.round()
          // What is left to do must not disturb the round of the other.
          const caughtUp = firstMessage<CaughtUp>(child, "the projector")
          child.send(log.head())
          costs.push((await caughtUp).microseconds)
          return rate
        }
        const close = async () => {
          child.kill()
          await log.close()
        }
        return { round, costs, close }
      }
      const withTrees = await side("with", "history", "proofs")
      const without = await side("without", "history")
      const measured = await interleaved(ROUNDS, withTrees.round, without.round)
      await withTrees.close()
      await without.close()
      const [more, less] = [median(withTrees.costs), median(without.costs)]
      const note = `${CALLERS} callers on ${CALLERS} streams, ${ROUNDS} rounds of ${grouped(CALLERS * APPENDS)}, audit trail kept up beside them; the projector's processor time per event is ${more.toFixed(0)} µs with the trees and ${less.toFixed(0)} µs without`
      return [figure("tree-upkeep", "appends/s", measured, { atLeast: 0.9 }, note)]
    })
  },
}
