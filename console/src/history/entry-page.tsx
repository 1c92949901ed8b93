/** One entry of the trail: what, who, when and why, what brought it about, its facts, and the ledger as it was then. */
import { Breadcrumb, BreadcrumbItem, Button, Divider, makeStyles, Subtitle2, Text, tokens } from "@fluentui/react-components"
import { ArrowLeft20Regular, ArrowRight20Regular, History20Regular } from "@fluentui/react-icons"
import { type ReactNode, useId, useState } from "react"
import { useIntl } from "react-intl"
import { useNavigate, useParams } from "react-router"
import { useQuery } from "urql"
import { useChanges } from "../api/live"
import { type EntryFragment, HistoryEntryDocument, type HistoryEntryQuery } from "../api/operations"
import { Card } from "../parts/card"
import { Page } from "../parts/page"
import { PageLink } from "../parts/page-link"
import { Failed, Loading, Missing } from "../parts/states"
import { useKnownMoment } from "../shell/known-moment"
import { AS_OF, useAtMoment } from "../shell/moment"
import { type TextKey, useSpoken, useText } from "../texts/texts"
import { ActorLine, useActorName, When } from "./entry-line"
import { isKnown } from "./event-types"
import { Facts } from "./facts"

type Entry = HistoryEntryQuery["history"]["nodes"][number]
/** A cause, as deep as the query goes. */
interface Cause extends EntryFragment {
  readonly causedBy?: Cause | { readonly revision: number } | null
}

const NARROW = "@media (max-width: 479px)"
const useStyles = makeStyles({
  columns: {
    display: "grid",
    gridTemplateColumns: "minmax(0, 3fr) minmax(0, 2fr)",
    gap: tokens.spacingHorizontalL,
    alignItems: "start",
    "@media (max-width: 1023px)": { gridTemplateColumns: "minmax(0, 1fr)" },
  },
  card: { padding: tokens.spacingHorizontalL, gap: tokens.spacingVerticalM, minWidth: 0 },
  stack: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalL, minWidth: 0 },
  heading: { margin: 0 },
  facts: {
    display: "grid",
    gridTemplateColumns: "fit-content(10rem) minmax(0, 1fr)",
    gap: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    margin: 0,
    alignItems: "center",
    [NARROW]: { gridTemplateColumns: "minmax(0, 1fr)", rowGap: 0 },
  },
  name: { color: tokens.colorNeutralForeground2 },
  value: { margin: 0, overflowWrap: "anywhere", minWidth: 0, [NARROW]: { marginBottom: tokens.spacingVerticalS } },
  reason: {
    margin: 0,
    paddingLeft: tokens.spacingHorizontalM,
    borderLeft: `3px solid ${tokens.colorBrandStroke2}`,
    overflowWrap: "anywhere",
  },
  chain: { listStyleType: "none", margin: 0, padding: 0, display: "flex", flexDirection: "column", gap: tokens.spacingVerticalM },
  link: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalXXS, overflowWrap: "anywhere" },
  second: { color: tokens.colorNeutralForeground2 },
  buttons: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalS },
  raw: {
    margin: 0,
    padding: tokens.spacingHorizontalM,
    overflowX: "auto",
    maxHeight: "24rem",
    backgroundColor: tokens.colorNeutralBackground3,
    borderRadius: tokens.borderRadiusMedium,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
  },
})

/** The largest number that the API takes for a revision. */
const MOST_REVISIONS = 2 ** 31 - 1

export function EntryPage() {
  const { revision = "" } = useParams()
  const number = /^[1-9]\d{0,9}$/.test(revision) && Number(revision) <= MOST_REVISIONS ? Number(revision) : 0
  const language = useSpoken()
  const [{ data, error }, again] = useQuery({
    query: HistoryEntryDocument,
    variables: { revision: number, language },
    pause: number === 0,
  })
  const moment = useKnownMoment()
  // In the past there is nothing after the moment that is shown.
  if (number === 0 || (moment?.revision !== undefined && number > moment.revision)) return <Missing />
  if (error && !data) return <Failed error={error} retry={again} />
  if (!data) return <Loading />
  const [entry] = data.history.nodes
  return entry ? <Shown entry={entry} newest={data.viewer.organization?.revision ?? 0} upTo={moment?.revision} /> : <Missing />
}

interface ShownProps {
  readonly entry: Entry
  /** The last revision there was when the entry was asked for. */
  readonly newest: number
  /** The last one at the moment that is shown. */
  readonly upTo: number | undefined
}

