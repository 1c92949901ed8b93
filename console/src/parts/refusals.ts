/** Why a command was not carried out, in the reader's language, with what to do; and which field of a form it is about. */
import { useCallback } from "react"
import { sentenceOf } from "../api/client"
import type { Sent } from "../api/command"
import type { RefusalTextFragment } from "../api/operations"
import { useText } from "../texts/texts"

export interface Trouble {
  readonly words: string
  /** The field of the input, if there is one to show it beside. */
  readonly field: string | undefined
  /** What is shown is not what there is. */
  readonly isStale: boolean
}

type NotDone = Exclude<Sent<{ readonly refusal: RefusalTextFragment | null }>, { readonly kind: "done" }>

export function useTrouble(): (sent: NotDone) => Trouble {
  const t = useText()
  return useCallback(
    (sent) => {
      if (sent.kind === "failed")
        return { words: t("command.failed", { problem: sentenceOf(sent.error) }), field: undefined, isStale: false }
      const { refusal } = sent
      const field = "field" in refusal ? refusal.field : undefined
      return { words: wordsFor(refusal, field, t), field, isStale: refusal.code === "STALE_VIEW" || refusal.code === "NOT_FOUND" }
    },
    [t],
  )
}

function wordsFor({ code, message }: RefusalTextFragment, field: string | undefined, t: ReturnType<typeof useText>): string {
  switch (code) {
    case "STALE_VIEW":
      return t("command.stale")
    case "NOT_FOUND":
      return t("refusal.gone")
    case "ORGANIZATION_CLOSED":
      return t("refusal.closed")
    case "ALREADY_EXISTS":
      return field === "userName" ? t("refusal.userNameTaken") : field === "externalId" ? t("refusal.externalIdTaken") : message
    case "INVALID_INPUT":
      return field === "mail" ? t("refusal.mail") : message
    default:
      return message
  }
}
