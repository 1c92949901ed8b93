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
  ProgressBar,
  Text,
  tokens,
} from "@fluentui/react-components"
import { useRef, useState } from "react"
import { sentenceOf } from "../api/client"
import { newKey, useCommand } from "../api/command"
import { type PrincipalNameFragment, UnassignLicensesDocument, type UnassignLicensesMutation } from "../api/operations"
import { useText } from "../texts/texts"
import { PrincipalFace } from "./principal"

/** The most principals that one command takes (rule 15). */
const AT_ONCE = 100
/** Names that the dialog shows; of more it says how many. */
const NAMED = 8

/** Somebody who was selected. Licensed through groups only: then there is nothing of their own to take away (rule 13). */
export interface Unassignable {
  readonly principal: PrincipalNameFragment
  /** The groups that alone entitle the person; empty when the license was assigned to this one directly. */
  readonly inheritedFrom: readonly { readonly id: string; readonly displayName: string }[]
}

type Result = UnassignLicensesMutation["unassignLicenses"]["results"][number]

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
  /** Something was unassigned, or the list is not what it was. */
  readonly onChanged: () => void
}

export function UnassignDialog({ license, chosen, seenRevision, onClose, onChanged }: UnassignDialogProps) {
  const styles = useStyles()
  const t = useText()
  const principals = chosen.filter(({ inheritedFrom }) => inheritedFrom.length === 0).map(({ principal }) => principal)
  const inherited = chosen.filter(({ inheritedFrom }) => inheritedFrom.length > 0)
  const [reason, setReason] = useState("")
  const [done, setDone] = useState(0)
  const [problem, setProblem] = useState<{ readonly text: string; readonly mayRepeat: boolean }>()
  const [results, setResults] = useState<readonly Result[]>()
  const isStopped = useRef(false)
  /** Of the parts carried out, also before one that failed. */
  const soFar = useRef<readonly Result[]>([])
  // As it was when the dialog opened: the page behind it goes on with what others do.
  const [seen] = useState(seenRevision)
  const key = useRef(newKey())
  const { isSending, send } = useCommand(UnassignLicensesDocument, ({ unassignLicenses }) => unassignLicenses)

  const unassign = async () => {
    setProblem(undefined)
    isStopped.current = false
    let expectedRevision = seen
    for (let from = done; from < principals.length && !isStopped.current; from += AT_ONCE) {
      const principalIds = principals.slice(from, from + AT_ONCE).map(({ id }) => id)
      const input = { licenseId: license.id, principalIds, expectedRevision, ...(reason.trim() === "" ? {} : { reason }) }
      const sent = await send(input, `${key.current} ${from}`)
      if (sent.kind !== "done") {
        setProblem(
          sent.kind === "failed"
            ? { text: t("command.failed", { problem: sentenceOf(sent.error) }), mayRepeat: true }
            : { text: sent.refusal.code === "STALE_VIEW" ? t("command.stale") : sent.refusal.message, mayRepeat: false },
        )
        onChanged()
        return
      }
      // What we did ourselves is no surprise to the next part.
      expectedRevision = sent.payload.revision ?? expectedRevision
      soFar.current = [...soFar.current, ...sent.payload.results]
      setDone(from + principalIds.length)
    }
    onChanged()
    setResults(soFar.current)
  }

  const isOver = results !== undefined || problem?.mayRepeat === false || principals.length === 0
  return (
    <Dialog
      open
      onOpenChange={(_, { open }) => {
        if (!open && !isSending) onClose()
      }}
    >
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t("unassign.title")}</DialogTitle>
          <DialogContent className={styles.content}>
            {results ? (
              <Outcome results={results} count={principals.length} />
            ) : (
              <>
                {principals.length > 0 ? (
                  <>
                    <Text>{t("unassign.question", { count: principals.length, product: license.product.name })}</Text>
                    <Names principals={principals} />
                  </>
                ) : null}
                {inherited.length > 0 ? <Inherited people={inherited} /> : null}
                {principals.length > 0 ? (
                  <Field label={t("assign.reason")} hint={t("assign.reason.hint")}>
                    <Input value={reason} maxLength={500} onChange={(_, { value }) => setReason(value)} />
                  </Field>
                ) : null}
              </>
            )}
            {isSending && principals.length > AT_ONCE ? (
              <Field validationMessage={t("command.progress", { done, total: principals.length })} validationState="none">
                <ProgressBar value={done} max={principals.length} />
              </Field>
            ) : null}
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
              <Button appearance="primary" disabled={isSending} onClick={() => void unassign()}>
                {t("unassign.unassign")}
              </Button>
            )}
            {isSending && principals.length > AT_ONCE ? (
              <Button
                onClick={() => {
                  isStopped.current = true
                }}
              >
                {t("command.stop")}
              </Button>
            ) : (
              <Button appearance={isOver ? "primary" : "secondary"} disabled={isSending} onClick={onClose}>
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
function Outcome({ results, count }: { readonly results: readonly Result[]; readonly count: number }) {
  const styles = useStyles()
  const t = useText()
  const unassigned = results.filter(({ outcome }) => outcome === "UNASSIGNED").length
  const still = results.filter(({ stillLicensedVia }) => stillLicensedVia.length > 0)
  return (
    <div role="status" className={styles.content}>
      <Text>{t("unassign.done", { unassigned, count })}</Text>
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
