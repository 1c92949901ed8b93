/**
 * A button whose menu or note is heavy: it is downloaded when somebody comes near the button, and opens when it is pressed.
 * Until then only the button is there.
 */
import { type ComponentType, type HTMLAttributes, type ReactElement, type RefObject, useEffect, useRef, useState } from "react"
import { NotDownloaded } from "./downloaded"

type Near = Pick<HTMLAttributes<HTMLElement>, "onFocus" | "onPointerEnter">

/** What the button must be given until what it opens is there. */
export type Waiting = Near & Pick<HTMLAttributes<HTMLElement>, "onClick" | "aria-haspopup" | "aria-expanded">

/** For a button: what it opens is downloaded when somebody comes near it. */
export function whenNear(load: () => Promise<unknown>): Near {
  const soon = () => {
    // Not there yet is no fault: pressing the button asks again, and says so when that fails.
    load().catch(() => {})
  }
  return { onFocus: soon, onPointerEnter: soon }
}

export function onDemand<Props extends object>(
  kind: "menu" | "dialog",
  load: () => Promise<ComponentType<Props>>,
  button: (waiting: Waiting, props: Props) => ReactElement,
): ComponentType<Props> {
  return function OnDemand(props) {
    const [Opened, setOpened] = useState<ComponentType<Props>>()
    const [isMissing, setMissing] = useState(false)
    if (Opened) return <Opened {...props} />
    const open = () => {
      setMissing(false)
      load().then(
        (loaded) => setOpened(() => loaded),
        () => setMissing(true),
      )
    }
    return (
      <>
        {button({ ...whenNear(load), onClick: open, "aria-haspopup": kind, "aria-expanded": false }, props)}
        {isMissing ? <NotDownloaded /> : null}
      </>
    )
  }
}

interface FirstOpen {
  readonly isOpen: boolean
  readonly setOpen: (isOpen: boolean) => void
  readonly button: RefObject<HTMLButtonElement | null>
}

/**
 * For what is opened: it is open from the start, and its own button has the focus when it closes.
 * @param given the ref of that button, where there is one already
 */
export function useFirstOpen(given?: FirstOpen["button"]): FirstOpen {
  const [isOpen, setOpen] = useState(true)
  const own = useRef<HTMLButtonElement>(null)
  const button = given ?? own
  // The button that was pressed the first time is another one, so nobody else knows where the focus came from.
  const wasOpen = useRef(false)
  useEffect(() => {
    if (!isOpen && wasOpen.current) button.current?.focus()
    wasOpen.current = isOpen
  }, [isOpen, button])
  return { isOpen, setOpen, button }
}
