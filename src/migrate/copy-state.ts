/** Copies what cannot be rebuilt, part by part: each is there as a whole or not at all, and compared in the end. */
import { createHash } from "node:crypto"
import type { Position } from "../eventstore/event-store"
import { MigrationFailed, MigrationRefused } from "./refused"
import { ALL_TABLES, type Row, STATE, type StatePart, type StatePlace, type StateTable, type Value } from "./state-tables"

export type Translate = (position: Position) => Position

/** All positions of the log that the state names. */
export async function positionsIn(place: StatePlace): Promise<readonly Position[]> {
  const positions: Position[] = []
  for (const table of ALL_TABLES) {
    const columns = (table.positions ?? []).map((name) => table.columns.indexOf(name))
    if (columns.length === 0) continue
    for await (const page of rowsOf(place, table)) for (const row of page) for (const column of columns) positions.push(Number(row[column]))
  }
  return positions
}

/** Whether somebody has used this part already: what is made on opening does not count. */
export async function isUsed(place: StatePlace, part: StatePart): Promise<boolean> {
  for (const table of part.tables) {
    if (table.isMadeOnOpening) continue
    for await (const page of place.rows(table)) if (page.length > 0) return true
  }
  return false
}

/**
 * @param mayReplace what the target holds is of this ledger, only older
 * @returns the parts that were copied; the others were there already
 * @throws MigrationRefused when the target holds another state
 */
export async function copyState(
  from: StatePlace,
  to: StatePlace,
  translate: Translate,
  mayReplace: boolean,
): Promise<readonly StatePart[]> {
  const wanting: StatePart[] = []
  for (const part of STATE) {
    if (await isSame(part, from, to, translate)) continue
    if (!mayReplace && (await isUsed(to, part))) throw refusedState(part)
    wanting.push(part)
  }
  for (const part of wanting) {
    await to.replace(part, (table) => translated(from, table, translate))
    if (!(await isSame(part, from, to, translate)))
      throw new MigrationFailed(`${part.words} did not arrive as they were: stop whoever writes to either place, and run it again`)
  }
  return wanting
}

export function refusedState({ words }: StatePart): MigrationRefused {
  return new MigrationRefused(
    `the target holds ${words} of another ledger. Nothing was changed there. Name an empty place: with --to, or --to-state for all but the log.`,
  )
}

async function isSame(part: StatePart, from: StatePlace, to: StatePlace, translate: Translate): Promise<boolean> {
  for (const table of part.tables) {
    const [here, there] = [await fingerprint(translated(from, table, translate)), await fingerprint(rowsOf(to, table))]
    if (here !== there) return false
  }
  return true
}

async function* translated(place: StatePlace, table: StateTable, translate: Translate): AsyncGenerator<readonly Row[]> {
  const columns = (table.positions ?? []).map((name) => table.columns.indexOf(name))
  for await (const page of rowsOf(place, table)) {
    yield columns.length === 0 ? page : page.map((row) => row.map((value, n) => (columns.includes(n) ? translate(Number(value)) : value)))
  }
}

async function* rowsOf(place: StatePlace, table: StateTable): AsyncGenerator<readonly Row[]> {
  let isEmpty = true
  for await (const page of place.rows(table)) {
    isEmpty = false
    yield page
  }
  if (isEmpty && table.atLeast) yield [table.atLeast]
}

/** Of the rows in whatever order: databases sort texts differently. */
async function fingerprint(pages: AsyncIterable<readonly Row[]>): Promise<string> {
  const sum = Buffer.alloc(32)
  let count = 0
  for await (const page of pages) {
    for (const row of page) {
      count++
      const hash = createHash("sha256")
      for (const value of row) hash.update(described(value))
      hash.digest().forEach((byte, n) => {
        sum[n] = (sum[n] ?? 0) ^ byte
      })
    }
  }
  return `${count} ${sum.toString("hex")}`
}

function described(value: Value): Buffer {
  const bytes = Buffer.isBuffer(value) ? value : Buffer.from(String(value))
  const kind = value === null ? "null" : Buffer.isBuffer(value) ? "bytes" : typeof value
  return Buffer.concat([Buffer.from(`${kind} ${bytes.length} `), bytes])
}
