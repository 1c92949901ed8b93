/** What the decider's state takes: 100,000 people with 10 licenses each, people and group included. */
import { answerOf } from "./child"
import { type Benchmark, figure, grouped } from "./measure"
import type { Filled } from "./memory-child"

export const memory: Benchmark = {
  rows: ["memory"],
  async run(say) {
    say("filling a state with a million claims")
    const { bytes, claims } = await answerOf<Filled>(
      "memory-child.js",
      [],
      ["--expose-gc", "--max-old-space-size=2048", "--max-semi-space-size=128"],
    )
    const note = `heap after garbage collection: ${grouped(bytes / 1e6)} MB for ${grouped(claims)} claims, people and group included`
    return [figure("memory", "bytes/claim", { value: bytes / claims }, { atMost: 250 }, note)]
  },
}
