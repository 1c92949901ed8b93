/** Billing > Licenses: every product with its seats and what needs attention. */
import { Badge, makeStyles, tokens } from "@fluentui/react-components"
import { useMemo } from "react"
import { useIntl } from "react-intl"
import { useChanges } from "../api/live"
import { LicensesDocument, type LicensesQuery } from "../api/operations"
import { Page } from "../parts/page"
import { PageLink } from "../parts/page-link"
import { usePages } from "../parts/pages"
import { Failed, Loading, State } from "../parts/states"
import { type Column, Table } from "../parts/table"
import { useMoment } from "../shell/moment"
import { useText } from "../texts/texts"
import { StatusBadge } from "./status-badge"

type Row = LicensesQuery["licenses"]["nodes"][number]

export function LicensesPage() {
  const t = useText()
  const intl = useIntl()
  const { asOf } = useMoment()
  const { rows, totalCount, error, more, reload } = usePages(LicensesDocument, { asOf }, ({ licenses }) => licenses)
  useChanges(({ license }) => license !== null, reload)
  const columns = useMemo((): readonly Column<Row>[] => {
    const number = (key: string, title: string, of: (row: Row) => number, hideBelow = 0): Column<Row> => ({
      key,
      title,
      width: "6rem",
      align: "end",
      hideBelow,
      cell: (row) => intl.formatNumber(of(row)),
    })
    return [
      {
        key: "product",
        title: t("licenses.product"),
        width: "minmax(10rem, 2fr)",
        cell: (row) => <PageLink to={`/licenses/${row.id}`}>{row.product.name}</PageLink>,
      },
      { key: "vendor", title: t("licenses.vendor"), width: "minmax(8rem, 1fr)", hideBelow: 720, cell: (row) => row.product.vendor.name },
      number("assigned", t("licenses.assigned"), ({ seats }) => seats.seated),
      number("available", t("licenses.available"), ({ seats }) => seats.available, 480),
      number("purchased", t("licenses.purchased"), ({ seats }) => seats.purchased, 560),
      {
        key: "attention",
        title: t("licenses.attention"),
        width: "minmax(8rem, 1.5fr)",
        hideBelow: 620,
        underName: "alone",
        cell: (row) => <Attention row={row} />,
      },
    ]
  }, [t, intl])
  return (
    <Page title={t("nav.licenses")}>
      {error ? <Failed error={error} retry={reload} /> : null}
      {rows && totalCount === 0 ? <State title={t("licenses.empty")} hint={t("licenses.empty.hint")} /> : null}
      {rows && totalCount > 0 ? (
        <Table label={t("nav.licenses")} columns={columns} rows={rows} totalCount={totalCount} keyOf={({ id }) => id} onNearEnd={more} />
      ) : null}
      {rows || error ? null : <Loading />}
    </Page>
  )
}

const useStyles = makeStyles({
  attention: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalXS },
})

/** What is not as it should be, the worst first; nothing when all is well. */
function Attention({ row: { status, seats } }: { readonly row: Row }) {
  const styles = useStyles()
  const t = useText()
  return (
    <span className={styles.attention}>
      {status === "ACTIVE" ? null : <StatusBadge status={status} />}
      {seats.overassignedBy > 0 ? (
        <Badge appearance="tint" color="danger">
          {t("seats.overBadge", { count: seats.overassignedBy })}
        </Badge>
      ) : null}
      {seats.waitlisted > 0 ? (
        <Badge appearance="tint" color="warning">
          {t("assigned.SEATS_SHORT", { count: seats.waitlisted })}
        </Badge>
      ) : null}
    </span>
  )
}
