/** O(1) per person: one member more, with a million claims around, against the same in an empty organization. */
import { answerOf } from "./child"
import { type Benchmark, figure, type Pairs } from "./measure"

export const evolve: Benchmark = {
  rows: ["evolve"],
  async run(say) {
    say("a license with a million claims")
    const measured = await answerOf<Pairs>("evolve-child.js", [], ["--max-old-space-size=3072", "--max-semi-space-size=128"])
    const note =
      "one member joins a group of 100 000 on a license with 1 000 000 claims and gets a seat: decided, recorded, settled; limit: empty group, empty license"
    return [figure("evolve", "µs", measured, { atMost: 2 }, note)]
  },
}
