/** The languages in which the API writes sentences for people. */
import { registerEnumType } from "type-graphql"

export const LANGUAGES = ["EN", "NL"] as const
export type Language = (typeof LANGUAGES)[number]
export const Language: { readonly [L in Language]: L } = { EN: "EN", NL: "NL" }
registerEnumType(Language, {
  name: "Language",
  description: "A language in which sentences are written.",
  valuesConfig: { EN: { description: "English." }, NL: { description: "Dutch." } },
})
