/** Deactivating gives the seats back now; reactivating is a new claim at the end of every waitlist (rule 26). */
import { Text } from "@fluentui/react-components"
import { useRef, useState } from "react"
import { newKey, useCommand } from "../api/command"
import { SetUserActiveDocument } from "../api/operations"
import { Confirm } from "../parts/confirm"
import { notUndone, useNotices } from "../parts/notices"
import { type Trouble, useTrouble } from "../parts/refusals"
import { useSeenRevision } from "../parts/seen-revision"
import { useText } from "../texts/texts"
import { UserHoldings } from "./user-holdings"

interface ActiveDialogProps {
  readonly user: { readonly id: string; readonly displayName: string; readonly active: boolean }
  readonly seenRevision: number
  readonly onClose: () => void
  readonly onDone: () => void
  readonly onStale: () => void
}

export function ActiveDialog({ user: shown, seenRevision, onClose, onDone, onStale }: ActiveDialogProps) {
  const t = useText()
  const say = useNotices()
  const troubleOf = useTrouble()
  const { seen, lookAgain } = useSeenRevision(seenRevision)
  const [trouble, setTrouble] = useState<Trouble>()
  // The page behind may already show the new state while the answer is on its way.
  const [user] = useState(shown)
  const key = useRef(newKey())
  const { isSending, send } = useCommand(SetUserActiveDocument, ({ setUserActive }) => setUserActive)
  const active = !user.active

  const confirm = async () => {
    setTrouble(undefined)
    const sent = await send({ userId: user.id, active, expectedRevision: seen }, key.current)
    if (sent.kind !== "done") {
      const found = troubleOf(sent)
      setTrouble(found)
      if (found.isStale) {
        lookAgain()
        onStale()
      }
      return
    }
    const undoKey = newKey()
    const undo = async () => {
      const undone = await send({ userId: user.id, active: !active, expectedRevision: sent.payload.revision }, undoKey)
      if (undone.kind !== "done") return say(notUndone(troubleOf(undone), undo))
      say({
        text: t(active ? "user.deactivated" : "user.reactivated", { name: user.displayName }),
        ...(active ? {} : { detail: t("user.reactivated.newPlace"), intent: "warning" as const }),
      })
      onDone()
    }
    say({ text: t(active ? "user.reactivated" : "user.deactivated", { name: user.displayName }), undo })
    onDone()
  }

  return (
    <Confirm
      title={t(active ? "user.reactivate.title" : "user.deactivate.title", { name: user.displayName })}
      action={t(active ? "user.reactivate" : "user.deactivate")}
      isSending={isSending}
      trouble={trouble}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      {active ? <Text>{t("user.reactivate.means")}</Text> : null}
      {active ? null : (
        <>
          <Text>{t("user.deactivate.means")}</Text>
          <UserHoldings userId={user.id} />
          <Text>{t("user.deactivate.back")}</Text>
        </>
      )}
    </Confirm>
  )
}
