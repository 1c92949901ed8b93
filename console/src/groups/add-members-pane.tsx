/** The pane on the right: type names, or paste a list of user names from elsewhere, and add them to the group. */
import {
  Button,
  DrawerBody,
  DrawerFooter,
  DrawerHeader,
  DrawerHeaderTitle,
  Field,
  MessageBar,
  MessageBarBody,
  makeStyles,
  OverlayDrawer,
  Spinner,
  Text,
  Textarea,
  tokens,
} from "@fluentui/react-components"
import { Dismiss24Regular } from "@fluentui/react-icons"
import { useState } from "react"
import { useClient } from "urql"
import { sentenceOf } from "../api/client"
import { type PrincipalNameFragment, UsersByUserNameDocument } from "../api/operations"
import { PrincipalPicker } from "../licenses/assign-pane"
import { Progress } from "../parts/progress"
import { useReturnFocus } from "../parts/return-focus"
import { useText } from "../texts/texts"
import { useMemberChanges, useMemberNotice } from "./member-changes"

const USERS = ["USER"] as const
/** Chosen by hand, as removable tags: more than this nobody looks through. */
const MOST_TAGS = 500
/** User names that one query takes. */
const LOOKED_UP = 100

const useStyles = makeStyles({
  body: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalL },
  footer: { display: "flex", gap: tokens.spacingHorizontalS },
  unknown: { overflowWrap: "anywhere" },
})

interface AddMembersPaneProps {
  readonly group: { readonly id: string; readonly displayName: string }
  readonly onClose: () => void
  readonly onChanged: () => void
}

export function AddMembersPane({ group, onClose, onChanged }: AddMembersPaneProps) {
  useReturnFocus()
  const styles = useStyles()
  const t = useText()
  const client = useClient()
  const [chosen, setChosen] = useState<readonly PrincipalNameFragment[]>([])
  const [list, setList] = useState("")
  const [unknown, setUnknown] = useState<readonly string[]>([])
  const [isLooking, setLooking] = useState(false)
  const [problem, setProblem] = useState<string>()
  const changes = useMemberChanges(group.id)
  const { isRunning, done, stop } = changes
  const tell = useMemberNotice(group, changes, onChanged)
  const isBusy = isRunning || isLooking
  const listed = namesIn(list)

  /** Ids of the pasted user names; undefined when some are not known, which are then shown. */
  const lookUp = async (): Promise<readonly string[] | undefined> => {
    const ids: string[] = []
    const known = new Set<string>()
    for (let from = 0; from < listed.length; from += LOOKED_UP) {
      const userNames = listed.slice(from, from + LOOKED_UP)
      const { data, error } = await client.query(UsersByUserNameDocument, { userNames }, { requestPolicy: "network-only" }).toPromise()
      if (error) {
        setProblem(t("command.failed", { problem: sentenceOf(error) }))
        return undefined
      }
      for (const { id, userName } of data?.usersByIdentity ?? []) {
        ids.push(id)
        known.add(userName.toLowerCase())
      }
    }
    const missing = listed.filter((name) => !known.has(name.toLowerCase()))
    setUnknown(missing)
    return missing.length > 0 ? undefined : ids
  }

  const add = async () => {
    setProblem(undefined)
    setLooking(true)
    const fromList = await lookUp().finally(() => setLooking(false))
    if (!fromList) return
    const ids = [...new Set([...chosen.map(({ id }) => id), ...fromList])]
    const changed = await changes.change("add", ids)
    const { done: added, trouble } = changed
    onChanged()
    if (added > 0) tell("add", changed)
    if (!trouble) return onClose()
    setProblem(added > 0 ? `${t("command.progress", { done: added, total: ids.length })}. ${trouble.words}` : trouble.words)
  }

  return (
    <OverlayDrawer
      open
      position="end"
      size="medium"
      onOpenChange={(_, { open }) => {
        if (!open && !isBusy) onClose()
      }}
    >
      <DrawerHeader>
        <DrawerHeaderTitle
          action={
            <Button appearance="subtle" aria-label={t("assign.dismiss")} icon={<Dismiss24Regular />} disabled={isBusy} onClick={onClose} />
          }
        >
          {t("members.add")}
        </DrawerHeaderTitle>
        <Text>{group.displayName}</Text>
      </DrawerHeader>
      <DrawerBody>
        <div className={styles.body}>
          <PrincipalPicker
            chosen={chosen}
            onChoose={setChosen}
            types={USERS}
            label={t("members.who")}
            hint={t("members.who.hint")}
            most={MOST_TAGS}
          />
          <Field
            label={t("members.list")}
            hint={listed.length === 0 ? t("members.list.hint") : t("members.list.count", { count: listed.length })}
          >
            <Textarea
              value={list}
              rows={4}
              spellCheck={false}
              onChange={(_, { value }) => {
                setList(value)
                setUnknown([])
              }}
            />
          </Field>
          <div aria-live="polite" className={styles.body}>
            {unknown.length > 0 ? (
              <MessageBar intent="warning" layout="multiline">
                <MessageBarBody className={styles.unknown}>
                  {t("members.unknown", { count: unknown.length, names: unknown.slice(0, 20).join(", ") })}{" "}
                  <Button
                    size="small"
                    onClick={() => {
                      setList(listed.filter((name) => !unknown.includes(name)).join("\n"))
                      setUnknown([])
                    }}
                  >
                    {t("members.unknown.leaveOut")}
                  </Button>
                </MessageBarBody>
              </MessageBar>
            ) : null}
            {problem ? (
              <MessageBar intent="error" layout="multiline">
                <MessageBarBody>{problem}</MessageBarBody>
              </MessageBar>
            ) : null}
          </div>
          {isRunning ? <Progress done={done} total={chosen.length + listed.length} /> : null}
        </div>
      </DrawerBody>
      <DrawerFooter className={styles.footer}>
        <Button
          appearance="primary"
          disabled={chosen.length + listed.length === 0 || isBusy}
          icon={isBusy ? <Spinner size="tiny" /> : null}
          onClick={() => void add()}
        >
          {t("members.add.submit")}
        </Button>
        {isRunning ? <Button onClick={stop}>{t("command.stop")}</Button> : null}
        <Button disabled={isBusy} onClick={onClose}>
          {t("assign.close")}
        </Button>
      </DrawerFooter>
    </OverlayDrawer>
  )
}

/** User names one a line, or with commas, semicolons or tabs between them, as spreadsheets and mails give them. */
function namesIn(text: string): readonly string[] {
  const names = new Map<string, string>()
  for (const part of text.split(/[\n\r,;\t]+/)) {
    const name = part.trim()
    if (name !== "") names.set(name.toLowerCase(), name)
  }
  return [...names.values()]
}
