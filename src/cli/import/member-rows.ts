/** From a row of a members file to whom it names. */

import { CliError } from "../cli-error"
import { isExample, matchColumns, yesOrNo } from "./columns"
import type { CsvFile, CsvRow } from "./csv-file"
import type { ReadRow } from "./user-rows"

export interface MemberRow {
  readonly line: number
  /** At least one of the two. */
  readonly externalId: string | undefined
  readonly userName: string | undefined
}

type Field = "either" | "externalId" | "userName" | "type" | "isGroup"
const NAMES = {
  either: ["memberobjectidorupn", "memberobjectidoruserprincipalname", "member"],
  externalId: ["objectid", "id", "memberobjectid", "externalid"],
  userName: ["userprincipalname", "username", "upn"],
  type: ["membertype", "objecttype", "type"],
  isGroup: ["isgroup"],
} satisfies Record<Field, readonly string[]>

/** The import template has one column for either; the members download has an id, a user name and a type of each member. */
export function memberRows(file: CsvFile, path: string): { read(row: CsvRow): ReadRow<MemberRow>; readonly unused: readonly string[] } {
  const { columns, unused } = matchColumns<Field>(file.header, NAMES)
  if (!columns.has("either") && !columns.has("externalId") && !columns.has("userName")) {
    throw new CliError(
      `${path} has no column of object ids or user principal names; its header is: ${file.header.join(" | ")}\n` +
        "Take the file that Members > Download members writes in the Entra admin center, or the import template.",
    )
  }
  const value = (row: CsvRow, field: Field) => {
    const column = columns.get(field)
    return column && row.values[column.index]
  }
  return { unused, read }

  function read(row: CsvRow): ReadRow<MemberRow> {
    const either = value(row, "either") ?? ""
    const userName = value(row, "userName") || (either.includes("@") ? either : "")
    const externalId = value(row, "externalId") || (either.includes("@") ? "" : either)
    const about = userName || externalId
    if (isExample(about)) return { kind: "skipped" }
    const bad = (problem: string): ReadRow<MemberRow> => ({ kind: "bad", bad: { line: row.line, problem, about } })

    if (about === "") return bad("neither an object id nor a user principal name")
    const type = (value(row, "type") ?? "").replace(/^#?microsoft\.graph\./i, "").toLowerCase()
    const nested = type === "group" || yesOrNo(value(row, "isGroup") ?? "") === true
    if (nested) return bad("is a group; nested groups are not expanded, import its members themselves")
    if (type !== "" && type !== "user" && type !== "member" && type !== "guest") return bad(`is a ${type}, not a user`)
    return { kind: "row", row: { line: row.line, userName: userName || undefined, externalId: externalId || undefined } }
  }
}
