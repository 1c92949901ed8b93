/** Somebody or something that is no more, or not yet: when it was deleted, and the way to how it was. */
import { Button, makeStyles, tokens } from "@fluentui/react-components"
import { History24Regular } from "@fluentui/react-icons"
import type { ReactNode } from "react"
import { useIntl } from "react-intl"
import { useQuery } from "urql"
import { DeletionDocument } from "../api/operations"
import { useMoment } from "../shell/moment"
import { useSpoken, useText } from "../texts/texts"
import { HistoryOf } from "./history-of"
import { Page } from "./page"
import { Failed, Loading, Missing, State } from "./states"

const useStyles = makeStyles({
  buttons: { display: "flex", flexWrap: "wrap", justifyContent: "center", gap: tokens.spacingHorizontalM },
})

interface DeletedProps {
  readonly kind: "user" | "group"
  readonly id: string
  /** What can still be done. */
  readonly children?: ReactNode
}

export function Deleted({ kind, id, children }: DeletedProps) {
  const styles = useStyles()
  const t = useText()
  const intl = useIntl()
  const { isPast, show } = useMoment()
  const language = useSpoken()
  const subject = kind === "user" ? { userId: id } : { groupId: id }
  const types = [kind === "user" ? "UserDeleted" : "GroupDeleted"]
  const [{ data, error }, again] = useQuery({ query: DeletionDocument, variables: { filter: { ...subject, types }, language } })
  if (error) return <Failed error={error} retry={again} />
  if (!data) return <Loading />
  const [deletion] = data.history.nodes
  if (isPast) {
    return (
      <State isPage icon={<History24Regular />} title={t("deleted.notThen")} hint={t("deleted.notThen.hint")}>
        <Button onClick={() => show(undefined)}>{t("asOf.now")}</Button>
      </State>
    )
  }
  if (!deletion) return <Missing />
  return (
    <Page title={t(kind === "user" ? "deleted.user" : "deleted.group")}>
      <State
        icon={<History24Regular />}
        title={deletion.summary}
        hint={t("deleted.hint", { date: intl.formatDate(deletion.recordedAt, { dateStyle: "long", timeStyle: "short" }) })}
      >
        <div className={styles.buttons}>
          <Button appearance="primary" onClick={() => show(String(deletion.revision - 1))}>
            {t("deleted.show")}
          </Button>
          {children}
        </div>
      </State>
      <HistoryOf subject={subject} />
    </Page>
  )
}
