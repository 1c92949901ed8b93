import { Page } from "../parts/page"
import { useText } from "../texts/texts"

export function GroupPage() {
  const t = useText()
  return <Page title={t("nav.groups")}>…</Page>
}
