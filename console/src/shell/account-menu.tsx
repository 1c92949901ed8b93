/** Language, appearance, sign out. Downloaded when somebody is about to open it. */
import {
  Menu,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItem,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from "@fluentui/react-components"
import { useFirstOpen } from "../parts/on-demand"
import { useViewer } from "../session/viewer"
import { LANGUAGES, type Language, type TextKey, useLanguage, useText } from "../texts/texts"
import { AccountButton } from "./account"
import { APPEARANCES, type AppearanceChoice, useAppearance } from "./appearance"

export function AccountMenu() {
  const { isOpen, setOpen, button } = useFirstOpen()
  const t = useText()
  const { signOut } = useViewer()
  const { language, choose: chooseLanguage } = useLanguage()
  const { appearance, choose: chooseAppearance } = useAppearance()
  return (
    <Menu
      open={isOpen}
      onOpenChange={(_, { open }) => setOpen(open)}
      checkedValues={{ language: [language], appearance: [appearance] }}
      onCheckedValueChange={(_, { name, checkedItems: [chosen] }) => {
        if (name === "language") chooseLanguage(chosen as Language) // the items below
        if (name === "appearance") chooseAppearance(chosen as AppearanceChoice)
      }}
    >
      <MenuTrigger disableButtonEnhancement>
        <AccountButton ref={button} />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuGroup>
            <MenuGroupHeader>{t("account.language")}</MenuGroupHeader>
            {Object.entries(LANGUAGES).map(([tag, name]) => (
              <MenuItemRadio key={tag} name="language" value={tag} lang={tag}>
                {name}
              </MenuItemRadio>
            ))}
          </MenuGroup>
          <MenuDivider />
          <MenuGroup>
            <MenuGroupHeader>{t("account.theme")}</MenuGroupHeader>
            {APPEARANCES.map((choice) => (
              <MenuItemRadio key={choice} name="appearance" value={choice}>
                {t(`account.theme.${choice}` satisfies TextKey)}
              </MenuItemRadio>
            ))}
          </MenuGroup>
          <MenuDivider />
          <MenuItem onClick={signOut}>{t("account.signOut")}</MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  )
}
