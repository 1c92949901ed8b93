/** The license details page: seats, who holds them and why, and what an admin does about it. */
import {
  Breadcrumb,
  BreadcrumbDivider,
  BreadcrumbItem,
  Button,
  MessageBar,
  MessageBarBody,
  makeStyles,
  Text,
  tokens,
  useRestoreFocusTarget,
} from "@fluentui/react-components"
import { lazy, Suspense, useState } from "react"
import { useParams } from "react-router"
import { useClient, useQuery } from "urql"
import { useChanges } from "../api/live"
import { LicenseDocument, LicensedUsersDocument } from "../api/operations"
import { Page } from "../parts/page"
import { PageLink } from "../parts/page-link"
import { PageTabs } from "../parts/page-tabs"
import { forgetAhead, readAhead } from "../parts/places"
import { RoleNote } from "../parts/role-note"
import { Failed, Loading, Missing } from "../parts/states"
import { rolesFor } from "../session/permissions"
import { useViewer } from "../session/viewer"
import { useMoment } from "../shell/moment"
import { type TextKey, useText } from "../texts/texts"
import { AssignedTab } from "./assigned-tab"
import { InstallButton } from "./install-button"
import { PeopleTab, usePeopleAsked } from "./people-tab"
import { RestoreButton } from "./restore-button"
import { SeatGauge } from "./seat-gauge"
import { StatusBadge } from "./status-badge"
import type { Unassignable } from "./unassign-dialog"
import { VendorNote } from "./vendor-note"

const AssignPane = lazy(async () => ({ default: (await import("./assign-pane")).AssignPane }))
const UnassignDialog = lazy(async () => ({ default: (await import("./unassign-dialog")).UnassignDialog }))

const UsageTab = lazy(async () => ({ default: (await import("../usage/usage-tab")).UsageTab }))
const HistoryTable = lazy(async () => ({ default: (await import("../history/history-table")).HistoryTable }))

const TABS = ["people", "assigned", "waitlist", "history", "usage"] as const
type TabName = (typeof TABS)[number]

const useStyles = makeStyles({
  about: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: tokens.spacingHorizontalM,
    marginBottom: tokens.spacingVerticalM,
    color: tokens.colorNeutralForeground2,
  },
  note: { marginBottom: tokens.spacingVerticalM },
})

export function LicensePage() {
  const styles = useStyles()
  const t = useText()
  const { licenseId = "", tab = "people" } = useParams()
  const { asOf, isPast } = useMoment()
  const { may } = useViewer()
  const [{ data, error }, again] = useQuery({ query: LicenseDocument, variables: { licenseId, asOf } })
  // The people are asked for beside the license, not behind it.
  const client = useClient()
  const people = usePeopleAsked(licenseId, tab === "waitlist")
  useState(() => {
    if (tab === "people" || tab === "waitlist") readAhead(client, LicensedUsersDocument, people)
  })
  useChanges(
    ({ license }) => license?.id === licenseId,
    () => {
      forgetAhead(LicensedUsersDocument)
      again()
    },
  )
  const [isAssigning, setAssigning] = useState(false)
  const [unassigning, setUnassigning] = useState<{ readonly chosen: readonly Unassignable[]; readonly clear: () => void }>()
  const comesBack = useRestoreFocusTarget()

  if (error && !data) return <Failed error={error} retry={again} />
  if (!data) return <Loading />
  if (!data.license || !TABS.some((name) => name === tab)) return <Missing />
  const { license, viewer } = data
  const mayAssign = may("assign") && !isPast && license.status !== "CANCELLED"
  const unassign = mayAssign ? (chosen: readonly Unassignable[], clear: () => void) => setUnassigning({ chosen, clear }) : undefined
  return (
    <Page
      title={license.product.name}
      path={`/licenses/${licenseId}`}
      trail={
        <Breadcrumb aria-label={t("trail.label")}>
          <BreadcrumbItem>{t("nav.billing")}</BreadcrumbItem>
          <BreadcrumbDivider />
          <BreadcrumbItem>
            <PageLink to="/licenses">{t("nav.licenses")}</PageLink>
          </BreadcrumbItem>
        </Breadcrumb>
      }
      actions={
        <>
          {mayAssign ? (
            <Button appearance="primary" onClick={() => setAssigning(true)} {...comesBack}>
              {t("assign.open")}
            </Button>
          ) : null}
          {may("install") && !isPast ? <InstallButton license={license} /> : <RoleNote action="install" text="install.readOnly" />}
          <RestoreButton license={license} />
        </>
      }
    >
      <div className={styles.about}>
        <StatusBadge status={license.status} />
        <Text>{t("license.by", { vendor: license.product.vendor.name })}</Text>
        <VendorNote license={license} />
      </div>
      {license.status === "ACTIVE" ? null : (
        <MessageBar className={styles.note} intent="warning" layout="multiline">
          <MessageBarBody>{t(`status.${license.status}.means` satisfies TextKey)}</MessageBarBody>
        </MessageBar>
      )}
      {may("assign") || isPast ? null : (
        <MessageBar className={styles.note} layout="multiline">
          <MessageBarBody>
            {t("license.readOnly", {
              roles: rolesFor("assign")
                .map((role) => t(`role.${role}` satisfies TextKey))
                .join(", "),
            })}
          </MessageBarBody>
        </MessageBar>
      )}
      <SeatGauge license={license} />
      <PageTabs
        label={license.product.name}
        path={`/licenses/${licenseId}`}
        shown={tab as TabName}
        tabs={TABS.map((name) => ({ name, title: t(`license.${name}` satisfies TextKey) }))}
      >
        <TabContent key={tab} tab={tab as TabName} licenseId={licenseId} onUnassign={unassign} />
      </PageTabs>
      <Suspense>
        {isAssigning ? <AssignPane license={license} onClose={() => setAssigning(false)} onAssigned={() => again()} /> : null}
        {unassigning ? (
          <UnassignDialog
            license={license}
            chosen={unassigning.chosen}
            seenRevision={viewer.organization?.revision ?? 0}
            onClose={() => setUnassigning(undefined)}
            onUnassigned={unassigning.clear}
            onChanged={() => again()}
          />
        ) : null}
      </Suspense>
    </Page>
  )
}

interface TabContentProps {
  readonly tab: TabName
  readonly licenseId: string
  readonly onUnassign: ((chosen: readonly Unassignable[], clear: () => void) => void) | undefined
}

function TabContent({ tab, licenseId, onUnassign }: TabContentProps) {
  switch (tab) {
    case "people":
      return <PeopleTab licenseId={licenseId} onUnassign={onUnassign} />
    case "waitlist":
      return <PeopleTab licenseId={licenseId} waiting onUnassign={onUnassign} />
    case "assigned":
      return <AssignedTab licenseId={licenseId} onUnassign={onUnassign} />
    case "usage":
      return (
        <Suspense fallback={<Loading />}>
          <UsageTab licenseId={licenseId} />
        </Suspense>
      )
    case "history":
      return (
        <Suspense fallback={<Loading />}>
          <HistoryTable filter={{ licenseId }} showLicense={false} concerns={({ license }) => license?.id === licenseId} />
        </Suspense>
      )
    default:
      return tab satisfies never
  }
}
