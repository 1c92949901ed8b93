/** Why somebody holds a seat of a license or waits for one: what entitles, and what happened since. */
import { makeStyles, Text, tokens } from "@fluentui/react-components"
import { useIntl } from "react-intl"
import { useQuery } from "urql"
import { type HeldLicenseFragment, HistoryOfDocument } from "../api/operations"
import { Failed, Loading } from "../parts/states"
import { useViewer } from "../session/viewer"
import { useText } from "../texts/texts"

const useStyles = makeStyles({
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalXL, display: "flex", flexDirection: "column", gap: tokens.spacingVerticalXS },
})

export function Why({ held, userId }: { readonly held: HeldLicenseFragment; readonly userId: string }) {
  const styles = useStyles()
  const t = useText()
  const intl = useIntl()
  const { may } = useViewer()
  const filter = { userId, licenseId: held.license.id }
  const [{ data, error }, again] = useQuery({ query: HistoryOfDocument, variables: { filter, first: 20 }, pause: !may("read") })
  const date = (instant: string) => intl.formatDate(instant, { dateStyle: "long" })
  if (error) return <Failed error={error} retry={again} />
  if (!data && may("read")) return <Loading />
  return (
    <>
      <ul className={styles.list}>
        {held.sources.map(({ group, since }) => (
          <li key={group?.id ?? "direct"}>
            {group ? t("why.group", { group: group.displayName, date: date(since) }) : t("why.direct", { date: date(since) })}
          </li>
        ))}
      </ul>
      {data ? (
        <ul className={styles.list}>
          {data.history.nodes.map(({ revision, recordedAt, summary }) => (
            <li key={revision}>
              {date(recordedAt)}: <Text>{summary}</Text>
            </li>
          ))}
        </ul>
      ) : null}
    </>
  )
}
