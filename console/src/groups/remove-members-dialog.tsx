/** Taking people out of a group: what that ends, and then in commands of a hundred; the toast afterwards brings them back. */
import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  MessageBar,
  MessageBarBody,
  makeStyles,
  Text,
  tokens,
} from "@fluentui/react-components"
import { useEffect, useRef, useState } from "react"
import type { GroupQuery } from "../api/operations"
import { Progress } from "../parts/progress"
import { useReturnFocus } from "../parts/return-focus"
import { useText } from "../texts/texts"
import type { Removal } from "./group-page"
import { useMemberChanges, useMemberNotice } from "./member-changes"

/** Names that the dialog shows; of more it says how many. */
const NAMED = 8

const useStyles = makeStyles({
  content: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalM },
  names: { margin: 0, paddingLeft: tokens.spacingHorizontalXL },
})

interface RemoveMembersDialogProps {
  readonly group: NonNullable<GroupQuery["group"]>
  readonly removal: Removal
  readonly onClose: () => void
  readonly onChanged: () => void
}

export function RemoveMembersDialog({ group, removal: { members, clear }, onClose, onChanged }: RemoveMembersDialogProps) {
  useReturnFocus()
  const styles = useStyles()
  const t = useText()
  const changes = useMemberChanges(group.id)
  const { isRunning, done, stop } = changes
  const tell = useMemberNotice(group, changes, onChanged)
  const [problem, setProblem] = useState<string>()
  const [left, setLeft] = useState(members)
  const closeButton = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (problem) closeButton.current?.focus()
  }, [problem])
  const products = group.assignments.nodes.map(({ license }) => license.product.name)

  const remove = async () => {
    setProblem(undefined)
    const ids = left.map(({ id }) => id)
    const changed = await changes.change("remove", ids)
    const { done: removed, trouble } = changed
    setLeft(left.slice(removed))
    onChanged()
    if (removed > 0) {
      clear()
      tell("remove", changed)
    }
    if (!trouble) return onClose()
    setProblem(removed > 0 ? `${t("command.progress", { done: removed, total: ids.length })}. ${trouble.words}` : trouble.words)
  }

  return (
    <Dialog
      open
      onOpenChange={(_, { open }) => {
        if (!open && !isRunning) onClose()
      }}
    >
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t("members.remove.title", { count: left.length })}</DialogTitle>
          <DialogContent className={styles.content}>
            <ul className={styles.names}>
              {left.slice(0, NAMED).map(({ id, displayName }) => (
                <li key={id}>{displayName}</li>
              ))}
              {left.length > NAMED ? <li>{t("unassign.others", { count: left.length - NAMED })}</li> : null}
            </ul>
            <Text>
              {products.length === 0
                ? t("members.remove.noLicenses", { group: group.displayName })
                : t("members.remove.means", { group: group.displayName, products: products.join(", ") })}
            </Text>
            {isRunning ? <Progress done={done} total={left.length} /> : null}
            <div aria-live="assertive">
              {problem ? (
                <MessageBar intent="error" layout="multiline">
                  <MessageBarBody>{problem}</MessageBarBody>
                </MessageBar>
              ) : null}
            </div>
          </DialogContent>
          <DialogActions>
            {problem && left.length === 0 ? null : (
              <Button appearance="primary" disabled={isRunning} onClick={() => void remove()}>
                {t("members.remove")}
              </Button>
            )}
            {isRunning ? (
              <Button onClick={stop}>{t("command.stop")}</Button>
            ) : (
              <Button ref={closeButton} appearance={problem ? "primary" : "secondary"} onClick={onClose}>
                {problem ? t("assign.close") : t("command.cancel")}
              </Button>
            )}
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}
