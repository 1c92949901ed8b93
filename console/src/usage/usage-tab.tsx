/** How the seats of a license were used: a chart, its numbers as a table, what was used through what, and who came and went. */
import { Button, Field, Input, makeStyles, mergeClasses, Subtitle2, Text, tokens } from "@fluentui/react-components"
import { type ReactNode, useId, useState } from "react"
import { useIntl } from "react-intl"
import { useQuery } from "urql"
import { useChanges } from "../api/live"
import { SeatUsageDocument, type SeatUsageQuery, type UsageNumbersFragment } from "../api/operations"
import { Card } from "../parts/card"
import { OneOf } from "../parts/one-of"
import { PageLink } from "../parts/page-link"
import { Failed, Loading } from "../parts/states"
import { useShownInstant } from "../shell/known-moment"
import { dayOf, ownTimeZone, useMoment } from "../shell/moment"
import { type TextKey, useText } from "../texts/texts"
import { UsageChart } from "./chart"
import { RANGES, type Range, useRange } from "./range"
import { SeatChanges } from "./seat-changes"

type Usage = SeatUsageQuery["seatUsage"]

const useStyles = makeStyles({
  stack: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalL },
  tools: { display: "flex", flexWrap: "wrap", alignItems: "flex-end", gap: tokens.spacingHorizontalM },
  card: { padding: tokens.spacingHorizontalL, gap: tokens.spacingVerticalM, minWidth: 0 },
  heading: { margin: 0 },
  scroll: { maxHeight: "24rem", overflow: "auto" },
  table: { borderCollapse: "collapse", width: "100%", fontVariantNumeric: "tabular-nums" },
  cell: { padding: tokens.spacingHorizontalS, textAlign: "end", borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  first: {
    padding: tokens.spacingHorizontalS,
    textAlign: "start",
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    fontWeight: "inherit",
    minWidth: "8rem",
  },
  title: { fontWeight: tokens.fontWeightSemibold },
  totals: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(9rem, 1fr))",
    gap: tokens.spacingHorizontalM,
    margin: 0,
  },
  total: { display: "flex", flexDirection: "column-reverse", justifyContent: "flex-end" },
  value: { margin: 0, fontSize: tokens.fontSizeBase500, lineHeight: tokens.lineHeightBase500, fontWeight: tokens.fontWeightSemibold },
})

export function UsageTab({ licenseId }: { readonly licenseId: string }) {
  const instant = useShownInstant()
  return instant === undefined ? <Loading /> : <UsageUntil licenseId={licenseId} last={instant} />
}

function UsageUntil({ licenseId, last }: { readonly licenseId: string; readonly last: number }) {
  const styles = useStyles()
  const t = useText()
  const { asOf } = useMoment()
  const range = useRange(last)
  const { from, to, by } = range
  const dayWords = useDayWords()
  const variables = { licenseId, from, to, by, timeZone: ownTimeZone(), asOf }
  const [{ data, error }, again] = useQuery({ query: SeatUsageDocument, variables })
  useChanges(
    ({ license }) => license?.id === licenseId,
    () => again({ requestPolicy: "network-only" }),
  )
  const usage = data?.seatUsage
  return (
    <div className={styles.stack}>
      <RangeChoice range={range} latest={dayOf(new Date(last))} />
      {error && !usage ? <Failed error={error} retry={again} /> : null}
      {!usage && !error ? <Loading /> : null}
      {usage ? (
        <>
          <Card className={styles.card}>
            <UsageChart key={`${from} ${to} ${by}`} label={t("usage.chart")} intervals={usage.intervals} dayOf={dayWords} />
            <Numbers intervals={usage.intervals} dayOf={dayWords} />
          </Card>
          <Totals usage={usage} />
          <SeatChanges licenseId={licenseId} from={from} to={to} isToLast={to === dayOf(new Date(last))} />
        </>
      ) : null}
    </div>
  )
}

function RangeChoice({ range: { name, from, to, choose }, latest }: { readonly range: Range; readonly latest: string }) {
  const styles = useStyles()
  const t = useText()
  return (
    <div className={styles.tools}>
      <Field label={t("usage.range")}>
        <OneOf
          value={name}
          options={RANGES.map((one) => ({ value: one, name: t(`usage.range.${one}` satisfies TextKey) }))}
          onChoose={(chosen) => choose(chosen, chosen === "custom" ? { from, to } : undefined)}
        />
      </Field>
      {name === "custom" ? (
        <>
          <Field label={t("filter.from")}>
            <Input type="date" value={from} max={to} onChange={(_, { value }) => value && choose("custom", { from: value, to })} />
          </Field>
          <Field label={t("filter.to")}>
            <Input
              type="date"
              value={to}
              min={from}
              max={latest}
              onChange={(_, { value }) => value && choose("custom", { from, to: value })}
            />
          </Field>
        </>
      ) : null}
    </div>
  )
}

