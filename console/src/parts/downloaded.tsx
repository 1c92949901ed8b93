/**
 * A part of the console that is downloaded when it is first shown, and takes nothing else with it when that fails: the network
 * may be gone, or Seatledger was updated and the file is not there any more.
 */
import { type ComponentType, lazy, Suspense } from "react"
import { useText } from "../texts/texts"
import { Fault, Reload } from "./fault"
import { FloatingBar } from "./floating-bar"

/** @param Otherwise what is shown when it does not come; of what is opened anew the file is asked for again */
export function downloaded<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  Otherwise: ComponentType<Props> = NotDownloaded,
): ComponentType<Props> {
  const fresh = () => lazy(async () => ({ default: await load() }))
  let Part: ComponentType<Props> = fresh()
  // React remembers what could not be downloaded.
  const forget = () => {
    Part = fresh()
  }
  return function Downloaded(props) {
    return (
      <Fault otherwise={<Otherwise {...props} />} onFault={forget}>
        <Suspense>
          <Part {...props} />
        </Suspense>
      </Fault>
    )
  }
}

export function NotDownloaded() {
  const t = useText()
  return (
    <FloatingBar text={t("state.notDownloaded")}>
      <Reload />
    </FloatingBar>
  )
}
