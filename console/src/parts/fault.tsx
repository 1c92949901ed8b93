/** Instead of an empty window: a page that fails while it is drawn, or whose part could not be downloaded, says so. */
import { Button } from "@fluentui/react-components"
import { PlugDisconnected24Regular } from "@fluentui/react-icons"
import { Component, type ReactNode } from "react"
import { useText } from "../texts/texts"
import { State } from "./states"

interface FaultProps {
  /** Another place is another try. */
  readonly place: string
  readonly children: ReactNode
}

export class Fault extends Component<FaultProps, { readonly failedAt?: string }> {
  override state: { readonly failedAt?: string } = {}

  static getDerivedStateFromError(): { failedAt: string } {
    return { failedAt: location.pathname }
  }

  override render(): ReactNode {
    return this.state.failedAt === this.props.place ? <Faulty /> : this.props.children
  }
}

function Faulty() {
  const t = useText()
  return (
    <div role="alert">
      <State icon={<PlugDisconnected24Regular />} title={t("state.fault")} hint={t("state.fault.hint")}>
        {/* Loaded anew: React remembers what could not be downloaded. */}
        <Button appearance="primary" onClick={() => location.reload()}>
          {t("state.reload")}
        </Button>
      </State>
    </div>
  )
}
