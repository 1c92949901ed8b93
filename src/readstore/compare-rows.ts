/** Compares two sets of tables row by row, both in the order of their keys. */
export interface ComparedTable {
  readonly name: string
  /** Those of the key first. */
  readonly columns: readonly string[]
  readonly keyLength: number
}

/** Whole tables, as of one moment. */
export interface ComparedRows {
  tables(): Promise<readonly ComparedTable[]>
  /** Pages of rows in the order of the key, each row as its values in the order of the columns. */
  sorted(table: ComparedTable): AsyncIterable<readonly (readonly unknown[])[]>
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

export interface Compared {
  /** Rows that were compared, by table. */
  readonly rows: Readonly<Record<string, number>>
  /** Number of rows that differ. */
  readonly different: number
  /** The first of them, by table and key. */
  readonly differences: readonly Difference[]
}

const MOST_SHOWN_PER_TABLE = 20

export async function compareAll(shown: ComparedRows, expected: ComparedRows): Promise<Compared> {
  const rows: Record<string, number> = {}
  const differences: Difference[] = []
  let different = 0
  for (const table of await expected.tables()) {
    let compared = 0
    let shownOfTable = 0
    for await (const difference of compare(table, shown, expected, () => compared++)) {
      different += 1
      shownOfTable += 1
      if (shownOfTable <= MOST_SHOWN_PER_TABLE) differences.push(difference)
    }
    rows[table.name] = compared
  }
  return { rows, different, differences }
}

/** Both sides in the order of the key, like the two sides of a zip. */
async function* compare(table: ComparedTable, shown: ComparedRows, expected: ComparedRows, onRow: () => void): AsyncIterable<Difference> {
  const [is, shouldBe] = [new Walk(shown.sorted(table)), new Walk(expected.sorted(table))]
  await Promise.all([is.turn(), shouldBe.turn()])
  const of = (row: readonly unknown[], problem: Difference["problem"], columns: readonly string[] = []): Difference => ({
    table: table.name,
    key: Object.fromEntries(table.columns.slice(0, table.keyLength).map((column, n) => [column, row[n]])),
    problem,
    columns,
  })
  while (is.row || shouldBe.row) {
    onRow()
    const [actual, wanted] = [is.row, shouldBe.row]
    const order = !actual ? 1 : !wanted ? -1 : orderOf(actual, wanted, table.keyLength)
    if (order < 0 && actual) yield of(actual, "unexpected")
    else if (order > 0 && wanted) yield of(wanted, "missing")
    else if (actual && wanted) {
      const columns = table.columns.filter((_, n) => actual[n] !== wanted[n])
      if (columns.length > 0) yield of(wanted, "different", columns)
    }
    // A promise per page, not per row.
    if (order <= 0 && !is.next()) await is.turn()
    if (order >= 0 && !shouldBe.next()) await shouldBe.turn()
  }
}

/** Goes through pages row by row. */
class Walk {
  /** Undefined behind the last one. */
  row: readonly unknown[] | undefined
  readonly #pages: AsyncIterator<readonly (readonly unknown[])[]>
  #page: readonly (readonly unknown[])[] = []
  #next = 0

  constructor(pages: AsyncIterable<readonly (readonly unknown[])[]>) {
    this.#pages = pages[Symbol.asyncIterator]()
  }

  /** False: the page has no more. */
  next(): boolean {
    this.row = this.#page[this.#next++]
    return this.row !== undefined
  }

  async turn(): Promise<void> {
    const { value, done } = await this.#pages.next()
    this.#page = done ? [] : value
    this.#next = 0
    this.next()
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
