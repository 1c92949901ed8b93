/** Instead of an empty window: what fails while it is drawn, or could not be downloaded, says so, and the rest stays as it is. */
import { Button } from "@fluentui/react-components"
import { PlugDisconnected24Regular } from "@fluentui/react-icons"
import { Component, type ReactNode } from "react"
import { useText } from "../texts/texts"
import { State } from "./states"

interface FaultProps {
  /** Another place is another try. Left out: only what is opened anew is. */
  readonly place?: string
  /** What stands there instead; left out, that the page could not be shown. */
  readonly otherwise?: ReactNode
  readonly onFault?: () => void
  readonly children: ReactNode
}

export class Fault extends Component<FaultProps, { readonly failedAt?: string }> {
  override state: { readonly failedAt?: string } = {}

  static getDerivedStateFromError(): { failedAt: string } {
    return { failedAt: location.pathname }
  }

  override componentDidCatch(): void {
    this.props.onFault?.()
  }

  override render(): ReactNode {
    const { place, otherwise = <Faulty />, children } = this.props
    const { failedAt } = this.state
    return failedAt !== undefined && failedAt === (place ?? failedAt) ? otherwise : children
  }
}

function Faulty() {
  const t = useText()
  return (
    <div role="alert">
      <State icon={<PlugDisconnected24Regular />} title={t("state.fault")} hint={t("state.fault.hint")}>
        <Reload />
      </State>
    </div>
  )
}

/** Loaded anew: the browser, too, remembers what could not be downloaded. */
export function Reload() {
  const t = useText()
  return (
    <Button appearance="primary" onClick={() => location.reload()}>
      {t("state.reload")}
    </Button>
  )
}
