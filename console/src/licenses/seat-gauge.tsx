/** How many seats there are, who has them, and what is wrong: a bar and its numbers. */
import { Badge, makeStyles, mergeClasses, Text, tokens } from "@fluentui/react-components"
import { useIntl } from "react-intl"
import type { LicenseQuery } from "../api/operations"
import { Card } from "../parts/card"
import { useShownInstant } from "../shell/known-moment"
import { useText } from "../texts/texts"

type License = NonNullable<LicenseQuery["license"]>

const useStyles = makeStyles({
  card: { padding: tokens.spacingHorizontalL, gap: tokens.spacingVerticalM },
  numbers: { display: "grid", gridTemplateColumns: "repeat(auto-fit, minmax(6.5rem, 1fr))", gap: tokens.spacingHorizontalM, margin: 0 },
  number: { display: "flex", flexDirection: "column-reverse" },
  value: {
    fontSize: tokens.fontSizeHero700,
    lineHeight: tokens.lineHeightHero700,
    fontWeight: tokens.fontWeightSemibold,
    margin: 0,
    fontVariantNumeric: "tabular-nums",
  },
  over: { color: tokens.colorPaletteRedForeground1 },
  bar: {
    display: "flex",
    height: "10px",
    borderRadius: tokens.borderRadiusCircular,
    overflow: "hidden",
    backgroundColor: tokens.colorNeutralBackground5,
  },
  seated: { backgroundColor: tokens.colorBrandBackground },
  beyond: { backgroundColor: tokens.colorPaletteRedBackground3 },
  // What others change moves the bar; it does not jump.
  moves: {
    "@media (prefers-reduced-motion: no-preference)": {
      transitionProperty: "width",
      transitionDuration: tokens.durationSlow,
      transitionTimingFunction: tokens.curveEasyEase,
    },
  },
})

export function SeatGauge({ license: { seats, graceExpired } }: { readonly license: License }) {
  const styles = useStyles()
  const t = useText()
  const intl = useIntl()
  const { purchased, seated, available, waitlisted, overassignedBy, graceEndsAt } = seats
  const whole = Math.max(purchased, seated, 1)
  const percent = (count: number) => `${(100 * count) / whole}%`
  const number = (title: string, value: number, isWrong = false) => (
    <div className={styles.number}>
      <dt>{title}</dt>
      <dd className={mergeClasses(styles.value, isWrong && styles.over)}>{intl.formatNumber(value)}</dd>
    </div>
  )
  return (
    <Card className={styles.card} role="group" aria-label={t("seats.label")}>
      <div className={styles.bar} role="img" aria-label={t("seats.bar", { seated, purchased })}>
        <div className={mergeClasses(styles.seated, styles.moves)} style={{ width: percent(seated - overassignedBy) }} />
        <div className={mergeClasses(styles.beyond, styles.moves)} style={{ width: percent(overassignedBy) }} />
      </div>
      <dl className={styles.numbers}>
        {number(t("licenses.assigned"), seated)}
        {number(t("licenses.available"), available)}
        {number(t("licenses.purchased"), purchased)}
        {number(t("seats.waiting"), waitlisted)}
        {overassignedBy > 0 ? number(t("seats.over"), overassignedBy, true) : null}
      </dl>
      {overassignedBy > 0 ? (
        <Text>
          <Badge appearance="tint" color="danger">
            {t("seats.overBadge", { count: overassignedBy })}
          </Badge>{" "}
          {graceExpired ? t("seats.graceEnded") : graceEndsAt ? <GraceEnds at={graceEndsAt} /> : null}
        </Text>
      ) : null}
    </Card>
  )
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** Seen from the moment that is shown: whoever looks at last March reads how long there was then. */
function GraceEnds({ at }: { readonly at: string }) {
  const t = useText()
  const intl = useIntl()
  const shown = useShownInstant()
  if (shown === undefined) return null
  const left = Math.max(0, Date.parse(at) - shown)
  const inWords = (unit: "day" | "hour" | "minute", unitMs: number) => intl.formatRelativeTime(Math.floor(left / unitMs), unit)
  const isSoon = left < DAY_MS
  return t("seats.graceEnds", {
    date: intl.formatDate(at, { dateStyle: "long", ...(isSoon ? { timeStyle: "short" } : {}) }),
    left: !isSoon ? inWords("day", DAY_MS) : left >= HOUR_MS ? inWords("hour", HOUR_MS) : inWords("minute", MINUTE_MS),
  })
}
