/** Light or dark, as the person chose or as the system is. */
import { createDOMRenderer, FluentProvider, RendererProvider, webDarkTheme, webLightTheme } from "@fluentui/react-components"
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react"

export const APPEARANCES = ["system", "light", "dark"] as const
export type AppearanceChoice = (typeof APPEARANCES)[number]

interface Chosen {
  readonly appearance: AppearanceChoice
  readonly choose: (appearance: AppearanceChoice) => void
}
const ChosenAppearance = createContext<Chosen>({ appearance: "system", choose: () => {} })

export function useAppearance(): Chosen {
  return useContext(ChosenAppearance)
}

const KEPT = "seatledger.appearance"
const DARK = "(prefers-color-scheme: dark)"

/** The server's Content-Security-Policy lets in only styles that carry its nonce (src/api/console). */
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ""
// Before anything is drawn, or all of it would move.
document.body.style.margin = "0"
const renderer = createDOMRenderer(document, { styleElementAttributes: { nonce } })

export function Appearance({ children }: { readonly children: ReactNode }) {
  const [appearance, set] = useState<AppearanceChoice>(
    () => APPEARANCES.find((choice) => choice === localStorage.getItem(KEPT)) ?? "system",
  )
  const [systemIsDark, setSystemIsDark] = useState(() => matchMedia(DARK).matches)
  useEffect(() => {
    const query = matchMedia(DARK)
    const changed = () => setSystemIsDark(query.matches)
    query.addEventListener("change", changed)
    return () => query.removeEventListener("change", changed)
  }, [])
  const isDark = appearance === "dark" || (appearance === "system" && systemIsDark)
  useEffect(() => {
    document.documentElement.style.colorScheme = isDark ? "dark" : "light"
  }, [isDark])
  const choose = useCallback((choice: AppearanceChoice) => {
    localStorage.setItem(KEPT, choice)
    set(choice)
  }, [])
  const chosen = useMemo(() => ({ appearance, choose }), [appearance, choose])
  return (
    <ChosenAppearance value={chosen}>
      <RendererProvider renderer={renderer} targetDocument={document}>
        <FluentProvider theme={isDark ? webDarkTheme : webLightTheme}>{children}</FluentProvider>
      </RendererProvider>
    </ChosenAppearance>
  )
}
