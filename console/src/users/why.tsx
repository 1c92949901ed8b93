/** Why somebody holds a seat of a license, waits for one or has none: what entitles, what happened, and what it would take. */
import { makeStyles, mergeClasses, Text, tokens } from "@fluentui/react-components"
import type { ReactNode } from "react"
import { useIntl } from "react-intl"
import { useQuery } from "urql"
import { isOfNames } from "../api/changes"
import { useChanges } from "../api/live"
import { WhyDocument, type WhyEntryFragment, type WhyQuery } from "../api/operations"
import { useActorName } from "../history/entry-line"
import { PageLink } from "../parts/page-link"
import { Failed, Loading } from "../parts/states"
import { useViewer } from "../session/viewer"
import { useMoment } from "../shell/moment"
import { type TextKey, useText } from "../texts/texts"
import { useWhenBack } from "./when-back"

type Told = WhyQuery["whyLicensed"]
type Source = Told["sources"][number]
type Remedy = Told["remedies"][number]

const useStyles = makeStyles({
  why: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalM },
  part: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalXS },
  list: {
    listStyleType: "disc",
    margin: 0,
    paddingLeft: tokens.spacingHorizontalXL,
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalXS,
  },
  events: { listStyleType: "decimal" },
  second: { color: tokens.colorNeutralForeground2 },
  // Within a sentence color alone does not tell a link (WCAG 1.4.1).
  link: { textDecorationLine: "underline" },
})

export function Why({ licenseId, userId }: { readonly licenseId: string; readonly userId: string }) {
  const styles = useStyles()
  const t = useText()
  const { asOf } = useMoment()
  const [{ data, error }, again] = useQuery({ query: WhyDocument, variables: { licenseId, userId, asOf } })
  const reload = () => again({ requestPolicy: "network-only" })
  useChanges(
    (change) => change.license?.id === licenseId || isOfNames(change) || JSON.stringify(change.data).includes(`"${userId}"`),
    reload,
  )
  useWhenBack(reload)
  if (error && !data) return <Failed error={error} retry={reload} />
  if (!data) return <Loading />
  const told = data.whyLicensed
  const { sources, remedies, transitions, transitionCount } = told
  return (
    <div className={styles.why}>
      <Text>{standing(told, t)}</Text>
      {sources.length > 0 ? (
        <Part title={t(told.state === "INACTIVE" ? "why.dormant" : "why.through")}>
          <ul className={styles.list}>
            {sources.map((source) => (
              <li key={source.group?.id ?? source.type}>
                <Entitles source={source} />
              </li>
            ))}
          </ul>
        </Part>
      ) : null}
      {remedies.length > 0 ? (
        <Part title={t("why.takes")}>
          <ul className={styles.list}>
            {remedies.map((remedy) => (
              <li key={remedy.kind}>
                <Takes remedy={remedy} />
              </li>
            ))}
          </ul>
        </Part>
      ) : null}
      {transitions.length > 0 ? (
        <Part title={t("why.happened")}>
          <ol className={mergeClasses(styles.list, styles.events)}>
            {transitionCount > transitions.length ? <li>{t("why.earlier", { count: transitionCount - transitions.length })}</li> : null}
            {transitions.map(({ kind, revision, at, entry }) => (
              <li key={`${revision} ${kind}`}>
                {t(`why.transition.${kind}` satisfies TextKey)} <Entry at={at} entry={entry} />
              </li>
            ))}
          </ol>
        </Part>
      ) : null}
    </div>
  )
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const styles = useStyles()
  return (
    <section className={styles.part}>
      <Text as="h3" weight="semibold" style={{ margin: 0 }}>
        {title}
      </Text>
      {children}
    </section>
  )
}

/** How the person stands to the license, in a sentence. */
function standing({ state, waitlistPosition, before, license }: Told, t: ReturnType<typeof useText>): string {
  if (state !== "WAITLISTED") return t(`why.state.${state}` satisfies TextKey)
  return t("why.state.WAITLISTED", { place: waitlistPosition ?? 0, count: license?.seats.waitlisted ?? 0, before: before ?? 0 })
}

function Entitles({ source: { type, since, group, assignedBy, joinedBy } }: { readonly source: Source }) {
  const styles = useStyles()
  const t = useText()
  const intl = useIntl()
  const { may } = useViewer()
  if (type === "DIRECT") {
    return (
      <>
        {t("why.direct")} <Entry at={since} entry={assignedBy} />
      </>
    )
  }
  return (
    <>
      {t("why.group")}{" "}
      {group && may("read") ? (
        <PageLink to={`/groups/${group.id}`} className={styles.link}>
          {group.displayName}
        </PageLink>
      ) : (
        (group?.displayName ?? t("why.goneGroup"))
      )}
      {joinedBy && assignedBy ? (
        <ul className={styles.list}>
          <li>
            {t("why.joined")} <Entry at={joinedBy.recordedAt} entry={joinedBy} />
          </li>
          <li>
            {t("why.groupAssigned")} <Entry at={assignedBy.recordedAt} entry={assignedBy} />
          </li>
        </ul>
      ) : (
        <Text className={styles.second}> {t("why.since", { date: intl.formatDate(since, { dateStyle: "long" }) })}</Text>
      )}
    </>
  )
}

/** When, by whom and with which reason; the way into the trail for those who see it. */
function Entry({ at, entry }: { readonly at: string; readonly entry: WhyEntryFragment | null }) {
  const styles = useStyles()
  const t = useText()
  const intl = useIntl()
  const nameOf = useActorName()
  const date = intl.formatDate(at, { dateStyle: "long" })
  if (!entry) return <Text className={styles.second}>{t("why.on", { date })}</Text>
  return (
    <>
      <PageLink to={`/history/${entry.revision}`} className={styles.link}>
        {t("why.onBy", { date, who: nameOf(entry.actor) })}
      </PageLink>
      {entry.reason === null ? null : <Text className={styles.second}> “{entry.reason}”</Text>}
    </>
  )
}

function Takes({ remedy: { kind, seats, groups } }: { readonly remedy: Remedy }) {
  const styles = useStyles()
  const t = useText()
  if (kind === "FREE_SEATS") return t("why.remedy.FREE_SEATS", { seats: seats ?? 0 })
  if (kind !== "ASSIGN" || groups.length === 0) return t(`why.remedy.${kind}` satisfies TextKey)
  return (
    <>
      {t("why.remedy.ASSIGN")} {t("why.remedy.orJoin")}{" "}
      {groups.map(({ id, displayName }, index) => (
        <span key={id}>
          {index > 0 ? ", " : null}
          <PageLink to={`/groups/${id}`} className={styles.link}>
            {displayName}
          </PageLink>
        </span>
      ))}
    </>
  )
}
