/** SQL put together from pieces, with values always as parameters. */
import type { SqlValue } from "../src/readstore/read-store"

export interface Sql {
  readonly text: string
  readonly params: readonly SqlValue[]
}

/** A tagged template: a piece of SQL stands as it is, a list becomes `?, ?, ?`, any other value becomes one `?`. */
export function sql(strings: TemplateStringsArray, ...values: readonly (Sql | SqlValue | readonly SqlValue[])[]): Sql {
  let text = strings[0] ?? ""
  const params: SqlValue[] = []
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as Sql | SqlValue | readonly SqlValue[] // below `values.length`, so never undefined
    if (isList(value)) {
      text += value.map(() => "?").join(", ")
      params.push(...value)
    } else if (typeof value === "object" && value !== null) {
      text += value.text
      params.push(...value.params)
    } else {
      text += "?"
      params.push(value)
    }
    text += strings[i + 1]
  }
  return { text, params }
}

/** SQL that is written in the source, such as the name of a column. Never text that came from outside. */
export function raw(text: string): Sql {
  return { text, params: [] }
}

/**
 * The limit of a page stands in the text: SQLite plans with it, and pages of people took a third longer with a
 * parameter. Pages have at most 101 rows, so there are not many texts.
 */
export function limitTo(rows: number): Sql {
  return raw(`limit ${Math.trunc(rows)}`)
}

export function offsetBy(rows: number): Sql {
  return raw(`offset ${Math.trunc(rows)}`)
}

export function and(conditions: readonly Sql[]): Sql {
  return { text: conditions.map((condition) => condition.text).join(" and "), params: conditions.flatMap((condition) => condition.params) }
}

function isList(value: Sql | SqlValue | readonly SqlValue[]): value is readonly SqlValue[] {
  return Array.isArray(value)
}
