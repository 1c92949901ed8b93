/** How to reach the vendor, and what it changed last. Downloaded when somebody is about to open it. */
import { Link, makeStyles, Popover, PopoverSurface, PopoverTrigger, Text, tokens } from "@fluentui/react-components"
import { useIntl } from "react-intl"
import { useQuery } from "urql"
import { VendorSeatChangesDocument } from "../api/operations"
import { upTo } from "../history/address"
import { useFirstOpen } from "../parts/on-demand"
import { Failed, Loading } from "../parts/states"
import { useViewer } from "../session/viewer"
import { useMoment } from "../shell/moment"
import { useSpoken, useText } from "../texts/texts"
import { VendorButton, type VendorNoteProps } from "./vendor-note"

const useStyles = makeStyles({
  surface: { maxWidth: "24rem", display: "flex", flexDirection: "column", gap: tokens.spacingVerticalM },
  changes: { margin: 0, padding: 0, listStyleType: "none", display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS },
  change: { display: "flex", flexDirection: "column" },
  when: { color: tokens.colorNeutralForeground3 },
})

export function VendorPopover({ license }: VendorNoteProps) {
  const styles = useStyles()
  const t = useText()
  const { isOpen, setOpen, button } = useFirstOpen()
  return (
    <Popover open={isOpen} onOpenChange={(_, { open }) => setOpen(open)} trapFocus inertTrapFocus withArrow>
      <PopoverTrigger disableButtonEnhancement>
        <VendorButton ref={button} />
      </PopoverTrigger>
      <PopoverSurface className={styles.surface} aria-label={t("vendor.contact")}>
        <Contact license={license} />
      </PopoverSurface>
    </Popover>
  )
}

function Contact({ license: { id, product } }: VendorNoteProps) {
  const styles = useStyles()
  const t = useText()
  const intl = useIntl()
  const { may } = useViewer()
  const { asOf } = useMoment()
  const language = useSpoken()
  const filter = upTo({ licenseId: id, types: ["VendorSeatsChanged", "LicenseRegistered"] }, asOf)
  const [{ data, fetching, error }, again] = useQuery({
    query: VendorSeatChangesDocument,
    variables: { filter, language },
    pause: !may("read"),
  })
  const { name, contact } = product.vendor
  return (
    <>
      <Text>{t("vendor.explain", { vendor: name })}</Text>
      {contact ? <ContactLine contact={contact} /> : <Text>{t("vendor.noContact")}</Text>}
      <Text as="h3" weight="semibold" style={{ margin: 0 }}>
        {t("vendor.changes")}
      </Text>
      {fetching ? <Loading /> : null}
      {error && !data ? <Failed error={error} retry={again} /> : null}
      <ul className={styles.changes}>
        {data?.history.nodes.map(({ revision, recordedAt, summary }) => (
          <li key={revision} className={styles.change}>
            <Text>{summary}</Text>
            <Text size={200} className={styles.when}>
              {intl.formatDate(recordedAt, { dateStyle: "medium", timeStyle: "short" })}
            </Text>
          </li>
        ))}
      </ul>
    </>
  )
}

/** An address to write to or a page to open is a link; anything else is shown as the vendor wrote it. */
function ContactLine({ contact }: { readonly contact: string }) {
  if (/^[^\s@]+@[^\s@]+$/.test(contact)) return <Link href={`mailto:${contact}`}>{contact}</Link>
  if (/^https:\/\/\S+$/.test(contact) && URL.canParse(contact)) {
    return (
      <Link href={contact} target="_blank" rel="noopener noreferrer">
        {contact}
      </Link>
    )
  }
  return <Text>{contact}</Text>
}
