/** Seats are bought and given back at the vendor, never here: the button that says how to reach the vendor. */
import { Button, type ButtonProps } from "@fluentui/react-components"
import type { Ref } from "react"
import type { LicenseQuery } from "../api/operations"
import { onDemand } from "../parts/on-demand"
import { useText } from "../texts/texts"

export interface VendorNoteProps {
  readonly license: NonNullable<LicenseQuery["license"]>
}

/** Also the trigger of the popover, which hands it a ref and its properties. */
export function VendorButton(props: Omit<ButtonProps, "as" | "appearance"> & { readonly ref?: Ref<HTMLButtonElement> }) {
  const t = useText()
  return (
    <Button {...(props as ButtonProps)} appearance="transparent">
      {t("vendor.contact")}
    </Button>
  )
}

export const VendorNote = onDemand<VendorNoteProps>(
  "dialog",
  async () => (await import("./vendor-popover")).VendorPopover,
  (waiting) => <VendorButton {...waiting} />,
)
