/** The ledger as of the past: the control in the header, and the banner that nobody can overlook. */
import {
  Button,
  Field,
  Input,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  makeStyles,
  Popover,
  PopoverSurface,
  PopoverTrigger,
  tokens,
} from "@fluentui/react-components"
import { History20Regular } from "@fluentui/react-icons"
import { type FormEvent, useState } from "react"
import { useIntl } from "react-intl"
import { useText } from "../texts/texts"
import { parseMoment, useMoment } from "./moment"

const useStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalM, minWidth: "15rem" },
  buttons: { display: "flex", gap: tokens.spacingHorizontalS },
  banner: { position: "sticky", top: 0, zIndex: 2 },
  label: { "@media (max-width: 859px)": { display: "none" } },
})

export function AsOfControl() {
  const styles = useStyles()
  const t = useText()
  const { isPast, show } = useMoment()
  const [isOpen, setOpen] = useState(false)
  const [local, setLocal] = useState("")
  const [revision, setRevision] = useState("")
  const submit = (event: FormEvent) => {
    event.preventDefault()
    // A date and time as the person's own clock shows them.
    const text = revision !== "" ? revision : local === "" ? "" : new Date(local).toISOString()
    if (!parseMoment(text)) return
    show(text)
    setOpen(false)
  }
  return (
    <Popover open={isOpen} onOpenChange={(_, { open }) => setOpen(open)} trapFocus>
      <PopoverTrigger disableButtonEnhancement>
        <Button appearance={isPast ? "primary" : "subtle"} icon={<History20Regular />} aria-label={t("asOf.open")}>
          <span className={styles.label}>{t("asOf.open")}</span>
        </Button>
      </PopoverTrigger>
      <PopoverSurface aria-label={t("asOf.open")}>
        <form className={styles.form} onSubmit={submit}>
          <Field label={t("asOf.at")}>
            <Input type="datetime-local" value={local} onChange={(_, { value }) => setLocal(value)} />
          </Field>
          <Field label={t("asOf.revision")}>
            <Input inputMode="numeric" pattern="[0-9]{1,10}" value={revision} onChange={(_, { value }) => setRevision(value)} />
          </Field>
          <div className={styles.buttons}>
            <Button type="submit" appearance="primary" disabled={local === "" && revision === ""}>
              {t("asOf.show")}
            </Button>
            {isPast ? (
              <Button
                onClick={() => {
                  show(undefined)
                  setOpen(false)
                }}
              >
                {t("asOf.now")}
              </Button>
            ) : null}
          </div>
        </form>
      </PopoverSurface>
    </Popover>
  )
}

export function PastBanner() {
  const styles = useStyles()
  const t = useText()
  const intl = useIntl()
  const { asOf, show } = useMoment()
  if (!asOf) return null
  const moment =
    asOf.at !== undefined
      ? t("asOf.atInstant", { instant: intl.formatDate(asOf.at, { dateStyle: "full", timeStyle: "short" }) })
      : t("asOf.atRevision", { revision: asOf.revision ?? 0 })
  return (
    <MessageBar intent="warning" className={styles.banner} layout="multiline">
      <MessageBarBody>{t("asOf.banner", { moment })}</MessageBarBody>
      <MessageBarActions>
        <Button onClick={() => show(undefined)}>{t("asOf.now")}</Button>
      </MessageBarActions>
    </MessageBar>
  )
}
