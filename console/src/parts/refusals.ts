/** Why a command was not carried out, in the reader's language, with what to do; and which field of a form it is about. */
import { useCallback } from "react"
import { sentenceOf } from "../api/client"
import type { Sent } from "../api/command"
import type { RefusalTextFragment } from "../api/operations"
import { useText } from "../texts/texts"
import { refusalWords } from "./refusal-words"

export interface Trouble {
  readonly words: string
  /** The field of the input, if there is one to show it beside. */
  readonly field: string | undefined
  /** What is shown is not what there is. */
  readonly isStale: boolean
  /** No answer came: the same under the same key does it once. */
  readonly mayRepeat: boolean
}

type NotDone = Exclude<Sent<{ readonly refusal: RefusalTextFragment | null }>, { readonly kind: "done" }>

export function useTrouble(): (sent: NotDone) => Trouble {
  const t = useText()
  return useCallback(
    (sent) => {
      if (sent.kind === "failed")
        return { words: t("command.failed", { problem: sentenceOf(sent.error) }), field: undefined, isStale: false, mayRepeat: true }
      const { refusal } = sent
      const field = "field" in refusal ? refusal.field : undefined
      return {
        words: refusalWords(refusal, t),
        field,
        isStale: refusal.code === "STALE_VIEW" || refusal.code === "NOT_FOUND",
        mayRepeat: false,
      }
    },
    [t],
  )
}

/** The same words for a refusal that comes otherwise than as an answer, such as that of a simulation. */
export function useRefusalWords(): (refusal: RefusalTextFragment) => string {
  const t = useText()
  return useCallback((refusal) => refusalWords(refusal, t), [t])
}
