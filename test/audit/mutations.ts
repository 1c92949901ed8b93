/** An export that somebody changed, in any one way; and what is to be told of it. */
import fc from "fast-check"

export function linesOf(file: Buffer): string[] {
  return file.toString("utf8").split("\n").slice(0, -1)
}
export function fileOf(lines: readonly string[]): Buffer {
  return Buffer.from(lines.map((line) => `${line}\n`).join(""))
}
/** What a line is, seen by its own words. */
export function revisionOf(line: string | undefined): number | undefined {
  return line?.startsWith('{"kind":"event"') ? JSON.parse(line).event.revision : undefined
}

/** One change of a file, and the events of which one must be named. */
interface Mutation {
  readonly file: Buffer
  readonly words: string
  /** Line from 1 where the file first differs. */
  readonly line: number
  /** One of these, or none when no event follows. */
  readonly named: readonly (number | undefined)[]
  /** The verdict to the letter, where the change is one of events alone. */
  readonly verdict?: string
}

/** From 0 to 1, evenly: among doubles, fast-check picks by their bits, and most of those are next to 0. */
export const anyPart = fc.noBias(fc.integer({ min: 0, max: 999_999 })).map((number) => number / 1_000_000)

export const anyMutation = fc.record({
  kind: fc.constantFrom("flip", "drop", "duplicate", "swap", "insert", "copy", "number"),
  place: anyPart,
  other: anyPart,
  bit: fc.integer({ min: 0, max: 7 }),
  text: fc.string({ maxLength: 80 }),
})

/** A number as it might stand there instead: the same one written in another way, another one, or none. */
export const OTHERWISE = [
  (number: string) => `${number}.0`,
  (number: string) => `${number}e0`,
  (number: string) => `-${number}`,
  (number: string) => `${number}.5`,
  (number: string) => `"${number}"`,
  (number: string) => `[${number}]`,
  (number: string) => number.padEnd(19, "0"),
  (number: string) => number.padEnd(5_000, "0"),
  () => "1e999",
  () => "true",
  () => "null",
] as const

/** Where the numbers of a line stand that are values of fields. */
export function numbersIn(line: string): RegExpExecArray[] {
  return [...line.matchAll(/(?<=":)\d+(?=[,}])/g)]
}
export function rewritten(line: string, { index, 0: number }: RegExpExecArray, otherwise: (number: string) => string): string {
  return line.slice(0, index) + otherwise(number) + line.slice(index + number.length)
}

export function mutated(
  file: Buffer,
  { kind, place, other, bit, text }: typeof anyMutation extends fc.Arbitrary<infer M> ? M : never,
): Mutation {
  const lines = linesOf(file)
  const pick = (part: number, among: number) => Math.floor(part * among)
  const due = (index: number) =>
    lines
      .slice(index)
      .map(revisionOf)
      .find((revision) => revision !== undefined)
  const made = (index: number, change: (lines: string[]) => void, ...also: (number | undefined)[]): Mutation => {
    const changed = [...lines]
    change(changed)
    return { file: fileOf(changed), words: `${kind} at line ${index + 1}`, line: index + 1, named: [due(index), ...also] }
  }
  const told = (index: number, words: (revision: number) => string) => {
    const revision = revisionOf(lines[index])
    return revision === undefined ? {} : { verdict: words(revision) }
  }
  const index = pick(place, lines.length)
  switch (kind) {
    case "flip": {
      const byte = pick(place, file.length)
      const changed = Buffer.from(file)
      changed[byte] = (changed[byte] as number) ^ (1 << bit)
      const line = file.subarray(0, byte).toString("latin1").split("\n").length - 1
      const words = told(line, (revision) => `revision ${revision} was changed`)
      return { file: changed, words: `bit ${bit} of byte ${byte}`, line: line + 1, named: [due(line)], ...words }
    }
    case "drop":
      return { ...made(index, (changed) => changed.splice(index, 1)), ...told(index, (revision) => `revision ${revision} is missing`) }
    case "duplicate":
      return {
        ...made(index + 1, (changed) => changed.splice(index, 0, lines[index] as string), revisionOf(lines[index])),
        ...told(index, (revision) => `revision ${revision} stands twice`),
      }
    case "swap": {
      const [a, b] = [index, pick(other, lines.length)].sort((x, y) => x - y) as [number, number]
      if (a === b) return made(a, (changed) => changed.splice(a, 1))
      const later = revisionOf(lines[b])
      return {
        ...made(a, (changed) => {
          changed[a] = lines[b] as string
          changed[b] = lines[a] as string
        }),
        ...(later !== undefined && told(a, (revision) => `revisions ${revision} and ${later} are swapped`)),
      }
    }
    case "number": {
      // Most lines are events; the numbers of the others have their turn as well.
      const ofFormat = lines.flatMap((line, n) => (revisionOf(line) === undefined || line.includes('"after":') ? [n] : []))
      const n = bit % 2 === 0 ? (ofFormat[pick(place, ofFormat.length)] ?? 0) : index
      const line = lines[n] as string
      const numbers = numbersIn(line)
      const number = numbers[pick(other, numbers.length)]
      if (number === undefined) return made(n, (changed) => changed.splice(n, 1))
      const otherwise = OTHERWISE[pick(other, OTHERWISE.length)] ?? OTHERWISE[0]
      const words = told(n, (revision) => `revision ${revision} was changed`)
      return { ...made(n, (changed) => changed.splice(n, 1, rewritten(line, number, otherwise))), ...words }
    }
    case "insert":
      return made(index, (changed) => changed.splice(index, 0, text.replaceAll("\n", " ")))
    case "copy": {
      const copied = lines[pick(other, lines.length)] as string
      return made(index, (changed) => changed.splice(index, 0, copied), revisionOf(copied))
    }
  }
}
