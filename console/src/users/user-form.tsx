/** A new person, or changes of somebody's profile. What the server refuses is said beside the field it names. */
import { Field, Input, Switch, tokens } from "@fluentui/react-components"
import { useRef, useState } from "react"
import { newKey, useCommand } from "../api/command"
import { CreateUserDocument, UpdateUserDocument } from "../api/operations"
import { Confirm } from "../parts/confirm"
import { notUndone, useNotices } from "../parts/notices"
import { type Trouble, useTrouble } from "../parts/refusals"
import { useSeenRevision } from "../parts/seen-revision"
import { useText } from "../texts/texts"

const PROFILE = ["displayName", "userName", "mail"] as const
type ProfileField = (typeof PROFILE)[number]

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
  const t = useText()
  const say = useNotices()
  const troubleOf = useTrouble()
  const { seen, lookAgain } = useSeenRevision(seenRevision)
  // Only what was typed: a field that nobody touched here follows what others make of it meanwhile.
  const [typed, setTyped] = useState<Readonly<Partial<Record<ProfileField, string>>>>({})
  const shown = (field: ProfileField) => typed[field] ?? user?.[field] ?? ""
  const [active, setActive] = useState(true)
  const [trouble, setTrouble] = useState<Trouble>()
  const key = useRef(newKey())
  const create = useCommand(CreateUserDocument, ({ createUser }) => createUser)
  const update = useCommand(UpdateUserDocument, ({ updateUser }) => updateUser)
  const isSending = create.isSending || update.isSending

  /** What was sent under a key must not change; other words are another command. */
  const edit =
    (field: ProfileField) =>
    (_: unknown, { value }: { readonly value: string }) => {
      key.current = newKey()
      setTrouble(undefined)
      setTyped((before) => ({ ...before, [field]: value }))
    }

  const submit = async () => {
    setTrouble(undefined)
    const profile = { displayName: shown("displayName").trim(), userName: shown("userName").trim(), mail: shown("mail").trim() || null }
    if (user) {
      const changes = PROFILE.filter((field) => typed[field] !== undefined && profile[field] !== user[field])
      if (changes.length === 0) return onClose()
      const some = (of: Pick<EditedUser, ProfileField>) => Object.fromEntries(changes.map((field) => [field, of[field]]))
      const sent = await update.send({ userId: user.id, ...some(profile), expectedRevision: seen }, key.current)
      if (sent.kind !== "done") return notDone(troubleOf(sent))
      const undoKey = newKey()
      const undo = async () => {
        const undone = await update.send({ userId: user.id, ...some(user), expectedRevision: sent.payload.revision }, undoKey)
        say(undone.kind === "done" ? { text: t("user.unsaved", { name: user.displayName }) } : notUndone(troubleOf(undone), undo))
        onDone(user.id)
      }
      say({ text: t("user.saved", { name: profile.displayName }), undo })
      return onDone(user.id)
    }
    const sent = await create.send({ ...profile, active }, key.current)
    if (sent.kind !== "done") return notDone(troubleOf(sent))
    say({ text: t("user.created", { name: profile.displayName }), ...(sent.payload.visible ? {} : { detail: t("command.notVisible") }) })
    onDone(sent.payload.user?.id)
  }
  const notDone = (found: Trouble) => {
    setTrouble(found)
    if (found.isStale) {
      lookAgain()
      onStale?.()
    }
  }

  const problemOf = (field: string) =>
    trouble?.field === field ? ({ validationState: "error", validationMessage: trouble.words } as const) : {}
  const isBeside = PROFILE.some((field) => field === trouble?.field)
  return (
    <Confirm
      title={user ? t("user.edit.title", { name: user.displayName }) : t("user.create")}
      action={t(user ? "command.save" : "user.create.submit")}
      isReady={shown("displayName").trim() !== "" && shown("userName").trim() !== ""}
      isSending={isSending}
      trouble={isBeside ? undefined : trouble}
      onConfirm={() => void submit()}
      onClose={onClose}
    >
      <Field label={t("user.displayName")} required {...problemOf("displayName")}>
        <Input autoFocus value={shown("displayName")} maxLength={256} onChange={edit("displayName")} autoComplete="off" />
      </Field>
      <Field label={t("user.userName")} required hint={t("user.userName.hint")} {...problemOf("userName")}>
        <Input value={shown("userName")} maxLength={256} onChange={edit("userName")} autoComplete="off" spellCheck={false} />
      </Field>
      <Field label={t("user.mail")} {...problemOf("mail")}>
        <Input type="email" value={shown("mail")} maxLength={320} onChange={edit("mail")} autoComplete="off" />
      </Field>
      {user ? null : (
        <Field hint={t("user.active.hint")}>
          <Switch
            style={{ marginLeft: `calc(-1 * ${tokens.spacingHorizontalS})` }}
            label={t("user.active")}
            checked={active}
            onChange={(_, { checked }) => setActive(checked)}
          />
        </Field>
      )}
    </Confirm>
  )
}
