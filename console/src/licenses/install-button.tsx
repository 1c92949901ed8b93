/** Install this product: to the vendor's site in a new tab, said before, kept in the history. */
import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
  MessageBar,
  MessageBarBody,
  makeStyles,
  Text,
  tokens,
} from "@fluentui/react-components"
import { Open20Regular } from "@fluentui/react-icons"
import { useRef, useState } from "react"
import { sentenceOf } from "../api/client"
import { newKey, useCommand } from "../api/command"
import { type LicenseQuery, RecordInstallVisitDocument } from "../api/operations"
import { useRefusalWords } from "../parts/refusals"
import { useText } from "../texts/texts"

const useStyles = makeStyles({
  content: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalM },
  site: { overflowWrap: "anywhere" },
})

export function InstallButton({ license }: { readonly license: NonNullable<LicenseQuery["license"]> }) {
  const styles = useStyles()
  const t = useText()
  const refusalWords = useRefusalWords()
  const [isOpen, setOpen] = useState(false)
  const [problem, setProblem] = useState<string>()
  const { isSending, send } = useCommand(RecordInstallVisitDocument, ({ recordInstallVisit }) => recordInstallVisit)
  // One key for one opening: pressed again after a lost answer, one visit is recorded.
  const key = useRef("")
  const { product } = license
  if (!product.installUrl) return null
  const host = new URL(product.installUrl).host

  const visit = async () => {
    setProblem(undefined)
    // Opened at once, in the click: later the browser would take it for a pop-up. It stays blank until the visit is kept.
    const tab = window.open("about:blank", "_blank")
    const sent = await send({ licenseId: license.id }, key.current)
    const address = sent.kind === "done" ? sent.payload.installUrl : null
    if (address && tab) {
      tab.opener = null
      tab.location.replace(address)
      return setOpen(false)
    }
    tab?.close()
    setProblem(
      sent.kind === "refused"
        ? refusalWords(sent.refusal)
        : sent.kind === "failed"
          ? t("command.failed", { problem: sentenceOf(sent.error) })
          : t("install.blocked"),
    )
  }

  return (
    <Dialog
      open={isOpen}
      onOpenChange={(_, { open }) => {
        if (open) key.current = newKey()
        setOpen(open)
      }}
    >
      <DialogTrigger disableButtonEnhancement>
        <Button icon={<Open20Regular />} iconPosition="after">
          {t("install.open")}
        </Button>
      </DialogTrigger>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t("install.title", { product: product.name })}</DialogTitle>
          <DialogContent className={styles.content}>
            <Text>{t("install.leaves", { vendor: product.vendor.name })}</Text>
            <Text weight="semibold" className={styles.site}>
              {host}
            </Text>
            <Text>{t("install.recorded")}</Text>
            {problem ? (
              <MessageBar intent="error" role="alert" layout="multiline">
                <MessageBarBody>{problem}</MessageBarBody>
              </MessageBar>
            ) : null}
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" disabled={isSending} onClick={() => void visit()}>
              {t("install.continue")}
            </Button>
            <DialogTrigger disableButtonEnhancement>
              <Button>{t("command.cancel")}</Button>
            </DialogTrigger>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}
