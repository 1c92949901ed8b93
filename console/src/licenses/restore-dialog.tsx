/** Puts the assignments of a license back to what they were at the moment that is shown: first what that means, then doing it. */
import { Field, Input, MessageBar, MessageBarBody, makeStyles, Text, tokens } from "@fluentui/react-components"
import { useEffect, useRef, useState } from "react"
import { type CombinedError, useClient } from "urql"
import { newKey, useCommand } from "../api/command"
import {
  type AsOf,
  PreviewRestoreDocument,
  type PreviewRestoreQuery,
  type PrincipalNameFragment,
  RestoreAssignmentsDocument,
} from "../api/operations"
import { Confirm } from "../parts/confirm"
import { useNotices } from "../parts/notices"
import { type Trouble, useRefusalWords, useTrouble } from "../parts/refusals"
import { Failed, Loading } from "../parts/states"
import { useText } from "../texts/texts"
import { WhatHappens } from "./what-happens"

/** Names that are shown; of more it says how many. */
const NAMED = 6

const useStyles = makeStyles({
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalXL },
  heading: { margin: 0 },
})

type Preview = PreviewRestoreQuery["previewRestore"]

interface RestoreDialogProps {
  readonly license: { readonly id: string; readonly product: { readonly name: string } }
  readonly asOf: AsOf
  readonly onClose: () => void
  readonly onRestored: () => void
}

export function RestoreDialog({ license, asOf, onClose, onRestored }: RestoreDialogProps) {
  const t = useText()
  const client = useClient()
  const say = useNotices()
  const troubleOf = useTrouble()
  const refusalWords = useRefusalWords()
  const [preview, setPreview] = useState<Preview>()
  const [error, setError] = useState<CombinedError>()
  const [trouble, setTrouble] = useState<Trouble>()
  const [reason, setReason] = useState("")
  const [looks, setLooks] = useState(0)
  const key = useRef(newKey())
  const { isSending, send } = useCommand(RestoreAssignmentsDocument, ({ restoreAssignments }) => restoreAssignments)
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at again when the answer was STALE_VIEW.
  useEffect(() => {
    let isLate = false
    client
      .query(PreviewRestoreDocument, { licenseId: license.id, asOf }, { requestPolicy: "network-only" })
      .toPromise()
      .then(({ data, error: problem }) => {
        if (isLate) return
        setPreview(data?.previewRestore)
        setError(problem)
      }, console.error)
    return () => {
      isLate = true
    }
  }, [client, license.id, asOf, looks])

  const restore = async (of: Preview) => {
    setTrouble(undefined)
    const sent = await send(
      {
        licenseId: license.id,
        asOf: { revision: of.asOfRevision },
        expectedRevision: of.simulation.revision,
        simulated: true,
        ...(reason.trim() === "" ? {} : { reason: reason.trim() }),
      },
      key.current,
    )
    if (sent.kind === "done") {
      const { assigned, unassigned } = sent.payload
      say({ text: t("restore.done", { assigned: assigned.length, unassigned: unassigned.length }) })
      onRestored()
      return
    }
    const told = troubleOf(sent)
    setTrouble(told)
    if (told.isStale) {
      key.current = newKey()
      setLooks((count) => count + 1)
    }
  }

  const refusal = preview?.simulation.refusal
  const isSame = preview !== undefined && !refusal && preview.assign.length + preview.unassign.length === 0
  return (
    <Confirm
      title={t("restore.title", { product: license.product.name })}
      action={t("restore.restore")}
      isSending={isSending}
      isReady={preview !== undefined && !refusal && !isSame}
      trouble={trouble}
      onConfirm={() => preview && void restore(preview)}
      onClose={onClose}
    >
      {error ? <Failed error={error} retry={() => setLooks((count) => count + 1)} /> : null}
      {!preview && !error ? <Loading /> : null}
      {refusal ? (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{refusalWords(refusal)}</MessageBarBody>
        </MessageBar>
      ) : null}
      {preview && isSame ? <Text>{t("restore.same")}</Text> : null}
      {preview && !isSame && !refusal ? <Previewed preview={preview} licenseId={license.id} /> : null}
      {preview && !isSame && !refusal ? (
        <Field label={t("assign.reason")} hint={t("assign.reason.hint")}>
          <Input value={reason} maxLength={500} onChange={(_, { value }) => setReason(value)} />
        </Field>
      ) : null}
    </Confirm>
  )
}

function Previewed({
  preview: { assign, unassign, skipped, simulation },
  licenseId,
}: {
  readonly preview: Preview
  readonly licenseId: string
}) {
  const t = useText()
  const effects = simulation.licenses.find((one) => one.licenseId === licenseId)
  return (
    <>
      <Text>{t("restore.means")}</Text>
      {assign.length > 0 ? <Names title={t("restore.assign", { count: assign.length })} names={assign.map(nameOf)} /> : null}
      {unassign.length > 0 ? <Names title={t("restore.unassign", { count: unassign.length })} names={unassign.map(nameOf)} /> : null}
      {skipped.length > 0 ? (
        <Names
          title={t("restore.skipped", { count: skipped.length })}
          names={skipped.map(({ principal, principalId, because }) =>
            t(because === "DELETED" ? "restore.DELETED" : "restore.INACTIVE", { name: principal ? nameOf(principal) : principalId }),
          )}
        />
      ) : null}
      {effects ? <WhatHappens effects={effects} named={unassign.map(({ id }) => id)} /> : null}
    </>
  )
}

function Names({ title, names }: { readonly title: string; readonly names: readonly string[] }) {
  const styles = useStyles()
  const t = useText()
  return (
    <div>
      <Text weight="semibold" as="p" className={styles.heading}>
        {title}
      </Text>
      <ul className={styles.list}>
        {names.slice(0, NAMED).map((name) => (
          <li key={name}>{name}</li>
        ))}
        {names.length > NAMED ? <li>{t("unassign.others", { count: names.length - NAMED })}</li> : null}
      </ul>
    </div>
  )
}

function nameOf(principal: PrincipalNameFragment): string {
  return principal.displayName
}
