/** A new group, or another name for one. */
import { Field, Input } from "@fluentui/react-components"
import { useRef, useState } from "react"
import { newKey, useCommand } from "../api/command"
import { CreateGroupDocument, RenameGroupDocument } from "../api/operations"
import { Confirm } from "../parts/confirm"
import { notUndone, useNotices } from "../parts/notices"
import { type Trouble, useTrouble } from "../parts/refusals"
import { useSeenRevision } from "../parts/seen-revision"
import { useText } from "../texts/texts"

interface GroupFormProps {
  /** Left out: a new group. */
  readonly group?: { readonly id: string; readonly displayName: string }
  readonly seenRevision?: number
  readonly onClose: () => void
  /** With the id of the group, unless it is not shown yet. */
  readonly onDone: (groupId: string | undefined) => void
  readonly onStale?: () => void
}

export function GroupForm({ group, seenRevision, onClose, onDone, onStale }: GroupFormProps) {
  const t = useText()
  const say = useNotices()
  const troubleOf = useTrouble()
  const { seen, lookAgain } = useSeenRevision(seenRevision)
  const [typed, setTyped] = useState<string>()
  const [trouble, setTrouble] = useState<Trouble>()
  const key = useRef(newKey())
  const create = useCommand(CreateGroupDocument, ({ createGroup }) => createGroup)
  const rename = useCommand(RenameGroupDocument, ({ renameGroup }) => renameGroup)
  const isSending = create.isSending || rename.isSending
  const shown = typed ?? group?.displayName ?? ""

  const submit = async () => {
    setTrouble(undefined)
    const displayName = shown.trim()
    if (!group) {
      const sent = await create.send({ displayName }, key.current)
      if (sent.kind !== "done") return setTrouble(troubleOf(sent))
      say({ text: t("group.created", { name: displayName }), ...(sent.payload.visible ? {} : { detail: t("command.notVisible") }) })
      return onDone(sent.payload.group?.id)
    }
    if (displayName === group.displayName) return onClose()
    const sent = await rename.send({ groupId: group.id, displayName, expectedRevision: seen }, key.current)
    if (sent.kind !== "done") {
      const found = troubleOf(sent)
      setTrouble(found)
      if (found.isStale) {
        lookAgain()
        onStale?.()
      }
      return
    }
    const former = group.displayName
    const undoKey = newKey()
    const undo = async () => {
      const undone = await rename.send({ groupId: group.id, displayName: former, expectedRevision: sent.payload.revision }, undoKey)
      say(undone.kind === "done" ? { text: t("group.renamed", { name: former }) } : notUndone(troubleOf(undone), undo))
      onDone(group.id)
    }
    say({ text: t("group.renamed", { name: displayName }), undo })
    onDone(group.id)
  }

  const isBeside = trouble?.field === "displayName"
  return (
    <Confirm
      title={group ? t("group.rename.title", { name: group.displayName }) : t("group.create")}
      action={t(group ? "command.save" : "group.create.submit")}
      isReady={shown.trim() !== ""}
      isSending={isSending}
      trouble={isBeside ? undefined : trouble}
      onConfirm={() => void submit()}
      onClose={onClose}
    >
      <Field
        label={t("group.name")}
        required
        {...(trouble && isBeside ? { validationState: "error", validationMessage: trouble.words } : {})}
        {...(group ? {} : { hint: t("group.create.hint") })}
      >
        <Input
          autoFocus
          value={shown}
          maxLength={256}
          autoComplete="off"
          onChange={(_, { value }) => {
            key.current = newKey()
            setTrouble(undefined)
            setTyped(value)
          }}
        />
      </Field>
    </Confirm>
  )
}
