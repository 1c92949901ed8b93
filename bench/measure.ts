/** How every figure is taken: beside its limit, in turns, several times, and the median of it all. */

/** One line of the table, and one object of the JSON. */
export interface Row {
  readonly name: string
  readonly unit: string
  readonly value: number
  /** What it is compared with, in the same unit and the same run; null where there is nothing of the kind. */
  readonly limit: number | null
  /** value / limit: the median over the rounds. */
  readonly ratio: number | null
  /** What `ratio` (without a limit: `value`) must reach or must not exceed. */
  readonly reach: number | null
  readonly met: boolean
  readonly bound: "at least" | "at most" | undefined
  /** What else is worth knowing: sizes, rounds, a second figure. */
  readonly note: string
}

/** A figure and what is asked of it. */
export function figure(
  name: string,
  unit: string,
  measured: { readonly value: number; readonly limit?: number; readonly ratio?: number },
  asked: { readonly atLeast: number } | { readonly atMost: number },
  note: string,
): Row {
  const { value, limit = null, ratio = null } = measured
  const compared = ratio ?? value
  const [bound, reach, met] =
    "atLeast" in asked
      ? (["at least", asked.atLeast, compared >= asked.atLeast] as const)
      : (["at most", asked.atMost, compared <= asked.atMost] as const)
  return { name, unit, value, limit, ratio, reach, met, bound, note }
}

/** A figure of which nothing is asked but to be known. */
export function shown(
  name: string,
  unit: string,
  measured: { readonly value: number; readonly limit?: number; readonly ratio?: number },
  note: string,
): Row {
  const { value, limit = null, ratio = null } = measured
  return { name, unit, value, limit, ratio, reach: null, met: true, bound: undefined, note }
}

/** Rows of one subject; `--only` names subjects by any of their rows. */
export interface Benchmark {
  readonly rows: readonly string[]
  run(say: (words: string) => void): Promise<readonly Row[]>
}

export interface Pairs {
  readonly value: number
  readonly limit: number
  readonly ratio: number
}

/**
 * A B A B …: what disturbs the machine disturbs both. The first rounds warm up and do not count.
 * @returns medians; `ratio` is the median of the ratios of each round, not the ratio of the medians
 */
export async function interleaved(
  rounds: number,
  value: () => number | Promise<number>,
  limit: () => number | Promise<number>,
  { warmUp = 1 } = {},
): Promise<Pairs> {
  const values: number[] = []
  const limits: number[] = []
  for (let round = 0; round < warmUp + rounds; round++) {
    const [a, b] = [await value(), await limit()]
    if (round < warmUp) continue
    values.push(a)
    limits.push(b)
  }
  return { value: median(values), limit: median(limits), ratio: median(values.map((a, n) => a / (limits[n] as number))) } // as many
}

export function median(numbers: readonly number[]): number {
  return percentile(numbers, 0.5)
}

/** @param part from 0 to 1 */
export function percentile(numbers: readonly number[], part: number): number {
  if (numbers.length === 0) throw new Error("there is no percentile of nothing")
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] as number // the index is inside
}

/** Milliseconds that the work takes. */
export async function timed(work: () => unknown): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

/** 12 345 as text, in a way that every reader of a table takes for the same number. */
export function grouped(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, " ")
}
