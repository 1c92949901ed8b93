/** The control in the header that puts the console into the past. Downloaded when somebody is about to use it. */
import { Button, Field, Input, makeStyles, Popover, PopoverSurface, PopoverTrigger, tokens } from "@fluentui/react-components"
import { type FormEvent, useState } from "react"
import { useText } from "../texts/texts"
import { AsOfButton } from "./as-of"
import { parseMoment, useMoment } from "./moment"

const useStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalM, minWidth: "15rem" },
  buttons: { display: "flex", gap: tokens.spacingHorizontalS },
})

export function AsOfPopover() {
  const styles = useStyles()
  const t = useText()
  const { isPast, show } = useMoment()
  const [isOpen, setOpen] = useState(true)
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
    <Popover open={isOpen} onOpenChange={(_, { open }) => setOpen(open)} trapFocus inertTrapFocus>
      <PopoverTrigger disableButtonEnhancement>
        <AsOfButton />
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
