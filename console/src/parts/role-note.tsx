/** Where people would look for what their role may not do: which roles may. Nothing for those who may. */
import { makeStyles, Text, tokens } from "@fluentui/react-components"
import { LockClosed16Regular } from "@fluentui/react-icons"
import { useIntl } from "react-intl"
import { type Action, rolesFor } from "../session/permissions"
import { useViewer } from "../session/viewer"
import { useMoment } from "../shell/moment"
import { type TextKey, useText } from "../texts/texts"

const useStyles = makeStyles({
  note: { display: "inline-flex", alignItems: "center", gap: tokens.spacingHorizontalXS, color: tokens.colorNeutralForeground2 },
})

interface RoleNoteProps {
  readonly action: Action
  /** A sentence with `{roles}`. */
  readonly text: TextKey
  /** Of what is offered in the past. What is done now nobody may there, and the banner says so. */
  readonly inPast?: boolean
}

export function RoleNote({ action, text, inPast = false }: RoleNoteProps) {
  const styles = useStyles()
  const t = useText()
  const intl = useIntl()
  const { may } = useViewer()
  const { isPast } = useMoment()
  if (may(action) || isPast !== inPast) return null
  const roles = intl.formatList(
    rolesFor(action).map((role) => t(`role.${role}` satisfies TextKey)),
    { type: "disjunction" },
  )
  return (
    <Text size={200} className={styles.note}>
      <LockClosed16Regular aria-hidden />
      {t(text, { roles })}
    </Text>
  )
}
