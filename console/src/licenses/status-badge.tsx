/** The state of a license in a word, where it is not simply active. */
import { Badge } from "@fluentui/react-components"
import type { LicenseStatus } from "../api/operations"
import { type TextKey, useText } from "../texts/texts"

const COLORS = { ACTIVE: "success", WARNING: "warning", SUSPENDED: "danger", CANCELLED: "informative" } as const

export function StatusBadge({ status }: { readonly status: LicenseStatus }) {
  const t = useText()
  return (
    <Badge appearance="tint" color={COLORS[status]}>
      {t(`status.${status}` satisfies TextKey)}
    </Badge>
  )
}
