/** A new person, or changes of somebody's profile. What the server refuses is said beside the field it names. */
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
  Switch,
  tokens,
} from "@fluentui/react-components"
import { type FormEvent, useRef, useState } from "react"
import { newKey, useCommand } from "../api/command"
import { CreateUserDocument, UpdateUserDocument } from "../api/operations"
import { useNotices } from "../parts/notices"
import { type Trouble, useTrouble } from "../parts/refusals"
import { useText } from "../texts/texts"

const useStyles = makeStyles({
  fields: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalM },
})

export interface EditedUser {
  readonly id: string
  readonly displayName: string
  readonly userName: string
  readonly mail: string | null
}

interface UserFormProps {
  /** Left out: a new person. */
  readonly user?: EditedUser
  /** The revision that was looked at: whoever changed the person since then is not overwritten (rule 35). */
  readonly seenRevision?: number
  readonly onClose: () => void
  /** With the id of the person, unless it is not shown yet. */
  readonly onDone: (userId: string | undefined) => void
  /** What was looked at is not what there is. */
  readonly onStale?: () => void
}

export function UserForm({ user, seenRevision, onClose, onDone, onStale }: UserFormProps) {
  const styles = useStyles()
  const t = useText()
  const say = useNotices()
  const troubleOf = useTrouble()
  const [displayName, setDisplayName] = useState(user?.displayName ?? "")
  const [userName, setUserName] = useState(user?.userName ?? "")
  const [mail, setMail] = useState(user?.mail ?? "")
  const [active, setActive] = useState(true)
  const [trouble, setTrouble] = useState<Trouble>()
  const key = useRef(newKey())
  const create = useCommand(CreateUserDocument, ({ createUser }) => createUser)
  const update = useCommand(UpdateUserDocument, ({ updateUser }) => updateUser)
  const isSending = create.isSending || update.isSending

  /** What was sent under a key must not change; other words are another command. */
  const edit = (set: (value: string) => void) => (_: unknown, { value }: { readonly value: string }) => {
    key.current = newKey()
    setTrouble(undefined)
    set(value)
  }

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setTrouble(undefined)
    const profile = { displayName: displayName.trim(), userName: userName.trim(), mail: mail.trim() === "" ? null : mail.trim() }
    if (user) {
      const changed = {
        ...(profile.displayName === user.displayName ? {} : { displayName: profile.displayName }),
        ...(profile.userName === user.userName ? {} : { userName: profile.userName }),
        ...(profile.mail === user.mail ? {} : { mail: profile.mail }),
      }
      if (Object.keys(changed).length === 0) return onClose()
      const sent = await update.send({ userId: user.id, ...changed, expectedRevision: seenRevision ?? null }, key.current)
      if (sent.kind !== "done") return notDone(troubleOf(sent))
      const { displayName, userName, mail } = user
      say({
        text: t("user.saved", { name: profile.displayName }),
        undo: async () => {
          const undone = await update.send({ userId: user.id, displayName, userName, mail, expectedRevision: sent.payload.revision })
          say(undone.kind === "done" ? { text: t("user.saved", { name: displayName }) } : { text: troubleOf(undone).words, intent: "error" })
          onDone(user.id)
        },
      })
      return onDone(user.id)
    }
    const sent = await create.send({ ...profile, active }, key.current)
    if (sent.kind !== "done") return notDone(troubleOf(sent))
    say({ text: t("user.created", { name: profile.displayName }), ...(sent.payload.visible ? {} : { detail: t("command.notVisible") }) })
    onDone(sent.payload.user?.id)
  }
  const notDone = (found: Trouble) => {
    setTrouble(found)
    if (found.isStale) onStale?.()
  }

  const problemOf = (field: string) =>
    trouble?.field === field ? ({ validationState: "error", validationMessage: trouble.words } as const) : {}
  const isBeside = trouble !== undefined && ["displayName", "userName", "mail"].includes(trouble.field ?? "")
  return (
    <Dialog
      open
      onOpenChange={(_, { open }) => {
        if (!open && !isSending) onClose()
      }}
    >
      <DialogSurface>
        <form onSubmit={(event) => void submit(event)}>
          <DialogBody>
            <DialogTitle>{user ? t("user.edit.title", { name: user.displayName }) : t("user.create")}</DialogTitle>
            <DialogContent className={styles.fields}>
              <Field label={t("user.displayName")} required {...problemOf("displayName")}>
                <Input autoFocus value={displayName} maxLength={256} onChange={edit(setDisplayName)} autoComplete="off" />
              </Field>
              <Field label={t("user.userName")} required hint={t("user.userName.hint")} {...problemOf("userName")}>
                <Input value={userName} maxLength={256} onChange={edit(setUserName)} autoComplete="off" spellCheck={false} />
              </Field>
              <Field label={t("user.mail")} {...problemOf("mail")}>
                <Input type="email" value={mail} maxLength={320} onChange={edit(setMail)} autoComplete="off" />
              </Field>
              {user ? null : (
                <Field hint={t("user.active.hint")}>
                  <Switch label={t("user.active")} checked={active} onChange={(_, { checked }) => setActive(checked)} />
                </Field>
              )}
              <div aria-live="assertive">
                {trouble && !isBeside ? (
                  <MessageBar intent={trouble.isStale ? "warning" : "error"} layout="multiline">
                    <MessageBarBody>{trouble.words}</MessageBarBody>
                  </MessageBar>
                ) : null}
              </div>
            </DialogContent>
            <DialogActions>
              <Button
                type="submit"
                appearance="primary"
                disabled={isSending || displayName.trim() === "" || userName.trim() === "" || (trouble?.isStale ?? false)}
              >
                {t(user ? "command.save" : "user.create.submit")}
              </Button>
              <Button disabled={isSending} onClick={onClose}>
                {t("command.cancel")}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  )
}
