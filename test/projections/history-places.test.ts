import fc from "fast-check"
import {
  addTo,
  bitsOf,
  countOf,
  inOrder,
  keepCommon,
  noBits,
  STRETCH,
  withoutRevision,
  withRevision,
} from "../../projections/history/places"

/** Sets of places inside one stretch, held against sets. */
const places = fc.oneof(
  fc.uniqueArray(fc.nat(STRETCH - 1), { maxLength: 30 }),
  fc.uniqueArray(fc.nat(STRETCH - 1), { minLength: 300, maxLength: 400 }),
  fc.tuple(fc.nat(STRETCH - 1), fc.integer({ min: 1, max: 4 }), fc.nat(7)).map(([from, step, shift]) => {
    const all: number[] = []
    for (let place = shift; place < STRETCH; place += step) if (place >= from / 2) all.push(place)
    return all
  }),
)
const ascending = (a: number, b: number) => a - b
/** In the stretch that begins at revision 8,192. */
const written = (set: Iterable<number>) => [...set].sort(ascending).reduce((text, place) => withRevision(text, 2 * STRETCH + place), "")
const read = (text: string, first = 0, last = STRETCH - 1, up = true) => [...inOrder(bitsOf(text), first, last, up)]

test("what was written is read, from either end and between any two places, and counted", () => {
  fc.assert(
    fc.property(places, fc.nat(STRETCH - 1), fc.nat(STRETCH - 1), (set, a, b) => {
      const [first, last] = [Math.min(a, b), Math.max(a, b)]
      const expected = [...set].sort(ascending).filter((place) => place >= first && place <= last)
      const text = written(set)
      expect(read(text)).toEqual([...set].sort(ascending))
      expect(read(text, first, last)).toEqual(expected)
      expect(read(text, first, last, false)).toEqual(expected.toReversed())
      expect(countOf(bitsOf(text), first, last)).toBe(expected.length)
    }),
    { numRuns: 300 },
  )
})

test("what is in either of two, and in both", () => {
  fc.assert(
    fc.property(places, places, (one, other) => {
      const either = noBits()
      addTo(either, written(one))
      addTo(either, written(other))
      expect([...inOrder(either, 0, STRETCH - 1, true)]).toEqual([...new Set([...one, ...other])].sort(ascending))
      const common = bitsOf(written(one))
      keepCommon(common, bitsOf(written(other)))
      expect([...inOrder(common, 0, STRETCH - 1, true)]).toEqual(one.filter((place) => other.includes(place)).sort(ascending))
    }),
  )
})

test("what was taken out again leaves the text that it would have without it, so that a rebuild has the same rows", () => {
  fc.assert(
    fc.property(places, fc.nat(), (set, n) => {
      fc.pre(set.length > 0)
      const gone = set[n % set.length] as number
      expect(withoutRevision(written(set), 2 * STRETCH + gone)).toBe(written(set.filter((place) => place !== gone)))
    }),
    { numRuns: 300 },
  )
})

test("a revision that is added twice in a row is there once; a full stretch takes 684 characters", () => {
  expect(withRevision(withRevision("", 7), 7)).toBe(withRevision("", 7))
  const full = written(Array.from({ length: STRETCH }, (_, place) => place))
  expect(withRevision(full, 3 * STRETCH - 1)).toBe(full)
  expect(full).toHaveLength(684)
})
