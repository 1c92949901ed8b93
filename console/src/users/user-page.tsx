/** A person: profile, licenses and why, groups, history. */
import { Breadcrumb, BreadcrumbItem, MessageBar, MessageBarBody, makeStyles, Text, tokens } from "@fluentui/react-components"
import { useParams } from "react-router"
import { useQuery } from "urql"
import { useChanges } from "../api/live"
import { UserDocument } from "../api/operations"
import { PrincipalFace } from "../licenses/principal"
import { Deleted } from "../parts/deleted"
import { HistoryOf } from "../parts/history-of"
import { Page } from "../parts/page"
import { PageLink } from "../parts/page-link"
import { PageTabs } from "../parts/page-tabs"
import { RoleNote } from "../parts/role-note"
import { Failed, Loading, Missing } from "../parts/states"
import { useViewer } from "../session/viewer"
import { useMoment } from "../shell/moment"
import { useText } from "../texts/texts"
import { ActiveBadge } from "./active-badge"
import { EraseButton } from "./erase-button"
import { UserActions } from "./user-actions"
import { UserGroups } from "./user-groups"
import { UserLicenses } from "./user-licenses"
import { useWhenBack } from "./when-back"

const TABS = ["licenses", "groups", "history"] as const
type TabName = (typeof TABS)[number]

const useStyles = makeStyles({
  about: { display: "flex", alignItems: "flex-start", gap: tokens.spacingHorizontalM },
  facts: {
    display: "flex",
    flexWrap: "wrap",
    gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalXXL}`,
    margin: 0,
    minWidth: 0,
    flexGrow: 1,
  },
  fact: { display: "flex", flexDirection: "column", minWidth: 0, overflowWrap: "anywhere" },
  name: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  value: { margin: 0 },
  note: { marginTop: tokens.spacingVerticalM },
  hint: { marginTop: tokens.spacingVerticalXL, color: tokens.colorNeutralForeground2 },
})

export function UserPage() {
  const styles = useStyles()
  const t = useText()
  const { userId = "", tab = "licenses" } = useParams()
  const { asOf } = useMoment()
  const viewer = useViewer()
  const isAdmin = viewer.may("read")
  const [{ data, error }, again] = useQuery({ query: UserDocument, variables: { userId, asOf } })
  const reload = () => again({ requestPolicy: "network-only" })
  useChanges((change) => mentions(change.data, userId), reload)
  useWhenBack(reload)

  if (error && !data) return <Failed error={error} retry={reload} />
  if (!data) return <Loading />
  const tabs = isAdmin ? TABS : TABS.filter((name) => name !== "history")
  if (!tabs.some((name) => name === tab)) return <Missing />
  if (!data.user) {
    if (!isAdmin) return <Missing />
    return (
      <Deleted kind="user" id={userId}>
        <EraseButton userId={userId} />
      </Deleted>
    )
  }
  const { user } = data
  const titles: Readonly<Record<TabName, string>> = {
    licenses: t("user.licenses", { count: user.licenses.totalCount }),
    groups: t("user.groups", { count: user.groups.totalCount }),
    history: t("nav.history"),
  }
  const fact = (name: string, value: string) => (
    <div className={styles.fact}>
      <dt className={styles.name}>{name}</dt>
      <dd className={styles.value}>{value}</dd>
    </div>
  )
  return (
    <Page
      title={user.displayName}
      path={`/users/${userId}`}
      trail={
        isAdmin ? (
          <Breadcrumb aria-label={t("trail.label")}>
            <BreadcrumbItem>
              <PageLink to="/users">{t("nav.users")}</PageLink>
            </BreadcrumbItem>
          </Breadcrumb>
        ) : null
      }
      actions={
        <>
          <UserActions user={user} seenRevision={data.viewer.organization?.revision ?? 0} onChanged={reload} />
          {isAdmin ? <RoleNote action="keepDirectory" text="users.readOnly" /> : null}
        </>
      }
    >
      <div className={styles.about}>
        <PrincipalFace principal={{ __typename: "User", ...user }} />
        <dl className={styles.facts}>
          <div className={styles.fact}>
            <dt className={styles.name}>{t("user.account")}</dt>
            <dd className={styles.value}>
              <ActiveBadge active={user.active} />
            </dd>
          </div>
          {fact(t("user.userName"), user.userName)}
          {fact(t("user.mail"), user.mail ?? "–")}
          {user.externalId === null ? null : fact(t("user.externalId"), user.externalId)}
        </dl>
      </div>
      {user.active ? null : (
        <MessageBar className={styles.note} intent="warning" layout="multiline">
          <MessageBarBody>{t("user.inactive.means")}</MessageBarBody>
        </MessageBar>
      )}
      <PageTabs
        label={user.displayName}
        path={`/users/${userId}`}
        shown={tab as TabName}
        tabs={tabs.map((name) => ({ name, title: titles[name] }))}
      >
        {tab === "licenses" ? <UserLicenses userId={userId} isActive={user.active} /> : null}
        {tab === "groups" ? <UserGroups userId={userId} /> : null}
        {tab === "history" ? <HistoryOf subject={{ userId }} /> : null}
      </PageTabs>
      {isAdmin ? null : (
        <Text className={styles.hint} as="p" block>
          {t("user.own.hint")}
        </Text>
      )}
    </Page>
  )
}

/** The event's data names this person or group. */
export function mentions(data: unknown, id: string): boolean {
  return JSON.stringify(data).includes(`"${id}"`)
}
