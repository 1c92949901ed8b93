/**
 * What others have just done, said in passing over the page: "3 people were added to Lumen Draw by Adele". Nothing moves for
 * it. And, when the connection is gone for longer than a moment, that what is shown may be old.
 */
import { Button, makeStyles, mergeClasses, Text, tokens } from "@fluentui/react-components"
import { Dismiss16Regular, PeopleSync16Regular, PlugDisconnected16Regular } from "@fluentui/react-icons"
import { useEffect, useRef, useState } from "react"
import { useLocation } from "react-router"
import type { Change } from "../api/changes"
import { useChanges, useConnectionState } from "../api/live"
import { PageLink } from "../parts/page-link"
import { useViewer, type Viewer } from "../session/viewer"
import { useLanguage, useText } from "../texts/texts"
import { type News, newsOf, newsOfMissed, withNews } from "./news"

/** After so long without anything new the note goes away by itself; not while somebody reads or touches it. */
const STAYS_MS = 12_000
/** A connection that is back sooner is not worth a word. */
const SHORT_MS = 2_500
/** Lines of the note; of more it says how many. */
const LINES = 2

const useStyles = makeStyles({
  // Over the lower edge of the page, in the grid of the shell.
  place: {
    gridColumnEnd: -1,
    gridRowStart: 2,
    alignSelf: "end",
    justifySelf: "center",
    zIndex: 4,
    display: "flex",
    flexDirection: "column",
    alignItems: "center",
    gap: tokens.spacingVerticalS,
    maxWidth: "100%",
    boxSizing: "border-box",
    padding: tokens.spacingHorizontalM,
    pointerEvents: "none",
  },
  bar: {
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalS,
    boxSizing: "border-box",
    maxWidth: "40rem",
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`,
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    backgroundColor: tokens.colorNeutralBackground1,
    boxShadow: tokens.shadow8,
    pointerEvents: "auto",
    "@media (prefers-reduced-motion: no-preference)": {
      animationName: { from: { opacity: 0, transform: "translateY(8px)" }, to: { opacity: 1, transform: "none" } },
      animationDuration: tokens.durationNormal,
    },
  },
  lost: { backgroundColor: tokens.colorStatusWarningBackground1, "& svg": { color: tokens.colorStatusWarningForeground3 } },
  icon: { flexShrink: 0, lineHeight: 0 },
  lines: { display: "flex", flexDirection: "column", minWidth: 0, overflowWrap: "anywhere" },
})

export function LiveNote() {
  const styles = useStyles()
  return (
    <div className={styles.place}>
      <OthersNote />
      <ConnectionNote />
    </div>
  )
}

function OthersNote() {
  const styles = useStyles()
  const t = useText()
  const { language } = useLanguage()
  const viewer = useViewer()
  const { pathname } = useLocation()
  const [news, setNews] = useState<readonly News[]>([])
  const isRead = useRef(false)
  useChanges(
    (change) => !isOwn(change, viewer) && isShownAt(pathname, change),
    (changes, missed) => setNews((before) => withNews(before, [...(missed ? [newsOfMissed(missed)] : []), ...changes.flatMap(newsOf)])),
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: what concerned the last page is no news on the next.
  useEffect(() => {
    setNews([])
    // What is taken away under the pointer or the focus says nothing of it.
    isRead.current = false
  }, [pathname])
  useEffect(() => {
    if (news.length === 0) return
    const timer = setInterval(() => {
      if (!isRead.current) setNews([])
    }, STAYS_MS)
    return () => clearInterval(timer)
  }, [news])
  const onLicense = /^\/licenses\/./.test(pathname)
  const words = ({ kind, count, actor, product, summary, dutch }: News): string => {
    const who = actor ?? t("live.somebody")
    if (kind === "missed") return t("live.missed", { count })
    if (kind === "other" || count === 0) return language === "nl" ? dutch : summary
    if (kind === "users") return t("live.users", { count, who })
    if (onLicense || product === undefined) return t(kind === "added" ? "live.added" : "live.removed", { count, who })
    return t(kind === "added" ? "live.addedTo" : "live.removedFrom", { count, who, product })
  }
  const shown = news.slice(0, LINES)
  const newest = news[0]
  return (
    <div role="status">
      {newest ? (
        // biome-ignore lint/a11y/noStaticElementInteractions: only holds the note while it is read.
        <div
          className={styles.bar}
          onPointerEnter={() => {
            isRead.current = true
          }}
          onPointerLeave={() => {
            isRead.current = false
          }}
          onFocus={() => {
            isRead.current = true
          }}
          onBlur={() => {
            isRead.current = false
          }}
        >
          <PeopleSync16Regular className={styles.icon} aria-hidden />
          <div className={styles.lines}>
            {shown.map((one) => (
              <Text key={one.key}>{words(one)}</Text>
            ))}
            {news.length > LINES ? <Text>{t("live.more", { count: news.length - LINES })}</Text> : null}
          </div>
          <PageLink to={newest.kind === "missed" ? "/history" : `/history/${newest.revision}`}>{t("live.show")}</PageLink>
          <Button
            size="small"
            appearance="transparent"
            icon={<Dismiss16Regular />}
            aria-label={t("notice.dismiss")}
            onClick={() => {
              isRead.current = false
              setNews([])
            }}
          />
        </div>
      ) : null}
    </div>
  )
}

function ConnectionNote() {
  const styles = useStyles()
  const t = useText()
  const state = useConnectionState()
  const [isLong, setLong] = useState(false)
  useEffect(() => {
    setLong(false)
    if (state !== "lost") return
    const timer = setTimeout(() => setLong(true), SHORT_MS)
    return () => clearTimeout(timer)
  }, [state])
  return (
    <div role="status">
      {isLong ? (
        <div className={mergeClasses(styles.bar, styles.lost)}>
          <PlugDisconnected16Regular className={styles.icon} aria-hidden />
          <Text>{t("connection.lost")}</Text>
        </div>
      ) : null}
    </div>
  )
}

/** What somebody does oneself is no news, in whichever window. Who is not in the directory is known by the name of the sign-in. */
function isOwn({ actor }: Change, { userId, subject }: Viewer): boolean {
  return actor.type === "USER" && (actor.id === userId || (userId === undefined && actor.displayName === subject))
}

/** The page shows something of it. The history shows it itself. */
function isShownAt(pathname: string, { actor, license, type, data }: Change): boolean {
  if (actor.type === "SYSTEM") return false
  const [, place, id] = pathname.split("/")
  if (place === "licenses") return id === undefined ? license !== null : license?.id === id
  if (place !== "users" && place !== "groups") return false
  if (id !== undefined) return JSON.stringify(data).includes(`"${id}"`)
  return type.startsWith(place === "users" ? "User" : "Group")
}
