/**
 * Sets of entries of the trail, cut into stretches of 4,096 revisions: a set inside one stretch is one short text. Few
 * places are written two characters each (64 · 64 = 4,096), many as one bit each, six to a character, after a dot. So a
 * list that has every entry takes 684 characters a stretch, and what several lists have in common is found by comparing
 * bits instead of rows: among a million entries that is a millisecond, whatever the lists are.
 */
export const STRETCH = 4_096

/** From here on the bits are the shorter text. */
const FEW = 340
const DOT = 46
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
const DIGIT = new Uint8Array(128)
for (let digit = 0; digit < 64; digit++) DIGIT[ALPHABET.charCodeAt(digit)] = digit

export function stretchOf(revision: number): number {
  return Math.floor(revision / STRETCH)
}

/** Adds a revision that none of the set is after; adding the last one again changes nothing. */
export function withRevision(places: string, revision: number): string {
  const place = revision % STRETCH
  if (places.charCodeAt(0) === DOT) return withBit(places, place)
  if (lastOfFew(places) === place) return places
  if (places.length < 2 * FEW) return places + ALPHABET[place >> 6] + ALPHABET[place & 63]
  return withBit(dense(bitsOf(places)), place)
}

/** For what must be forgotten. */
export function withoutRevision(places: string, revision: number): string {
  const bits = bitsOf(places)
  const place = revision % STRETCH
  const word = place >> 5
  bits[word] = (bits[word] as number) & ~(1 << (place & 31)) // within bounds, here and below
  if (countOf(bits, 0, STRETCH - 1) > FEW) return dense(bits)
  let few = ""
  for (const left of inOrder(bits, 0, STRETCH - 1, true)) few = withRevision(few, left)
  return few
}

/** One bit per revision of a stretch. */
export type Bits = Uint32Array

export function noBits(): Bits {
  return new Uint32Array(STRETCH / 32)
}

export function bitsOf(places: string): Bits {
  const bits = noBits()
  addTo(bits, places)
  return bits
}

export function addTo(bits: Bits, places: string): void {
  if (places.charCodeAt(0) !== DOT) {
    for (let at = 0; at < places.length; at += 2) set(bits, (digitAt(places, at) << 6) | digitAt(places, at + 1))
    return
  }
  for (let at = 1, place = 0; at < places.length; at++, place += 6) {
    const six = digitAt(places, at)
    const word = place >> 5
    bits[word] = (bits[word] as number) | (six << (place & 31))
    // Six bits may reach into the next 32.
    if ((place & 31) > 26) bits[word + 1] = (bits[word + 1] as number) | (six >>> (32 - (place & 31)))
  }
}

export function keepCommon(bits: Bits, others: Bits): void {
  for (let word = 0; word < bits.length; word++) bits[word] = (bits[word] as number) & (others[word] as number)
}

/** How many lie between these two places, both included. */
export function countOf(bits: Bits, first: number, last: number): number {
  let count = 0
  for (let word = first >> 5; word <= last >> 5; word++) {
    let left = within(bits, word, first, last)
    // Counts the bits of pairs, of fours, of eights, and sums up the bytes.
    left -= (left >>> 1) & 0x55555555
    left = (left & 0x33333333) + ((left >>> 2) & 0x33333333)
    count += Math.imul((left + (left >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
  }
  return count
}

/** The places between these two, both included, from the first or from the last on. */
export function* inOrder(bits: Bits, first: number, last: number, ascending: boolean): Iterable<number> {
  const [from, to, step] = ascending ? [first >> 5, last >> 5, 1] : [last >> 5, first >> 5, -1]
  for (let word = from; word !== to + step; word += step) {
    let left = within(bits, word, first, last)
    while (left !== 0) {
      const bit = 31 - Math.clz32(ascending ? left & -left : left)
      yield (word << 5) | bit
      left &= ~(1 << bit)
    }
  }
}

function within(bits: Bits, word: number, first: number, last: number): number {
  let left = bits[word] as number
  if (word === first >> 5) left &= -1 << (first & 31)
  if (word === last >> 5) left &= -1 >>> (31 - (last & 31))
  return left
}

function set(bits: Bits, place: number): void {
  bits[place >> 5] = (bits[place >> 5] as number) | (1 << (place & 31))
}

function digitAt(text: string, at: number): number {
  return DIGIT[text.charCodeAt(at)] as number
}

function lastOfFew(places: string): number {
  return places === "" ? -1 : (digitAt(places, places.length - 2) << 6) | digitAt(places, places.length - 1)
}

/** Up to the last bit that is set. */
function dense(bits: Bits): string {
  let places = "."
  for (const place of inOrder(bits, 0, STRETCH - 1, true)) places = withBit(places, place)
  return places
}

function withBit(places: string, place: number): string {
  const at = 1 + Math.floor(place / 6)
  const bit = 1 << (place % 6)
  if (at < places.length) return places.slice(0, at) + ALPHABET[digitAt(places, at) | bit]
  return places + ALPHABET.charAt(0).repeat(at - places.length) + ALPHABET[bit]
}
