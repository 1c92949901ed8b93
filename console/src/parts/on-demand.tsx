/**
 * A button whose menu or note is heavy: it is downloaded when somebody comes near the button, and opens when it is pressed.
 * Until then only the button is there.
 */
import { type ComponentType, type HTMLAttributes, type ReactElement, useState } from "react"
import { NotDownloaded } from "./downloaded"

/** What the button must be given until what it opens is there. */
export type Waiting = Pick<HTMLAttributes<HTMLElement>, "onClick" | "onFocus" | "onPointerEnter" | "aria-haspopup" | "aria-expanded">

export function onDemand(
  kind: "menu" | "dialog",
  load: () => Promise<ComponentType>,
  button: (waiting: Waiting) => ReactElement,
): ComponentType {
  return function OnDemand() {
    const [Opened, setOpened] = useState<ComponentType>()
    const [isMissing, setMissing] = useState(false)
    if (Opened) return <Opened />
    const open = () => {
      setMissing(false)
      load().then(
        (loaded) => setOpened(() => loaded),
        () => setMissing(true),
      )
    }
    const soon = () => {
      // Not there yet is no fault: pressing the button asks again, and says so when that fails.
      load().catch(() => {})
    }
    return (
      <>
        {button({ onClick: open, onFocus: soon, onPointerEnter: soon, "aria-haspopup": kind, "aria-expanded": false })}
        {isMissing ? <NotDownloaded /> : null}
      </>
    )
  }
}
