/** What stands around every page: header, menu, the banner of the past. */
import { Button, makeStyles, mergeClasses, Subtitle2, Text, tokens, useRestoreFocusTarget } from "@fluentui/react-components"
import {
  CircleFilled,
  CircleRegular,
  ClipboardTextLtr20Regular,
  Navigation24Regular,
  People20Regular,
  PeopleTeam20Regular,
  PlugDisconnected16Filled,
  TicketDiagonal20Regular,
} from "@fluentui/react-icons"
import { lazy, type ReactNode, Suspense, useEffect, useState } from "react"
import { NavLink, Outlet, useLocation } from "react-router"
import { useConnectionState } from "../api/live"
import { Undoes } from "../licenses/undoes"
import { downloaded } from "../parts/downloaded"
import { Fault } from "../parts/fault"
import { Notices } from "../parts/notices"
import { Loading } from "../parts/states"
import logo from "../seatledger.svg"
import { useViewer } from "../session/viewer"
import { type TextKey, useText } from "../texts/texts"
import { Account } from "./account"
import { AsOfControl } from "./as-of"
import { LiveNote } from "./live-note"
import { useAtMoment, useMoment } from "./moment"

const PastBanner = downloaded(async () => (await import("./past")).PastBanner)
const PossibleMoment = lazy(async () => ({ default: (await import("./past")).PossibleMoment }))
const MenuDrawer = downloaded(async () => (await import("./menu-drawer")).MenuDrawer)

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
    [NARROW]: { gap: tokens.spacingHorizontalS, paddingLeft: tokens.spacingHorizontalS, paddingRight: tokens.spacingHorizontalS },
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  logo: { width: "24px", height: "24px", [NARROW]: { display: "none" } },
  organization: {
    color: tokens.colorNeutralForeground2,
    overflow: "hidden",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
    flexGrow: 1,
    minWidth: 0,
  },
  menuButton: { display: "none", [NARROW]: { display: "inline-flex" } },
  // Menu and page have their places in the grid: what lies over the page must not push them.
  menu: { gridColumnStart: 1, gridRowStart: 2, overflowY: "auto", padding: tokens.spacingHorizontalM, [NARROW]: { display: "none" } },
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
    color: tokens.colorBrandForeground2,
  },
  main: {
    gridColumnEnd: -1,
    gridRowStart: 2,
    overflowY: "auto",
    backgroundColor: tokens.colorNeutralBackground1,
    borderTopLeftRadius: tokens.borderRadiusXLarge,
    [NARROW]: { borderTopLeftRadius: 0 },
  },
  dot: { display: "inline-flex", justifyContent: "center", width: "16px", fontSize: "10px" },
  live: { color: tokens.colorPaletteGreenForeground3 },
  lost: { color: tokens.colorPaletteRedForeground3 },
  connecting: { color: tokens.colorNeutralForeground3 },
})

export function Shell() {
  const styles = useStyles()
  const t = useText()
  const { organization, may } = useViewer()
  const { isPast, text } = useMoment()
  const [isMenuOpen, setMenuOpen] = useState(false)
  const comesBack = useRestoreFocusTarget()
  const { pathname } = useLocation()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is what closes the menu.
  useEffect(() => setMenuOpen(false), [pathname])
  // Until the next answer comes urql holds the last one: another license, person or entry, or another moment, begins anew.
  const shown = `${pathname.split("/", 3).join("/")} ${text}`
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
          {...comesBack}
        />
        <img className={styles.logo} src={logo} alt="" />
        <Subtitle2>{t("app.name")}</Subtitle2>
        <Text className={styles.organization}>{organization.name}</Text>
        <AsOfControl />
        {may("read") ? <ConnectionDot /> : null}
        <Account />
      </header>
      <nav className={styles.menu} aria-label={t("nav.label")}>
        <NavItems />
      </nav>
      {isMenuOpen ? (
        <MenuDrawer close={() => setMenuOpen(false)}>
          <NavItems />
        </MenuDrawer>
      ) : null}
      <main className={styles.main} id="content" tabIndex={-1}>
        {isPast ? <PastBanner key={text} /> : null}
        <Notices>
          <Undoes>
            <Fault place={pathname}>
              <Suspense fallback={<Loading />}>
                {isPast ? (
                  <PossibleMoment key={text}>
                    <Outlet key={shown} />
                  </PossibleMoment>
                ) : (
                  <Outlet key={shown} />
                )}
              </Suspense>
            </Fault>
          </Undoes>
        </Notices>
      </main>
      {may("read") ? <LiveNote /> : null}
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

/** Told apart by their shapes, too. */
const DOTS = { live: <CircleFilled />, connecting: <CircleRegular />, lost: <PlugDisconnected16Filled /> }

function ConnectionDot() {
  const styles = useStyles()
  const t = useText()
  const state = useConnectionState()
  const name = t(`connection.${state}` satisfies TextKey)
  return (
    <span role="img" aria-label={name} title={name} className={mergeClasses(styles.dot, styles[state])}>
      {DOTS[state]}
    </span>
  )
}
