/** What was done, said in passing and announced to screen readers; with Undo where it is possible. Stays when the page changes. */
import { Button } from "@fluentui/react-components"
import { createContext, type ReactNode, useCallback, useContext, useState } from "react"
import { useText } from "../texts/texts"
import { downloaded } from "./downloaded"
import { FloatingBar } from "./floating-bar"
import type { Trouble } from "./refusals"

// Most people only look: the toasts come when there is something to say.
const Toasts = downloaded(async () => (await import("./toasts")).Toasts, NewestNotice)

export interface Notice {
  readonly text: string
  /** A second sentence, such as a warning. */
  readonly detail?: string
  /** Left out: it went well. */
  readonly intent?: "success" | "warning" | "error"
  readonly undo?: () => void
}

type Say = (notice: Notice) => void
const TheNotices = createContext<Say>(() => {})

export function useNotices(): Say {
  return useContext(TheNotices)
}

/** Undo that did not come through, with the way to try it again. */
export function notUndone({ words, mayRepeat }: Trouble, undo: () => void): Notice {
  return { text: words, intent: "error", ...(mayRepeat ? { undo } : {}) }
}

export function Notices({ children }: { readonly children: ReactNode }) {
  const [said, setSaid] = useState<readonly Notice[]>([])
  const say = useCallback((notice: Notice) => setSaid((before) => [...before, notice]), [])
  return (
    <TheNotices value={say}>
      {children}
      {said.length > 0 ? <Toasts said={said} /> : null}
    </TheNotices>
  )
}

/** Where the toasts could not be downloaded: Undo must not be lost with them. Stays until it is used or dismissed. */
function NewestNotice({ said }: { readonly said: readonly Notice[] }) {
  const t = useText()
  const [read, setRead] = useState(0)
  const newest = said.at(-1)
  if (!newest || read === said.length) return null
  const { text, detail, undo } = newest
  return (
    <FloatingBar text={detail === undefined ? text : `${text} ${detail}`}>
      {undo ? (
        <Button
          appearance="primary"
          onClick={() => {
            setRead(said.length)
            undo()
          }}
        >
          {t("notice.undo")}
        </Button>
      ) : null}
      <Button onClick={() => setRead(said.length)}>{t("notice.dismiss")}</Button>
    </FloatingBar>
  )
}
