/** Undo of one deed: beside its result, or from the notice that stays when the result has been closed. */
import { useCallback, useEffect, useRef, useState } from "react"
import { useClient } from "urql"
import { sentenceOf } from "../api/client"
import { newKey } from "../api/command"
import { useNotices } from "../parts/notices"
import { useRefusalWords } from "../parts/refusals"
import { useText } from "../texts/texts"
import { AT_ONCE, type Ended } from "./in-parts"
import { type Deed, type Undoing, undoable, undoing, waitersOfUndo } from "./undo"
import { useUndoes } from "./undoes"

/** What came of it. */
export interface Told {
  readonly words: string
  readonly intent: "success" | "warning" | "error"
  /** All of it. */
  readonly isUndone: boolean
  /** Somebody changed the license since: what, the history says. */
  readonly isMoved: boolean
  /** It is not certain, or was stopped: pressing the button again goes on. */
  readonly mayRepeat: boolean
}

type State =
  | { readonly kind: "offered"; readonly told?: Told }
  | { readonly kind: "running"; readonly done: number }
  | { readonly kind: "over"; readonly told: Told }

export interface Undo {
  readonly state: State
  /** How many would wait if it were undone, as far as it is known. */
  readonly waiters: number | undefined
  readonly press: () => Promise<void>
  readonly stop: () => void
}

/** `deed`: undefined while there is none, or nothing to undo. `onChanged`: something was undone, or is not as it was. */
export function useUndo(deed: Deed | undefined, onChanged: () => void): Undo {
  const client = useClient()
  const t = useText()
  const tell = useTelling()
  const [state, setState] = useState<State>({ kind: "offered" })
  const [waiters, setWaiters] = useState<number>()
  const run = useRef<Undoing>(undefined)
  useEffect(() => {
    run.current = undefined
    setState({ kind: "offered" })
    setWaiters(undefined)
    if (!deed) return
    let isLate = false
    waitersOfUndo(client, deed).then((count) => {
      if (!isLate) setWaiters(count)
    }, console.error)
    return () => {
      isLate = true
    }
  }, [client, deed])

  const press = async () => {
    if (!deed) return
    const onDone = (done: number) => setState({ kind: "running", done })
    run.current ??= undoing(client, deed, t("undo.reason", { revision: deed.revision }), onDone)
    onDone(run.current.done)
    const told = tell(deed, run.current, await run.current.carryOn())
    setState({ kind: told.mayRepeat ? "offered" : "over", told })
    onChanged()
  }
  return { state, waiters, press, stop: () => run.current?.stop() }
}

/** Says what was done once its result is closed, with Undo within reach for a while. */
export function useUndoNotice(): (deed: Deed, waiters?: number) => void {
  const client = useClient()
  const t = useText()
  const say = useNotices()
  const tell = useTelling()
  const openDialog = useUndoes()
  return useCallback(
    (deed, waiters) => {
      const { kind, license, principals } = deed
      const [{ displayName: name = "" } = {}] = principals
      const values = { count: principals.length, name, product: license.product.name }
      const undo = async () => {
        // Many take a while: a dialog shows how far it is, and can be stopped.
        if (undoable(deed).length > AT_ONCE) return openDialog(deed)
        const run = undoing(client, deed, t("undo.reason", { revision: deed.revision }))
        const told = tell(deed, run, await run.carryOn())
        say({ text: told.words, intent: told.intent, ...(told.mayRepeat ? { undo } : {}) })
      }
      say({
        text: kind === "assigned" ? t("undo.assigned", values) : t("undo.unassigned", values),
        ...(waiters ? { detail: t("undo.waits", { count: waiters }) } : {}),
        undo,
      })
    },
    [client, t, say, tell, openDialog],
  )
}

/** A deed with a key of its own; undefined when it changed nothing, so that there is nothing to undo. */
export function deedOf(deed: Omit<Deed, "key">): Deed | undefined {
  return deed.principals.length === 0 ? undefined : { ...deed, key: newKey() }
}

function useTelling(): (deed: Deed, run: Undoing, ended: Ended<Undoing["payloads"][number]>) => Told {
  const t = useText()
  const refusalWords = useRefusalWords()
  return useCallback(
    (deed, run, ended) => {
      const { done } = run
      const total = undoable(deed).length
      const left = deed.principals.length - total
      const waits = run.payloads.reduce((sum, { waiting = 0 }) => sum + waiting, 0)
      const soFar = deed.kind === "assigned" ? t("undo.done.assigned", { count: done }) : t("undo.done.unassigned", { count: done, waits })
      switch (ended.kind) {
        case "all": {
          const words = left === 0 ? soFar : `${soFar} ${t("undo.left", { count: left })}`
          return { words, intent: left + waits === 0 ? "success" : "warning", isUndone: true, isMoved: false, mayRepeat: false }
        }
        case "stopped":
          return {
            words: `${soFar} ${t("undo.stopped", { rest: total - done })}`,
            intent: "warning",
            isUndone: false,
            isMoved: false,
            mayRepeat: true,
          }
        case "failed": {
          const problem = t("command.failed", { problem: sentenceOf(ended.error) })
          return { words: done === 0 ? problem : `${soFar} ${problem}`, intent: "error", isUndone: false, isMoved: false, mayRepeat: true }
        }
        case "refused": {
          const isMoved = ended.refusal.code === "STALE_VIEW"
          const why = isMoved ? t(done === 0 ? "undo.moved" : "undo.movedThen") : refusalWords(ended.refusal)
          return { words: done === 0 ? why : `${soFar} ${why}`, intent: "warning", isUndone: false, isMoved, mayRepeat: false }
        }
        default:
          return ended satisfies never
      }
    },
    [t, refusalWords],
  )
}
