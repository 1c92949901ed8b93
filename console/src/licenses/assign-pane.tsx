/** The pane on the right: type a name, pick from the results, Assign, Close. */
import {
  Button,
  DrawerBody,
  DrawerFooter,
  DrawerHeader,
  DrawerHeaderTitle,
  Field,
  Input,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  makeStyles,
  OverlayDrawer,
  Spinner,
  Tag,
  TagPicker,
  TagPickerControl,
  TagPickerGroup,
  TagPickerInput,
  TagPickerList,
  TagPickerOption,
  Text,
  tokens,
} from "@fluentui/react-components"
import { CheckmarkCircle20Filled, Clock20Regular, Dismiss24Regular, Info20Regular } from "@fluentui/react-icons"
import { useEffect, useId, useRef, useState } from "react"
import { type CombinedError, useClient } from "urql"
import { sentenceOf } from "../api/client"
import { newKey, useCommand } from "../api/command"
import {
  AssignLicensesDocument,
  type AssignLicensesMutation,
  FindPrincipalsDocument,
  type OnShortage,
  type PrincipalNameFragment,
  type PrincipalType,
  type RefusalTextFragment,
  WaitingPlacesDocument,
} from "../api/operations"
import { PageLink } from "../parts/page-link"
import { useRefusalWords } from "../parts/refusals"
import { useText } from "../texts/texts"
import { AssignForecast } from "./assign-forecast"
import { PrincipalFace, useSecondLine } from "./principal"
import type { Deed } from "./undo"
import { UndoBar } from "./undo-bar"
import { deedOf, useUndo, useUndoNotice } from "./use-undo"

/** The most principals that one command takes (rule 15). */
const MOST = 100
const TYPING_MS = 150

type Result = AssignLicensesMutation["assignLicenses"]["results"][number] & { readonly place?: number | undefined }

const useStyles = makeStyles({
  body: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalL },
  results: { listStyleType: "none", margin: 0, padding: 0, display: "flex", flexDirection: "column", gap: tokens.spacingVerticalM },
  result: { display: "flex", alignItems: "center", gap: tokens.spacingHorizontalS },
  words: { display: "flex", flexDirection: "column", flexGrow: 1, minWidth: 0, overflowWrap: "anywhere" },
  seated: { color: tokens.colorPaletteGreenForeground1 },
  waits: { color: tokens.colorPaletteDarkOrangeForeground1 },
  footer: { display: "flex", gap: tokens.spacingHorizontalS },
})

interface AssignPaneProps {
  readonly license: { readonly id: string; readonly product: { readonly name: string } }
  readonly onClose: () => void
  /** Something was assigned. */
  readonly onAssigned: () => void
}

