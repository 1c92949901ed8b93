/** Signed in, but without a role that has a page here: why that is, what to do about it, and the way out. */
import { Button, makeStyles } from "@fluentui/react-components"
import { LockClosed24Regular } from "@fluentui/react-icons"
import type { Role } from "../api/operations"
import { State } from "../parts/states"
import { type TextKey, useText } from "../texts/texts"

const useStyles = makeStyles({ page: { minHeight: "100vh", display: "grid", placeItems: "center" } })

interface NothingForYouProps {
  readonly roles: readonly Role[]
  readonly signOut: () => void
}

export function NothingForYou({ roles, signOut }: NothingForYouProps) {
  const styles = useStyles()
  const t = useText()
  const held = roles.map((role) => t(`role.${role}` satisfies TextKey)).join(", ")
  return (
    <main className={styles.page}>
      <State
        isPage
        icon={<LockClosed24Regular />}
        title={t("state.noRole")}
        hint={roles.length === 0 ? t("state.noRole.hint") : t("state.noRole.held", { roles: held })}
      >
        <Button appearance="primary" onClick={signOut}>
          {t("account.signOut")}
        </Button>
      </State>
    </main>
  )
}