function Shown({ entry, newest, upTo }: ShownProps) {
  const styles = useStyles()
  const t = useText()
  const intl = useIntl()
  const navigate = useNavigate()
  const atMoment = useAtMoment()
  const actorName = useActorName()
  const [seen, setSeen] = useState(newest)
  useChanges(
    () => true,
    (changes, missed) => setSeen((before) => Math.max(before, missed?.newest ?? 0, ...changes.map(({ revision: of }) => of))),
  )
  const { revision, type, recordedAt, actor, reason, summary, license, causedBy, data } = entry
  const fact = (name: string, value: ReactNode) => (
    <>
      <dt className={styles.name}>{name}</dt>
      <dd className={styles.value}>{value}</dd>
    </>
  )
  const place = license ? `/licenses/${license.id}` : "/licenses"
  const asOf = (moment: number) => navigate({ pathname: place, search: `?${AS_OF}=${moment}` })
  return (
    <Page
      title={summary}
      path={`/history/${revision}`}
      trail={
        <Breadcrumb aria-label={t("trail.label")}>
          <BreadcrumbItem>
            <PageLink to="/history">{t("nav.history")}</PageLink>
          </BreadcrumbItem>
        </Breadcrumb>
      }
      actions={
        <div className={styles.buttons}>
          <Button icon={<ArrowLeft20Regular />} disabled={revision === 1} onClick={() => navigate(atMoment(`/history/${revision - 1}`))}>
            {t("entry.previous")}
          </Button>
          <Button
            icon={<ArrowRight20Regular />}
            iconPosition="after"
            disabled={revision >= (upTo ?? Math.max(seen, newest))}
            onClick={() => navigate(atMoment(`/history/${revision + 1}`))}
          >
            {t("entry.next")}
          </Button>
        </div>
      }
    >
      <div className={styles.columns}>
        <div className={styles.stack}>
          <Card className={styles.card}>
            <dl className={styles.facts}>
              {fact(t("history.what"), isKnown(type) ? t(`event.${type}` satisfies TextKey) : type)}
              {fact(t("history.who"), <ActorLine actor={actor} />)}
              {fact(t("history.when"), intl.formatDate(recordedAt, { dateStyle: "full", timeStyle: "long" }))}
              {license ? fact(t("history.license"), <PageLink to={place}>{license.product.name}</PageLink>) : null}
              {fact(t("history.revision"), intl.formatNumber(revision))}
            </dl>
            {reason === null ? null : (
              <blockquote className={styles.reason} aria-label={t("entry.reason")}>
                {reason}
              </blockquote>
            )}
            <PageLink to="/history" search={{ actor: actor.id }}>
              {t("entry.byActor", { actor: actorName(actor) })}
            </PageLink>
          </Card>
          <Data data={data} revision={revision} eventId={entry.eventId} />
        </div>
        <div className={styles.stack}>
          <Card className={styles.card}>
            <Subtitle2 as="h2" className={styles.heading}>
              {t("entry.causes")}
            </Subtitle2>
            {causedBy ? <Causes first={causedBy} /> : <Text>{t("entry.noCause", { actor: actorName(actor) })}</Text>}
          </Card>
          <Card className={styles.card}>
            <Subtitle2 as="h2" className={styles.heading}>
              {t("entry.then")}
            </Subtitle2>
            <Text>{t("entry.then.hint")}</Text>
            <div className={styles.buttons}>
              <Button icon={<History20Regular />} onClick={() => asOf(revision)}>
                {t("entry.showThen")}
              </Button>
              <Button onClick={() => asOf(revision - 1)}>{t("entry.showBefore")}</Button>
            </div>
          </Card>
        </div>
      </div>
    </Page>
  )
}

/** From what brought it about down to what somebody asked for. */
function Causes({ first }: { readonly first: Cause }) {
  const styles = useStyles()
  const t = useText()
  const causes: Cause[] = []
  let further: number | undefined
  for (let cause: Cause["causedBy"] = first; cause; ) {
    if (!("summary" in cause)) {
      further = cause.revision
      break
    }
    causes.push(cause)
    cause = cause.causedBy
  }
  return (
    <ol className={styles.chain}>
      {causes.map(({ revision, summary, reason, actor, recordedAt, causedBy }) => (
        <li key={revision} className={styles.link}>
          <Text size={200} className={styles.second}>
            {t(causedBy ? "entry.because" : "entry.started")}
          </Text>
          <PageLink to={`/history/${revision}`}>{summary}</PageLink>
          {reason === null ? null : <Text size={200}>{t("history.because", { reason })}</Text>}
          <ActorLine actor={actor} />
          <Text size={200} className={styles.second}>
            <When at={recordedAt} />
          </Text>
          {causedBy ? <Divider /> : null}
        </li>
      ))}
      {further === undefined ? null : (
        <li>
          <PageLink to={`/history/${further}`}>{t("entry.further")}</PageLink>
        </li>
      )}
    </ol>
  )
}

function Data({ data, revision, eventId }: { readonly data: Entry["data"]; readonly revision: number; readonly eventId: string }) {
  const styles = useStyles()
  const t = useText()
  const [isRaw, setRaw] = useState(false)
  const rawId = useId()
  return (
    <Card className={styles.card}>
      <Subtitle2 as="h2" className={styles.heading}>
        {t("entry.data")}
      </Subtitle2>
      <Facts data={data} asOf={{ revision }} />
      <div>
        <Button size="small" aria-expanded={isRaw} aria-controls={rawId} onClick={() => setRaw(!isRaw)}>
          {t(isRaw ? "entry.hideRaw" : "entry.showRaw")}
        </Button>
      </div>
      {isRaw ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be within reach of the keyboard.
        <pre id={rawId} className={styles.raw} tabIndex={0}>
          {JSON.stringify({ revision, eventId, data }, null, 2)}
        </pre>
      ) : null}
    </Card>
  )
}
