/** What happened to one person or group, newest first, up to the moment that is shown. */
import { makeStyles, Text, tokens } from "@fluentui/react-components"
import { useMemo } from "react"
import { useIntl } from "react-intl"
import { useChanges } from "../api/live"
import { HistoryOfDocument, type HistoryOfQuery } from "../api/operations"
import { useMoment } from "../shell/moment"
import { useText } from "../texts/texts"
import { PageLink } from "./page-link"
import { usePages } from "./pages"
import { Failed, Loading, State } from "./states"
import { type Column, Table } from "./table"

type Row = HistoryOfQuery["history"]["nodes"][number]

const useStyles = makeStyles({
  what: { display: "block", paddingTop: tokens.spacingVerticalS, paddingBottom: tokens.spacingVerticalS, overflowWrap: "anywhere" },
  reason: { display: "block", color: tokens.colorNeutralForeground2 },
})

interface HistoryOfProps {
  readonly subject: { readonly userId: string } | { readonly groupId: string }
}

export function HistoryOf({ subject }: HistoryOfProps) {
  const t = useText()
  const { asOf } = useMoment()
  const filter = { ...subject, ...(asOf?.at === undefined ? {} : { to: justAfter(asOf.at) }) }
  const pages = usePages(HistoryOfDocument, { filter }, ({ history }) => history)
  const [id = ""] = Object.values(subject)
  useChanges(({ data }) => JSON.stringify(data).includes(`"${id}"`), pages.reload)
  const columns = useColumns()
  // The trail has no end at a revision: what came later is at its beginning, and left out here.
  const upTo = asOf?.revision
  const rows = upTo === undefined ? pages.rows : pages.rows?.filter(({ revision }) => revision <= upTo)
  if (pages.error) return <Failed error={pages.error} retry={pages.reload} />
  if (!rows) return <Loading />
  const totalCount = pages.totalCount - ((pages.rows?.length ?? 0) - rows.length)
  if (totalCount === 0) return <State title={t("historyOf.empty")} />
  return (
    <>
      <PageLink to="/history" search={subject}>
        {t("historyOf.all")}
      </PageLink>
      <Table
        label={t("nav.history")}
        columns={columns}
        rows={rows}
        totalCount={totalCount}
        keyOf={({ revision }) => String(revision)}
        onNearEnd={pages.more}
      />
    </>
  )
}

function useColumns(): readonly Column<Row>[] {
  const styles = useStyles()
  const t = useText()
  const intl = useIntl()
  return useMemo(
    () => [
      {
        key: "when",
        title: t("historyOf.when"),
        width: "9rem",
        hideBelow: 520,
        cell: ({ recordedAt }) => intl.formatDate(recordedAt, { dateStyle: "medium", timeStyle: "short" }),
      },
      {
        key: "what",
        title: t("historyOf.what"),
        width: "minmax(10rem, 3fr)",
        cell: ({ summary, reason, recordedAt }) => (
          <span className={styles.what} title={intl.formatDate(recordedAt, { dateStyle: "full", timeStyle: "medium" })}>
            {summary}
            {reason === null ? null : (
              <Text size={200} className={styles.reason}>
                “{reason}”
              </Text>
            )}
          </span>
        ),
      },
      {
        key: "who",
        title: t("historyOf.who"),
        width: "minmax(7rem, 1fr)",
        hideBelow: 680,
        cell: ({ actor }) => actor.displayName ?? t("historyOf.unknown"),
      },
      {
        key: "revision",
        title: t("historyOf.revision"),
        width: "5rem",
        align: "end",
        hideBelow: 800,
        cell: ({ revision }) => intl.formatNumber(revision),
      },
    ],
    [styles, t, intl],
  )
}

/** The filter takes what was recorded before an instant; what is shown is what was recorded at it or before. */
function justAfter(instant: string): string {
  return new Date(Date.parse(instant) + 1).toISOString()
}
