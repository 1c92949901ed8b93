/** Deleting ends what a person has, and cannot be undone: the id is never used again (rule 27). */
import { Text } from "@fluentui/react-components"
import { useRef, useState } from "react"
import { newKey, useCommand } from "../api/command"
import { DeleteUserDocument } from "../api/operations"
import { Confirm } from "../parts/confirm"
import { useNotices } from "../parts/notices"
import { type Trouble, useTrouble } from "../parts/refusals"
import { useText } from "../texts/texts"
import { UserHoldings } from "./user-holdings"

interface DeleteUserDialogProps {
  readonly user: { readonly id: string; readonly displayName: string }
  readonly seenRevision: number
  readonly onClose: () => void
  readonly onDone: () => void
  readonly onStale: () => void
}

export function DeleteUserDialog({ user, seenRevision, onClose, onDone, onStale }: DeleteUserDialogProps) {
  const t = useText()
  const say = useNotices()
  const troubleOf = useTrouble()
  const [trouble, setTrouble] = useState<Trouble>()
  const key = useRef(newKey())
  const { isSending, send } = useCommand(DeleteUserDocument, ({ deleteUser }) => deleteUser)

  const confirm = async () => {
    setTrouble(undefined)
    const sent = await send({ userId: user.id, expectedRevision: seenRevision }, key.current)
    if (sent.kind !== "done") {
      const found = troubleOf(sent)
      setTrouble(found)
      if (found.isStale) onStale()
      return
    }
    say({ text: t("user.deleted", { name: user.displayName }) })
    onDone()
  }

  return (
    <Confirm
      title={t("user.delete.title", { name: user.displayName })}
      action={t("user.delete")}
      isFinal
      isSending={isSending}
      trouble={trouble}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <UserHoldings userId={user.id} groups />
      <Text>{t("user.delete.means")}</Text>
    </Confirm>
  )
}
