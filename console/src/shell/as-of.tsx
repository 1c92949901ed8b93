/** The ledger as of the past: the control in the header. */
import { Button, type ButtonProps, makeStyles, tokens } from "@fluentui/react-components"
import { History20Regular } from "@fluentui/react-icons"
import type { Ref } from "react"
import { onDemand } from "../parts/on-demand"
import { useText } from "../texts/texts"
import { useMoment } from "./moment"

const NARROW = "@media (max-width: 859px)"
const useStyles = makeStyles({
  button: { [NARROW]: { minWidth: 0, flexShrink: 0, paddingLeft: tokens.spacingHorizontalS, paddingRight: tokens.spacingHorizontalS } },
  label: { [NARROW]: { display: "none" } },
})

/** Also the trigger of the popover, which hands it a ref and its properties. */
export function AsOfButton(props: Omit<ButtonProps, "as" | "icon" | "appearance"> & { readonly ref?: Ref<HTMLButtonElement> }) {
  const styles = useStyles()
  const t = useText()
  const { isPast } = useMoment()
  return (
    <Button
      {...(props as ButtonProps)}
      className={styles.button}
      appearance={isPast ? "primary" : "subtle"}
      icon={<History20Regular />}
      aria-label={t("asOf.open")}
    >
      <span className={styles.label}>{t("asOf.open")}</span>
    </Button>
  )
}

export const AsOfControl = onDemand(
  "dialog",
  async () => (await import("./as-of-popover")).AsOfPopover,
  (waiting) => <AsOfButton {...waiting} />,
)