/** A day, or from which to which. */
function useDayWords(): (interval: UsageNumbersFragment) => string {
  const intl = useIntl()
  const day = (text: string) => Date.parse(`${text}T12:00:00Z`)
  return ({ from, to }) =>
    from === to
      ? intl.formatDate(day(from), { dateStyle: "medium", timeZone: "UTC" })
      : intl.formatDateTimeRange(day(from), day(to), { dateStyle: "medium", timeZone: "UTC" })
}

/** The same as the chart, for reading. */
function Numbers({
  intervals,
  dayOf: words,
}: {
  readonly intervals: Usage["intervals"]
  readonly dayOf: (one: UsageNumbersFragment) => string
}) {
  const styles = useStyles()
  const t = useText()
  const intl = useIntl()
  const tableId = useId()
  const [isShown, setShown] = useState(false)
  return (
    <>
      <div>
        <Button size="small" aria-expanded={isShown} aria-controls={tableId} onClick={() => setShown(!isShown)}>
          {t(isShown ? "usage.hideTable" : "usage.showTable")}
        </Button>
      </div>
      {isShown ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be within reach of the keyboard.
        <section id={tableId} className={styles.scroll} tabIndex={0} aria-label={t("usage.chart")}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th className={mergeClasses(styles.first, styles.title)} scope="col">
                  {t("usage.days")}
                </th>
                {(["purchased", "seated", "waiting", "peak"] as const).map((name) => (
                  <th key={name} className={styles.cell} scope="col">
                    {t(`usage.${name}` satisfies TextKey)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {intervals.toReversed().map((one) => (
                <tr key={one.from}>
                  <th className={styles.first} scope="row">
                    {words(one)}
                    {one.overassigned ? ` · ${t("usage.over")}` : ""}
                  </th>
                  <td className={styles.cell}>{intl.formatNumber(one.purchased.atEnd)}</td>
                  <td className={styles.cell}>{intl.formatNumber(one.seated.atEnd)}</td>
                  <td className={styles.cell}>{intl.formatNumber(one.waiting.atEnd)}</td>
                  <td className={styles.cell}>{intl.formatNumber(one.seated.peak)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ) : null}
    </>
  )
}

function Totals({ usage: { total } }: { readonly usage: Usage }) {
  const styles = useStyles()
  const t = useText()
  const intl = useIntl()
  const number = (count: number) => intl.formatNumber(count, { maximumFractionDigits: 1 })
  const fact = (name: string, value: ReactNode) => (
    <div className={styles.total}>
      <dt>{name}</dt>
      <dd className={styles.value}>{value}</dd>
    </div>
  )
  return (
    <Card className={styles.card}>
      <Subtitle2 as="h2" className={styles.heading}>
        {t("usage.totals")}
      </Subtitle2>
      <dl className={styles.totals}>
        {fact(t("usage.seatDays"), number(total.seatDays))}
        {fact(t("usage.average"), number(total.seated.average))}
        {fact(t("usage.peak"), number(total.seated.peak))}
        {fact(t("usage.mostWaiting"), number(total.waiting.peak))}
        {fact(t("usage.overDays"), number(total.overassignedDays))}
      </dl>
      {total.sources.length > 0 ? (
        <>
          <table className={styles.table}>
            <thead>
              <tr>
                <th className={mergeClasses(styles.first, styles.title)} scope="col">
                  {t("people.sources")}
                </th>
                <th className={styles.cell} scope="col">
                  {t("usage.seatDays")}
                </th>
                <th className={styles.cell} scope="col">
                  {t("usage.share")}
                </th>
              </tr>
            </thead>
            <tbody>
              {total.sources.map(({ type, group, seatDays }) => (
                <tr key={group?.id ?? type ?? "ending"}>
                  <th className={styles.first} scope="row">
                    {group ? (
                      <PageLink to={`/groups/${group.id}`}>{group.displayName}</PageLink>
                    ) : (
                      t(type === null ? "usage.ending" : "source.direct")
                    )}
                  </th>
                  <td className={styles.cell}>{number(seatDays)}</td>
                  <td className={styles.cell}>
                    {intl.formatNumber(total.seatDays > 0 ? seatDays / total.seatDays : 0, { style: "percent", maximumFractionDigits: 1 })}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <Text size={200}>{t("usage.shares")}</Text>
        </>
      ) : null}
    </Card>
  )
}