export function AssignPane({ license, onClose, onAssigned }: AssignPaneProps) {
  const styles = useStyles()
  const t = useText()
  const client = useClient()
  const [chosen, setChosen] = useState<readonly PrincipalNameFragment[]>([])
  const [reason, setReason] = useState("")
  const [results, setResults] = useState<readonly Result[]>()
  const [isVisible, setVisible] = useState(true)
  const [deed, setDeed] = useState<Deed>()
  const undo = useUndo(deed, onAssigned)
  const sayWithUndo = useUndoNotice()
  const [refusal, setRefusal] = useState<RefusalTextFragment>()
  const [problem, setProblem] = useState<string>()
  const { isSending, send } = useCommand(AssignLicensesDocument, ({ assignLicenses }) => assignLicenses)
  // One key for one choice: sent again after a lost answer, nothing happens twice.
  const key = useRef(newKey())
  const closeButton = useRef<HTMLButtonElement>(null)
  const isUndone = undo.state.kind === "over"
  const isTakenBack = undo.state.kind === "over" && undo.state.told.isUndone
  // The button that was pressed is gone: the focus goes on to the one that comes next.
  useEffect(() => {
    if (results || isUndone) closeButton.current?.focus()
  }, [results, isUndone])
  const isBusy = isSending || undo.state.kind === "running"

  const choose = (next: readonly PrincipalNameFragment[]) => {
    key.current = newKey()
    setRefusal(undefined)
    setProblem(undefined)
    setChosen(next)
  }

  /** What was sent under a key must not change: other words are another command. */
  const reword = (text: string) => {
    key.current = newKey()
    setReason(text)
  }

  const assign = async (onShortage: OnShortage) => {
    setRefusal(undefined)
    setProblem(undefined)
    const input = {
      licenseId: license.id,
      principalIds: chosen.map(({ id }) => id),
      onShortage,
      ...(reason.trim() === "" ? {} : { reason }),
    }
    const sent = await send(input, `${key.current} ${onShortage}`)
    if (sent.kind === "failed") return setProblem(sentenceOf(sent.error))
    if (sent.kind === "refused") return setRefusal(sent.refusal)
    onAssigned()
    const { payload } = sent
    const fresh = payload.results.filter(({ outcome }) => outcome !== "ALREADY_ASSIGNED").map(({ principal }) => principal)
    setDeed(deedOf({ kind: "assigned", license, principals: fresh, revision: payload.revision ?? 0 }))
    setVisible(payload.visible)
    setResults(await withPlaces(payload.results))
  }

  /** What is not looked at any more can still be undone for a while. */
  const leave = () => {
    if (deed && undo.state.kind === "offered" && !undo.state.told) sayWithUndo(deed)
    setDeed(undefined)
  }
  const close = () => {
    leave()
    onClose()
  }

  /** Whoever waits is told the place; the answer of the command does not say it. */
  const withPlaces = (of: readonly Result[]): Promise<readonly Result[]> =>
    Promise.all(
      of.map(async (result) => {
        if (result.outcome !== "WAITLISTED" || result.principal.__typename !== "User") return result
        const variables = { licenseId: license.id, userId: result.principal.id }
        const { data } = await client.query(WaitingPlacesDocument, variables, { requestPolicy: "network-only" }).toPromise()
        return { ...result, place: data?.license?.user?.waitlistPosition ?? undefined }
      }),
    )

  return (
    <OverlayDrawer
      open
      position="end"
      size="medium"
      onOpenChange={(_, { open }) => {
        if (!open && !isBusy) close()
      }}
    >
      <DrawerHeader>
        <DrawerHeaderTitle
          action={
            <Button appearance="subtle" aria-label={t("assign.dismiss")} icon={<Dismiss24Regular />} disabled={isBusy} onClick={close} />
          }
        >
          {t("assign.title")}
        </DrawerHeaderTitle>
        <Text>{license.product.name}</Text>
      </DrawerHeader>
      <DrawerBody>
        <div className={styles.body}>
          {results ? (
            <>
              {isVisible ? null : <Text role="status">{t("command.notVisible")}</Text>}
              {isVisible && !isTakenBack ? <Results results={results} licenseId={license.id} onLook={close} /> : null}
              {deed ? <UndoBar deed={deed} undo={undo} onLook={close} /> : null}
            </>
          ) : (
            <>
              <PrincipalPicker chosen={chosen} onChoose={choose} />
              {/* What was refused is no forecast any more. */}
              {refusal ? null : <AssignForecast licenseId={license.id} principalIds={chosen.map(({ id }) => id)} />}
              <Field label={t("assign.reason")} hint={t("assign.reason.hint")}>
                <Input value={reason} maxLength={500} onChange={(_, { value }) => reword(value)} />
              </Field>
            </>
          )}
          <div aria-live="polite">
            {refusal ? <Refused refusal={refusal} onWait={() => void assign("WAITLIST")} /> : null}
            {problem ? (
              <MessageBar intent="error" layout="multiline">
                <MessageBarBody>{t("command.failed", { problem })}</MessageBarBody>
              </MessageBar>
            ) : null}
          </div>
        </div>
      </DrawerBody>
      <DrawerFooter className={styles.footer}>
        {results ? (
          <Button
            disabled={isBusy}
            onClick={() => {
              leave()
              setResults(undefined)
              setReason("")
              choose([])
            }}
          >
            {t("assign.more")}
          </Button>
        ) : (
          <Button
            appearance="primary"
            disabled={chosen.length === 0 || isSending}
            icon={isSending ? <Spinner size="tiny" /> : undefined}
            onClick={() => void assign("REJECT")}
          >
            {t("assign.assign")}
          </Button>
        )}
        <Button ref={closeButton} appearance={results ? "primary" : "secondary"} disabled={isBusy} onClick={close}>
          {t("assign.close")}
        </Button>
      </DrawerFooter>
    </OverlayDrawer>
  )
}

/** Not enough seats is no dead end: whoever has none can wait. */
function Refused({ refusal, onWait }: { readonly refusal: RefusalTextFragment; readonly onWait: () => void }) {
  const t = useText()
  const refusalWords = useRefusalWords()
  const canWait = refusal.code === "NOT_ENOUGH_SEATS" || refusal.code === "LICENSE_SUSPENDED"
  const words =
    refusal.__typename === "NotEnoughSeats"
      ? t("assign.short", { available: refusal.available, required: refusal.required })
      : refusal.code === "LICENSE_SUSPENDED"
        ? t("assign.suspended")
        : refusalWords(refusal)
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>{words}</MessageBarBody>
      {canWait ? (
        <MessageBarActions>
          <Button onClick={onWait}>{t("assign.wait")}</Button>
        </MessageBarActions>
      ) : null}
    </MessageBar>
  )
}

interface ResultsProps {
  readonly results: readonly Result[]
  readonly licenseId: string
  /** The person goes on to see who waits. */
  readonly onLook: () => void
}

