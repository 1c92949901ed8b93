/** Letters as people type them who leave accents out. One place, so that what is written is found again, and erased again. */

/** Letters that Unicode does not take apart, though everybody who types without accents does. */
const PLAIN: Readonly<Record<string, string>> = {
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ħ: "h",
  ı: "i",
  ß: "ss",
  æ: "ae",
  œ: "oe",
}

/** Of a text in lower case. */
export function withoutAccents(lower: string): string {
  const bare = lower.normalize("NFKD").replace(/\p{M}/gu, "")
  return bare.replace(/[øłđðþħıßæœ]/g, (letter) => PLAIN[letter] ?? letter)
}
