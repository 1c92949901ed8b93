/** The last thing that can be done to a person: names, mail and every reason that holds one of them are gone for good (rule 28). */
import { Field, Input, MessageBar, MessageBarBody, MessageBarTitle, Textarea } from "@fluentui/react-components"
import { useRef, useState } from "react"
import { newKey, useCommand } from "../api/command"
import { EraseUserDocument } from "../api/operations"
import { Confirm } from "../parts/confirm"
import { useNotices } from "../parts/notices"
import { type Trouble, useTrouble } from "../parts/refusals"
import { useText } from "../texts/texts"

/** More other names than this the API does not take. */
const MOST_NAMES = 20

interface EraseDialogProps {
  /** The name is to be typed again; of somebody deleted the id. */
  readonly user: { readonly id: string; readonly displayName: string }
  readonly onClose: () => void
  readonly onDone: () => void
}

export function EraseDialog({ user, onClose, onDone }: EraseDialogProps) {
  const t = useText()
  const say = useNotices()
  const troubleOf = useTrouble()
  const [reason, setReason] = useState("")
  const [names, setNames] = useState("")
  const [typed, setTyped] = useState("")
  const [trouble, setTrouble] = useState<Trouble>()
  const key = useRef(newKey())
  const { isSending, send } = useCommand(EraseUserDocument, ({ eraseUser }) => eraseUser)
  const otherNames = names.split(/[\n,;]+/).flatMap((name) => (name.trim() === "" ? [] : [name.trim()]))
  const isTooMany = otherNames.length > MOST_NAMES

  const erase = async () => {
    setTrouble(undefined)
    const sent = await send({ userId: user.id, reason: reason.trim(), ...(otherNames.length > 0 ? { otherNames } : {}) }, key.current)
    if (sent.kind !== "done") return setTrouble(troubleOf(sent))
    say({ text: t("erase.done"), detail: t("erase.done.texts", { count: sent.payload.textsErased ?? 0 }) })
    onDone()
  }
  /** What was sent under a key must not change. */
  const edit =
    (set: (value: string) => void) =>
    (_: unknown, { value }: { readonly value: string }) => {
      key.current = newKey()
      setTrouble(undefined)
      set(value)
    }
  const problemOf = (field: string) =>
    trouble?.field === field ? ({ validationState: "error", validationMessage: trouble.words } as const) : {}
  const isBeside = trouble?.field === "reason" || trouble?.field === "otherNames"
  return (
    <Confirm
      title={t("erase.title", { name: user.displayName })}
      action={t("erase.erase")}
      isFinal
      isReady={reason.trim() !== "" && typed.trim() === user.displayName && !isTooMany}
      isSending={isSending}
      trouble={isBeside ? undefined : trouble}
      onConfirm={() => void erase()}
      onClose={onClose}
    >
      <MessageBar intent="error" layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>{t("erase.final")}</MessageBarTitle>
          {t("erase.means")}
        </MessageBarBody>
      </MessageBar>
      <Field label={t("erase.reason")} hint={t("erase.reason.hint")} required {...problemOf("reason")}>
        <Input value={reason} maxLength={500} onChange={edit(setReason)} />
      </Field>
      <Field
        label={t("erase.otherNames")}
        hint={t("erase.otherNames.hint")}
        {...problemOf("otherNames")}
        {...(isTooMany
          ? { validationMessage: t("erase.otherNames.tooMany", { most: MOST_NAMES }), validationState: "error" as const }
          : {})}
      >
        <Textarea value={names} rows={2} spellCheck={false} onChange={edit(setNames)} />
      </Field>
      <Field label={t("erase.type", { name: user.displayName })} required>
        <Input value={typed} autoComplete="off" spellCheck={false} onChange={(_, { value }) => setTyped(value)} />
      </Field>
    </Confirm>
  )
}
