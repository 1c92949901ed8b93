/** What stands around every page: header, menu, the banner of the past. */
import {
  Button,
  Drawer,
  Menu,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItem,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
  makeStyles,
  mergeClasses,
  Persona,
  Subtitle2,
  Text,
  Tooltip,
  tokens,
} from "@fluentui/react-components"
import {
  CircleFilled,
  ClipboardTextLtr20Regular,
  Navigation24Regular,
  People20Regular,
  PeopleTeam20Regular,
  TicketDiagonal20Regular,
} from "@fluentui/react-icons"
import { type ReactNode, Suspense, useEffect, useState } from "react"
import { NavLink, Outlet, useLocation } from "react-router"
import { useConnectionState } from "../api/live"
import { Notices } from "../parts/notices"
import { Loading } from "../parts/states"
import { useViewer } from "../session/viewer"
import { LANGUAGES, type Language, type TextKey, useLanguage, useText } from "../texts/texts"
import { APPEARANCES, type AppearanceChoice, useAppearance } from "./appearance"
import { AsOfControl, PastBanner } from "./as-of"
import { useAtMoment } from "./moment"

const NARROW = "@media (max-width: 859px)"
const useStyles = makeStyles({
  shell: {
    display: "grid",
    gridTemplateColumns: "15rem minmax(0, 1fr)",
    gridTemplateRows: "auto minmax(0, 1fr)",
    height: "100vh",
    backgroundColor: tokens.colorNeutralBackground2,
    [NARROW]: { gridTemplateColumns: "minmax(0, 1fr)" },
  },
  skip: {
    position: "absolute",
    left: "-999px",
    ":focus": {
      left: tokens.spacingHorizontalM,
      top: tokens.spacingVerticalS,
      zIndex: 10,
      backgroundColor: tokens.colorNeutralBackground1,
      padding: tokens.spacingHorizontalS,
    },
  },
  header: {
    gridColumnStart: 1,
    gridColumnEnd: -1,
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalM,
    minHeight: "3rem",
    paddingLeft: tokens.spacingHorizontalL,
    paddingRight: tokens.spacingHorizontalM,
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  organization: {
    color: tokens.colorNeutralForeground2,
    overflow: "hidden",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
    flexGrow: 1,
    minWidth: 0,
  },
  menuButton: { display: "none", [NARROW]: { display: "inline-flex" } },
  wideOnly: { [NARROW]: { display: "none" } },
  menu: { overflowY: "auto", padding: tokens.spacingHorizontalM, [NARROW]: { display: "none" } },
  drawer: { padding: tokens.spacingHorizontalM, width: "15rem" },
  group: {
    display: "block",
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalS} ${tokens.spacingVerticalXS}`,
    color: tokens.colorNeutralForeground2,
  },
  list: { listStyleType: "none", margin: 0, padding: 0, display: "flex", flexDirection: "column", gap: tokens.spacingVerticalXXS },
  item: {
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: "none",
    ":hover": { backgroundColor: tokens.colorNeutralBackground1Hover },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  here: {
    backgroundColor: tokens.colorNeutralBackground1Selected,
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorBrandForeground1,
  },
  main: {
    overflowY: "auto",
    backgroundColor: tokens.colorNeutralBackground1,
    borderTopLeftRadius: tokens.borderRadiusXLarge,
    [NARROW]: { borderTopLeftRadius: 0 },
  },
  dot: { fontSize: "10px" },
  live: { color: tokens.colorPaletteGreenForeground3 },
  lost: { color: tokens.colorPaletteRedForeground3 },
  connecting: { color: tokens.colorNeutralForeground3 },
})

export function Shell() {
  const styles = useStyles()
  const t = useText()
  const { organization, may } = useViewer()
  const [isMenuOpen, setMenuOpen] = useState(false)
  const { pathname } = useLocation()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is what closes the menu.
  useEffect(() => setMenuOpen(false), [pathname])
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#content">
        {t("app.skip")}
      </a>
      <header className={styles.header}>
        <Button
          className={styles.menuButton}
          appearance="subtle"
          icon={<Navigation24Regular />}
          aria-label={t("nav.open")}
          onClick={() => setMenuOpen(true)}
        />
        <Subtitle2>{t("app.name")}</Subtitle2>
        <Text className={styles.organization}>{organization.name}</Text>
        <AsOfControl />
        {may("read") ? <ConnectionDot /> : null}
        <AccountMenu />
      </header>
      <nav className={styles.menu} aria-label={t("nav.label")}>
        <NavItems />
      </nav>
      <Drawer open={isMenuOpen} onOpenChange={(_, { open }) => setMenuOpen(open)} aria-label={t("nav.label")}>
        <nav className={styles.drawer} aria-label={t("nav.label")}>
          <NavItems />
        </nav>
      </Drawer>
      <main className={styles.main} id="content" tabIndex={-1}>
        <PastBanner />
        <Notices>
          <Suspense fallback={<Loading />}>
            <Outlet />
          </Suspense>
        </Notices>
      </main>
    </div>
  )
}

function NavItems() {
  const styles = useStyles()
  const t = useText()
  const { may, userId } = useViewer()
  if (!may("read")) {
    return (
      <ul className={styles.list}>
        <NavItem to={userId === undefined ? "/" : `/users/${userId}`} icon={<TicketDiagonal20Regular />} text={t("nav.own")} />
      </ul>
    )
  }
  return (
    <>
      <Text as="h2" size={200} weight="semibold" className={styles.group} id="nav-billing" style={{ margin: 0 }}>
        {t("nav.billing")}
      </Text>
      <ul className={styles.list} aria-labelledby="nav-billing">
        <NavItem to="/licenses" icon={<TicketDiagonal20Regular />} text={t("nav.licenses")} />
      </ul>
      <Text as="h2" size={200} weight="semibold" className={styles.group} id="nav-directory" style={{ margin: 0 }}>
        {t("nav.directory")}
      </Text>
      <ul className={styles.list} aria-labelledby="nav-directory">
        <NavItem to="/users" icon={<People20Regular />} text={t("nav.users")} />
        <NavItem to="/groups" icon={<PeopleTeam20Regular />} text={t("nav.groups")} />
      </ul>
      <Text as="h2" size={200} weight="semibold" className={styles.group} id="nav-audit" style={{ margin: 0 }}>
        {t("nav.audit")}
      </Text>
      <ul className={styles.list} aria-labelledby="nav-audit">
        <NavItem to="/history" icon={<ClipboardTextLtr20Regular />} text={t("nav.history")} />
      </ul>
    </>
  )
}

function NavItem({ to, icon, text }: { readonly to: string; readonly icon: ReactNode; readonly text: string }) {
  const styles = useStyles()
  const atMoment = useAtMoment()
  return (
    <li>
      <NavLink to={atMoment(to)} className={({ isActive }) => mergeClasses(styles.item, isActive && styles.here)}>
        {icon}
        {text}
      </NavLink>
    </li>
  )
}

function ConnectionDot() {
  const styles = useStyles()
  const t = useText()
  const state = useConnectionState()
  return (
    <Tooltip content={t(`connection.${state}` satisfies TextKey)} relationship="label">
      <span role="img" className={mergeClasses(styles.dot, styles[state])}>
        <CircleFilled />
      </span>
    </Tooltip>
  )
}

function AccountMenu() {
  const styles = useStyles()
  const t = useText()
  const { subject, roles, signOut } = useViewer()
  const { language, choose: chooseLanguage } = useLanguage()
  const { appearance, choose: chooseAppearance } = useAppearance()
  const roleNames = roles.map((role) => t(`role.${role}` satisfies TextKey)).join(", ")
  return (
    <Menu
      checkedValues={{ language: [language], appearance: [appearance] }}
      onCheckedValueChange={(_, { name, checkedItems: [chosen] }) => {
        if (name === "language") chooseLanguage(chosen as Language) // the items below
        if (name === "appearance") chooseAppearance(chosen as AppearanceChoice)
      }}
    >
      <MenuTrigger disableButtonEnhancement>
        <Button appearance="subtle" aria-label={t("account.menu", { name: subject })}>
          <Persona name={subject} secondaryText={roleNames} size="small" className={styles.wideOnly} />
          <Persona name={subject} size="small" primaryText={null} className={styles.menuButton} />
        </Button>
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
