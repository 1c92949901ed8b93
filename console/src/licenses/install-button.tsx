/** Install this product: the button; the dialog behind it says where it leads. */
import { Button } from "@fluentui/react-components"
import { Open20Regular } from "@fluentui/react-icons"
import { useState } from "react"
import type { LicenseQuery } from "../api/operations"
import { downloaded } from "../parts/downloaded"
import { whenNear } from "../parts/on-demand"
import { useText } from "../texts/texts"

const loadDialog = async () => (await import("./install-dialog")).InstallDialog
const InstallDialog = downloaded(loadDialog)

export function InstallButton({ license }: { readonly license: NonNullable<LicenseQuery["license"]> }) {
  const t = useText()
  const [isOpen, setOpen] = useState(false)
  const { installUrl } = license.product
  if (!installUrl) return null
  return (
    <>
      <Button icon={<Open20Regular />} iconPosition="after" aria-haspopup="dialog" onClick={() => setOpen(true)} {...whenNear(loadDialog)}>
        {t("install.open")}
      </Button>
      {isOpen ? <InstallDialog license={license} installUrl={installUrl} onClose={() => setOpen(false)} /> : null}
    </>
  )
}
