/** What happened to one person or group, up to the moment that is shown, with the way to the whole history filtered like it. */
import { HistoryTable } from "../history/history-table"
import { useText } from "../texts/texts"
import { PageLink } from "./page-link"

interface HistoryOfProps {
  readonly subject: { readonly userId: string } | { readonly groupId: string }
}

export function HistoryOf({ subject }: HistoryOfProps) {
  const t = useText()
  const [id = ""] = Object.values(subject)
  return (
    <>
      <PageLink to="/history" search={subject}>
        {t("historyOf.all")}
      </PageLink>
      <HistoryTable filter={subject} concerns={({ data }) => JSON.stringify(data).includes(`"${id}"`)} />
    </>
  )
}
