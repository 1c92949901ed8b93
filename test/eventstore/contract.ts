/**
 * What every adapter promises. The cases are data, so that `noop.test.ts` can prove of each that it fails against a
 * store that does nothing; there is no way to leave one out.
 */
import { randomUUID } from "node:crypto"
import {
  type Appended,
  type Batch,
  EventRejected,
  type EventStore,
  type NewEvent,
  type RecordedEvent,
  START,
  WrongRevision,
} from "../../src/eventstore/event-store"

export interface Subject {
  /** Empty at first. */
  readonly store: EventStore
  /** Closes the store and opens what it holds again. */
  reopen(): Promise<EventStore>
  /** How long something that must happen may take before the case fails. */
  readonly patienceMs: number
  /**
   * Left out: the store refuses an id that it holds anywhere already. False: it looks at ids only where a repeat would
   * stand, as the port allows (`NewEvent.id`); the cases then say what such a store does with an id it has.
   */
  readonly findsIds?: false
}

export interface ContractCase {
  readonly title: string
  run(subject: Subject): Promise<void>
}

/** The name says what is done with ids, because some cases ask for something else then; it is what a summary shows. */
export function eventStoreContract(
  name: string,
  open: () => Promise<Subject & { dispose(): Promise<void> }>,
  ids: "looked up" | "by the server's rules" = "looked up",
): void {
  describe(`the contract of an event store: ${name}, ids ${ids}`, () => {
    test.each(CONTRACT)("$title", async ({ run }) => {
      const subject = await open()
      try {
        expect(subject.findsIds).toBe(ids === "looked up" ? undefined : false)
        await run(subject)
      } finally {
        await subject.dispose()
      }
    })
  })
}

