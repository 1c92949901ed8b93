/** The ledger as of the past: the control in the header, the banner that nobody can overlook, and what is said of moments that cannot be shown. */
import {
  Button,
  Divider,
  Field,
  Input,
  Link,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  makeStyles,
  Popover,
  PopoverSurface,
  PopoverTrigger,
  Text,
  tokens,
} from "@fluentui/react-components"
import { History20Regular, History24Regular } from "@fluentui/react-icons"
import { type FormEvent, type ReactNode, useState } from "react"
import { useIntl } from "react-intl"
import type { AsOf } from "../api/operations"
import { State } from "../parts/states"
import { useViewer } from "../session/viewer"
import { useText } from "../texts/texts"
import { useKnownMoment } from "./known-moment"
import { dayOf, ownTimeZone, parseMoment, useMoment } from "./moment"

const useStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalM, width: "min(18rem, calc(100vw - 4rem))" },
  day: { display: "grid", gridTemplateColumns: "3fr 2fr", gap: tokens.spacingHorizontalS },
  presets: { display: "flex", flexWrap: "wrap", gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}` },
  buttons: { display: "flex", gap: tokens.spacingHorizontalS },
  input: { minWidth: 0 },
  banner: { position: "sticky", top: 0, zIndex: 2 },
  label: { "@media (max-width: 859px)": { display: "none" } },
})

export function AsOfControl() {
  const styles = useStyles()
  const t = useText()
  const { isPast } = useMoment()
  const [isOpen, setOpen] = useState(false)
  return (
    <Popover open={isOpen} onOpenChange={(_, { open }) => setOpen(open)} trapFocus>
      <PopoverTrigger disableButtonEnhancement>
        <Button appearance={isPast ? "primary" : "subtle"} icon={<History20Regular />} aria-label={t("asOf.open")}>
          <span className={styles.label}>{t("asOf.open")}</span>
        </Button>
      </PopoverTrigger>
      <PopoverSurface aria-label={t("asOf.open")}>
        <MomentForm onDone={() => setOpen(false)} />
      </PopoverSurface>
    </Popover>
  )
}

/** What is typed, and what is wrong with it. */
interface Typed {
  readonly day: string
  readonly time: string
  readonly revision: string
}

function MomentForm({ onDone }: { readonly onDone: () => void }) {
  const styles = useStyles()
  const t = useText()
  const { asOf, isPast, show } = useMoment()
  const [typed, setTyped] = useState<Typed>(() => typedOf(asOf))
  const [isFuture, setFuture] = useState(false)
  const edit = (change: Partial<Typed>) => {
    setFuture(false)
    // One or the other: what was typed last is meant.
    setTyped((before) => ({ ...before, ...(change.revision === undefined ? { revision: "" } : { day: "", time: "" }), ...change }))
  }
  const go = (text: string | undefined) => {
    show(text)
    onDone()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const text = addressOf(typed)
    const moment = parseMoment(text)
    if (!moment) return
    // A day that is not over shows what there is of it; one that has not begun, or a later time, nothing.
    if (moment.revision === undefined && (moment.at === undefined ? typed.day > dayOf(new Date()) : Date.parse(moment.at) > Date.now())) {
      setFuture(true)
      return
    }
    go(text)
  }
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <div className={styles.presets}>
        {presets().map(({ name, day }) => (
          <Link key={name} as="button" type="button" onClick={() => go(addressOf({ day, time: "", revision: "" }))}>
            {t(name)}
          </Link>
        ))}
      </div>
      <div className={styles.day}>
        <Field label={t("asOf.day")} {...(isFuture ? { validationMessage: t("asOf.future") } : {})}>
          <Input
            className={styles.input}
            type="date"
            max={dayOf(new Date())}
            value={typed.day}
            onChange={(_, { value }) => edit({ day: value })}
          />
        </Field>
        <Field label={t("asOf.time")}>
          <Input className={styles.input} type="time" value={typed.time} onChange={(_, { value }) => edit({ time: value })} />
        </Field>
      </div>
      <Text size={200}>{t("asOf.hint", { zone: ownTimeZone() })}</Text>
      <Divider>{t("asOf.or")}</Divider>
      <Field label={t("asOf.revision")}>
        <Input
          inputMode="numeric"
          maxLength={10}
          value={typed.revision}
          onChange={(_, { value }) => edit({ revision: value.replace(/\D/g, "") })}
        />
      </Field>
      <div className={styles.buttons}>
        <Button type="submit" appearance="primary" disabled={typed.day === "" && typed.revision === ""}>
          {t("asOf.show")}
        </Button>
        {isPast ? <Button onClick={() => go(undefined)}>{t("asOf.now")}</Button> : null}
      </div>
    </form>
  )
}

function presets() {
  const now = new Date()
  const [year, month, day] = [now.getFullYear(), now.getMonth(), now.getDate()]
  return [
    { name: "asOf.yesterday", day: dayOf(new Date(year, month, day - 1)) },
    { name: "asOf.lastMonth", day: dayOf(new Date(year, month, 0)) },
    { name: "asOf.lastYear", day: dayOf(new Date(year - 1, month, day)) },
  ] as const
}

/** As it stands in the address; "" for what is no moment yet. */
function addressOf({ day, time, revision }: Typed): string {
  if (revision !== "") return revision
  if (day === "") return ""
  if (time === "") return `${day}@${ownTimeZone()}`
  const instant = new Date(`${day}T${time}`) // as the person's own clock shows it
  return Number.isNaN(instant.getTime()) ? "" : instant.toISOString()
}

function typedOf(asOf: AsOf | undefined): Typed {
  const empty = { day: "", time: "", revision: "" }
  if (!asOf) return empty
  if (asOf.revision !== undefined) return { ...empty, revision: String(asOf.revision) }
  if (asOf.date !== undefined) return { ...empty, day: asOf.date.date }
  const at = new Date(asOf.at)
  return { ...empty, day: dayOf(at), time: at.toTimeString().slice(0, 5) }
}

export function PastBanner() {
  const styles = useStyles()
  const t = useText()
  const { asOf, show } = useMoment()
  const moment = useMomentWords(asOf)
  const { may } = useViewer()
  // A member sees only what is the own, and no revisions.
  return asOf ? (
    <MessageBar intent="warning" className={styles.banner} layout="multiline">
      <MessageBarBody>
        {t("asOf.banner", { moment })} {may("read") ? <AtRevision asOf={asOf} /> : null}
      </MessageBarBody>
      <MessageBarActions>
        <Button onClick={() => show(undefined)}>{t("asOf.now")}</Button>
      </MessageBarActions>
    </MessageBar>
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
  const { isPast } = useMoment()
  return isPast && may("read") ? <Checked>{children}</Checked> : children
}

function Checked({ children }: { readonly children: ReactNode }) {
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
      icon={<History24Regular />}
      title={t(isFuture ? "asOf.notYet" : "asOf.beforeAll")}
      hint={isFuture ? t("asOf.notYet.hint") : t("asOf.beforeAll.hint", { began })}
    >
      <div style={{ display: "flex", gap: tokens.spacingHorizontalM, flexWrap: "wrap", justifyContent: "center" }}>
        <Button appearance="primary" onClick={() => show(undefined)}>
          {t("asOf.now")}
        </Button>
        {isBefore ? <Button onClick={() => show("1")}>{t("asOf.beginning")}</Button> : null}
      </div>
    </State>
  )
}
