/** The facts of an event as a list that people can read: ids as names, lists shortened, times as times. */
import { Button, makeStyles, tokens } from "@fluentui/react-components"
import { type ReactNode, useState } from "react"
import { useIntl } from "react-intl"
import type { AsOf } from "../api/operations"
import { type TextKey, useText } from "../texts/texts"
import { kindOf, Named } from "./named"

/** Names of facts that have words in the catalogues (`fact.…`); what a newer ledger adds is shown by its own name. */
const KNOWN = [
  "active",
  "added",
  "already",
  "asOfRevision",
  "assigned",
  "attribute",
  "because",
  "claims",
  "count",
  "digest",
  "displayName",
  "effectiveAt",
  "externalId",
  "graceDays",
  "graceEndsAt",
  "groupId",
  "id",
  "installUrl",
  "licenseId",
  "name",
  "nestedAdded",
  "nestedRemoved",
  "newClaims",
  "onGraceEnd",
  "opened",
  "orderedBy",
  "ordinal",
  "outcome",
  "overassignedBy",
  "people",
  "plan",
  "previousPlan",
  "previousSeats",
  "previousStatus",
  "principal",
  "productId",
  "productName",
  "remaining",
  "removed",
  "restores",
  "reviewedRevision",
  "revision",
  "root",
  "seated",
  "seats",
  "sequence",
  "skipped",
  "status",
  "stillLicensedVia",
  "subscriptionId",
  "transferFrom",
  "transferTo",
  "type",
  "unassigned",
  "url",
  "userId",
  "vendorEventId",
  "vendorId",
  "via",
  "waitlisted",
  "wasSeated",
  "why",
] as const
type KnownFact = (typeof KNOWN)[number]
/** Values that are one of a few, and have words as well (`value.…`). */
const VALUES = [
  "ACTIVE",
  "ASKED",
  "CANCELLED",
  "GONE",
  "GROUP_DELETED",
  "GROUP_UNASSIGNED",
  "HOLD",
  "LEFT_GROUP",
  "LICENSE_CANCELLED",
  "NEW_CLAIM",
  "NO_CHANGE",
  "PLAN",
  "REVOKE",
  "SEATS",
  "SEQUENCE",
  "STALE",
  "STATUS",
  "SUSPENDED",
  "TIMESTAMP",
  "TRANSFER",
  "UNASSIGNED",
  "USER_DEACTIVATED",
  "USER_DELETED",
  "WAITLIST",
  "WARNING",
] as const
type KnownValue = (typeof VALUES)[number]

/** Of a longer list so many are shown until somebody asks for more, and then so many more: each asks for a name. */
const SHOWN = 8
const MORE = 50

const useStyles = makeStyles({
  facts: {
    display: "grid",
    gridTemplateColumns: "fit-content(14rem) minmax(0, 1fr)",
    gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalL}`,
    margin: 0,
    "@media (max-width: 479px)": { gridTemplateColumns: "minmax(0, 1fr)", "& dd": { marginBottom: tokens.spacingVerticalS } },
  },
  name: { color: tokens.colorNeutralForeground2 },
  value: { margin: 0, overflowWrap: "anywhere" },
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalL, listStyleType: "disc" },
})

interface FactsProps {
  readonly data: Readonly<Record<string, unknown>>
  /** The moment whose names are shown. */
  readonly asOf: AsOf
}

export function Facts({ data, asOf }: FactsProps) {
  const styles = useStyles()
  const t = useText()
  const label = (name: string) => (isKnownFact(name) ? t(`fact.${name}` satisfies TextKey) : name)
  return (
    <dl className={styles.facts}>
      {Object.entries(data).map(([name, value]) => (
        <div key={name} style={{ display: "contents" }}>
          <dt className={styles.name}>{label(name)}</dt>
          <dd className={styles.value}>
            <Value value={value} asOf={asOf} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Value({ value, asOf }: { readonly value: unknown; readonly asOf: AsOf }): ReactNode {
  const intl = useIntl()
  const t = useText()
  if (value === null) return "–"
  if (typeof value === "number") return intl.formatNumber(value)
  if (typeof value === "boolean") return t(value ? "fact.yes" : "fact.no")
  if (typeof value === "string") return <Words text={value} asOf={asOf} />
  if (Array.isArray(value)) return <List values={value} asOf={asOf} />
  if (isRecord(value)) {
    // A principal is its name, a claim its person; the rest is in the raw data.
    const id = value.userId ?? value.id
    if (typeof id === "string" && kindOf(id)) return <Named id={id} asOf={asOf} />
    return <Facts data={value} asOf={asOf} />
  }
  return String(value)
}

function Words({ text, asOf }: { readonly text: string; readonly asOf: AsOf }) {
  const intl = useIntl()
  const t = useText()
  if (isKnownValue(text)) return t(`value.${text}` satisfies TextKey)
  if (kindOf(text)) return <Named id={text} asOf={asOf} />
  if (/^\d{4}-\d{2}-\d{2}T/.test(text)) return intl.formatDate(text, { dateStyle: "long", timeStyle: "short" })
  return text
}

function List({ values, asOf }: { readonly values: readonly unknown[]; readonly asOf: AsOf }) {
  const styles = useStyles()
  const t = useText()
  const [most, setMost] = useState(SHOWN)
  if (values.length === 0) return "–"
  const shown = values.slice(0, most)
  return (
    <>
      <ul className={styles.list}>
        {shown.map((value) => (
          <li key={JSON.stringify(value)}>
            <Value value={value} asOf={asOf} />
          </li>
        ))}
      </ul>
      {shown.length < values.length ? (
        <Button size="small" appearance="transparent" onClick={() => setMost(most + MORE)}>
          {t("fact.more", { more: Math.min(MORE, values.length - shown.length), shown: shown.length, count: values.length })}
        </Button>
      ) : null}
    </>
  )
}

function isKnownFact(name: string): name is KnownFact {
  return KNOWN.some((known) => known === name)
}

function isKnownValue(text: string): text is KnownValue {
  return VALUES.some((known) => known === text)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
