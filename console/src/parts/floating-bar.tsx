/** A sentence and what can be done about it, over the lower edge of the page: for what has no place there of its own. */
import { makeStyles, Text, tokens } from "@fluentui/react-components"
import type { ReactNode } from "react"

const useStyles = makeStyles({
  bar: {
    position: "fixed",
    bottom: tokens.spacingVerticalL,
    left: "50%",
    transform: "translateX(-50%)",
    zIndex: 5,
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    justifyContent: "flex-end",
    gap: tokens.spacingHorizontalM,
    boxSizing: "border-box",
    width: "min(40rem, calc(100vw - 2rem))",
    padding: tokens.spacingHorizontalM,
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    backgroundColor: tokens.colorNeutralBackground1,
    boxShadow: tokens.shadow16,
  },
  text: { flexGrow: 1, flexBasis: "16rem", overflowWrap: "anywhere" },
})

export function FloatingBar({ text, children }: { readonly text: string; readonly children: ReactNode }) {
  const styles = useStyles()
  return (
    <div role="alert" className={styles.bar}>
      <Text className={styles.text}>{text}</Text>
      {children}
    </div>
  )
}
