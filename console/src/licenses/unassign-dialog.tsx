/** What will happen, and then: Unassign. */
import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
  MessageBar,
  MessageBarBody,
  makeStyles,
  Spinner,
  Text,
  tokens,
} from "@fluentui/react-components"
import { useEffect, useRef, useState } from "react"
import { useClient } from "urql"
import { sentenceOf } from "../api/client"
import { newKey, sendCommand } from "../api/command"
import { type PrincipalNameFragment, UnassignLicensesDocument, type UnassignLicensesMutation } from "../api/operations"
import { Progress } from "../parts/progress"
import { useRefusalWords } from "../parts/refusals"
import { useSeenRevision } from "../parts/seen-revision"
import { useText } from "../texts/texts"
import { AT_ONCE, Parts } from "./in-parts"
import { PrincipalFace } from "./principal"
import { type Deed, MOST_FORETOLD } from "./undo"
import { UndoBar } from "./undo-bar"
import { useSimulation } from "./use-simulation"
import { deedOf, useUndo, useUndoNotice } from "./use-undo"
import { WhatHappens } from "./what-happens"

/** Names that the dialog shows; of more it says how many. */
const NAMED = 8

/** Somebody who was selected. Licensed through groups only: then there is nothing of their own to take away (rule 13). */
export interface Unassignable {
  readonly principal: PrincipalNameFragment
  /** The groups that alone entitle the person; empty when the license was assigned to this one directly. */
  readonly inheritedFrom: readonly { readonly id: string; readonly displayName: string }[]
}

type Payload = UnassignLicensesMutation["unassignLicenses"]
type Result = Payload["results"][number]

const useStyles = makeStyles({
  content: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalM },
  names: { listStyleType: "none", margin: 0, padding: 0, display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS },
  name: { display: "flex", alignItems: "center", gap: tokens.spacingHorizontalS },
})

interface UnassignDialogProps {
  readonly license: { readonly id: string; readonly product: { readonly name: string } }
  readonly chosen: readonly Unassignable[]
  /** The revision that was looked at: whoever changed the license since then is not overwritten (rule 35). */
  readonly seenRevision: number
  readonly onClose: () => void
  /** Some of it is done, at least: what was selected is no more to be chosen. */
  readonly onUnassigned: () => void
  /** Something was unassigned, or the list is not what it was. */
  readonly onChanged: () => void
}

