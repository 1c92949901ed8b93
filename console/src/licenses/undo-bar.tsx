/** Beside a result: Undo, what it would mean now, how far it is, and what came of it. */
import { Button, MessageBar, MessageBarBody, makeStyles, Spinner, Text, tokens } from "@fluentui/react-components"
import { ArrowUndo20Regular } from "@fluentui/react-icons"
import { PageLink } from "../parts/page-link"
import { Progress } from "../parts/progress"
import { useText } from "../texts/texts"
import { AT_ONCE } from "./in-parts"
import { type Deed, undoable } from "./undo"
import type { Undo } from "./use-undo"

const useStyles = makeStyles({
  bar: { display: "flex", flexDirection: "column", alignItems: "flex-start", gap: tokens.spacingVerticalS },
  wide: { width: "100%" },
})

interface UndoBarProps {
  readonly deed: Deed
  readonly undo: Undo
  /** The person goes on to see what changed. */
  readonly onLook: () => void
}

export function UndoBar({ deed, undo, onLook }: UndoBarProps) {
  const styles = useStyles()
  const t = useText()
  const { state, waiters, press, stop } = undo
  const total = undoable(deed).length
  const isLong = total > AT_ONCE
  return (
    <div className={styles.bar}>
      {state.kind === "offered" || state.kind === "running" ? (
        <Button
          icon={state.kind === "running" ? <Spinner size="tiny" /> : <ArrowUndo20Regular />}
          disabled={state.kind === "running"}
          onClick={() => void press()}
        >
          {t("notice.undo")}
        </Button>
      ) : null}
      {state.kind === "running" && isLong ? (
        <>
          <div className={styles.wide}>
            <Progress done={state.done} total={total} />
          </div>
          <Button onClick={stop}>{t("command.stop")}</Button>
        </>
      ) : null}
      <div role="status" className={styles.wide}>
        {state.kind === "offered" && waiters ? <Text>{t("undo.waits", { count: waiters })}</Text> : null}
        {state.kind === "over" || (state.kind === "offered" && state.told) ? (
          <MessageBar intent={state.told?.intent ?? "info"} layout="multiline">
            <MessageBarBody>
              {state.told?.words}{" "}
              {state.told?.isMoved ? (
                <PageLink to={`/licenses/${deed.license.id}/history`} onFollow={onLook}>
                  {t("undo.look")}
                </PageLink>
              ) : null}
            </MessageBarBody>
          </MessageBar>
        ) : null}
      </div>
    </div>
  )
}
