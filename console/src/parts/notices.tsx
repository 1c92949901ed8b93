/** What was done, said in passing and announced to screen readers; with Undo where it is possible. Stays when the page changes. */
import { createContext, lazy, type ReactNode, Suspense, useCallback, useContext, useState } from "react"

// Most people only look: the toasts come when there is something to say.
const Toasts = lazy(async () => ({ default: (await import("./toasts")).Toasts }))

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

export function Notices({ children }: { readonly children: ReactNode }) {
  const [said, setSaid] = useState<readonly Notice[]>([])
  const say = useCallback((notice: Notice) => setSaid((before) => [...before, notice]), [])
  return (
    <TheNotices value={say}>
      {children}
      {said.length > 0 ? (
        <Suspense>
          <Toasts said={said} />
        </Suspense>
      ) : null}
    </TheNotices>
  )
}