function Results({ results, licenseId, onLook }: ResultsProps) {
  const styles = useStyles()
  const t = useText()
  return (
    <ul className={styles.results} aria-label={t("assign.results")}>
      {results.map((result) => (
        <li key={result.principal.id} className={styles.result}>
          <PrincipalFace principal={result.principal} />
          <div className={styles.words}>
            <Text weight="semibold">{result.principal.displayName}</Text>
            <Text>{wordsFor(result, t)}</Text>
            {result.principal.__typename === "Group" && result.waitlisted > 0 ? (
              <PageLink to={`/licenses/${licenseId}/waitlist`} search={{ groupId: result.principal.id }} onFollow={onLook}>
                {t("assign.group.who")}
              </PageLink>
            ) : null}
          </div>
          {result.outcome === "ALREADY_ASSIGNED" ? <Info20Regular /> : null}
          {result.outcome !== "ALREADY_ASSIGNED" && result.waitlisted > 0 ? <Clock20Regular className={styles.waits} /> : null}
          {result.outcome === "ASSIGNED" && result.waitlisted === 0 ? <CheckmarkCircle20Filled className={styles.seated} /> : null}
        </li>
      ))}
    </ul>
  )
}

function wordsFor({ outcome, principal, seated, waitlisted, place }: Result, t: ReturnType<typeof useText>): string {
  if (outcome === "ALREADY_ASSIGNED") return t("assign.already")
  if (principal.__typename === "Group") return t("assign.group", { seated, waitlisted })
  if (outcome === "ASSIGNED") return t("assign.done")
  return place === undefined ? t("assign.waits") : t("assign.waitsAt", { place })
}

interface PickerProps {
  readonly chosen: readonly PrincipalNameFragment[]
  readonly onChoose: (chosen: readonly PrincipalNameFragment[]) => void
  /** Left out: users and groups. */
  readonly types?: readonly PrincipalType[]
  readonly label?: string
  readonly hint?: string
  readonly most?: number
}

export function PrincipalPicker({ chosen, onChoose, types, label: named, hint: told, most = MOST }: PickerProps) {
  const t = useText()
  const client = useClient()
  const secondLine = useSecondLine()
  const [typed, setTyped] = useState("")
  const [found, setFound] = useState<{ readonly for: string; readonly principals: readonly PrincipalNameFragment[] }>()
  const statusId = useId()
  const search = typed.trim()
  const [problem, setProblem] = useState<CombinedError>()
  useEffect(() => {
    setProblem(undefined)
    if (search === "") return
    let isLate = false
    const timer = setTimeout(async () => {
      const { data, error } = await client
        .query(FindPrincipalsDocument, { search, ...(types ? { types: [...types] } : {}) }, { requestPolicy: "network-only" })
        .toPromise()
      if (isLate) return
      setProblem(data ? undefined : error)
      if (data) setFound({ for: search, principals: data.principals.nodes })
    }, TYPING_MS)
    return () => {
      isLate = true
      clearTimeout(timer)
    }
  }, [client, search, types])

  // The pane gives the focus to its first button once it has opened; typing is what people come for.
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const timer = setTimeout(() => input.current?.focus())
    return () => clearTimeout(timer)
  }, [])

  const label = named ?? t("assign.who")
  // Never the results of other words: Enter would take somebody whom nobody meant.
  const isSearching = search !== "" && found?.for !== search && !problem
  const offered =
    search === "" || isSearching || problem ? [] : (found?.principals ?? []).filter(({ id }) => !chosen.some((one) => one.id === id))
  const isFull = chosen.length >= most
  const hint = isFull
    ? t("assign.full", { most })
    : search === ""
      ? (told ?? t("assign.hint"))
      : isSearching
        ? t("state.loading")
        : problem
          ? t("assign.searchFailed", { problem: sentenceOf(problem) })
          : t("assign.found", { count: offered.length })
  return (
    <Field label={label} hint={{ children: hint, id: statusId, "aria-live": "polite" }}>
      <TagPicker
        selectedOptions={chosen.map(({ id }) => id)}
        noPopover={search === "" || offered.length === 0}
        onOptionSelect={(_, { selectedOptions }) => {
          const known = [...chosen, ...offered]
          onChoose(selectedOptions.flatMap((id) => known.filter((one) => one.id === id)))
          setTyped("")
        }}
      >
        <TagPickerControl>
          <TagPickerGroup aria-label={t("assign.chosen")}>
            {chosen.map((principal) => (
              <Tag key={principal.id} value={principal.id} media={<PrincipalFace principal={principal} />} shape="rounded">
                {principal.displayName}
              </Tag>
            ))}
          </TagPickerGroup>
          <TagPickerInput
            ref={input}
            aria-label={label}
            value={typed}
            disabled={isFull}
            onChange={(event) => setTyped(event.target.value)}
          />
        </TagPickerControl>
        <TagPickerList aria-label={label}>
          {offered.map((principal) => (
            <TagPickerOption
              key={principal.id}
              value={principal.id}
              text={principal.displayName}
              media={<PrincipalFace principal={principal} />}
              secondaryContent={secondLine(principal)}
            >
              {principal.displayName}
            </TagPickerOption>
          ))}
        </TagPickerList>
      </TagPicker>
    </Field>
  )
}
