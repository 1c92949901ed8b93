/** What a page shows when it has nothing to show yet, or cannot. */
import { Button, makeStyles, Spinner, Subtitle2, Text, tokens } from "@fluentui/react-components"
import { BoxSearch24Regular, CloudError24Regular, LockClosed24Regular } from "@fluentui/react-icons"
import { type ReactNode, useEffect, useState } from "react"
import type { CombinedError } from "urql"
import { codeOf, sentenceOf, traceIdOf } from "../api/client"
import { useMoment } from "../shell/moment"
import { useText } from "../texts/texts"
import { usePageTitle } from "./page"
import { PageLink } from "./page-link"

const useStyles = makeStyles({
  state: {
    display: "flex",
    flexDirection: "column",
    alignItems: "center",
    justifyContent: "center",
    gap: tokens.spacingVerticalM,
    minHeight: "16rem",
    padding: tokens.spacingHorizontalXL,
    textAlign: "center",
  },
  icon: { color: tokens.colorNeutralForeground3, fontSize: "40px", lineHeight: 0 },
  hint: { color: tokens.colorNeutralForeground2, maxWidth: "34rem" },
})

const SHORT_MS = 300

interface StateProps {
  /** In place of a whole page: names it in the tab of the browser, too. */
  readonly isPage?: boolean
  readonly icon?: ReactNode
  readonly title: string
  readonly hint?: string
  readonly children?: ReactNode
}

/** A page or a part of one without content: says what is the matter and offers the next step. */
export function State({ isPage = false, icon = <BoxSearch24Regular />, title, hint, children }: StateProps) {
  const styles = useStyles()
  return (
    <div className={styles.state}>
      <span className={styles.icon} aria-hidden>
        {icon}
      </span>
      <Subtitle2 as={isPage ? "h1" : "h2"} style={{ margin: 0 }}>
        {title}
      </Subtitle2>
      {isPage ? <PageTitle title={title} /> : null}
      {hint ? (
        <Text align="center" className={styles.hint}>
          {hint}
        </Text>
      ) : null}
      {children}
    </div>
  )
}

function PageTitle({ title }: { readonly title: string }): null {
  usePageTitle(title)
  return null
}

export function Loading() {
  const t = useText()
  const styles = useStyles()
  // Most answers are here sooner than a spinner could be seen. (Fluent's own delay names it before there is a name.)
  const [isLong, setLong] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), SHORT_MS)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div className={styles.state} role="status">
      {isLong ? <Spinner label={t("state.loading")} labelPosition="below" /> : null}
    </div>
  )
}

/** Something went wrong: no permission, or a fault whose number support can look up. */
export function Failed({ error, retry }: { readonly error: CombinedError; readonly retry?: () => void }) {
  const t = useText()
  if (codeOf(error) === "FORBIDDEN")
    return <State icon={<LockClosed24Regular />} title={t("state.forbidden")} hint={t("state.forbidden.ask")} />
  return (
    <div role="alert">
      <State
        icon={<CloudError24Regular />}
        title={t("state.failed")}
        hint={t("state.failed.hint", { problem: sentenceOf(error), traceId: traceIdOf(error) ?? "–" })}
      >
        {retry ? (
          <Button appearance="primary" onClick={retry}>
            {t("state.retry")}
          </Button>
        ) : null}
      </State>
    </div>
  )
}

export function Missing() {
  const t = useText()
  const { isPast, show } = useMoment()
  if (isPast) {
    return (
      <State isPage icon={<BoxSearch24Regular />} title={t("deleted.notThen")} hint={t("deleted.notThen.hint")}>
        <Button appearance="primary" onClick={() => show(undefined)}>
          {t("asOf.now")}
        </Button>
      </State>
    )
  }
  return (
    <State isPage icon={<BoxSearch24Regular />} title={t("state.missing")} hint={t("state.missing.hint")}>
      <PageLink to="/licenses">{t("state.home")}</PageLink>
    </State>
  )
}
