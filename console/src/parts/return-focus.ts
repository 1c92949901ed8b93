/** A dialog or pane that closes gives the focus back to where the person was, or to the title of the page when that is gone. */
import { useEffect, useState } from "react"

/** Called by the dialog itself, which is there only while it is open. */
export function useReturnFocus(): void {
  const [before] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      // Once it is out of the document, and unless somebody else has taken the focus by then.
      setTimeout(() => {
        if (document.activeElement && document.activeElement !== document.body) return
        const target = before?.isConnected && before !== document.body ? before : document.querySelector("#content h1")
        if (target instanceof HTMLElement) target.focus()
      })
    },
    [before],
  )
}