export const CONTRACT: readonly ContractCase[] = [
  {
    title: "an append answers with the stream's revision and the position at which follow shows its last event",
    async run({ store }) {
      expect((await store.append("organization-a", 0, newEvents(3))).revision).toBe(3)
      const answer = await store.append("organization-a", 3, newEvents(2))
      const last = (await allOf(store)).at(-1)
      expect(answer).toEqual({ revision: 5, position: last?.position })
      expect(last).toMatchObject({ stream: "organization-a", revision: 5 })
    },
  },
  {
    title: "events come back exactly as they were written, by read and by follow",
    async run({ store }) {
      const data = {
        text: 'quotes " and \\, Zoë, 𝄞, \u0000, \u2028',
        numbers: [0, -1.5, 1e-7, Number.MAX_SAFE_INTEGER],
        nothing: null,
        empty: { list: [], object: {} },
        flags: [true, false],
        __proto: "no trap",
      }
      const events = [newEvent(data), newEvent({})]
      await store.append("organization-a", 0, events)
      const expected = events.map((event, n) => ({ ...event, stream: "organization-a", revision: n + 1, position: expect.any(Number) }))
      expect(await readAll(store, "organization-a")).toEqual(expected)
      expect(await allOf(store)).toEqual(expected)
    },
  },
  {
    title: "a log that was recorded elsewhere can be copied: ids, times and words stay, and the order of all streams",
    async run({ store }) {
      // Data of the past: what the store itself would say about time or order plays no part.
      const copied = ["b", "a", "b", "c", "a", "a", "b"].map((stream, n) => {
        const event = newEvent({ n })
        const recordedAt = new Date(Date.UTC(2019, 5, 30 - n)).toISOString()
        return { stream: `organization-${stream}`, event: { ...event, metadata: { ...event.metadata, recordedAt } } }
      })
      const heads = new Map<string, number>()
      for (const { stream, event } of copied) {
        const { revision } = await store.append(stream, heads.get(stream) ?? 0, [event])
        heads.set(stream, revision)
      }
      const there = (await allOf(store)).map(({ stream, revision: _, position: __, ...event }) => ({ stream, event }))
      expect(JSON.stringify(there)).toBe(JSON.stringify(copied))
    },
  },
  {
    title: "what is changed after the call, on either side, does not change what is stored",
    async run({ store }) {
      const data = { seats: 1 }
      const events = [newEvent(data)]
      const answer = store.append("organization-a", 0, events)
      data.seats = 2
      events.push(newEvent())
      await answer
      const [read] = await readAll(store, "organization-a")
      ;(read?.data as typeof data).seats = 3
      expect((await readAll(store, "organization-a")).map((event) => event.data)).toEqual([{ seats: 1 }])
    },
  },
  {
    title: "a second create is refused",
    async run({ store }) {
      const first = newEvents(1)
      await store.append("organization-a", 0, first)
      await expect(store.append("organization-a", 0, newEvents(1))).rejects.toMatchObject({
        name: "WrongRevision",
        stream: "organization-a",
        expected: 0,
        actual: 1,
      })
      expect(idsOf(await allOf(store))).toEqual(idsOf(first))
    },
  },
  {
    title: "the expected revision is exact: neither an earlier nor a later one is taken",
    async run({ store }) {
      await store.append("organization-a", 0, newEvents(2))
      for (const expected of [0, 1, 3, 1_000]) {
        const refused = store.append("organization-a", expected, newEvents(1))
        await expect(refused).rejects.toBeInstanceOf(WrongRevision)
        await expect(refused).rejects.toMatchObject({ expected, actual: 2 })
      }
      await expect(store.append("organization-new", 1, newEvents(1))).rejects.toMatchObject({ name: "WrongRevision", actual: 0 })
      expect(await store.append("organization-a", 2, newEvents(1))).toMatchObject({ revision: 3 })
      expect(await allOf(store)).toHaveLength(3)
    },
  },
  {
    title: "a repeat answers as the first time and writes nothing",
    async run({ store }) {
      const events = newEvents(3)
      const first = await store.append("organization-a", 0, events)
      expect(await store.append("organization-a", 0, events)).toEqual(first)
      expect(idsOf(await allOf(store))).toEqual(idsOf(events))
    },
  },
  {
    title: "a repeat answers as the first time after the stream and the store have grown",
    async run({ store }) {
      await store.append("organization-a", 0, newEvents(2))
      const events = newEvents(3)
      const first = await store.append("organization-a", 2, events)
      await store.append("organization-b", 0, newEvents(1))
      await store.append("organization-a", 5, newEvents(700))
      expect(await store.append("organization-a", 2, events)).toEqual(first)
      expect(await allOf(store)).toHaveLength(706)
    },
  },
  {
    title: "a repeat answers as the first time after a restart",
    async run(subject) {
      const events = newEvents(2)
      const first = await subject.store.append("organization-a", 0, events)
      const store = await subject.reopen()
      expect(await store.append("organization-a", 0, events)).toEqual(first)
      expect(idsOf(await allOf(store))).toEqual(idsOf(events))
    },
  },
  {
    title: "the same append sent several times at once is written once, and all get the same answer",
    async run({ store }) {
      const events = newEvents(2)
      const answers = await Promise.all(Array.from({ length: 5 }, () => store.append("organization-a", 0, events)))
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
      expect(idsOf(await allOf(store))).toEqual(idsOf(events))
    },
  },
  {
    title: "ids decide what a repeat is: the same ids with other content answer as the first time and change nothing",
    async run({ store }) {
      const events = newEvents(2)
      const first = await store.append("organization-a", 0, events)
      const altered = events.map((event) => ({ ...event, type: "Altered", data: { altered: true } }))
      expect(await store.append("organization-a", 0, altered)).toEqual(first)
      expect((await allOf(store)).map(({ type }) => type)).toEqual(events.map(({ type }) => type))
    },
  },
  {
    title: "a prefix of an append is answered with its own end",
    async run({ store }) {
      const events = newEvents(3)
      await store.append("organization-a", 0, events)
      const second = (await allOf(store))[1]
      expect(await store.append("organization-a", 0, events.slice(0, 2))).toEqual({ revision: 2, position: second?.position })
      expect(await allOf(store)).toHaveLength(3)
    },
  },
  {
    title: "a changed repeat is WrongRevision: another first, middle or last id, another order, or one event more",
    async run({ store }) {
      const [a, b, c] = [newEvent(), newEvent(), newEvent()]
      await store.append("organization-a", 0, [a, b, c])
      const changed = [[newEvent(), b, c], [a, newEvent(), c], [a, b, newEvent()], [b, a, c], [a, b, c, newEvent()], [b]]
      for (const events of changed) {
        await expect(store.append("organization-a", 0, events)).rejects.toMatchObject({ name: "WrongRevision", expected: 0, actual: 3 })
      }
      expect(idsOf(await allOf(store))).toEqual(idsOf([a, b, c]))
    },
  },
  {
    title: "of many writers who race for a revision one wins, and the others learn where the stream is",
    async run({ store }) {
      const attempts = Array.from({ length: 50 }, () => newEvents(2))
      const outcomes = await Promise.allSettled(attempts.map((events) => store.append("organization-a", 0, events)))
      const winners = attempts.filter((_, n) => outcomes[n]?.status === "fulfilled")
      expect(winners).toHaveLength(1)
      const losses = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []))
      for (const loss of losses) expect(loss).toMatchObject({ name: "WrongRevision", expected: 0, actual: 2 })
      expect(idsOf(await readAll(store, "organization-a"))).toEqual(idsOf(winners[0] ?? []))
    },
  },
  {
    title: "writers who try again after losing all get in, without a gap",
    async run({ store }) {
      const writers = Array.from({ length: 8 }, async () => {
        let revision = 0
        for (let written = 0; written < 10; ) {
          try {
            revision = (await store.append("organization-a", revision, newEvents(1))).revision
            written += 1
          } catch (error) {
            if (!(error instanceof WrongRevision)) throw error
            revision = error.actual
          }
        }
      })
      await Promise.all(writers)
      const revisions = (await readAll(store, "organization-a")).map(({ revision }) => revision)
      expect(revisions).toEqual(Array.from({ length: 80 }, (_, n) => n + 1))
    },
  },
  {
    title: "an append that fails, fails only for its own caller",
    async run({ store, findsIds }) {
      const taken = newEvent()
      await store.append("organization-taken", 0, [taken])
      const outcomes = await Promise.allSettled([
        store.append("organization-a", 0, newEvents(2)),
        store.append("organization-b", 7, newEvents(2)),
        store.append("organization-c", 0, findsIds === false ? [taken, taken] : [newEvent(), { ...newEvent(), id: taken.id }]),
        store.append("organization-d", 0, [{ ...newEvent(), id: "not a UUID" }]),
        store.append("organization-e", 0, newEvents(2)),
      ])
      expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "rejected", "rejected", "fulfilled"])
      // Sent at once, they may be taken in any order.
      expect((await allOf(store)).map(({ stream }) => stream).sort()).toEqual([
        "organization-a",
        "organization-a",
        "organization-e",
        "organization-e",
        "organization-taken",
      ])
    },
  },
  {
    title: "a batch of 1,000 is atomic: all of it, or nothing when its last event is refused",
    async run({ store, findsIds }) {
      const taken = newEvent()
      await store.append("organization-a", 0, [taken])
      const unfit = findsIds === false ? newEvent({ text: "x".repeat(5 * 1024 * 1024) }) : taken
      await expect(store.append("organization-b", 0, [...newEvents(999), unfit])).rejects.toBeInstanceOf(EventRejected)
      expect(await readAll(store, "organization-b")).toEqual([])
      expect(await allOf(store)).toHaveLength(1)
      const events = newEvents(1_000)
      expect(await store.append("organization-b", 0, events)).toMatchObject({ revision: 1_000 })
      expect(idsOf(await readAll(store, "organization-b"))).toEqual(idsOf(events))
    },
  },
  {
    title: "nobody ever reads a part of an append",
    async run({ store }) {
      const lengths: number[] = []
      let writing = true
      const write = async () => {
        try {
          for (let n = 0; n < 8; n++) await store.append("organization-a", n * 300, newEvents(300))
        } finally {
          writing = false
        }
      }
      const look = async () => {
        while (writing) {
          lengths.push((await readAll(store, "organization-a")).length, (await allOf(store)).length)
          await new Promise((resolve) => setImmediate(resolve))
        }
      }
      await Promise.all([write(), look()])
      expect(lengths.filter((length) => length % 300 !== 0)).toEqual([])
      expect(await allOf(store)).toHaveLength(2_400)
    },
  },
  {
    title: "an id is taken once: not in another stream, later in the same stream, or twice in one append",
    async run({ store, findsIds }) {
      const event = newEvent()
      await store.append("organization-a", 0, [event])
      if (findsIds === false) {
        // It is not taken for a repeat either: it is another event, in its own place, and nothing is lost.
        expect(await store.append("organization-b", 0, [newEvent(), event])).toMatchObject({ revision: 2 })
        expect(await store.append("organization-a", 1, [event])).toMatchObject({ revision: 2 })
        await expect(store.append("organization-a", 2, [event, event])).rejects.toBeInstanceOf(EventRejected)
        expect((await allOf(store)).map(({ stream, revision }) => `${revision}@${stream}`)).toEqual([
          ...["1@organization-a", "1@organization-b", "2@organization-b", "2@organization-a"],
        ])
        return
      }
      await expect(store.append("organization-b", 0, [newEvent(), event])).rejects.toBeInstanceOf(EventRejected)
      await expect(store.append("organization-a", 1, [event])).rejects.toBeInstanceOf(EventRejected)
      const twice = newEvent()
      await expect(store.append("organization-a", 1, [twice, twice])).rejects.toBeInstanceOf(EventRejected)
      expect(idsOf(await allOf(store))).toEqual([event.id])
      // Refused for good, and still free for somebody else: nothing was kept of it.
      expect(await store.append("organization-a", 1, [twice])).toMatchObject({ revision: 2 })
    },
  },
  {
    title: "what JSON cannot hold, ids that are no UUIDs, and what is too large are refused for good, with the reason",
    async run({ store }) {
      const circle: Record<string, unknown> = {}
      circle.self = circle
      const unfit: readonly (readonly NewEvent[])[] = [
        [],
        [{ ...newEvent(), id: "42" }],
        [{ ...newEvent(), id: randomUUID().toUpperCase().replace(/^./, "A") }],
        [{ ...newEvent(), type: "" }],
        [newEvent([1, 2])],
        [newEvent({ seats: Number.NaN })],
        [newEvent({ name: "half a smiley \ud83d" })],
        [newEvent({ "\ude02": 1 })],
        [newEvent({ seats: 12n })],
        [newEvent({ at: new Date(0) })],
        [newEvent({ users: new Map() })],
        [newEvent({ list: [undefined] })],
        [newEvent({ list: new Array(1) })],
        [newEvent(circle)],
        [newEvent({ text: "x".repeat(5 * 1024 * 1024) })],
      ]
      for (const events of unfit) {
        const refused = store.append("organization-a", 0, events)
        await expect(refused).rejects.toBeInstanceOf(EventRejected)
        await expect(refused).rejects.toThrow(/^append to organization-a: /)
      }
      await expect(store.append("", 0, newEvents(1))).rejects.toBeInstanceOf(EventRejected)
      await expect(store.append("organization-a", -1, newEvents(1))).rejects.toBeInstanceOf(EventRejected)
      await expect(store.append("organization-a", 0.5, newEvents(1))).rejects.toBeInstanceOf(EventRejected)
      expect(await allOf(store)).toEqual([])
      expect(await store.append("organization-a", 0, newEvents(1))).toMatchObject({ revision: 1 })
      expect(await allOf(store)).toHaveLength(1)
    },
  },
  {
    title: "an unknown stream is empty, and so is what lies after the head",
    async run({ store }) {
      await store.append("organization-a", 0, newEvents(2))
      expect(await readAll(store, "organization-unknown")).toEqual([])
      expect(await readAll(store, "organization-a", 2)).toEqual([])
      expect(await readAll(store, "organization-a", 99)).toEqual([])
      expect(await readAll(store, "organization-a", 1)).toHaveLength(1)
    },
  },
  {
    title: "streams do not disturb each other, also when one's name begins with the other's",
    async run({ store }) {
      const [short, long] = [newEvents(2), newEvents(3)]
      await store.append("organization-a", 0, short)
      await store.append("organization-ab", 0, long)
      expect(idsOf(await readAll(store, "organization-a"))).toEqual(idsOf(short))
      expect(idsOf(await readAll(store, "organization-ab"))).toEqual(idsOf(long))
      expect(await store.append("organization-a", 2, newEvents(1))).toMatchObject({ revision: 3 })
    },
  },
  {
    title: "the pages of a stream are in order, from any revision on",
    async run({ store }) {
      const events = newEvents(1_700)
      for (let n = 0; n < 1_700; n += 100) {
        await store.append("organization-a", n, events.slice(n, n + 100))
        await store.append("organization-b", n / 100, newEvents(1))
      }
      for (const after of [0, 1, 499, 500, 501, 1_000, 1_699]) {
        const read = await readAll(store, "organization-a", after)
        expect(idsOf(read)).toEqual(idsOf(events).slice(after))
        expect(read.map(({ revision }) => revision)).toEqual(events.slice(after).map((_, n) => after + n + 1))
      }
    },
  },
  {
    title: "positions are the commit order of the whole store",
    async run({ store }) {
      const answers: Appended[] = []
      for (let n = 0; n < 20; n++) answers.push(await store.append(`organization-${n % 3}`, Math.floor(n / 3) * 2, newEvents(2)))
      const waves = Array.from({ length: 5 }, (_, wave) => [0, 1, 2, 3].map((n) => store.append(`vendor-${n}`, wave, newEvents(1))))
      for (const wave of waves) {
        const together = await Promise.all(wave)
        const before = Math.max(...answers.map(({ position }) => position))
        for (const answer of together) expect(answer.position).toBeGreaterThan(before)
        answers.push(...together)
      }
      const events = await allOf(store)
      const positions = events.map(({ position }) => position)
      expect(positions).toEqual([...new Set(positions)].sort((a, b) => a - b))
      expect(positions.every((position) => Number.isSafeInteger(position) && position > START)).toBe(true)
      const ends = new Set(positions)
      expect(answers.every(({ position }) => ends.has(position))).toBe(true)
      expect(events).toHaveLength(60)
    },
  },
  {
    title: "follow can be taken up after any event's position",
    async run({ store }) {
      for (let n = 0; n < 10; n++) await store.append(`organization-${n}`, 0, newEvents(3))
      const events = await allOf(store)
      expect(events).toHaveLength(30)
      for (const [n, { position }] of events.entries()) {
        expect(idsOf(await allOf(store, position))).toEqual(idsOf(events.slice(n + 1)))
      }
    },
  },
  {
    title: "batches carry their position in band, never behind their events, and the last one says that the head is reached",
    async run({ store }) {
      await store.append("organization-a", 0, newEvents(1_300))
      const batches = await batchesOf(store)
      let position = START
      let count = 0
      for (const batch of batches) {
        for (const event of batch.events) expect(event.position).toBeGreaterThan(position)
        expect(batch.position).toBeGreaterThanOrEqual(batch.events.at(-1)?.position ?? position)
        position = batch.position
        count += batch.events.length
        expect(batch.live).toBe(count === 1_300)
        expect(idsOf(await allOf(store, position))).toHaveLength(1_300 - count)
      }
      expect(batches.at(-1)?.live).toBe(true)
    },
  },
  {
    title: "a follower of a store without news is told once that it is at the head",
    async run(subject) {
      const { store } = subject
      const { position } = await store.append("organization-a", 0, newEvents(1))
      const stop = new AbortController()
      const batches: Batch[] = []
      await within(subject, async () => {
        for await (const batch of store.follow(position, stop.signal, "never")) {
          batches.push(batch)
          if (batch.events.length > 0) stop.abort()
          else setImmediate(() => store.append("organization-a", 1, newEvents(1)))
        }
      })
      expect(batches.map(({ live }) => live)).toEqual([true, true])
      expect(batches.map(({ events }) => events.length)).toEqual([0, 1])
    },
  },
  {
    title: "a follower at the head gets what is appended later, in order",
    async run(subject) {
      const { store } = subject
      const sent: NewEvent[] = []
      const write = async () => {
        for (let n = 0; n < 60; n++) {
          const events = newEvents(2)
          sent.push(...events)
          await store.append(`organization-${n % 4}`, Math.floor(n / 4) * 2, events)
          if (n % 7 === 0) await new Promise((resolve) => setImmediate(resolve))
        }
      }
      const [seen] = await Promise.all([collect(subject, store, START, 120), write()])
      expect(idsOf(seen.events)).toEqual(idsOf(sent))
    },
  },
  {
    title: "a follower that waits is woken by each append",
    async run(subject) {
      const { store } = subject
      const stop = new AbortController()
      const followed: string[] = []
      const appended: string[] = []
      await within(subject, async () => {
        for await (const { events, live } of store.follow(START, stop.signal, "never")) {
          followed.push(...idsOf(events))
          if (followed.length === 20) stop.abort()
          if (!live || followed.length < appended.length) continue
          // Sent when the follower has nothing left to read, and is waiting again.
          setTimeout(() => {
            const event = newEvent()
            appended.push(event.id)
            store.append("organization-a", appended.length - 1, [event]).catch(() => stop.abort())
          }, 1)
        }
      })
      expect(followed).toEqual(appended.slice(0, 20))
      expect(followed).toHaveLength(20)
    },
  },
  {
    title: "two followers at their own pace both see everything",
    async run(subject) {
      const { store } = subject
      await store.append("organization-a", 0, newEvents(600))
      const write = async () => {
        for (let n = 600; n < 1_200; n += 50) await store.append("organization-a", n, newEvents(50))
      }
      const [quick, slow] = await Promise.all([
        collect(subject, store, START, 1_200),
        collect(subject, store, START, 1_200, () => new Promise((resolve) => setTimeout(resolve, 2))),
        write(),
      ])
      expect(idsOf(quick.events)).toEqual(idsOf(slow.events))
      expect(idsOf(quick.events)).toEqual(idsOf(await readAll(store, "organization-a")))
    },
  },
  {
    title: "follow misses nothing and repeats nothing across restarts while appends go on",
    async run(subject) {
      let { store } = subject
      const followed: RecordedEvent[] = []
      let position = START
      let written = 0
      for (let life = 0; life < 5; life++) {
        const current = store
        const goal = written + 400
        const writers = [0, 1, 2, 3].map(async (writer) => {
          for (let n = 0; n < 10; n++) {
            await current.append(`organization-${writer}`, life * 100 + n * 10, newEvents(10))
            written += 10
          }
        })
        // Some lives end before the follower has caught up.
        const wanted = life % 2 === 0 ? goal - followed.length : 150
        const [seen] = await Promise.all([collect(subject, current, position, wanted), ...writers])
        followed.push(...seen.events)
        position = seen.position
        store = await subject.reopen()
      }
      followed.push(...(await allOf(store, position)))
      expect(followed).toHaveLength(2_000)
      expect(idsOf(followed)).toEqual(idsOf(await allOf(store)))
    },
  },
  {
    title: "whoever saw a position sees every event up to it",
    async run(subject) {
      const { store } = subject
      const writers = [0, 1, 2, 3, 4, 5].map(async (writer) => {
        for (let n = 0; n < 25; n++) await store.append(`organization-${writer}`, n, newEvents(1))
      })
      const [seen] = await Promise.all([collect(subject, store, START, 150), ...writers])
      expect(seen.events).toEqual(await allOf(store))
      for (const writer of [0, 1, 2, 3, 4, 5]) {
        const own = seen.events.filter(({ stream }) => stream === `organization-${writer}`)
        expect(own).toEqual(await readAll(store, `organization-${writer}`))
      }
    },
  },
  {
    title: "aborting ends follow at once: before it began, between batches and while it waits",
    async run(subject) {
      const { store } = subject
      await store.append("organization-a", 0, newEvents(1_200))
      const counts: number[] = []
      for (const abortAt of ["before", "between", "waiting"] as const) {
        const stop = new AbortController()
        if (abortAt === "before") stop.abort()
        let count = 0
        await within(subject, async () => {
          for await (const { events, live } of store.follow(START, stop.signal, "never")) {
            count += events.length
            if (abortAt === "between") stop.abort()
            if (live) setTimeout(() => stop.abort(), 5)
          }
        })
        counts.push(count)
      }
      const [before, between, waiting] = counts
      expect(before).toBe(0)
      expect(between).toBeGreaterThan(0)
      expect(between).toBeLessThan(1_200)
      expect(waiting).toBe(1_200)
    },
  },
  {
    title: "closing settles every append and ends every follower, and can be done twice",
    async run(subject) {
      const { store } = subject
      await store.append("organization-a", 0, newEvents(1))
      let followed = 0
      const follower = within(subject, async () => {
        for await (const { events } of store.follow(START, new AbortController().signal, "never")) followed += events.length
      })
      follower.catch(() => {}) // Looked at below.
      await new Promise((resolve) => setImmediate(resolve))
      const appends = Array.from({ length: 300 }, (_, n) => store.append(`organization-${n}`, 0, newEvents(1)))
      const outcomes = Promise.allSettled(appends)
      await within(subject, () => store.close())
      await within(subject, () => store.close())
      const acknowledged = (await within(subject, () => outcomes)).filter(({ status }) => status === "fulfilled").length
      await follower
      expect(followed).toBeGreaterThan(0)
      await expect(store.append("organization-late", 0, newEvents(1))).rejects.toThrow(/closed/)
      const reopened = await subject.reopen()
      expect((await allOf(reopened)).length).toBeGreaterThanOrEqual(1 + acknowledged)
      expect(await reopened.append("organization-a", 1, newEvents(1))).toMatchObject({ revision: 2 })
    },
  },
  {
    title: "closing ends a follower that waits",
    async run(subject) {
      const { store } = subject
      await store.append("organization-a", 0, newEvents(3))
      let followed = 0
      await within(subject, async () => {
        for await (const { events, live } of store.follow(START, new AbortController().signal, "never")) {
          followed += events.length
          if (live) setTimeout(() => void store.close(), 1)
        }
      })
      expect(followed).toBe(3)
    },
  },
  {
    title: "closing ends a follower and a reader wherever they are",
    async run(subject) {
      await Promise.all(Array.from({ length: 30 }, (_, n) => subject.store.append(`organization-${n}`, 0, newEvents(30))))
      let { store } = subject
      for (let turns = 0; turns < 40; turns++) {
        const follower = within(subject, async () => {
          for await (const _ of store.follow(START, new AbortController().signal, "never"));
        })
        const reader = within(subject, () => readAll(store, "organization-7"))
        const ends = Promise.allSettled([follower, reader])
        for (let n = 0; n < turns; n++) await new Promise((resolve) => setImmediate(resolve))
        await within(subject, () => store.close())
        const [followed, read] = await ends
        expect(followed).toMatchObject({ status: "fulfilled" })
        if (read.status === "fulfilled") expect(read.value).toHaveLength(30)
        else expect(String(read.reason)).toMatch(/closed/)
        store = await subject.reopen()
      }
    },
  },
  {
    title: "after a restart everything is as it was",
    async run(subject) {
      for (let n = 0; n < 30; n++) await subject.store.append(`organization-${n % 7}`, Math.floor(n / 7) * 20, newEvents(20))
      const before = await allOf(subject.store)
      expect(before).toHaveLength(600)
      const store = await subject.reopen()
      expect(await allOf(store)).toEqual(before)
      expect(await readAll(store, "organization-0")).toEqual(before.filter(({ stream }) => stream === "organization-0"))
      const { position } = await store.append("organization-after", 0, newEvents(1))
      expect(position).toBeGreaterThan(before.at(-1)?.position ?? 0)
    },
  },
]

