import { Page } from "../parts/page"
import { useText } from "../texts/texts"

export function LicensePage() {
  const t = useText()
  return <Page title={t("nav.licenses")}>…</Page>
}
