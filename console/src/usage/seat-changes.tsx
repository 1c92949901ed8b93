/** Who gained and who lost a seat in those days, and why. */
import { Badge, makeStyles, Subtitle2, Text, tokens } from "@fluentui/react-components"
import { useMemo } from "react"
import { isOfNames } from "../api/changes"
import { useChanges } from "../api/live"
import { type SeatChangeKind, SeatChangesDocument, type SeatChangesQuery } from "../api/operations"
import { When } from "../history/entry-line"
import { PrincipalLine } from "../licenses/principal"
import { useAddressText } from "../parts/address"
import { Card } from "../parts/card"
import { OneOf } from "../parts/one-of"
import { PageLink } from "../parts/page-link"
import { usePages } from "../parts/pages"
import { Failed, Loading } from "../parts/states"
import { type Column, Table } from "../parts/table"
import { ownTimeZone, useMoment } from "../shell/moment"
import { type TextKey, useSpoken, useText } from "../texts/texts"
import { daysBefore } from "./range"

type Row = SeatChangesQuery["changesBetween"]["changes"]["nodes"][number]

const KINDS = ["GAINED", "LOST", "BEGAN_WAITING", "STOPPED_WAITING"] as const satisfies readonly SeatChangeKind[]
const COLORS = { GAINED: "success", LOST: "danger", BEGAN_WAITING: "warning", STOPPED_WAITING: "informative" } as const

const useStyles = makeStyles({
  card: { padding: tokens.spacingHorizontalL, gap: tokens.spacingVerticalM, minWidth: 0 },
  head: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalM },
  heading: { margin: 0, flexGrow: 1 },
})

interface SeatChangesProps {
  readonly licenseId: string
  readonly from: string
  readonly to: string
  /** The last day is that of the moment that is shown: up to that moment, not to the end of the day. */
  readonly isToLast: boolean
}

export function SeatChanges({ licenseId, from, to, isToLast }: SeatChangesProps) {
  const styles = useStyles()
  const t = useText()
  const language = useSpoken()
  const { asOf } = useMoment()
  const [asked, setKind] = useAddressText("kind")
  const kind = KINDS.find((one) => one === asked) ?? ""
  const timeZone = ownTimeZone()
  const variables = {
    licenseId,
    from: { date: { date: daysBefore(from, 1), timeZone } },
    to: isToLast && asOf ? asOf : { date: { date: to, timeZone } },
    language,
    ...(kind !== "" ? { kinds: [kind] } : {}),
  }
  const { rows, totalCount, error, more, reload } = usePages(SeatChangesDocument, variables, ({ changesBetween }) => changesBetween.changes)
  useChanges((change) => change.license?.id === licenseId || isOfNames(change), reload)
  const columns = useColumns()
  return (
    <Card className={styles.card}>
      <div className={styles.head}>
        <Subtitle2 as="h2" className={styles.heading}>
          {t("usage.changes")}
        </Subtitle2>
        <Text role="status">{rows ? t("people.count", { count: totalCount }) : ""}</Text>
        <OneOf
          label={t("usage.kind")}
          value={kind}
          options={[
            { value: "", name: t("usage.everyChange") },
            ...KINDS.map((one) => ({ value: one, name: t(`usage.${one}` satisfies TextKey) })),
          ]}
          onChoose={setKind}
        />
      </div>
      {error ? <Failed error={error} retry={reload} /> : null}
      {!rows && !error ? <Loading /> : null}
      {rows && totalCount === 0 ? <Text>{t("usage.noChange")}</Text> : null}
      {rows && totalCount > 0 ? (
        <Table
          label={t("usage.changes")}
          columns={columns}
          rows={rows}
          totalCount={totalCount}
          keyOf={({ user, change }) => `${user.id} ${change}`}
          onNearEnd={more}
        />
      ) : null}
    </Card>
  )
}

function useColumns(): readonly Column<Row>[] {
  const t = useText()
  return useMemo(
    () => [
      {
        key: "name",
        title: t("people.name"),
        width: "minmax(9rem, 1fr)",
        cell: ({ user }) => <PrincipalLine principal={{ __typename: "User", ...user }} />,
      },
      {
        key: "change",
        title: t("usage.change"),
        width: "9rem",
        cell: ({ change }) => (
          <Badge appearance="tint" color={COLORS[change]}>
            {t(`usage.${change}` satisfies TextKey)}
          </Badge>
        ),
      },
      {
        key: "why",
        title: t("usage.why"),
        width: "minmax(10rem, 2fr)",
        hideBelow: 640,
        underName: "alone",
        cell: ({ entry }) => (entry ? <PageLink to={`/history/${entry.revision}`}>{entry.summary}</PageLink> : null),
      },
      {
        key: "when",
        title: t("history.when"),
        width: "10rem",
        hideBelow: 820,
        underName: "alone",
        cell: ({ entry }) => (entry ? <When at={entry.recordedAt} /> : null),
      },
    ],
    [t],
  )
}
