/** Who is signed in, at the end of the header; opens the account's menu. */
import { Button, type ButtonProps, makeStyles, Persona, tokens } from "@fluentui/react-components"
import type { Ref } from "react"
import { onDemand } from "../parts/on-demand"
import { useViewer } from "../session/viewer"
import { type TextKey, useText } from "../texts/texts"

const NARROW = "@media (max-width: 859px)"
const useStyles = makeStyles({
  account: { [NARROW]: { minWidth: 0, flexShrink: 0, padding: tokens.spacingHorizontalXS } },
  wide: { [NARROW]: { display: "none" } },
  narrow: { display: "none", [NARROW]: { display: "inline-flex" } },
})

/** Also the trigger of the menu, which hands it a ref and its properties. */
export function AccountButton(props: Omit<ButtonProps, "as" | "appearance"> & { readonly ref?: Ref<HTMLButtonElement> }) {
  const styles = useStyles()
  const t = useText()
  const { subject, roles } = useViewer()
  const roleNames = roles.map((role) => t(`role.${role}` satisfies TextKey)).join(", ")
  return (
    <Button {...(props as ButtonProps)} appearance="subtle" className={styles.account} aria-label={t("account.menu", { name: subject })}>
      <Persona name={subject} secondaryText={roleNames} size="small" textAlignment="center" className={styles.wide} />
      <Persona name={subject} size="small" textAlignment="center" primaryText={null} className={styles.narrow} />
    </Button>
  )
}

export const Account = onDemand(
  "menu",
  async () => (await import("./account-menu")).AccountMenu,
  (waiting) => <AccountButton {...waiting} />,
)
