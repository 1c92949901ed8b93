/** The trail as a table: of everything, or of one license, person or group. */
import { Button, makeStyles, tokens } from "@fluentui/react-components"
import { ArrowUp16Regular } from "@fluentui/react-icons"
import { useEffect, useMemo, useState } from "react"
import { useIntl } from "react-intl"
import { useClient } from "urql"
import type { Change } from "../api/changes"
import { useChanges } from "../api/live"
import { type EntryFragment, HistoryDocument, type HistoryFilter, NewerEntriesDocument } from "../api/operations"
import { PageLink } from "../parts/page-link"
import { usePages } from "../parts/pages"
import { Failed, Loading, State } from "../parts/states"
import { type Column, pageContent, Table } from "../parts/table"
import { useMoment } from "../shell/moment"
import { useSpoken, useText } from "../texts/texts"
import { upTo } from "./address"
import { ActorLine, WhatHappened, When } from "./entry-line"

/** Further down than this somebody reads, and new rows on top would push away what is read. */
const READING_PX = 200

const useStyles = makeStyles({
  fresh: { position: "sticky", top: tokens.spacingVerticalS, zIndex: 3, height: 0, display: "flex", justifyContent: "center" },
  freshButton: { boxShadow: tokens.shadow8, height: "2rem" },
})

interface HistoryTableProps {
  readonly filter: HistoryFilter
  readonly oldestFirst?: boolean
  /** False where all entries are of one license. */
  readonly showLicense?: boolean
  /** Which changes can bring an entry; left out: all. */
  readonly concerns?: (change: Change) => boolean
  /** Present when the conditions are the reader's own, so that it helps to take them away. */
  readonly onClear?: (() => void) | undefined
  readonly onRead?: (read: { readonly count: number; readonly first: EntryFragment | undefined }) => void
}

export function HistoryTable(props: HistoryTableProps) {
  const { filter, oldestFirst = false, showLicense = true, concerns = () => true, onClear, onRead } = props
  const styles = useStyles()
  const t = useText()
  const language = useSpoken()
  const client = useClient()
  const { asOf } = useMoment()
  const variables = { filter: upTo(filter, asOf), oldestFirst, language }
  const { rows, totalCount, error, more, reload } = usePages(HistoryDocument, variables, ({ history }) => history)
  const first = rows?.[0]
  const top = `${JSON.stringify(variables)} ${first?.revision}`
  const [fresh, setFresh] = useState<{ readonly top: string; readonly count: number }>()
  useChanges(concerns, async (changes, missed) => {
    const newest = changes.at(-1)
    const isReading = (pageContent()?.scrollTop ?? 0) > READING_PX
    if (missed || !newest || oldestFirst || !first || !isReading) return reload()
    // Which of them meet the conditions, words in reasons among them, the ledger knows.
    const newer = { ...variables.filter, fromRevision: first.revision + 1, toRevision: newest.revision }
    const { data } = await client.query(NewerEntriesDocument, { filter: newer }, { requestPolicy: "network-only" }).toPromise()
    const count = data?.history.totalCount ?? 0
    setFresh((before) => ({ top, count: before?.top === top ? Math.max(before.count, count) : count }))
  })
  useEffect(() => {
    if (rows) onRead?.({ count: totalCount, first })
  }, [rows, first, totalCount, onRead])
  const columns = useColumns(showLicense)
  const showFresh = () => {
    setFresh(undefined)
    reload()
    pageContent()?.scrollTo({ top: 0 })
  }
  if (error) return <Failed error={error} retry={reload} />
  if (!rows) return <Loading />
  if (totalCount === 0) {
    return onClear ? (
      <State title={t("history.noMatch")} hint={t("history.noMatch.hint")}>
        <Button onClick={onClear}>{t("search.clear")}</Button>
      </State>
    ) : (
      <State title={t("history.empty")} hint={t("history.empty.hint")} />
    )
  }
  return (
    <>
      <div className={styles.fresh} role="status">
        {fresh?.top === top && fresh.count > 0 ? (
          <Button className={styles.freshButton} appearance="primary" shape="circular" icon={<ArrowUp16Regular />} onClick={showFresh}>
            {t("history.fresh", { count: fresh.count })}
          </Button>
        ) : null}
      </div>
      <Table
        label={t("nav.history")}
        columns={columns}
        rows={rows}
        totalCount={totalCount}
        keyOf={({ revision }) => String(revision)}
        onNearEnd={more}
      />
    </>
  )
}

function useColumns(showLicense: boolean): readonly Column<EntryFragment>[] {
  const t = useText()
  const intl = useIntl()
  return useMemo(() => {
    const license: Column<EntryFragment> = {
      key: "license",
      title: t("history.license"),
      width: "minmax(6rem, 1fr)",
      hideBelow: 900,
      cell: ({ license: of }) => (of ? <PageLink to={`/licenses/${of.id}`}>{of.product.name}</PageLink> : null),
    }
    return [
      { key: "what", title: t("history.what"), width: "minmax(10rem, 3fr)", cell: (entry) => <WhatHappened entry={entry} /> },
      ...(showLicense ? [license] : []),
      {
        key: "who",
        title: t("history.who"),
        width: "minmax(9rem, 1fr)",
        hideBelow: 640,
        underName: "never",
        cell: ({ actor }) => <ActorLine actor={actor} />,
      },
      {
        key: "when",
        title: t("history.when"),
        width: "10rem",
        hideBelow: 480,
        underName: "never",
        cell: ({ recordedAt }) => <When at={recordedAt} />,
      },
      {
        key: "revision",
        title: t("history.revision"),
        width: "4.5rem",
        align: "end",
        hideBelow: 760,
        cell: ({ revision }) => intl.formatNumber(revision),
      },
    ]
  }, [t, intl, showLicense])
}
