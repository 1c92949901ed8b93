/** The control in the header that puts the console into the past. Downloaded when somebody is about to use it. */
import {
  Button,
  Divider,
  Field,
  Input,
  Link,
  makeStyles,
  Popover,
  PopoverSurface,
  PopoverTrigger,
  Text,
  tokens,
} from "@fluentui/react-components"
import { type FormEvent, useState } from "react"
import type { AsOf } from "../api/operations"
import { useFirstOpen } from "../parts/on-demand"
import { useText } from "../texts/texts"
import { AsOfButton } from "./as-of"
import { dayOf, ownTimeZone, parseMoment, useMoment } from "./moment"

const useStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalM, width: "min(18rem, calc(100vw - 4rem))" },
  day: { display: "grid", gridTemplateColumns: "3fr 2fr", gap: tokens.spacingHorizontalS },
  presets: { display: "flex", flexWrap: "wrap", gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}` },
  buttons: { display: "flex", gap: tokens.spacingHorizontalS },
  input: { minWidth: 0 },
})

export function AsOfPopover() {
  const t = useText()
  const { isOpen, setOpen, button } = useFirstOpen()
  return (
    <Popover open={isOpen} onOpenChange={(_, { open }) => setOpen(open)} trapFocus inertTrapFocus>
      <PopoverTrigger disableButtonEnhancement>
        <AsOfButton ref={button} />
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
