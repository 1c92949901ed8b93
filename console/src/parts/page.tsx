/** The frame of a page: its title in the tab and on top, its actions, its content. Moves the focus to the title when the page changes. */
import { makeStyles, Title2, tokens } from "@fluentui/react-components"
import { type ReactNode, useEffect, useRef } from "react"
import { useLocation } from "react-router"
import { useText } from "../texts/texts"

const useStyles = makeStyles({
  page: {
    padding: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalXXL}`,
    "@media (max-width: 639px)": { padding: tokens.spacingHorizontalM },
  },
  head: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalM, marginBottom: tokens.spacingVerticalL },
  actions: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalS },
  title: { flexGrow: 1, outlineStyle: "none", overflowWrap: "anywhere", margin: 0 },
})

interface PageProps {
  readonly title: string
  /** Above the title: where the page belongs. */
  readonly trail?: ReactNode
  readonly actions?: ReactNode
  /** For a page with tabs, its address without them: the focus stays on the tab that was chosen. */
  readonly path?: string
  readonly children: ReactNode
}

export function Page({ title, trail, actions, path, children }: PageProps) {
  const styles = useStyles()
  const heading = useRef<HTMLHeadingElement>(null)
  const { pathname } = useLocation()
  usePageTitle(title)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is what the focus moves for.
  useEffect(() => {
    heading.current?.focus({ preventScroll: true })
  }, [path ?? pathname])
  return (
    <div className={styles.page}>
      {trail}
      <div className={styles.head}>
        <h1 ref={heading} tabIndex={-1} className={styles.title}>
          <Title2>{title}</Title2>
        </h1>
        {actions ? <div className={styles.actions}>{actions}</div> : null}
      </div>
      {children}
    </div>
  )
}

/** In the tab of the browser, also of what is no page, such as one that was not found. */
export function usePageTitle(title: string): void {
  const t = useText()
  useEffect(() => {
    document.title = `${title} · ${t("app.name")}`
  }, [title, t])
}
