/** What may be done to a person: edit, deactivate or reactivate, delete. */
import { Button, makeStyles, tokens } from "@fluentui/react-components"
import {
  Delete20Regular,
  Edit20Regular,
  EraserTool20Regular,
  PersonAvailable20Regular,
  PersonProhibited20Regular,
} from "@fluentui/react-icons"
import { lazy, Suspense, useRef, useState } from "react"
import { useNavigate } from "react-router"
import { MoreActions } from "../parts/more-actions"
import { RoleNote } from "../parts/role-note"
import { useViewer } from "../session/viewer"
import { useMoment } from "../shell/moment"
import { useText } from "../texts/texts"
import type { EditedUser } from "./user-form"

const EraseDialog = lazy(async () => ({ default: (await import("./erase-dialog")).EraseDialog }))
const UserForm = lazy(async () => ({ default: (await import("./user-form")).UserForm }))
const ActiveDialog = lazy(async () => ({ default: (await import("./active-dialog")).ActiveDialog }))
const DeleteUserDialog = lazy(async () => ({ default: (await import("./delete-user-dialog")).DeleteUserDialog }))

// All three on one line of the narrowest window.
const useStyles = makeStyles({
  button: { "@media (max-width: 359px)": { paddingLeft: tokens.spacingHorizontalS, paddingRight: tokens.spacingHorizontalS } },
})

interface UserActionsProps {
  readonly user: EditedUser & { readonly active: boolean }
  readonly seenRevision: number
  readonly onChanged: () => void
}

export function UserActions({ user, seenRevision, onChanged }: UserActionsProps) {
  const styles = useStyles()
  const t = useText()
  const { isPast } = useMoment()
  const { may } = useViewer()
  const navigate = useNavigate()
  const [doing, setDoing] = useState<"edit" | "active" | "delete" | "erase">()
  const menuButton = useRef<HTMLButtonElement>(null)
  if (!may("keepDirectory") || isPast) return null
  const close = () => {
    // A dialog gives the focus back to what opened it; a menu item is no longer there.
    if (doing === "delete" || doing === "erase") setTimeout(() => menuButton.current?.focus())
    setDoing(undefined)
  }
  const done = () => {
    setDoing(undefined)
    onChanged()
  }
  const shared = { user, seenRevision, onClose: close, onStale: onChanged }
  return (
    <>
      <Button className={styles.button} icon={<Edit20Regular />} onClick={() => setDoing("edit")}>
        {t("user.edit")}
      </Button>
      <Button
        className={styles.button}
        icon={user.active ? <PersonProhibited20Regular /> : <PersonAvailable20Regular />}
        onClick={() => setDoing("active")}
      >
        {t(user.active ? "user.deactivate" : "user.reactivate")}
      </Button>
      <MoreActions
        button={menuButton}
        actions={[
          { text: t("user.delete"), icon: <Delete20Regular />, onChoose: () => setDoing("delete") },
          ...(may("erase")
            ? [{ text: t("erase.open"), icon: <EraserTool20Regular />, isApart: true, onChoose: () => setDoing("erase") }]
            : []),
        ]}
        note={may("erase") ? null : <RoleNote action="erase" text="erase.readOnly" />}
      />
      <Suspense>
        {doing === "edit" ? <UserForm {...shared} onDone={done} /> : null}
        {doing === "active" ? <ActiveDialog {...shared} onDone={done} /> : null}
        {doing === "delete" ? <DeleteUserDialog {...shared} onDone={() => navigate("/users")} /> : null}
        {doing === "erase" ? <EraseDialog user={user} onClose={close} onDone={() => navigate("/users")} /> : null}
      </Suspense>
    </>
  )
}