export function UnassignDialog({ license, chosen, seenRevision, onClose, onUnassigned, onChanged }: UnassignDialogProps) {
  const styles = useStyles()
  const t = useText()
  const client = useClient()
  const principals = chosen.filter(({ inheritedFrom }) => inheritedFrom.length === 0).map(({ principal }) => principal)
  const inherited = chosen.filter(({ inheritedFrom }) => inheritedFrom.length > 0)
  const [reason, setReason] = useState("")
  /** As it is when a part is sent, which may be after an answer that failed to come. */
  const why = useRef<{ readonly reason?: string }>({})
  why.current = reason.trim() === "" ? {} : { reason: reason.trim() }
  const [running, setRunning] = useState<number>()
  const [problem, setProblem] = useState<{ readonly text: string; readonly mayRepeat: boolean }>()
  const [results, setResults] = useState<readonly Result[]>()
  const [deed, setDeed] = useState<Deed>()
  const undo = useUndo(deed, onChanged)
  const sayWithUndo = useUndoNotice()
  // As it was when the dialog opened: the page behind it goes on with what others do.
  const { seen, lookAgain } = useSeenRevision(seenRevision)
  const [looks, setLooks] = useState(0)
  const key = useRef(newKey())
  const run = useRef<Parts<PrincipalNameFragment, Payload>>(undefined)
  const refusalWords = useRefusalWords()
  // Of very many the ledger works out the first: the dialog says so.
  const foretold = principals.slice(0, MOST_FORETOLD)
  const { simulation, isAsking } = useSimulation(
    foretold.length > 0 ? { unassign: { licenseId: license.id, principalIds: foretold.map(({ id }) => id) } } : undefined,
    looks,
  )
  const effects = simulation?.licenses.find(({ licenseId }) => licenseId === license.id)
  const isLong = principals.length > AT_ONCE
  const isSending = running !== undefined

  const unassign = async () => {
    setProblem(undefined)
    // What was foretold happens, or nothing does.
    const simulated = simulation !== undefined
    const send = (part: readonly PrincipalNameFragment[], expectedRevision: number, from: number) =>
      sendCommand(
        client,
        UnassignLicensesDocument,
        ({ unassignLicenses }) => unassignLicenses,
        { licenseId: license.id, principalIds: part.map(({ id }) => id), expectedRevision, simulated, ...why.current },
        `${key.current} ${from}`,
      )
    const expectedRevision = simulation?.revision ?? seen ?? seenRevision
    run.current ??= new Parts({ client, licenseId: license.id, items: principals, expectedRevision, send, onDone: setRunning })
    setRunning(run.current.done)
    const ended = await run.current.carryOn()
    setRunning(undefined)
    if (run.current.done > 0) onUnassigned()
    onChanged()
    if (ended.kind === "failed") {
      return setProblem({ text: t("command.failed", { problem: sentenceOf(ended.error) }), mayRepeat: true })
    }
    if (ended.kind === "refused") {
      const isStale = ended.refusal.code === "STALE_VIEW" && run.current.done === 0
      setProblem({ text: refusalWords(ended.refusal), mayRepeat: isStale })
      if (isStale) return startAnew()
    }
    if (ended.kind === "refused" && run.current.done === 0) return
    setDeed(deedSoFar())
    setResults(run.current.payloads.flatMap((payload) => payload.results))
  }
  const deedSoFar = (): Deed | undefined => {
    if (!run.current) return undefined
    const results = run.current.payloads.flatMap((payload) => payload.results)
    const taken = results.filter(({ outcome }) => outcome === "UNASSIGNED").map(({ principal }) => principal)
    return deedOf({ kind: "unassigned", license, principals: taken, revision: run.current.revision })
  }
  /** What was sent under a key must not change: other words are another command. Had the first come through, this one is stale. */
  const reword = (text: string) => {
    key.current = newKey()
    setReason(text)
  }
  /** Told that something changed, the person looks at what would happen now, and decides again. */
  const startAnew = () => {
    run.current = undefined
    key.current = newKey()
    lookAgain()
    setLooks((count) => count + 1)
  }
  const isBusy = isSending || undo.state.kind === "running"
  const close = () => {
    // Also what was done before an answer failed to come.
    const left = deed ?? deedSoFar()
    if (left && undo.state.kind === "offered" && !undo.state.told) sayWithUndo(left, undo.waiters)
    onClose()
  }

  const isOver = results !== undefined || problem?.mayRepeat === false || principals.length === 0
  const isUndone = undo.state.kind === "over"
  const isTakenBack = undo.state.kind === "over" && undo.state.told.isUndone
  const closeButton = useRef<HTMLButtonElement>(null)
  // The button that was pressed is gone: the focus goes on to the one that is left.
  useEffect(() => {
    if (isOver || isUndone) closeButton.current?.focus()
  }, [isOver, isUndone])
  return (
    <Dialog
      open
      onOpenChange={(_, { open }) => {
        if (!open && !isBusy) close()
      }}
    >
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t("unassign.title")}</DialogTitle>
          <DialogContent className={styles.content}>
            {results ? (
              <>
                {isTakenBack ? null : (
                  <Outcome
                    results={results}
                    count={principals.length}
                    isShown={run.current?.payloads.every(({ visible }) => visible) !== false}
                  />
                )}
                {deed ? <UndoBar deed={deed} undo={undo} onLook={close} /> : null}
              </>
            ) : (
              <>
                {principals.length > 0 ? (
                  <>
                    <Text>{t("unassign.question", { count: principals.length, product: license.product.name })}</Text>
                    <Names principals={principals} />
                  </>
                ) : null}
                <div aria-live="polite" className={styles.content}>
                  {isAsking && isLong ? <Spinner size="tiny" labelPosition="after" label={t("simulation.asking")} /> : null}
                  {effects && principals.length > foretold.length ? (
                    <Text>{t("simulation.first", { count: foretold.length, rest: principals.length - foretold.length })}</Text>
                  ) : null}
                  {effects ? <WhatHappens effects={effects} named={principals.map(({ id }) => id)} /> : null}
                  {simulation?.refusal ? <Text>{refusalWords(simulation.refusal)}</Text> : null}
                </div>
                {inherited.length > 0 ? <Inherited people={inherited} /> : null}
                {principals.length > 0 ? (
                  <Field label={t("assign.reason")} hint={t("assign.reason.hint")}>
                    <Input value={reason} maxLength={500} disabled={isSending} onChange={(_, { value }) => reword(value)} />
                  </Field>
                ) : null}
              </>
            )}
            {isSending && isLong ? <Progress done={running} total={principals.length} /> : null}
            <div aria-live="assertive">
              {problem ? (
                <MessageBar intent="warning" layout="multiline">
                  <MessageBarBody>{problem.text}</MessageBarBody>
                </MessageBar>
              ) : null}
            </div>
          </DialogContent>
          <DialogActions>
            {isOver ? null : (
              <Button
                appearance="primary"
                disabled={isSending}
                icon={isSending && !isLong ? <Spinner size="tiny" /> : null}
                onClick={() => void unassign()}
              >
                {t("unassign.unassign")}
              </Button>
            )}
            {isSending && isLong ? (
              <Button onClick={() => run.current?.stop()}>{t("command.stop")}</Button>
            ) : (
              <Button ref={closeButton} appearance={isOver ? "primary" : "secondary"} disabled={isBusy} onClick={close}>
                {isOver ? t("assign.close") : t("command.cancel")}
              </Button>
            )}
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}

