import fc from "fast-check"
import { Feed } from "../../../src/api/graphql/feed"

interface Entry {
  readonly revision: number
}

/** A list in memory that grows, and tells it. */
function growing() {
  const entries: Entry[] = []
  const listeners = new Set<() => void>()
  let reads = 0
  return {
    entries,
    listeners,
    reads: () => reads,
    append(count: number) {
      for (let n = 0; n < count; n++) entries.push({ revision: entries.length + 1 })
      for (const listener of [...listeners]) listener()
    },
    source: {
      page: async (after: number, limit: number) => {
        reads++
        const page = entries.filter(({ revision }) => revision > after).slice(0, limit)
        await Promise.resolve()
        return page
      },
      onProgress: (listener: () => void) => {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
    },
  }
}

async function take(feed: Feed<Entry>, count: number): Promise<number[]> {
  const revisions: number[] = []
  while (revisions.length < count) {
    const { value, done } = await feed.next()
    if (done) break
    revisions.push(value.revision)
  }
  return revisions
}
const from = (first: number, count: number) => Array.from({ length: count }, (_, n) => first + n)

test("a feed begins after its revision and goes on with what is still to come", async () => {
  const list = growing()
  list.append(3)
  const feed = new Feed(list.source, 1)
  expect(await take(feed, 2)).toEqual([2, 3])
  const coming = take(feed, 2)
  list.append(1)
  list.append(1)
  expect(await coming).toEqual([4, 5])
})

test("what is appended while a page is being read is not missed", async () => {
  const list = growing()
  const feed = new Feed(list.source, 0)
  const coming = feed.next() // has read an empty page when this arrives
  await Promise.resolve()
  list.append(1)
  expect(await coming).toEqual({ done: false, value: { revision: 1 } })
})

test("a feed that waits ends at once when it is returned, and stops listening", async () => {
  const list = growing()
  const feed = new Feed(list.source, 0)
  const waiting = feed.next()
  await new Promise(setImmediate)
  await feed.return()
  expect(await waiting).toEqual({ done: true, value: undefined })
  expect(list.listeners.size).toBe(0)
  expect(await feed.next()).toEqual({ done: true, value: undefined })
})

test("a reader that asks for several at once gets each entry once, in order", async () => {
  const list = growing()
  const feed = new Feed(list.source, 0)
  const coming = Promise.all([feed.next(), feed.next(), feed.next()])
  list.append(3)
  expect((await coming).map(({ value }) => value?.revision)).toEqual([1, 2, 3])
})

test("a reader that does not ask makes nothing be read", async () => {
  const list = growing()
  const feed = new Feed(list.source, 0)
  list.append(1000)
  await new Promise(setImmediate)
  expect(list.reads()).toBe(0)
  expect(await take(feed, 100)).toEqual(from(1, 100))
  expect(list.reads()).toBe(1)
})

test("an error of the source ends the feed and reaches the reader", async () => {
  const list = growing()
  const feed = new Feed<Entry>({ ...list.source, page: () => Promise.reject(new Error("no such table")) }, 0)
  await expect(feed.next()).rejects.toThrow("no such table")
  expect(list.listeners.size).toBe(0)
  expect((await feed.next()).done).toBe(true)
})

test("whoever disconnects anywhere and resumes after the last revision seen has no gap and no repeat", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 150 }), { minLength: 1, maxLength: 8 }),
      fc.array(fc.nat(120)),
      async (bursts, breaks) => {
        const list = growing()
        const seen: number[] = []
        const total = bursts.reduce((sum, burst) => sum + burst, 0)
        const appending = (async () => {
          for (const burst of bursts) {
            await new Promise(setImmediate)
            list.append(burst)
          }
        })()
        for (const count of [...breaks, total]) {
          const feed = new Feed(list.source, seen.at(-1) ?? 0)
          seen.push(...(await take(feed, Math.min(count, total - seen.length))))
          await feed.return()
        }
        await appending
        expect(seen).toEqual(from(1, total))
      },
    ),
    { numRuns: 50 },
  )
})
