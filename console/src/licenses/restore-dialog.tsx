/** Puts the assignments of a license back to what they were at the moment that is shown: first what that means, then doing it. */
import { Field, Input, MessageBar, MessageBarBody, makeStyles, Text, tokens } from "@fluentui/react-components"
import { useEffect, useRef, useState } from "react"
import { type CombinedError, useClient } from "urql"
import { newKey, sendCommand } from "../api/command"
import {
  type AsOf,
  PreviewRestoreDocument,
  type PreviewRestoreQuery,
  type PrincipalNameFragment,
  RestoreAssignmentsDocument,
  type RestoreAssignmentsMutation,
} from "../api/operations"
import { Confirm } from "../parts/confirm"
import { useNotices } from "../parts/notices"
import { Progress } from "../parts/progress"
import { type Trouble, useRefusalWords, useTrouble } from "../parts/refusals"
import { Failed, Loading } from "../parts/states"
import { useText } from "../texts/texts"
import { Parts } from "./in-parts"
import { WhatHappens } from "./what-happens"

/** The most differences that one command restores. */
const MOST_RESTORED = 500
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
  /** As it is when a part is sent, which may be after an answer that failed to come. */
  const why = useRef<{ readonly reason?: string }>({})
  why.current = reason.trim() === "" ? {} : { reason: reason.trim() }
  const [looks, setLooks] = useState(0)
  const [running, setRunning] = useState<number>()
  const key = useRef(newKey())
  const run = useRef<Parts<string, RestoreAssignmentsMutation["restoreAssignments"]>>(undefined)
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
    const ids = [...of.assign, ...of.unassign].map(({ id }) => id)
    // Who is passed over is named in the history: by the one command that restores all of it, or by the first.
    const passedOver = of.skipped.map(({ principalId }) => principalId)
    const isOne = of.differences <= MOST_RESTORED
    const send = (part: readonly string[], expectedRevision: number, from: number) =>
      sendCommand(
        client,
        RestoreAssignmentsDocument,
        ({ restoreAssignments }) => restoreAssignments,
        {
          licenseId: license.id,
          asOf: { revision: of.asOfRevision },
          expectedRevision,
          simulated: true,
          ...(isOne ? {} : { principalIds: from === 0 ? [...part, ...passedOver] : [...part] }),
          ...why.current,
        },
        `${key.current} ${from}`,
      )
    const plan = { client, licenseId: license.id, items: ids, expectedRevision: of.simulation.revision, atOnce: MOST_RESTORED, send }
    run.current ??= new Parts({ ...plan, onDone: setRunning })
    setRunning(run.current.done)
    const ended = await run.current.carryOn()
    setRunning(undefined)
    const { done } = run.current
    const rest = of.differences - done
    const soFar = t("restore.soFar", { done, rest })
    if (ended.kind === "stopped") return setTrouble({ words: soFar, field: undefined, isStale: true, mayRepeat: false })
    if (ended.kind !== "all") {
      const told = troubleOf(ended)
      setTrouble(done === 0 ? told : { ...told, words: `${soFar} ${told.words}` })
      if (told.isStale) lookAgain()
      return
    }
    if (rest > 0) {
      setTrouble({ words: `${soFar} ${t("restore.rest")}`, field: undefined, isStale: true, mayRepeat: false })
      return lookAgain()
    }
    say({ text: t("restore.done", { assigned: of.assign.length, unassigned: of.unassign.length }) })
    onRestored()
  }
  /** What was sent under a key must not change: other words are another command. Had the first come through, this one is stale. */
  const reword = (text: string) => {
    key.current = newKey()
    setReason(text)
  }
  const lookAgain = () => {
    run.current = undefined
    key.current = newKey()
    setPreview(undefined)
    setLooks((count) => count + 1)
  }

  const isSending = running !== undefined
  const refusal = preview?.simulation.refusal
  const isSame = preview !== undefined && !refusal && preview.assign.length + preview.unassign.length === 0
  return (
    <Confirm
      title={t("restore.title", { product: license.product.name })}
      action={t("restore.restore")}
      isSending={isSending}
      onStop={preview && preview.differences > MOST_RESTORED ? () => run.current?.stop() : undefined}
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
          <Input value={reason} maxLength={500} disabled={isSending} onChange={(_, { value }) => reword(value)} />
        </Field>
      ) : null}
      {preview && isSending && preview.differences > MOST_RESTORED ? <Progress done={running} total={preview.differences} /> : null}
    </Confirm>
  )
}

function Previewed({
  preview: { assign, unassign, skipped, skippedCount, simulation, differences },
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
      {differences > MOST_RESTORED ? <Text>{t("restore.parts", { count: differences, most: MOST_RESTORED })}</Text> : null}
      {differences > assign.length + unassign.length ? (
        <Text>
          {t("simulation.first", { count: assign.length + unassign.length, rest: differences - assign.length - unassign.length })}
        </Text>
      ) : null}
      {assign.length > 0 ? <Names title={t("restore.assign", { count: assign.length })} people={assign.map(namedOf)} /> : null}
      {unassign.length > 0 ? <Names title={t("restore.unassign", { count: unassign.length })} people={unassign.map(namedOf)} /> : null}
      {skipped.length > 0 ? (
        <Names
          title={t("restore.skipped", { count: skippedCount })}
          count={skippedCount}
          people={skipped.map(({ principal, principalId: id, because }) => ({
            id,
            name: t(because === "DELETED" ? "restore.DELETED" : "restore.INACTIVE", { name: principal?.displayName ?? id }),
          }))}
        />
      ) : null}
      {effects ? <WhatHappens effects={effects} named={unassign.map(({ id }) => id)} /> : null}
    </>
  )
}

interface Person {
  readonly id: string
  readonly name: string
}

interface NamesProps {
  readonly title: string
  readonly people: readonly Person[]
  /** How many there are, where `people` may be only the first of them. */
  readonly count?: number
}

function Names({ title, people, count = people.length }: NamesProps) {
  const styles = useStyles()
  const t = useText()
  return (
    <div>
      <Text weight="semibold" as="p" className={styles.heading}>
        {title}
      </Text>
      <ul className={styles.list}>
        {people.slice(0, NAMED).map(({ id, name }) => (
          <li key={id}>{name}</li>
        ))}
        {count > NAMED ? <li>{t("unassign.others", { count: count - NAMED })}</li> : null}
      </ul>
    </div>
  )
}

function namedOf({ id, displayName: name }: PrincipalNameFragment): Person {
  return { id, name }
}
