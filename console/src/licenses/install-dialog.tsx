/** To the vendor's site in a new tab: said before, kept in the history. */
import { makeStyles, Text } from "@fluentui/react-components"
import { useState } from "react"
import { newKey, useCommand } from "../api/command"
import { type LicenseQuery, RecordInstallVisitDocument } from "../api/operations"
import { Confirm } from "../parts/confirm"
import { type Trouble, useTrouble } from "../parts/refusals"
import { useText } from "../texts/texts"

const useStyles = makeStyles({ site: { overflowWrap: "anywhere" } })

interface InstallDialogProps {
  readonly license: NonNullable<LicenseQuery["license"]>
  readonly installUrl: string
  readonly onClose: () => void
}

export function InstallDialog({ license: { id, product }, installUrl, onClose }: InstallDialogProps) {
  const styles = useStyles()
  const t = useText()
  const troubleOf = useTrouble()
  const [trouble, setTrouble] = useState<Trouble>()
  // One key for one opening: pressed again after a lost answer, one visit is recorded.
  const [key] = useState(newKey)
  const { isSending, send } = useCommand(RecordInstallVisitDocument, ({ recordInstallVisit }) => recordInstallVisit)

  const visit = async () => {
    setTrouble(undefined)
    // Opened at once, in the click: later the browser would take it for a pop-up. It stays blank until the visit is kept.
    const tab = window.open("about:blank", "_blank")
    const sent = await send({ licenseId: id }, key)
    const address = sent.kind === "done" ? sent.payload.installUrl : null
    if (address && tab) {
      tab.opener = null
      tab.location.replace(address)
      return onClose()
    }
    tab?.close()
    const blocked = { words: t("install.blocked"), field: undefined, isStale: false, mayRepeat: true }
    setTrouble(sent.kind === "done" ? blocked : troubleOf(sent))
  }

  return (
    <Confirm
      title={t("install.title", { product: product.name })}
      action={t("install.continue")}
      isSending={isSending}
      trouble={trouble}
      onConfirm={() => void visit()}
      onClose={onClose}
    >
      <Text>{t("install.leaves", { vendor: product.vendor.name })}</Text>
      <Text weight="semibold" className={styles.site}>
        {new URL(installUrl).host}
      </Text>
      <Text>{t("install.recorded")}</Text>
    </Confirm>
  )
}
