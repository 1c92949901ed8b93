/** A box around what belongs together: looks like Fluent's card, without its 8 kB for all that ours never do, such as being selected. */
import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components"
import type { HTMLAttributes } from "react"

const useStyles = makeStyles({
  card: {
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalM,
    boxSizing: "border-box",
    padding: tokens.spacingHorizontalM,
    overflow: "hidden",
    // Seen only where the system has its own few colors.
    border: `1px solid ${tokens.colorTransparentStroke}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground1,
    boxShadow: tokens.shadow4,
  },
})

export function Card({ className, ...rest }: HTMLAttributes<HTMLDivElement>) {
  return <div {...rest} className={mergeClasses(useStyles().card, className)} />
}
