/** Around a page of the past: the banner that nobody can overlook, and what is said of moments that cannot be shown. */
import { Button, makeStyles, Text, tokens } from "@fluentui/react-components"
import { History20Regular, History24Regular } from "@fluentui/react-icons"
import type { ReactNode } from "react"
import { useIntl } from "react-intl"
import type { AsOf } from "../api/operations"
import { State } from "../parts/states"
import { useViewer } from "../session/viewer"
import { useText } from "../texts/texts"
import { useKnownMoment } from "./known-moment"
import { ownTimeZone, useMoment } from "./moment"

const NARROW = "@media (max-width: 639px)"
const useStyles = makeStyles({
  // Its own layout: that of a message bar is chosen by measuring, and moves the page under it.
  banner: {
    position: "sticky",
    top: 0,
    zIndex: 2,
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalSNudge} ${tokens.spacingHorizontalXXL}`,
    backgroundColor: tokens.colorStatusWarningBackground1,
    borderBottom: `1px solid ${tokens.colorStatusWarningBorder1}`,
    [NARROW]: { flexWrap: "wrap", justifyContent: "flex-end", padding: tokens.spacingHorizontalM, rowGap: tokens.spacingVerticalS },
  },
  icon: { flexShrink: 0, lineHeight: 0, color: tokens.colorStatusWarningForeground3, [NARROW]: { display: "none" } },
  sentences: { flexGrow: 1, [NARROW]: { flexBasis: "100%" } },
  // What comes later has its place already.
  later: {
    marginLeft: tokens.spacingHorizontalXS,
    "@media (max-width: 1199px)": { display: "block", minHeight: tokens.lineHeightBase300, marginLeft: 0 },
  },
  back: { flexShrink: 0 },
  buttons: { display: "flex", flexWrap: "wrap", justifyContent: "center", gap: tokens.spacingHorizontalM },
})

export function PastBanner() {
  const styles = useStyles()
  const t = useText()
  const { asOf, show } = useMoment()
  const moment = useMomentWords(asOf)
  const { may } = useViewer()
  // A member sees only what is the own, and no revisions.
  return asOf ? (
    <div className={styles.banner} role="status">
      <History20Regular className={styles.icon} aria-hidden />
      <Text className={styles.sentences}>
        {t("asOf.banner", { moment })}
        {may("read") ? (
          <span className={styles.later}>
            <AtRevision asOf={asOf} />
          </span>
        ) : null}
      </Text>
      <Button size="small" className={styles.back} onClick={() => show(undefined)}>
        {t("asOf.now")}
      </Button>
    </div>
  ) : null
}

/** The revision of a day or a time, and the time of a revision. */
function AtRevision({ asOf }: { readonly asOf: AsOf }) {
  const t = useText()
  const intl = useIntl()
  const known = useKnownMoment()
  if (known?.revision === undefined || known.isFuture) return null
  if (asOf.revision === undefined) return t("asOf.thatIs", { revision: known.revision })
  if (known.at === undefined || known.revision === 0) return null
  return t("asOf.recorded", { instant: intl.formatDate(known.at, { dateStyle: "long", timeStyle: "short" }) })
}

function useMomentWords(asOf: AsOf | undefined): string {
  const t = useText()
  const intl = useIntl()
  if (!asOf) return ""
  if (asOf.revision !== undefined) return t("asOf.atRevision", { revision: asOf.revision })
  if (asOf.at !== undefined) return intl.formatDate(asOf.at, { dateStyle: "full", timeStyle: "short" })
  const { date, timeZone } = asOf.date
  const day = intl.formatDate(`${date}T12:00:00Z`, { dateStyle: "full", timeZone: "UTC" })
  return timeZone === ownTimeZone() ? t("asOf.endOf", { day }) : t("asOf.endOfIn", { day, zone: timeZone })
}

/** In place of a page: a moment that has not come, or at which there was nothing. */
export function PossibleMoment({ children }: { readonly children: ReactNode }) {
  const { may } = useViewer()
  // A member sees no revisions, and is told by the page.
  return may("read") ? <Checked>{children}</Checked> : children
}

function Checked({ children }: { readonly children: ReactNode }) {
  const styles = useStyles()
  const t = useText()
  const intl = useIntl()
  const { show } = useMoment()
  const known = useKnownMoment()
  if (!known) return children
  const { isFuture, revision, beganAt } = known
  const isBefore = revision === 0 && !isFuture
  if (!isFuture && !isBefore) return children
  const began = beganAt === undefined ? "" : intl.formatDate(beganAt, { dateStyle: "long", timeStyle: "short" })
  return (
    <State
      isPage
      icon={<History24Regular />}
      title={t(isFuture ? "asOf.notYet" : "asOf.beforeAll")}
      hint={isFuture ? t("asOf.notYet.hint") : t("asOf.beforeAll.hint", { began })}
    >
      <div className={styles.buttons}>
        <Button appearance="primary" onClick={() => show(undefined)}>
          {t("asOf.now")}
        </Button>
        {isBefore ? <Button onClick={() => show("1")}>{t("asOf.beginning")}</Button> : null}
      </div>
    </State>
  )
}
