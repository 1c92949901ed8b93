/**
 * What the columns of an admin center's CSV file mean. Three spellings of the same thing are met:
 * the users download (`userPrincipalName`, since 2023 `id` for the former `objectId`), the bulk templates
 * (`User name [userPrincipalName] Required`, in older ones `User name (example: chris@contoso.com) [userPrincipalName] *`), and the
 * export of the Microsoft 365 admin center (`User principal name`, `Block credential`). The bracketed name is never translated.
 */

/** `User name [userPrincipalName] Required` → the property in the brackets; otherwise the name itself. In lower case, letters and digits only. */
export function columnKey(header: string): { readonly key: string; readonly template: boolean } {
  const property = /\[([^\]]+)\]/.exec(header)?.[1]
  return { key: (property ?? header).toLowerCase().replace(/[^\p{L}\p{N}]/gu, ""), template: property !== undefined }
}

export interface Column<Field extends string> {
  readonly field: Field
  readonly index: number
  readonly template: boolean
}

/** Finds the columns that are known, the first of each field, and the names of those that are not used. */
export function matchColumns<Field extends string>(
  header: readonly string[],
  names: Readonly<Record<Field, readonly string[]>>,
): { readonly columns: ReadonlyMap<Field, Column<Field>>; readonly unused: readonly string[] } {
  const columns = new Map<Field, Column<Field>>()
  const unused: string[] = []
  const fields = Object.entries(names) as [Field, readonly string[]][] // Object.entries forgets the keys' type
  for (const [index, name] of header.entries()) {
    const { key, template } = columnKey(name)
    const field = fields.find(([, keys]) => keys.includes(key))?.[0]
    if (field && !columns.has(field)) columns.set(field, { field, index, template })
    else if (name !== "") unused.push(name)
  }
  return { columns, unused }
}

const YES = new Set(["true", "yes", "1", "ja", "oui", "sí", "si", "sim", "waar", "wahr", "vrai"])
const NO = new Set(["false", "no", "0", "nee", "nein", "non", "não", "onwaar", "falsch", "faux"])

/** Yes or no in the words that localized spreadsheets write; undefined when it is neither. */
export function yesOrNo(value: string): boolean | undefined {
  const word = value.toLowerCase()
  if (YES.has(word)) return true
  return NO.has(word) ? false : undefined
}

/** The templates come with a row of examples, which nobody should become a user from. */
export function isExample(value: string): boolean {
  return /^(example|voorbeeld|beispiel|exemple|ejemplo|esempio)\s*:/i.test(value)
}
