/** The licenses assigned to a group, and whether everybody in it got a seat (rule 4). */
import { Badge, makeStyles, tokens } from "@fluentui/react-components"
import { useMemo } from "react"
import { useIntl } from "react-intl"
import { useChanges } from "../api/live"
import { type AssignmentStatus, GroupLicensesDocument, type GroupLicensesQuery } from "../api/operations"
import { StatusBadge } from "../licenses/status-badge"
import { PageLink } from "../parts/page-link"
import { usePages } from "../parts/pages"
import { Failed, Loading, State } from "../parts/states"
import { type Column, Table } from "../parts/table"
import { useMoment } from "../shell/moment"
import { useText } from "../texts/texts"

type Row = NonNullable<GroupLicensesQuery["group"]>["assignments"]["nodes"][number]

const useStyles = makeStyles({
  product: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalS },
})

export function GroupLicenses({ groupId }: { readonly groupId: string }) {
  const styles = useStyles()
  const t = useText()
  const intl = useIntl()
  const { asOf } = useMoment()
  const { rows, totalCount, error, more, reload } = usePages(GroupLicensesDocument, { groupId, asOf }, ({ group }) => group?.assignments)
  useChanges(({ type, license }) => type.startsWith("Group") || license !== null, reload)
  const columns = useMemo(
    (): readonly Column<Row>[] => [
      {
        key: "product",
        title: t("licenses.product"),
        width: "minmax(6.5rem, 2fr)",
        cell: ({ license }) => (
          <span className={styles.product}>
            <PageLink to={`/licenses/${license.id}`}>{license.product.name}</PageLink>
            {license.status === "ACTIVE" ? null : <StatusBadge status={license.status} />}
          </span>
        ),
      },
      {
        key: "status",
        title: t("people.state"),
        width: "11.5rem",
        cell: ({ license, status, waiting }) =>
          status === "SEATS_SHORT" ? (
            <PageLink to={`/licenses/${license.id}/waitlist`} search={{ groupId }}>
              <Seats status={status} waiting={waiting} />
            </PageLink>
          ) : (
            <Seats status={status} waiting={waiting} />
          ),
      },
      {
        key: "people",
        title: t("license.people"),
        width: "8rem",
        hideBelow: 600,
        underName: "alone",
        cell: ({ license }) => (
          <PageLink to={`/licenses/${license.id}/people`} search={{ groupId }}>
            {t("assigned.showPeople")}
          </PageLink>
        ),
      },
      {
        key: "since",
        title: t("people.since"),
        width: "7rem",
        hideBelow: 480,
        cell: ({ assignedAt }) => intl.formatDate(assignedAt, { dateStyle: "medium" }),
      },
      { key: "by", title: t("assigned.by"), width: "minmax(6rem, 1fr)", hideBelow: 720, cell: ({ assignedBy }) => assignedBy },
      { key: "reason", title: t("assign.reason"), width: "minmax(6rem, 1fr)", hideBelow: 860, cell: ({ reason }) => reason },
    ],
    [t, intl, groupId, styles],
  )
  if (error && !rows) return <Failed error={error} retry={reload} />
  if (!rows) return <Loading />
  if (totalCount === 0) return <State title={t("groupLicenses.empty")} hint={t("groupLicenses.empty.hint")} />
  return (
    <Table
      label={t("nav.licenses")}
      columns={columns}
      rows={rows}
      totalCount={totalCount}
      keyOf={({ license }) => license.id}
      onNearEnd={more}
    />
  )
}

function Seats({ status, waiting }: { readonly status: AssignmentStatus; readonly waiting: number }) {
  const t = useText()
  const color = status === "ALL_SEATED" ? "success" : status === "IN_PROGRESS" ? "informative" : "warning"
  return (
    <Badge appearance="tint" color={color}>
      {status === "SEATS_SHORT" ? t("assigned.SEATS_SHORT", { count: waiting }) : t(`assigned.${status}`)}
    </Badge>
  )
}
