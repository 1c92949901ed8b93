/** What would become of whom, worked out by the ledger's own rules before anybody confirms. */
import { makeStyles, Text, tokens } from "@fluentui/react-components"
import {
  ArrowCircleDown20Regular,
  ArrowCircleUp20Regular,
  CheckmarkCircle20Regular,
  Clock20Regular,
  DismissCircle20Regular,
} from "@fluentui/react-icons"
import type { ReactNode } from "react"
import { useIntl } from "react-intl"
import type { SimulatedEffectsFragment, SimulatedPeopleFragment } from "../api/operations"
import { type TextKey, useText } from "../texts/texts"

type Person = SimulatedPeopleFragment["nodes"][number]

const useStyles = makeStyles({
  list: { listStyleType: "none", margin: 0, padding: 0, display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS },
  line: { display: "flex", alignItems: "flex-start", gap: tokens.spacingHorizontalS },
  icon: { flexShrink: 0, lineHeight: 0, color: tokens.colorNeutralForeground2 },
  words: { display: "flex", flexDirection: "column", minWidth: 0, overflowWrap: "anywhere" },
  second: { color: tokens.colorNeutralForeground2 },
  seats: { fontVariantNumeric: "tabular-nums" },
})

interface WhatHappensProps {
  readonly effects: SimulatedEffectsFragment
  /** Who is named beside it already, and need not be again. */
  readonly named?: readonly string[]
}

export function WhatHappens({ effects, named = [] }: WhatHappensProps) {
  const styles = useStyles()
  const t = useText()
  const { counts, before, after } = effects
  const place = (person: Person) => t("simulation.from", { name: nameOf(person), place: person.waitlistPosition ?? 0 })
  const isUntouched = Object.values(counts).every((count) => count === 0)
  if (isUntouched) return <Text>{t("simulation.nothing")}</Text>
  return (
    <>
      <ul className={styles.list} aria-label={t("simulation.label")}>
        <Line
          icon={<DismissCircle20Regular />}
          text="simulation.loses"
          count={counts.losesSeat}
          people={unlessNamed(effects.loses, named)}
          say={nameOf}
        />
        <Line
          icon={<ArrowCircleDown20Regular />}
          text="simulation.leaves"
          count={counts.leavesWaitlist}
          people={unlessNamed(effects.leaves, named)}
          say={nameOf}
        />
        <Line
          icon={<CheckmarkCircle20Regular />}
          text="simulation.keeps"
          count={counts.keepsSeat + counts.keepsPlace}
          people={effects.keeps}
          say={(person) => {
            const groups = person.groups.map(({ displayName }) => displayName).join(", ")
            if (groups === "") return t("simulation.keepsDirect", { name: nameOf(person) })
            return t("simulation.keepsThrough", { name: nameOf(person), groups })
          }}
        />
        <Line icon={<CheckmarkCircle20Regular />} text="simulation.gains" count={counts.gainsSeat} people={effects.gains} say={nameOf} />
        <Line icon={<ArrowCircleUp20Regular />} text="simulation.movesUp" count={counts.movesUp} people={effects.movesUp} say={place} />
        <Line
          icon={<Clock20Regular />}
          text="simulation.waits"
          count={counts.waits}
          people={effects.waits}
          say={(person) => t("simulation.at", { name: nameOf(person), place: person.waitlistPosition ?? 0 })}
        />
      </ul>
      <Text className={styles.seats}>
        {t("simulation.seats", { before: before.seated, after: after.seated, purchased: after.purchased })}{" "}
        {before.waitlisted + after.waitlisted > 0 ? t("simulation.waitlist", { before: before.waitlisted, after: after.waitlisted }) : null}
      </Text>
    </>
  )
}

interface LineProps {
  readonly icon: ReactNode
  readonly text: TextKey
  readonly count: number
  /** Undefined: only how many. */
  readonly people: SimulatedPeopleFragment | undefined
  readonly say: (person: Person) => string
}

function Line({ icon, text, count, people, say }: LineProps) {
  const styles = useStyles()
  const t = useText()
  const intl = useIntl()
  if (count === 0) return null
  const names = people?.nodes.map(say) ?? []
  const others = count - names.length
  const listed = intl.formatList(others > 0 ? [...names, t("simulation.others", { count: others })] : names, { type: "conjunction" })
  return (
    <li className={styles.line}>
      <span className={styles.icon} aria-hidden>
        {icon}
      </span>
      <span className={styles.words}>
        <Text weight="semibold">{t(text, { count })}</Text>
        {people ? (
          <Text size={200} className={styles.second}>
            {listed}
          </Text>
        ) : null}
      </span>
    </li>
  )
}

function unlessNamed(people: SimulatedPeopleFragment, named: readonly string[]): SimulatedPeopleFragment | undefined {
  return people.nodes.every(({ userId }) => named.includes(userId)) ? undefined : people
}

function nameOf({ user, userId }: Person): string {
  return user?.displayName ?? userId
}
