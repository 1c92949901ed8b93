/** Whether an account is active: only active people take seats (rule 26). */
import { Badge } from "@fluentui/react-components"
import { useText } from "../texts/texts"

/** Narrower tables have no column for it: there it is said of those who are inactive, beside the name. */
export const ACCOUNT_PX = 480

export function ActiveBadge({ active }: { readonly active: boolean }) {
  const t = useText()
  return (
    <Badge appearance="tint" color={active ? "success" : "informative"}>
      {t(active ? "user.active" : "user.inactive")}
    </Badge>
  )
}
