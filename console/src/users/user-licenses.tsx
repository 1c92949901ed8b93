/** The licenses of a person: seat or place in the waitlist, since when, through what, and why. */
import { Badge, Button, makeStyles, Text, tokens } from "@fluentui/react-components"
import { ChevronDown20Regular, ChevronRight20Regular } from "@fluentui/react-icons"
import { lazy, Suspense, useId } from "react"
import { useIntl } from "react-intl"
import { isOfNames } from "../api/changes"
import { useChanges } from "../api/live"
import { type HeldLicenseFragment, UserLicensesDocument } from "../api/operations"
import { StatusBadge } from "../licenses/status-badge"
import { useAddressText } from "../parts/address"
import { Card } from "../parts/card"
import { PageLink } from "../parts/page-link"
import { usePages } from "../parts/pages"
import { Failed, Loading, State } from "../parts/states"
import { useViewer } from "../session/viewer"
import { useMoment } from "../shell/moment"
import { useText } from "../texts/texts"
import { useWhenBack } from "./when-back"

const Why = lazy(async () => ({ default: (await import("./why")).Why }))
const WhyNot = lazy(async () => ({ default: (await import("./why-not")).WhyNot }))

const useStyles = makeStyles({
  list: { listStyleType: "none", margin: 0, padding: 0, display: "flex", flexDirection: "column", gap: tokens.spacingVerticalM },
  card: { gap: tokens.spacingVerticalS },
  head: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalM },
  product: { flexGrow: 1, minWidth: "10rem", overflowWrap: "anywhere" },
  line: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalS, color: tokens.colorNeutralForeground2 },
  // In line with the text above it, whatever a button keeps around its own.
  whyButton: { marginLeft: `calc(-1 * ${tokens.spacingHorizontalM})` },
  more: { alignSelf: "center", marginTop: tokens.spacingVerticalM },
  why: { paddingTop: tokens.spacingVerticalS, borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
})

export function UserLicenses({ userId, isActive }: { readonly userId: string; readonly isActive: boolean }) {
  const styles = useStyles()
  const t = useText()
  const { asOf } = useMoment()
  const { may } = useViewer()
  const { rows, totalCount, hasMore, error, more, reload } = usePages(UserLicensesDocument, { userId, asOf }, ({ user }) => user?.licenses)
  // Others who leave a waitlist move this person up.
  useChanges((change) => change.license !== null || isOfNames(change), reload)
  useWhenBack(reload)
  const [opened, setOpened] = useAddressText("why")
  if (error && !rows) return <Failed error={error} retry={reload} />
  if (!rows) return <Loading />
  const whyNot = may("read") ? (
    <Suspense>
      <WhyNot userId={userId} held={rows.map(({ license }) => license.id)} chosen={opened} onChoose={setOpened} />
    </Suspense>
  ) : null
  if (totalCount === 0) {
    return (
      <>
        <State title={t("userLicenses.empty")} hint={t(isActive ? "userLicenses.empty.hint" : "userLicenses.inactive.hint")} />
        {whyNot}
      </>
    )
  }
  return (
    <>
      <ul className={styles.list} aria-label={t("nav.licenses")}>
        {rows.map((held) => (
          <li key={held.license.id}>
            <HeldLicense
              held={held}
              userId={userId}
              isOpen={opened === held.license.id}
              toggle={() => setOpened(opened === held.license.id ? "" : held.license.id)}
            />
          </li>
        ))}
      </ul>
      {hasMore ? (
        <Button className={styles.more} onClick={more}>
          {t("list.more")}
        </Button>
      ) : null}
      {whyNot}
    </>
  )
}

interface HeldLicenseProps {
  readonly held: HeldLicenseFragment
  readonly userId: string
  readonly isOpen: boolean
  readonly toggle: () => void
}

function HeldLicense({ held, userId, isOpen, toggle }: HeldLicenseProps) {
  const styles = useStyles()
  const t = useText()
  const intl = useIntl()
  const { may } = useViewer()
  const id = useId()
  const { license, state, sources, entitledSince, seatedSince, waitlistPosition } = held
  const date = (instant: string) => intl.formatDate(instant, { dateStyle: "long" })
  // A member has no page for a license or a group.
  const linked = (to: string, text: string) => (may("read") ? <PageLink to={to}>{text}</PageLink> : text)
  return (
    <Card className={styles.card}>
      <div className={styles.head}>
        <Text as="h2" size={400} weight="semibold" className={styles.product} style={{ margin: 0 }} id={`${id}-name`}>
          {linked(`/licenses/${license.id}`, license.product.name)}
        </Text>
        {license.status === "ACTIVE" ? null : <StatusBadge status={license.status} />}
        <Badge appearance="tint" size="large" color={state === "SEATED" ? "success" : "warning"}>
          {state === "SEATED" ? t("seat.SEATED") : t("seat.waitsAt", { place: waitlistPosition ?? 0 })}
        </Badge>
      </div>
      <div className={styles.line}>
        <Text>
          {state === "SEATED"
            ? t("held.seatedSince", { date: date(seatedSince ?? entitledSince) })
            : t("held.waitsSince", { date: date(entitledSince) })}
        </Text>
        {sources.map(({ type, group, since }) => (
          <Badge
            key={group?.id ?? "direct"}
            appearance="outline"
            color={type === "DIRECT" ? "informative" : "brand"}
            title={t("held.sourceSince", { date: date(since) })}
          >
            {group ? linked(`/groups/${group.id}`, group.displayName) : t("source.direct")}
          </Badge>
        ))}
      </div>
      <div>
        <Button
          className={styles.whyButton}
          appearance="transparent"
          size="small"
          icon={isOpen ? <ChevronDown20Regular /> : <ChevronRight20Regular />}
          aria-expanded={isOpen}
          aria-controls={`${id}-why`}
          aria-describedby={`${id}-name`}
          onClick={toggle}
        >
          {t(may("read") ? (state === "SEATED" ? "why.seated" : "why.waits") : state === "SEATED" ? "why.own.seated" : "why.own.waits")}
        </Button>
      </div>
      {/* There for the button that names it; closed it takes no place. */}
      <div id={`${id}-why`} hidden={!isOpen} className={styles.why}>
        {isOpen ? (
          <Suspense fallback={<Loading />}>
            <Why licenseId={license.id} userId={userId} />
          </Suspense>
        ) : null}
      </div>
    </Card>
  )
}
