/** One entry of the trail: what happened, who did it, when and why. */
import { Avatar, makeStyles, mergeClasses, Text, tokens } from "@fluentui/react-components"
import { Bot20Regular, BuildingShop20Regular, PlugConnected20Regular } from "@fluentui/react-icons"
import { useIntl } from "react-intl"
import type { EntryFragment } from "../api/operations"
import { PageLink } from "../parts/page-link"
import { type TextKey, useText } from "../texts/texts"

const useStyles = makeStyles({
  actor: { display: "flex", alignItems: "center", gap: tokens.spacingHorizontalS, minWidth: 0 },
  words: { display: "flex", flexDirection: "column", minWidth: 0 },
  cut: { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  what: {
    display: "-webkit-box",
    WebkitBoxOrient: "vertical",
    WebkitLineClamp: "2",
    overflow: "hidden",
    overflowWrap: "anywhere",
    "@media (max-width: 559px)": { WebkitLineClamp: "3" },
  },
  second: { color: tokens.colorNeutralForeground3 },
  // Where the columns of who and when are left out.
  narrowOnly: { "@media (min-width: 560px)": { display: "none" } },
  line: { paddingTop: tokens.spacingVerticalXS, paddingBottom: tokens.spacingVerticalXS },
})

type Actor = EntryFragment["actor"]

export function ActorLine({ actor }: { readonly actor: Actor }) {
  const styles = useStyles()
  const t = useText()
  const name = useActorName()(actor)
  const second = actor.role ? t(`role.${actor.role}` satisfies TextKey) : t(`actor.${actor.type}` satisfies TextKey)
  return (
    <div className={styles.actor}>
      {actor.type === "USER" ? (
        <Avatar name={name} size={24} color="colorful" idForColor={actor.id} aria-hidden />
      ) : (
        <Avatar size={24} shape="square" icon={ICONS[actor.type]} aria-hidden />
      )}
      <div className={styles.words}>
        <Text className={styles.cut}>{name}</Text>
        <Text size={200} className={mergeClasses(styles.cut, styles.second)}>
          {second}
        </Text>
      </div>
    </div>
  )
}

const ICONS = { SYSTEM: <Bot20Regular />, VENDOR: <BuildingShop20Regular />, IDENTITY_PROVIDER: <PlugConnected20Regular /> }

export function useActorName(): (actor: Actor) => string {
  const t = useText()
  return ({ type, displayName, id }) => displayName ?? (type === "SYSTEM" ? t("actor.SYSTEM") : id)
}

/** What happened, with a link to the entry; below it the reason, where somebody gave one. */
export function WhatHappened({ entry }: { readonly entry: EntryFragment }) {
  const styles = useStyles()
  const t = useText()
  const actorName = useActorName()
  const { revision, summary, reason, actor, recordedAt } = entry
  return (
    <div className={mergeClasses(styles.words, styles.line)}>
      <PageLink to={`/history/${revision}`} className={styles.what}>
        {summary}
      </PageLink>
      {reason ? (
        <Text size={200} className={mergeClasses(styles.cut, styles.second)}>
          {t("history.because", { reason })}
        </Text>
      ) : null}
      <Text size={200} className={mergeClasses(styles.second, styles.narrowOnly)}>
        {actorName(actor)} · <When at={recordedAt} />
      </Text>
    </div>
  )
}

export function When({ at }: { readonly at: string }) {
  const intl = useIntl()
  return (
    <time dateTime={at} title={intl.formatDate(at, { dateStyle: "full", timeStyle: "long" })}>
      {intl.formatDate(at, { dateStyle: "medium", timeStyle: "short" })}
    </time>
  )
}
