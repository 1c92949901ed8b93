/** A group: its members, the licenses that they have through it, its history. */
import { Breadcrumb, BreadcrumbItem, Button } from "@fluentui/react-components"
import { Delete20Regular, Edit20Regular, PeopleAdd20Regular } from "@fluentui/react-icons"
import { lazy, Suspense, useRef, useState } from "react"
import { useNavigate, useParams } from "react-router"
import { useQuery } from "urql"
import { useChanges } from "../api/live"
import { GroupDocument, type GroupMembersQuery } from "../api/operations"
import { Deleted } from "../parts/deleted"
import { HistoryOf } from "../parts/history-of"
import { MoreActions } from "../parts/more-actions"
import { Page } from "../parts/page"
import { PageLink } from "../parts/page-link"
import { PageTabs } from "../parts/page-tabs"
import { RoleNote } from "../parts/role-note"
import { Failed, Loading, Missing } from "../parts/states"
import { useViewer } from "../session/viewer"
import { useMoment } from "../shell/moment"
import { useText } from "../texts/texts"
import { GroupLicenses } from "./group-licenses"
import { GroupMembers } from "./group-members"

const AddMembersPane = lazy(async () => ({ default: (await import("./add-members-pane")).AddMembersPane }))
const DeleteGroupDialog = lazy(async () => ({ default: (await import("./delete-group-dialog")).DeleteGroupDialog }))
const GroupForm = lazy(async () => ({ default: (await import("./group-form")).GroupForm }))
const RemoveMembersDialog = lazy(async () => ({ default: (await import("./remove-members-dialog")).RemoveMembersDialog }))

export type Member = NonNullable<GroupMembersQuery["group"]>["members"]["nodes"][number]

/** Who is to leave, and how the list forgets that they were selected. */
export interface Removal {
  readonly members: readonly Member[]
  readonly clear: () => void
}

const TABS = ["members", "licenses", "history"] as const
type TabName = (typeof TABS)[number]

export function GroupPage() {
  const t = useText()
  const { groupId = "", tab = "members" } = useParams()
  const { asOf, isPast } = useMoment()
  const { may } = useViewer()
  const navigate = useNavigate()
  const [doing, setDoing] = useState<"add" | "rename" | "delete">()
  const [removing, setRemoving] = useState<Removal>()
  const menuButton = useRef<HTMLButtonElement>(null)
  const [{ data, error }, again] = useQuery({ query: GroupDocument, variables: { groupId, asOf } })
  const reload = () => again({ requestPolicy: "network-only" })
  const licenseIds = new Set(data?.group?.assignments.nodes.map(({ license }) => license.id))
  useChanges((change) => JSON.stringify(change.data).includes(`"${groupId}"`) || licenseIds.has(change.license?.id ?? ""), reload)

  if (error && !data) return <Failed error={error} retry={reload} />
  if (!data) return <Loading />
  if (!TABS.some((name) => name === tab)) return <Missing />
  if (!data.group) return <Deleted kind="group" id={groupId} />
  const { group } = data
  const mayChange = may("keepDirectory") && !isPast
  const titles: Readonly<Record<TabName, string>> = {
    members: t("group.tab.members", { count: group.memberCount }),
    licenses: t("user.licenses", { count: group.assignments.totalCount }),
    history: t("nav.history"),
  }
  const seenRevision = data.viewer.organization?.revision ?? 0
  const close = () => {
    // A menu item that opened a dialog is no longer there to take the focus.
    if (doing === "delete" || doing === "rename") setTimeout(() => menuButton.current?.focus())
    setDoing(undefined)
    setRemoving(undefined)
  }
  const done = () => {
    close()
    reload()
  }
  const shared = { group, seenRevision, onClose: close, onStale: reload }
  return (
    <Page
      title={group.displayName}
      path={`/groups/${groupId}`}
      trail={
        <Breadcrumb aria-label={t("trail.label")}>
          <BreadcrumbItem>
            <PageLink to="/groups">{t("nav.groups")}</PageLink>
          </BreadcrumbItem>
        </Breadcrumb>
      }
      actions={
        mayChange ? (
          <>
            <Button appearance="primary" icon={<PeopleAdd20Regular />} onClick={() => setDoing("add")}>
              {t("members.add")}
            </Button>
            <MoreActions
              button={menuButton}
              actions={[
                { text: t("group.rename"), icon: <Edit20Regular />, onChoose: () => setDoing("rename") },
                { text: t("group.delete"), icon: <Delete20Regular />, onChoose: () => setDoing("delete") },
              ]}
            />
          </>
        ) : (
          <RoleNote action="keepDirectory" text="groups.readOnly" />
        )
      }
    >
      <PageTabs
        label={group.displayName}
        path={`/groups/${groupId}`}
        shown={tab as TabName}
        tabs={TABS.map((name) => ({ name, title: titles[name] }))}
      >
        {tab === "members" ? <GroupMembers groupId={groupId} onRemove={mayChange ? setRemoving : undefined} /> : null}
        {tab === "licenses" ? <GroupLicenses groupId={groupId} /> : null}
        {tab === "history" ? <HistoryOf subject={{ groupId }} /> : null}
      </PageTabs>
      <Suspense>
        {doing === "add" ? <AddMembersPane group={group} onClose={close} onChanged={reload} /> : null}
        {doing === "rename" ? <GroupForm {...shared} onDone={done} /> : null}
        {doing === "delete" ? <DeleteGroupDialog {...shared} onDone={() => navigate("/groups")} /> : null}
        {removing ? <RemoveMembersDialog group={group} removal={removing} onClose={close} onChanged={reload} /> : null}
      </Suspense>
    </Page>
  )
}
