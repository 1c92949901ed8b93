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

/** The same words for a refusal that comes otherwise than as an answer, such as that of a simulation. */
export function useRefusalWords(): (refusal: RefusalTextFragment) => string {
  const t = useText()
  return useCallback((refusal) => wordsFor(refusal, "field" in refusal ? refusal.field : undefined, t), [t])
}

function wordsFor(refusal: RefusalTextFragment, field: string | undefined, t: ReturnType<typeof useText>): string {
  const { code, message } = refusal
  switch (code) {
    case "STALE_VIEW":
      return t("command.stale")
    case "NOT_FOUND":
    case "LICENSE_NOT_FOUND":
    case "PRINCIPAL_NOT_FOUND":
      return t("refusal.gone")
    case "ORGANIZATION_CLOSED":
      return t("refusal.closed")
    case "LICENSE_CANCELLED":
      return t("refusal.cancelled")
    case "LICENSE_SUSPENDED":
      return t("refusal.suspended")
    case "USER_INACTIVE":
      return t("refusal.inactive")
    case "INHERITED_FROM_GROUP":
      return t("refusal.inherited")
    case "NOT_SEATED":
      return t("refusal.notSeated")
    case "ALREADY_SEATED":
      return t("refusal.alreadySeated")
    case "TOO_MANY_PRINCIPALS":
      return t("refusal.tooMany")
    case "GROUP_HAS_ASSIGNMENTS":
      return t("refusal.groupAssigned")
    case "NOT_ENOUGH_SEATS":
      return refusal.__typename === "NotEnoughSeats"
        ? t("assign.short", { available: refusal.available, required: refusal.required })
        : message
    case "ALREADY_EXISTS":
      return field === "userName" ? t("refusal.userNameTaken") : field === "externalId" ? t("refusal.externalIdTaken") : message
    case "INVALID_INPUT":
      return field === "mail" ? t("refusal.mail") : message
    default:
      return message
  }
}
