/** The trail as a table, of everything or of one license, person or group. Newest first. */
import { useMemo } from "react"
import { useIntl } from "react-intl"
import { type Change, useChanges } from "../api/live"
import { type EntryFragment, HistoryDocument, type HistoryFilter } from "../api/operations"
import { PageLink } from "../parts/page-link"
import { usePages } from "../parts/pages"
import { Failed, Loading, State } from "../parts/states"
import { type Column, Table } from "../parts/table"
import { useMoment } from "../shell/moment"
import { useText } from "../texts/texts"
import { ActorLine, WhatHappened, When } from "./entry-line"

interface HistoryTableProps {
  readonly filter: HistoryFilter
  readonly oldestFirst?: boolean
  /** Left out where all entries are of one license. */
  readonly showLicense?: boolean
  readonly concerns?: (change: Change) => boolean
  readonly onCount?: (count: number) => void
}

export function HistoryTable({ filter, oldestFirst = false, showLicense = true, concerns = () => true }: HistoryTableProps) {
  const t = useText()
  const intl = useIntl()
  const { asOf } = useMoment()
  const shown = { ...filter, ...untilMoment(asOf) }
  const { rows, totalCount, error, more, reload } = usePages(HistoryDocument, { filter: shown, oldestFirst }, ({ history }) => history)
  useChanges(concerns, reload)
  const columns = useMemo((): readonly Column<EntryFragment>[] => {
    const license: Column<EntryFragment> = {
      key: "license",
      title: t("history.license"),
      width: "minmax(7rem, 1fr)",
      hideBelow: 860,
      cell: ({ license: of }) => (of ? <PageLink to={`/licenses/${of.id}`}>{of.product.name}</PageLink> : null),
    }
    return [
      { key: "what", title: t("history.what"), width: "minmax(12rem, 3fr)", cell: (entry) => <WhatHappened entry={entry} /> },
      ...(showLicense ? [license] : []),
      { key: "who", title: t("history.who"), width: "minmax(8rem, 1fr)", hideBelow: 560, cell: ({ actor }) => <ActorLine actor={actor} /> },
      { key: "when", title: t("history.when"), width: "10rem", hideBelow: 420, cell: ({ recordedAt }) => <When at={recordedAt} /> },
      {
        key: "revision",
        title: t("history.revision"),
        width: "5rem",
        align: "end",
        hideBelow: 700,
        cell: ({ revision }) => intl.formatNumber(revision),
      },
    ]
  }, [t, intl, showLicense])
  if (error) return <Failed error={error} retry={reload} />
  if (!rows) return <Loading />
  if (totalCount === 0) return <State title={t("history.empty")} hint={t("history.empty.hint")} />
  return (
    <Table
      label={t("nav.history")}
      columns={columns}
      rows={rows}
      totalCount={totalCount}
      keyOf={({ revision }) => String(revision)}
      onNearEnd={more}
    />
  )
}

/** Of the past only what had happened by then. */
function untilMoment(asOf: ReturnType<typeof useMoment>["asOf"]): Partial<HistoryFilter> {
  if (!asOf) return {}
  if (asOf.revision !== undefined) return { toRevision: asOf.revision }
  return { to: asOf.at }
}
