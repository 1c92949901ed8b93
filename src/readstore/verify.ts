/** Proves that the read models are what the log says: builds them aside and compares every row. Changes nothing. */
import { rmSync } from "node:fs"
import { join } from "node:path"
import { type BuildSource, build } from "./build"
import { pointedTo, startBuilding } from "./sqlite-generations"
import { type ComparedTable, SqliteRows } from "./sqlite-rows"

export interface Verifying extends BuildSource {
  /** The data folder. */
  readonly folder: string
}

export interface Difference {
  readonly table: string
  /** The primary key of the row; names of people are never in it. */
  readonly key: Readonly<Record<string, unknown>>
  /** `missing`: the log says there is such a row; `unexpected`: it says there is none. */
  readonly problem: "missing" | "unexpected" | "different"
  /** Which columns differ. Values are not shown: they may be personal. */
  readonly columns: readonly string[]
}

export interface Verified {
  /** Events that were projected anew. */
  readonly events: number
  /** Rows that were compared, by table. */
  readonly rows: Readonly<Record<string, number>>
  /** Number of rows that differ. */
  readonly different: number
  /** The first of them, by table and key. */
  readonly differences: readonly Difference[]
}

const MOST_SHOWN_PER_TABLE = 20

/**
 * Compares at the position that the read models show now, whatever is recorded meanwhile; memory does not grow with
 * their size. Works beside a running server.
 * @throws when the folder holds no read models, or an event up to that position cannot be projected
 */
export async function verify({ folder, onProgress = () => {}, ...source }: Verifying): Promise<Verified> {
  const file = pointedTo(folder)
  if (!file) throw new Error(`there are no read models in ${folder}; is this the right data folder, and was the server started there once?`)
  const shown = SqliteRows.open(file)
  const aside = join(folder, `verify.${process.pid}.${Date.now()}.sqlite`)
  try {
    const building = startBuilding(aside)
    let events = 0
    try {
      const count = (done: number) => {
        events = done
        onProgress(done)
      }
      await build(building.readModels, { ...source, onProgress: count }, (group) => shown.position(group))
      await building.finish()
    } catch (error) {
      await building.abandon()
      throw error
    }
    const expected = SqliteRows.open(aside)
    try {
      return { events, ...compareAll(shown, expected) }
    } finally {
      expected.close()
    }
  } finally {
    shown.close()
    for (const suffix of ["", "-wal", "-shm"]) rmSync(aside + suffix, { force: true })
  }
}

function compareAll(shown: SqliteRows, expected: SqliteRows): Omit<Verified, "events"> {
  const rows: Record<string, number> = {}
  const differences: Difference[] = []
  let different = 0
  for (const table of expected.tables()) {
    let compared = 0
    let shownOfTable = 0
    for (const difference of compare(table, shown, expected, () => compared++)) {
      different += 1
      shownOfTable += 1
      if (shownOfTable <= MOST_SHOWN_PER_TABLE) differences.push(difference)
    }
    rows[table.name] = compared
  }
  return { rows, different, differences }
}

/** Both sides in the order of the key, like the two sides of a zip. */
function* compare(table: ComparedTable, shown: SqliteRows, expected: SqliteRows, onRow: () => void): Iterable<Difference> {
  const is = shown.sorted(table)
  const shouldBe = expected.sorted(table)
  const of = (row: readonly unknown[], problem: Difference["problem"], columns: readonly string[] = []): Difference => ({
    table: table.name,
    key: Object.fromEntries(table.columns.slice(0, table.keyLength).map((column, n) => [column, row[n]])),
    problem,
    columns,
  })
  let left = is.next()
  let right = shouldBe.next()
  while (!left.done || !right.done) {
    onRow()
    const order = left.done ? 1 : right.done ? -1 : orderOf(left.value, right.value, table.keyLength)
    if (order < 0 && !left.done) {
      yield of(left.value, "unexpected")
      left = is.next()
    } else if (order > 0 && !right.done) {
      yield of(right.value, "missing")
      right = shouldBe.next()
    } else if (!left.done && !right.done) {
      const [actual, wanted] = [left.value, right.value]
      const columns = table.columns.filter((_, n) => actual[n] !== wanted[n])
      if (columns.length > 0) yield of(wanted, "different", columns)
      left = is.next()
      right = shouldBe.next()
    }
  }
}

/** Keys are ids and numbers, so that the order of JavaScript is that of the database. */
function orderOf(left: readonly unknown[], right: readonly unknown[], keyLength: number): number {
  for (let n = 0; n < keyLength; n++) {
    const [a, b] = [left[n] as string | number, right[n] as string | number] // columns of keys are not null
    if (a < b) return -1
    if (a > b) return 1
  }
  return 0
}
