/** Deleting a group that has licenses needs a second yes (rule 32): its members keep only what they have otherwise. */
import { Checkbox, makeStyles, Text, tokens } from "@fluentui/react-components"
import { useRef, useState } from "react"
import { newKey, useCommand } from "../api/command"
import { DeleteGroupDocument, type GroupQuery } from "../api/operations"
import { Confirm } from "../parts/confirm"
import { useNotices } from "../parts/notices"
import { type Trouble, useTrouble } from "../parts/refusals"
import { useSeenRevision } from "../parts/seen-revision"
import { useText } from "../texts/texts"

const useStyles = makeStyles({
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalXL },
})

interface DeleteGroupDialogProps {
  readonly group: NonNullable<GroupQuery["group"]>
  readonly seenRevision: number
  readonly onClose: () => void
  readonly onDone: () => void
  readonly onStale: () => void
}

export function DeleteGroupDialog({ group, seenRevision, onClose, onDone, onStale }: DeleteGroupDialogProps) {
  const styles = useStyles()
  const t = useText()
  const say = useNotices()
  const troubleOf = useTrouble()
  const { seen, lookAgain } = useSeenRevision(seenRevision)
  const [isSure, setSure] = useState(false)
  const [trouble, setTrouble] = useState<Trouble>()
  const key = useRef(newKey())
  const { isSending, send } = useCommand(DeleteGroupDocument, ({ deleteGroup }) => deleteGroup)
  const { nodes, totalCount } = group.assignments
  const hasLicenses = totalCount > 0

  const confirm = async () => {
    setTrouble(undefined)
    const sent = await send({ groupId: group.id, confirm: hasLicenses, expectedRevision: seen }, `${key.current} ${hasLicenses}`)
    if (sent.kind === "done") {
      say({ text: t("group.deleted", { name: group.displayName }) })
      return onDone()
    }
    const found = troubleOf(sent)
    // A license was assigned meanwhile: the page shows it, and the question is another one.
    const isAnother = sent.kind === "refused" && sent.refusal.code === "GROUP_HAS_ASSIGNMENTS"
    setTrouble(isAnother ? { ...found, words: t("command.stale"), isStale: true } : found)
    if (found.isStale || isAnother) {
      lookAgain()
      onStale()
    }
  }

  return (
    <Confirm
      title={t("group.delete.title", { name: group.displayName })}
      action={t("group.delete")}
      isFinal
      isReady={!hasLicenses || isSure}
      isSending={isSending}
      trouble={trouble}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      {hasLicenses ? (
        <>
          <Text>{t("group.delete.licenses", { count: totalCount, members: group.memberCount })}</Text>
          <ul className={styles.list}>
            {nodes.map(({ license }) => (
              <li key={license.id}>{license.product.name}</li>
            ))}
            {totalCount > nodes.length ? <li>{t("unassign.others", { count: totalCount - nodes.length })}</li> : null}
          </ul>
        </>
      ) : null}
      <Text>{t("group.delete.means", { count: group.memberCount })}</Text>
      {hasLicenses ? (
        <Checkbox label={t("group.delete.sure")} checked={isSure} onChange={(_, { checked }) => setSure(checked === true)} />
      ) : null}
    </Confirm>
  )
}
