/** What is done to a page's subject less often: a menu behind the last of the page's buttons. */
import { Button, type ButtonProps } from "@fluentui/react-components"
import { MoreHorizontal20Regular } from "@fluentui/react-icons"
import type { ReactElement, ReactNode, Ref, RefObject } from "react"
import { useText } from "../texts/texts"
import { onDemand } from "./on-demand"

export interface MoreActionsProps {
  /** The button, which somebody may want to give the focus to. */
  readonly button: RefObject<HTMLButtonElement | null>
  readonly actions: readonly {
    readonly text: string
    readonly icon: ReactElement
    /** A line sets it apart from what stands before it. */
    readonly isApart?: boolean
    readonly onChoose: () => void
  }[]
  /** Behind the actions: why there are not more. */
  readonly note?: ReactNode
}

/** Also the trigger of the menu, which hands it a ref and its properties. */
export function MoreButton(props: Omit<ButtonProps, "as" | "icon" | "appearance"> & { readonly ref?: Ref<HTMLButtonElement> }) {
  const t = useText()
  return <Button {...(props as ButtonProps)} appearance="subtle" icon={<MoreHorizontal20Regular />} aria-label={t("actions.more")} />
}

export const MoreActions = onDemand<MoreActionsProps>(
  "menu",
  async () => (await import("./more-menu")).MoreMenu,
  (waiting, { button }) => <MoreButton ref={button} {...waiting} />,
)
