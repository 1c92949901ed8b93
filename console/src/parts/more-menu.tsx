/** The menu of `more-actions.tsx`. Downloaded when somebody is about to open it. */
import { Menu, MenuDivider, MenuGroupHeader, MenuItem, MenuList, MenuPopover, MenuTrigger } from "@fluentui/react-components"
import { Fragment } from "react"
import { type MoreActionsProps, MoreButton } from "./more-actions"
import { useFirstOpen } from "./on-demand"

export function MoreMenu({ button, actions, note }: MoreActionsProps) {
  const { isOpen, setOpen } = useFirstOpen(button)
  return (
    <Menu open={isOpen} onOpenChange={(_, { open }) => setOpen(open)}>
      <MenuTrigger disableButtonEnhancement>
        <MoreButton ref={button} />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {actions.map(({ text, icon, isApart = false, onChoose }) => (
            <Fragment key={text}>
              {isApart ? <MenuDivider /> : null}
              <MenuItem icon={icon} onClick={onChoose}>
                {text}
              </MenuItem>
            </Fragment>
          ))}
          {note ? <MenuGroupHeader>{note}</MenuGroupHeader> : null}
        </MenuList>
      </MenuPopover>
    </Menu>
  )
}
