/** RFC 6962 §2.1 word for word: slow, and plain enough to be believed. */
import { createHash } from "node:crypto"

export type Hash = Buffer

function sha256(...parts: readonly Uint8Array[]): Hash {
  const hash = createHash("sha256")
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** The largest power of two smaller than n. */
function k(n: number): number {
  let power = 1
  while (power * 2 < n) power *= 2
  return power
}

/** MTH(D[n]) */
export function MTH(D: readonly Buffer[]): Hash {
  const n = D.length
  if (n === 0) return sha256()
  if (n === 1) return sha256(Buffer.of(0x00), D[0] as Buffer)
  return sha256(Buffer.of(0x01), MTH(D.slice(0, k(n))), MTH(D.slice(k(n))))
}

/** PATH(m, D[n]) */
export function PATH(m: number, D: readonly Buffer[]): Hash[] {
  const n = D.length
  if (n === 1) return []
  if (m < k(n)) return [...PATH(m, D.slice(0, k(n))), MTH(D.slice(k(n)))]
  return [...PATH(m - k(n), D.slice(k(n))), MTH(D.slice(0, k(n)))]
}

/** PROOF(m, D[n]) */
export function PROOF(m: number, D: readonly Buffer[]): Hash[] {
  return SUBPROOF(m, D, true)
}

function SUBPROOF(m: number, D: readonly Buffer[], b: boolean): Hash[] {
  const n = D.length
  if (m === n) return b ? [] : [MTH(D)]
  if (m <= k(n)) return [...SUBPROOF(m, D.slice(0, k(n)), b), MTH(D.slice(k(n)))]
  return [...SUBPROOF(m - k(n), D.slice(k(n)), false), MTH(D.slice(0, k(n)))]
}
