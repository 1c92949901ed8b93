/** What may be done to a person: edit, deactivate or reactivate, delete. */
import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from "@fluentui/react-components"
import {
  Delete20Regular,
  Edit20Regular,
  MoreHorizontal20Regular,
  PersonAvailable20Regular,
  PersonProhibited20Regular,
} from "@fluentui/react-icons"
import { lazy, Suspense, useRef, useState } from "react"
import { useNavigate } from "react-router"
import { useViewer } from "../session/viewer"
import { useMoment } from "../shell/moment"
import { useText } from "../texts/texts"
import type { EditedUser } from "./user-form"

const UserForm = lazy(async () => ({ default: (await import("./user-form")).UserForm }))
const ActiveDialog = lazy(async () => ({ default: (await import("./active-dialog")).ActiveDialog }))
const DeleteUserDialog = lazy(async () => ({ default: (await import("./delete-user-dialog")).DeleteUserDialog }))

interface UserActionsProps {
  readonly user: EditedUser & { readonly active: boolean }
  readonly seenRevision: number
  readonly onChanged: () => void
}

export function UserActions({ user, seenRevision, onChanged }: UserActionsProps) {
  const t = useText()
  const { isPast } = useMoment()
  const { may } = useViewer()
  const navigate = useNavigate()
  const [doing, setDoing] = useState<"edit" | "active" | "delete">()
  const menuButton = useRef<HTMLButtonElement>(null)
  if (!may("keepDirectory") || isPast) return null
  const close = () => {
    // A dialog gives the focus back to what opened it; a menu item is no longer there.
    if (doing === "delete") setTimeout(() => menuButton.current?.focus())
    setDoing(undefined)
  }
  const done = () => {
    setDoing(undefined)
    onChanged()
  }
  const shared = { user, seenRevision, onClose: close, onStale: onChanged }
  return (
    <>
      <Button icon={<Edit20Regular />} onClick={() => setDoing("edit")}>
        {t("user.edit")}
      </Button>
      <Button icon={user.active ? <PersonProhibited20Regular /> : <PersonAvailable20Regular />} onClick={() => setDoing("active")}>
        {t(user.active ? "user.deactivate" : "user.reactivate")}
      </Button>
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <Button ref={menuButton} appearance="subtle" icon={<MoreHorizontal20Regular />} aria-label={t("actions.more")} />
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuItem icon={<Delete20Regular />} onClick={() => setDoing("delete")}>
              {t("user.delete")}
            </MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
      <Suspense>
        {doing === "edit" ? <UserForm {...shared} onDone={done} /> : null}
        {doing === "active" ? <ActiveDialog {...shared} onDone={done} /> : null}
        {doing === "delete" ? <DeleteUserDialog {...shared} onDone={() => navigate("/users")} /> : null}
      </Suspense>
    </>
  )
}
