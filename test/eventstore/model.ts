/** Random histories on a store and on the memory store must be told apart by nothing but the numbers of their positions. */
import { createHash } from "node:crypto"
import fc from "fast-check"
import { type Appended, EventRejected, type EventStore, type NewEvent, START } from "../../src/eventstore/event-store"
import { MemoryEventStore } from "../../src/eventstore/memory"
import { allOf, idsOf, newEvent, readAll, type Subject } from "./contract"

const STREAMS = ["organization-a", "organization-b", "vendor-a"] as const
type Stream = (typeof STREAMS)[number]

/** One call. Numbers are taken modulo what there is, so that every generated history makes sense and shrinks well. */
type Step =
  | { readonly kind: "append"; readonly stream: Stream; readonly behind: number; readonly count: number }
  | { readonly kind: "repeat"; readonly which: number; readonly keep: number; readonly change: "nothing" | "content" | "last" | "revision" }
  | { readonly kind: "takenId"; readonly stream: Stream; readonly which: number }
  | { readonly kind: "read"; readonly stream: Stream; readonly after: number }
  | { readonly kind: "follow"; readonly afterEvent: number }

const stream = fc.constantFrom(...STREAMS)
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("append"),
      stream,
      behind: fc.constantFrom(0, 0, 0, 0, 1, 3, -1),
      count: fc.integer({ min: 1, max: 5 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("repeat"),
      which: fc.nat(),
      keep: fc.integer({ min: 1, max: 5 }),
      change: fc.constantFrom("nothing", "nothing", "content", "last", "revision"),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("takenId"), stream, which: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("read"), stream, after: fc.nat({ max: 20 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("follow"), afterEvent: fc.nat() }) },
)
/** The steps of one inner list are sent together, without waiting; after it the store may be closed and opened again. */
const history = fc.array(fc.record({ together: fc.array(step, { minLength: 1, maxLength: 6 }), reopen: fc.boolean() }), { maxLength: 12 })

export function eventStoreModel(name: string, open: () => Promise<Subject & { dispose(): Promise<void> }>, numRuns: number): void {
  test(`${name}: random appends, conflicts, repeats, reads and restarts answer as the memory store does`, async () => {
    await fc.assert(
      fc.asyncProperty(history, async (turns) => {
        const subject = await open()
        const oracle = new MemoryEventStore()
        try {
          await compare(subject, oracle, turns)
        } finally {
          await subject.dispose()
        }
      }),
      { numRuns },
    )
  })
}

async function compare(
  subject: Subject,
  oracle: EventStore,
  turns: readonly { readonly together: readonly Step[]; readonly reopen: boolean }[],
) {
  let { store } = subject
  const sent: Append[] = []
  const revisions = new Map<Stream, number>()
  const serial = { next: 0 }
  for (const { together, reopen } of turns) {
    const known = await allOf(oracle)
    const drawn: Append[] = []
    for (const one of together) {
      const append = appendOf(one, revisions, sent, serial)
      if (append) drawn.push(append)
      if (one.kind === "read")
        expect(inOrder(await readAll(store, one.stream, one.after))).toEqual(inOrder(await readAll(oracle, one.stream, one.after)))
      if (one.kind === "follow") {
        const id = known[one.afterEvent % (known.length + 1)]?.id
        expect(idsOf(await allOf(store, await positionOf(store, id)))).toEqual(idsOf(await allOf(oracle, await positionOf(oracle, id))))
      }
    }
    const { appends, expected } = await asTheOracle(oracle, drawn, subject.findsIds)
    // A store without order among appends that are sent at once gets them one by one.
    const answers = await settle(store, appends, subject.findsIds === false ? "in turn" : "at once")
    const [told, toldByOracle] = [await idsByPosition(store), await idsByPosition(oracle)]
    expect(answers.map((answer) => outcome(answer, told))).toEqual(expected.map((answer) => outcome(answer, toldByOracle)))
    for (const name of STREAMS) revisions.set(name, (await readAll(oracle, name)).length)
    sent.push(...appends.filter((_, n) => expected[n]?.status === "fulfilled"))
    if (reopen) store = await subject.reopen()
  }
  expect(inOrder(await allOf(store))).toEqual(inOrder(await allOf(oracle)))
}

interface Append {
  readonly stream: Stream
  readonly expected: number
  readonly events: readonly NewEvent[]
}

type Settled = PromiseSettledResult<Appended>

async function settle(store: EventStore, appends: readonly Append[], how: "at once" | "in turn"): Promise<readonly Settled[]> {
  const send = ({ stream, expected, events }: Append) => store.append(stream, expected, events)
  if (how === "at once") return Promise.allSettled(appends.map(send))
  const settled: Settled[] = []
  for (const append of appends) settled.push(...(await Promise.allSettled([send(append)])))
  return settled
}

/** What the oracle says; an append that it refuses for its ids is not for a store that does not look for them. */
async function asTheOracle(oracle: EventStore, drawn: readonly Append[], findsIds?: false) {
  const outcomes = await settle(oracle, drawn, "at once")
  const isFit = (outcome: Settled) => findsIds !== false || outcome.status === "fulfilled" || !(outcome.reason instanceof EventRejected)
  const fits = outcomes.map(isFit)
  return { appends: drawn.filter((_, n) => fits[n]), expected: outcomes.filter(isFit) }
}

function appendOf(
  step: Step,
  revisions: ReadonlyMap<Stream, number>,
  sent: readonly Append[],
  serial: { next: number },
): Append | undefined {
  const fresh = (count: number) => Array.from({ length: count }, () => ({ ...newEvent({ n: serial.next }), id: idOf(serial.next++) }))
  const former = "which" in step ? sent[step.which % Math.max(1, sent.length)] : undefined
  switch (step.kind) {
    case "append":
      return { stream: step.stream, expected: Math.max(0, (revisions.get(step.stream) ?? 0) - step.behind), events: fresh(step.count) }
    case "repeat": {
      if (former === undefined) return undefined
      const events = former.events.slice(0, step.keep)
      if (step.change === "last") return { ...former, events: [...events.slice(0, -1), ...fresh(1)] }
      if (step.change === "content") return { ...former, events: events.map((event) => ({ ...event, data: { changed: true } })) }
      if (step.change === "revision") return { ...former, expected: former.expected + 1, events }
      return { ...former, events }
    }
    case "takenId":
      if (former === undefined) return undefined
      return { stream: step.stream, expected: revisions.get(step.stream) ?? 0, events: [...fresh(2), ...former.events.slice(0, 1)] }
    default:
      return undefined
  }
}

/** The same ids in every run, so that a failure shrinks and repeats. */
function idOf(n: number): string {
  const hex = createHash("sha256").update(String(n)).digest("hex")
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-")
}

function outcome(answer: PromiseSettledResult<{ revision: number; position: number }>, ids: ReadonlyMap<number, string>): unknown {
  if (answer.status === "fulfilled") return { revision: answer.value.revision, lastEvent: ids.get(answer.value.position) }
  const { name, expected, actual } = answer.reason
  return { name, expected, actual }
}

/** Positions are opaque: only their order can be compared. */
function inOrder(events: readonly { readonly position: number }[]): unknown {
  return events.map(({ position: _, ...event }) => event)
}

async function positionOf(store: EventStore, id: string | undefined): Promise<number> {
  return (await allOf(store)).find((event) => event.id === id)?.position ?? START
}

async function idsByPosition(store: EventStore): Promise<ReadonlyMap<number, string>> {
  return new Map((await allOf(store)).map(({ position, id }) => [position, id]))
}
