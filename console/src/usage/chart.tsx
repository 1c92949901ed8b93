/**
 * Seats over time as lines: bought, held, waited for. One stop for the Tab key; the arrow keys go from point to point, and
 * the numbers of the point stand above the lines, where nothing moves when they change.
 */
import { makeStyles, mergeClasses, Text, tokens } from "@fluentui/react-components"
import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react"
import { useIntl } from "react-intl"
import type { UsageNumbersFragment } from "../api/operations"
import { useWidth } from "../parts/table"
import { useText } from "../texts/texts"

const HEIGHT = 240
const TOP = 8
const BOTTOM = 24
const LEFT = 40
const RIGHT = 8
/** Points that PageUp and PageDown pass over. */
const PAGE = 7

export const SERIES = ["purchased", "seated", "waiting"] as const
export type Series = (typeof SERIES)[number]
const DASHES: Readonly<Record<Series, string | undefined>> = { purchased: "6 4", seated: undefined, waiting: "2 3" }

const useStyles = makeStyles({
  numbers: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalL}`,
    minHeight: "3.5rem",
    "@media (max-width: 639px)": { minHeight: "5.5rem", alignContent: "flex-start" },
  },
  number: { display: "inline-flex", alignItems: "center", gap: tokens.spacingHorizontalXS, fontVariantNumeric: "tabular-nums" },
  day: { minWidth: "11rem" },
  chart: {
    position: "relative",
    height: `${HEIGHT}px`,
    touchAction: "pan-y",
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, borderRadius: tokens.borderRadiusMedium },
  },
  svg: { display: "block", overflow: "visible" },
  grid: { stroke: tokens.colorNeutralStroke2 },
  axis: { fill: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, fontFamily: tokens.fontFamilyBase },
  over: { fill: tokens.colorPaletteRedBackground2 },
  cursor: { stroke: tokens.colorNeutralStrokeAccessible },
  purchased: { stroke: tokens.colorNeutralForeground2, color: tokens.colorNeutralForeground2 },
  seated: { stroke: tokens.colorBrandForeground1, color: tokens.colorBrandForeground1 },
  waiting: { stroke: tokens.colorPaletteDarkOrangeForeground1, color: tokens.colorPaletteDarkOrangeForeground1 },
  area: { fill: tokens.colorBrandBackground2 },
})

interface ChartProps {
  readonly label: string
  /** At least one. */
  readonly intervals: readonly UsageNumbersFragment[]
  readonly dayOf: (interval: UsageNumbersFragment) => string
}

export function UsageChart({ label, intervals, dayOf }: ChartProps) {
  const styles = useStyles()
  const t = useText()
  const intl = useIntl()
  const box = useRef<HTMLDivElement>(null)
  const width = Math.max(useWidth(box), LEFT + RIGHT + 1)
  const last = intervals.length - 1
  const [chosen, setChosen] = useState<number>()
  const at = Math.min(chosen ?? last, last)
  const point = intervals[at]

  const most = niceMost(Math.max(1, ...intervals.flatMap((one) => SERIES.map((name) => one[name].atEnd))))
  const x = (index: number) => LEFT + (width - LEFT - RIGHT) * (last === 0 ? 0.5 : index / last)
  const y = (count: number) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - count / most)
  const half = last === 0 ? (width - LEFT - RIGHT) / 2 : (x(1) - x(0)) / 2

  const nearest = ({ clientX, currentTarget }: PointerEvent<HTMLElement>) => {
    const share = (clientX - currentTarget.getBoundingClientRect().left - LEFT) / (width - LEFT - RIGHT)
    setChosen(Math.min(last, Math.max(0, Math.round(share * last))))
  }
  const goBy = (event: KeyboardEvent) => {
    const next = {
      ArrowLeft: at - 1,
      ArrowRight: at + 1,
      ArrowDown: at - 1,
      ArrowUp: at + 1,
      PageUp: at + PAGE,
      PageDown: at - PAGE,
      Home: 0,
      End: last,
    }[event.key]
    if (next === undefined) return
    event.preventDefault()
    setChosen(Math.min(last, Math.max(0, next)))
  }
  const words = (one: UsageNumbersFragment) =>
    t(one.overassigned ? "usage.pointOver" : "usage.point", {
      day: dayOf(one),
      purchased: one.purchased.atEnd,
      seated: one.seated.atEnd,
      waiting: one.waiting.atEnd,
    })
  return (
    <>
      <div className={styles.numbers} aria-hidden>
        <Text weight="semibold" className={styles.day}>
          {point ? dayOf(point) : ""}
        </Text>
        {SERIES.map((name) => (
          <span key={name} className={styles.number}>
            <svg width="24" height="8" aria-hidden className={styles[name]}>
              <line x1="0" x2="24" y1="4" y2="4" strokeWidth="2" strokeDasharray={DASHES[name]} />
            </svg>
            <Text>
              {t(`usage.${name}`)} <b>{intl.formatNumber(point?.[name].atEnd ?? 0)}</b>
            </Text>
          </span>
        ))}
        {point?.overassigned ? <Text>{t("usage.over")}</Text> : null}
      </div>
      <div
        ref={box}
        className={styles.chart}
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-orientation="horizontal"
        aria-valuemin={0}
        aria-valuemax={last}
        aria-valuenow={at}
        aria-valuetext={point ? words(point) : ""}
        onKeyDown={goBy}
        onPointerMove={nearest}
        onPointerDown={nearest}
        onPointerLeave={() => setChosen(undefined)}
      >
        <svg width={width} height={HEIGHT} className={styles.svg} aria-hidden>
          <path
            className={styles.area}
            d={`${pathOf(intervals.map((one, i) => [x(i), y(one.seated.atEnd)]))}L${x(last)},${y(0)}L${x(0)},${y(0)}Z`}
          />
          {intervals.map((one, index) =>
            one.overassigned ? (
              <rect
                key={one.from}
                className={styles.over}
                x={Math.max(LEFT, x(index) - half)}
                width={Math.min(width - RIGHT, x(index) + half) - Math.max(LEFT, x(index) - half)}
                y={TOP}
                height={HEIGHT - TOP - BOTTOM}
                fillOpacity="0.6"
                shapeRendering="crispEdges"
              />
            ) : null,
          )}
          {[0, most / 2, most].map((count) => (
            <g key={count}>
              <line className={styles.grid} x1={LEFT} x2={width - RIGHT} y1={y(count)} y2={y(count)} />
              <text className={styles.axis} x={LEFT - 6} y={y(count) + 4} textAnchor="end">
                {intl.formatNumber(count, { notation: count >= 10_000 ? "compact" : "standard" })}
              </text>
            </g>
          ))}
          {SERIES.map((name) => (
            <path
              key={name}
              className={mergeClasses(styles[name])}
              d={pathOf(intervals.map((one, i) => [x(i), y(one[name].atEnd)]))}
              fill="none"
              strokeWidth="2"
              strokeDasharray={DASHES[name]}
            />
          ))}
          {point ? (
            <>
              <line className={styles.cursor} x1={x(at)} x2={x(at)} y1={TOP} y2={HEIGHT - BOTTOM} />
              {SERIES.map((name) => (
                <circle key={name} className={styles[name]} cx={x(at)} cy={y(point[name].atEnd)} r="4" fill="currentColor" />
              ))}
            </>
          ) : null}
          {[...new Set([0, last])].map((index) => {
            const one = intervals[index]
            return one ? (
              <text
                key={index}
                className={styles.axis}
                x={x(index)}
                y={HEIGHT - 6}
                textAnchor={last === 0 ? "middle" : index === 0 ? "start" : "end"}
              >
                {intl.formatDate(`${index === 0 ? one.from : one.to}T12:00:00Z`, { dateStyle: "medium", timeZone: "UTC" })}
              </text>
            ) : null
          })}
        </svg>
      </div>
    </>
  )
}

function pathOf(points: readonly (readonly [number, number])[]): string {
  return points.map(([x, y], index) => `${index === 0 ? "M" : "L"}${x.toFixed(1)},${y.toFixed(1)}`).join("")
}

/** The next even number of the kind 2, 4, 10, 20, 40, 100 …, so that the middle is whole as well. */
function niceMost(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most))
  return [2, 4, 6, 8, 10, 20].map((step) => step * power).find((nice) => nice >= most) ?? most
}
