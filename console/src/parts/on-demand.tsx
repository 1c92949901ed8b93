/**
 * A button whose menu or note is heavy: it is downloaded when somebody comes near the button, and opens when it is pressed.
 * Until then only the button is there.
 */
import { type ComponentType, type HTMLAttributes, lazy, type ReactElement, Suspense, useState } from "react"

/** What the button must be given until what it opens is there. */
export type Waiting = Pick<HTMLAttributes<HTMLElement>, "onClick" | "onFocus" | "onPointerEnter" | "aria-haspopup" | "aria-expanded">

export function onDemand(
  kind: "menu" | "dialog",
  load: () => Promise<ComponentType>,
  button: (waiting: Waiting) => ReactElement,
): ComponentType {
  const Opened = lazy(async () => ({ default: await load() }))
  return function OnDemand() {
    const [isPressed, press] = useState(false)
    const soon = () => {
      // Not there yet is no fault: pressing the button tries again, and says so when that fails.
      load().catch(() => {})
    }
    const waiting = button({
      onClick: () => press(true),
      onFocus: soon,
      onPointerEnter: soon,
      "aria-haspopup": kind,
      "aria-expanded": false,
    })
    return isPressed ? (
      <Suspense fallback={waiting}>
        <Opened />
      </Suspense>
    ) : (
      waiting
    )
  }
}
