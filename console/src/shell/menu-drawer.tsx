/** The menu where the window is too narrow for it beside the page. Downloaded when somebody opens it. */
import { makeStyles, OverlayDrawer, tokens } from "@fluentui/react-components"
import type { ReactNode } from "react"
import { useText } from "../texts/texts"

const useStyles = makeStyles({ menu: { padding: tokens.spacingHorizontalM, width: "15rem", boxSizing: "border-box" } })

export function MenuDrawer({ close, children }: { readonly close: () => void; readonly children: ReactNode }) {
  const styles = useStyles()
  const t = useText()
  return (
    <OverlayDrawer open onOpenChange={close} aria-label={t("nav.label")}>
      <nav className={styles.menu} aria-label={t("nav.label")}>
        {children}
      </nav>
    </OverlayDrawer>
  )
}
