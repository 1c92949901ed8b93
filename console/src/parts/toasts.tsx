/** The notices as toasts of Fluent's; see `notices.tsx`, which loads this file when there is one. */
import { Button, Link, Toast, ToastBody, Toaster, ToastTitle, ToastTrigger, useId, useToastController } from "@fluentui/react-components"
import { Dismiss16Regular } from "@fluentui/react-icons"
import { type FocusEvent, useEffect, useRef } from "react"
import { useText } from "../texts/texts"
import type { Notice } from "./notices"

const READING_MS = 8_000
/** Undo must be within reach of somebody who goes there by keyboard. The pointer or the focus on the toast stops the clock. */
const UNDO_MS = 30_000

export function Toasts({ said }: { readonly said: readonly Notice[] }) {
  const t = useText()
  const toasterId = useId("toaster")
  const { dispatchToast } = useToastController(toasterId)
  const shown = useRef(0)
  useEffect(() => {
    const fresh = said.slice(shown.current)
    shown.current = said.length
    for (const { text, detail, undo, intent = "success" } of fresh) {
      dispatchToast(
        <Toast ref={letTabThrough}>
          <ToastTitle
            action={
              <ToastTrigger>
                {undo ? (
                  <Link onClick={undo}>{t("notice.undo")}</Link>
                ) : (
                  <Button appearance="transparent" size="small" icon={<Dismiss16Regular />} aria-label={t("notice.dismiss")} />
                )}
              </ToastTrigger>
            }
          >
            {text}
          </ToastTitle>
          {detail ? <ToastBody>{detail}</ToastBody> : null}
        </Toast>,
        { intent, timeout: undo ? UNDO_MS : READING_MS, pauseOnHover: true, pauseOnWindowBlur: true },
      )
    }
  }, [said, dispatchToast, t])
  const isWanted = useRef(false)
  const isShortcut = ({ ctrlKey, key }: KeyboardEvent) => {
    isWanted.current = ctrlKey && key === "m"
    return isWanted.current
  }
  return (
    <Toaster
      toasterId={toasterId}
      position="bottom-end"
      shortcuts={{ focus: isShortcut }}
      onFocus={(event) => {
        if (!isWanted.current) stayThere(event)
        isWanted.current = false
      }}
    />
  )
}

/** Fluent keeps Tab within a toast, and within all of them, until Escape. Whoever came by Tab goes on by Tab. */
function letTabThrough(toast: HTMLElement | null): void {
  const one = toast?.closest<HTMLElement>("[role=listitem]")
  if (!one) return
  one.tabIndex = -1 // its button is a stop; Ctrl+M still leads to the toast
  for (const kept of [one, one.closest("[role=list]")]) kept?.removeAttribute("data-tabster")
}

/**
 * The focus of a toast that has gone Fluent gives to the next one, some time later: whoever is somewhere else by then, in a
 * dialog perhaps, stays there.
 */
function stayThere({ target, relatedTarget, currentTarget }: FocusEvent<HTMLElement>): void {
  // The toast itself is no stop, only its button.
  if (target.getAttribute("role") !== "listitem" || currentTarget.contains(relatedTarget)) return
  if (relatedTarget instanceof HTMLElement) relatedTarget.focus()
}
