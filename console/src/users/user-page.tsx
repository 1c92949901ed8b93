import { Page } from "../parts/page"
import { useText } from "../texts/texts"

export function UserPage() {
  const t = useText()
  return <Page title={t("nav.users")}>…</Page>
}
