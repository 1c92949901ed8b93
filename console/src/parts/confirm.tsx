/** A question before something is done, or a form: what will happen, the button that does it, and why it could not be done. */
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
  mergeClasses,
  Spinner,
  tokens,
} from "@fluentui/react-components"
import type { FormEvent, ReactNode } from "react"
import { useText } from "../texts/texts"
import type { Trouble } from "./refusals"
import { useReturnFocus } from "./return-focus"

const useStyles = makeStyles({
  action: { whiteSpace: "nowrap" },
  content: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalM },
  final: {
    backgroundColor: tokens.colorStatusDangerBackground3,
    color: tokens.colorNeutralForegroundOnBrand,
    ":hover": { backgroundColor: tokens.colorStatusDangerBackground3Hover, color: tokens.colorNeutralForegroundOnBrand },
    ":hover:active": { backgroundColor: tokens.colorStatusDangerBackground3Pressed, color: tokens.colorNeutralForegroundOnBrand },
  },
})

interface ConfirmProps {
  readonly title: string
  /** What the button says that does it. */
  readonly action: string
  /** It cannot be undone: the button looks like it. */
  readonly isFinal?: boolean
  readonly isSending: boolean
  readonly isReady?: boolean
  readonly trouble: Trouble | undefined
  readonly onConfirm: () => void
  readonly onClose: () => void
  /** It takes several commands: between two of them it can be stopped. */
  readonly onStop?: (() => void) | undefined
  readonly children: ReactNode
}

export function Confirm(props: ConfirmProps) {
  const { title, action, isFinal = false, isSending, isReady = true, trouble, onConfirm, onClose, onStop, children } = props
  useReturnFocus()
  const styles = useStyles()
  const t = useText()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isReady && !isSending) onConfirm()
  }
  return (
    <Dialog
      open
      modalType={isFinal ? "alert" : "modal"}
      onOpenChange={(_, { open }) => {
        if (!open && !isSending) onClose()
      }}
    >
      <DialogSurface>
        <form noValidate onSubmit={submit}>
          <DialogBody>
            <DialogTitle>{title}</DialogTitle>
            <DialogContent className={styles.content}>
              {children}
              <div aria-live="assertive">
                {trouble ? (
                  <MessageBar intent={trouble.isStale ? "warning" : "error"} layout="multiline">
                    <MessageBarBody>{trouble.words}</MessageBarBody>
                  </MessageBar>
                ) : null}
              </div>
            </DialogContent>
            <DialogActions>
              <Button
                type="submit"
                appearance="primary"
                className={mergeClasses(styles.action, isFinal && isReady && !isSending && styles.final)}
                disabled={isSending || !isReady}
                icon={isSending ? <Spinner size="tiny" /> : null}
              >
                {action}
              </Button>
              {isSending && onStop ? (
                <Button onClick={onStop}>{t("command.stop")}</Button>
              ) : (
                <Button disabled={isSending} onClick={onClose} autoFocus={isFinal && isReady}>
                  {t("command.cancel")}
                </Button>
              )}
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  )
}
