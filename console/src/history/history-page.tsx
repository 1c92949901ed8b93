import { Page } from "../parts/page"
import { useText } from "../texts/texts"

export function HistoryPage() {
  const t = useText()
  return <Page title={t("nav.history")}>…</Page>
}