export function newEvent(data: object = { licenseId: "lic_1", principal: { type: "USER", id: "usr_1" } }): NewEvent {
  return {
    id: randomUUID(),
    type: "LicenseAssigned",
    data,
    metadata: {
      v: 1,
      commandId: "cmd_1",
      commandHash: "hash",
      correlationId: "correlation",
      actor: { type: "SYSTEM", id: "system" },
      recordedAt: "2026-01-01T00:00:00.000Z",
    },
  }
}

export function newEvents(count: number): NewEvent[] {
  return Array.from({ length: count }, (_, n) => newEvent({ n }))
}

export function idsOf(events: readonly { readonly id: string }[]): string[] {
  return events.map(({ id }) => id)
}

export async function readAll(store: EventStore, stream: string, after = 0): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = []
  for await (const page of store.read(stream, after)) events.push(...page)
  return events
}

export async function batchesOf(store: EventStore, after = START): Promise<Batch[]> {
  const batches: Batch[] = []
  for await (const batch of store.follow(after, new AbortController().signal, "head")) batches.push(batch)
  return batches
}

export async function allOf(store: EventStore, after = START): Promise<RecordedEvent[]> {
  return (await batchesOf(store, after)).flatMap(({ events }) => events)
}

/** Follows until so many events have come (a batch may bring more); `position` is where to go on. */
async function collect(
  subject: Subject,
  store: EventStore,
  after: number,
  count: number,
  pause?: () => Promise<unknown>,
): Promise<{ readonly events: readonly RecordedEvent[]; readonly position: number }> {
  const events: RecordedEvent[] = []
  let position = after
  const stop = new AbortController()
  await within(subject, async () => {
    for await (const batch of store.follow(after, stop.signal, "never")) {
      events.push(...batch.events)
      position = batch.position
      if (events.length >= count) return
      await pause?.()
    }
  }).finally(() => stop.abort())
  return { events, position }
}

/** Fails when it takes longer than the subject's patience. */
async function within<T>({ patienceMs }: Subject, work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`nothing happened within ${patienceMs} ms`)), patienceMs)
  })
  try {
    return await Promise.race([work(), late])
  } finally {
    clearTimeout(timer)
  }
}
