/** Keeps the dialog of a long undo apart from the pages: it goes on when the page changes. */
import { createContext, type ReactNode, useContext, useState } from "react"
import { downloaded } from "../parts/downloaded"
import type { Deed } from "./undo"

const UndoDialog = downloaded(async () => (await import("./undo-dialog")).UndoDialog)

const TheUndoes = createContext<(deed: Deed) => void>(() => {})

/** Opens the dialog, which begins at once. */
export function useUndoes(): (deed: Deed) => void {
  return useContext(TheUndoes)
}

export function Undoes({ children }: { readonly children: ReactNode }) {
  const [deed, setDeed] = useState<Deed>()
  return (
    <TheUndoes value={setDeed}>
      {children}
      {deed ? <UndoDialog key={deed.key} deed={deed} onClose={() => setDeed(undefined)} /> : null}
    </TheUndoes>
  )
}
