/** Undoing what took several commands: it began with the press of Undo, and can be stopped. */
import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle } from "@fluentui/react-components"
import { useEffect, useRef } from "react"
import { useReturnFocus } from "../parts/return-focus"
import { useText } from "../texts/texts"
import type { Deed } from "./undo"
import { UndoBar } from "./undo-bar"
import { useUndo } from "./use-undo"

export function UndoDialog({ deed, onClose }: { readonly deed: Deed; readonly onClose: () => void }) {
  useReturnFocus()
  const t = useText()
  const undo = useUndo(deed, () => {})
  const isRunning = undo.state.kind === "running"
  const hasBegun = useRef(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once.
  useEffect(() => {
    if (hasBegun.current) return
    hasBegun.current = true
    void undo.press()
  }, [])
  return (
    <Dialog
      open
      onOpenChange={(_, { open }) => {
        if (!open && !isRunning) onClose()
      }}
    >
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t("undo.title", { product: deed.license.product.name })}</DialogTitle>
          <DialogContent>
            <UndoBar deed={deed} undo={undo} onLook={onClose} />
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" disabled={isRunning} onClick={onClose}>
              {t("assign.close")}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}
