/** What stands above a list: its search, its filters, and what is done with those selected. Every one is a stop of the Tab key. */
import { makeStyles, tokens } from "@fluentui/react-components"
import type { ReactNode } from "react"

const useStyles = makeStyles({
  tools: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: tokens.spacingHorizontalS,
    paddingTop: tokens.spacingVerticalXS,
    paddingBottom: tokens.spacingVerticalXS,
  },
})

// No toolbar in the sense of ARIA: there the arrow keys go from one to the next, and in a search field they move the cursor.
export function Tools({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  const styles = useStyles()
  return (
    <search aria-label={label} className={styles.tools}>
      {children}
    </search>
  )
}
