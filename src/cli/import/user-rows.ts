/** From a row of a users file to what the directory should say about that person, or why the row is no good. */

import { checkMail, checkName, firstProblem } from "../../domain/input"
import { CliError } from "../cli-error"
import { isExample, matchColumns, yesOrNo } from "./columns"
import type { CsvFile, CsvRow } from "./csv-file"

export interface PersonRow {
  readonly line: number
  readonly userName: string
  readonly displayName: string
  /** Undefined: the file says nothing about it, so nothing is changed. */
  readonly mail: string | undefined
  readonly externalId: string | undefined
  readonly active: boolean | undefined
}
export interface BadRow {
  readonly line: number
  readonly problem: string
  /** What the row is about, to find it again. */
  readonly about: string
}
export type ReadRow<Row> =
  | { readonly kind: "row"; readonly row: Row }
  | { readonly kind: "bad"; readonly bad: BadRow }
  | { readonly kind: "skipped" }

type Field = "userName" | "displayName" | "mail" | "externalId" | "accountEnabled" | "blocked"
const NAMES = {
  userName: ["userprincipalname", "username", "upn"],
  displayName: ["displayname", "name", "fullname"],
  mail: ["mail", "email", "emailaddress"],
  externalId: ["objectid", "id", "externalid"],
  accountEnabled: ["accountenabled", "enabled", "active"],
  blocked: ["blockcredential", "blocksignin", "signinblocked"],
} satisfies Record<Field, readonly string[]>

/** Checks the header and gives a reader of rows, and the columns that nobody reads. */
export function userRows(file: CsvFile, path: string): { read(row: CsvRow): ReadRow<PersonRow>; readonly unused: readonly string[] } {
  const { columns, unused } = matchColumns<Field>(file.header, NAMES)
  if (!columns.has("userName") || !columns.has("displayName")) {
    const missing = columns.has("userName") ? "displayName" : "userPrincipalName"
    throw new CliError(
      `${path} has no column ${missing}; its header is: ${file.header.join(" | ")}\n` +
        "Take the file that Users > Download users writes in the Entra admin center, or the bulk create template.",
    )
  }
  const value = (row: CsvRow, field: Field) => {
    const column = columns.get(field)
    return column && row.values[column.index]
  }
  const seen = new Map<string, number>()
  return { unused, read }

  function read(row: CsvRow): ReadRow<PersonRow> {
    const userName = value(row, "userName") ?? ""
    const displayName = value(row, "displayName") ?? ""
    const externalId = value(row, "externalId") || undefined
    const mail = value(row, "mail") || undefined
    if (isExample(userName) || isExample(displayName)) return { kind: "skipped" }
    const bad = (problem: string): ReadRow<PersonRow> => ({ kind: "bad", bad: { line: row.line, problem, about: userName || displayName } })

    if (userName === "") return bad("the user principal name is empty")
    if (displayName === "") return bad("the display name is empty")
    // The ledger would refuse these: said here, a dry run tells of them too.
    const problem = firstProblem(
      checkName("user principal name", userName),
      checkName("display name", displayName),
      checkMail("mail", mail),
    )
    if (problem?.code === "INVALID_INPUT") return bad(`${problem.field}: ${problem.problem}`)
    const active = activeOf(row)
    if (active === "unreadable") return bad("whether the account is enabled must be True or False (bulk template: Yes or No)")
    const repeated = earlierLine(row.line, `u ${userName.toLowerCase()}`) ?? (externalId && earlierLine(row.line, `x ${externalId}`))
    if (repeated) return bad(`repeats the person of line ${repeated}`)
    return { kind: "row", row: { line: row.line, userName, displayName, mail, externalId, active } }
  }

  /** One key per name and id of the file: about 100 bytes a row, so that two rows about one person cannot undo each other. */
  function earlierLine(line: number, key: string): number | undefined {
    const earlier = seen.get(key)
    if (earlier === undefined) seen.set(key, line)
    return earlier
  }

  function activeOf(row: CsvRow): boolean | undefined | "unreadable" {
    const enabled = value(row, "accountEnabled") ?? ""
    const blocked = value(row, "blocked") ?? ""
    if (enabled === "" && blocked === "") return undefined
    const said = yesOrNo(enabled === "" ? blocked : enabled)
    if (said === undefined) return "unreadable"
    // Trap: in the bulk template the column [accountEnabled] is "Block sign in (Yes/No)", so Yes switches the account off.
    return enabled === "" || columns.get("accountEnabled")?.template ? !said : said
  }
}
