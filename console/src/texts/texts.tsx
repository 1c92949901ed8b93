/** The console's words, in English and Dutch. Every text has a key in both catalogues; a test compares them. */
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react"
import { IntlProvider, useIntl } from "react-intl"
import type { Language as SpokenLanguage } from "../api/operations"
import type english from "./en.json"

export const LANGUAGES = { en: "English", nl: "Nederlands" } as const
export type Language = keyof typeof LANGUAGES
export type TextKey = keyof typeof english
type Catalogue = Record<TextKey, string>

const KEPT = "seatledger.language"
/** Each is loaded when it is chosen. */
const catalogues: { readonly [L in Language]: () => Promise<Catalogue> } = {
  en: async () => (await import("./en.json")).default,
  nl: async () => (await import("./nl.json")).default,
}

interface Chosen {
  readonly language: Language
  readonly choose: (language: Language) => void
}
const ChosenLanguage = createContext<Chosen>({ language: "en", choose: () => {} })

export function useLanguage(): Chosen {
  return useContext(ChosenLanguage)
}

/** The language kept from last time, else the browser's first that there is. */
export function preferredLanguage(): Language {
  const wanted = [localStorage.getItem(KEPT) ?? "", ...navigator.languages].map((tag) => tag.slice(0, 2).toLowerCase())
  return wanted.find((tag): tag is Language => tag in LANGUAGES) ?? "en"
}

export async function catalogueOf(language: Language): Promise<Catalogue> {
  return catalogues[language]()
}

/** `first`: the catalogue of `preferredLanguage()`, loaded before the first paint so that no text changes under the reader. */
export function Texts({ first, children }: { readonly first: Catalogue; readonly children: ReactNode }) {
  const [{ language, catalogue }, show] = useState({ language: preferredLanguage(), catalogue: first })
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  const choose = useCallback((next: Language) => {
    localStorage.setItem(KEPT, next)
    catalogueOf(next).then((loaded) => show({ language: next, catalogue: loaded }), console.error)
  }, [])
  const chosen = useMemo(() => ({ language, choose }), [language, choose])
  return (
    <ChosenLanguage value={chosen}>
      <IntlProvider locale={localeOf(language)} messages={catalogue} onError={raise}>
        {children}
      </IntlProvider>
    </ChosenLanguage>
  )
}

/** The browser's own variant of the language (en-GB, nl-BE) decides how dates and numbers look. */
function localeOf(language: Language): string {
  return navigator.languages.find((tag) => tag.toLowerCase().startsWith(language)) ?? language
}

function raise(error: Error): void {
  // A missing text is a mistake of ours: it must be seen, and must not take the page down.
  console.error(error)
}

type Values = Readonly<Record<string, string | number | Date>>

/** For queries: the language in which the API is to write its sentences. */
export function useSpoken(): SpokenLanguage {
  return SPOKEN[useLanguage().language]
}
const SPOKEN: Readonly<Record<Language, SpokenLanguage>> = { en: "EN", nl: "NL" }

/** `t("nav.licenses")`; with values where the text names some. */
export function useText(): (key: TextKey, values?: Values) => string {
  const intl = useIntl()
  return useCallback((key, values) => intl.formatMessage({ id: key }, values), [intl])
}