function Names({ principals }: { readonly principals: readonly PrincipalNameFragment[] }) {
  const styles = useStyles()
  const t = useText()
  return (
    <ul className={styles.names}>
      {principals.slice(0, NAMED).map((principal) => (
        <li key={principal.id} className={styles.name}>
          <PrincipalFace principal={principal} />
          <Text>{principal.displayName}</Text>
        </li>
      ))}
      {principals.length > NAMED ? <li>{t("unassign.others", { count: principals.length - NAMED })}</li> : null}
    </ul>
  )
}

/** Rule 13: what comes through a group ends with the group's assignment or with the membership. */
function Inherited({ people }: { readonly people: readonly Unassignable[] }) {
  const styles = useStyles()
  const t = useText()
  return (
    <MessageBar layout="multiline">
      <MessageBarBody className={styles.content}>
        {t("unassign.inherited", { count: people.length })}
        <ul className={styles.names}>
          {people.slice(0, NAMED).map(({ principal, inheritedFrom }) => (
            <li key={principal.id}>
              {t("unassign.through", {
                name: principal.displayName,
                groups: inheritedFrom.map(({ displayName }) => displayName).join(", "),
              })}
            </li>
          ))}
          {people.length > NAMED ? <li>{t("unassign.others", { count: people.length - NAMED })}</li> : null}
        </ul>
      </MessageBarBody>
    </MessageBar>
  )
}

/** How many lost the assignment, and who is licensed all the same (rule 9). */
interface OutcomeProps {
  readonly results: readonly Result[]
  readonly count: number
  /** False: some of it is kept, and what came of it cannot be read yet. */
  readonly isShown: boolean
}

function Outcome({ results, count, isShown }: OutcomeProps) {
  const styles = useStyles()
  const t = useText()
  const unassigned = results.filter(({ outcome }) => outcome === "UNASSIGNED").length
  const still = results.filter(({ stillLicensedVia }) => stillLicensedVia.length > 0)
  return (
    <div role="status" className={styles.content}>
      <Text>{isShown ? t("unassign.done", { unassigned, count }) : t("command.notVisible")}</Text>
      {still.length > 0 ? (
        <ul className={styles.names}>
          {still.slice(0, NAMED).map(({ principal, stillLicensedVia }) => (
            <li key={principal.id}>
              {t("unassign.still", {
                name: principal.displayName,
                groups: stillLicensedVia.map(({ displayName }) => displayName).join(", "),
              })}
            </li>
          ))}
          {still.length > NAMED ? <li>{t("unassign.others", { count: still.length - NAMED })}</li> : null}
        </ul>
      ) : null}
    </div>
  )
}
