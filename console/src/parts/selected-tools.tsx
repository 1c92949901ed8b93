/** What is done with those selected: first all of them are read, which can be stopped, then the dialog asks. */
import { Button } from "@fluentui/react-components"
import { useRef, useState } from "react"
import type { CombinedError } from "urql"
import { sentenceOf } from "../api/client"
import { useText } from "../texts/texts"
import { useNotices } from "./notices"
import type { Selected } from "./selection"

interface SelectedToolsProps<Row> {
  readonly selection: Selected<Row>
  /** Every row of the filter, page by page. */
  readonly readAll: (onRead: (count: number) => void, signal: AbortSignal) => Promise<readonly Row[]>
  /** What the button says. */
  readonly action: string
  /** `clear`: of the selection, once it is done; until then the person may go back to it. */
  readonly onAct: (chosen: readonly Row[], clear: () => void) => void
}

export function SelectedTools<Row>({ selection, readAll, action, onAct }: SelectedToolsProps<Row>) {
  const t = useText()
  const say = useNotices()
  const [reading, setReading] = useState<number>()
  const stopping = useRef<AbortController>(undefined)

  const act = async () => {
    const stop = new AbortController()
    stopping.current = stop
    setReading(0)
    try {
      const chosen = await selection.rows((onRead) => readAll(onRead, stop.signal), setReading)
      onAct(chosen, selection.clear)
    } catch (problem) {
      if (stop.signal.aborted) return
      say({ text: t("state.failed"), detail: sentenceOf(problem as CombinedError), intent: "error" }) // what readAllRows throws
    } finally {
      setReading(undefined)
    }
  }

  if (selection.count === 0) return null
  return (
    <>
      <Button disabled={reading !== undefined} onClick={() => void act()}>
        {action}
      </Button>
      {reading === undefined ? (
        <Button appearance="subtle" onClick={selection.clear}>
          {t("selection.clear", { count: selection.count })}
        </Button>
      ) : (
        <>
          <span role="status">{t("selection.readingOf", { count: reading, total: selection.count })}</span>
          <Button appearance="subtle" onClick={() => stopping.current?.abort()}>
            {t("command.stop")}
          </Button>
        </>
      )}
    </>
  )
}
