/** A link within the console: looks like Fluent's, keeps the moment that is shown. */
import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components"
import type { ReactNode } from "react"
import { Link } from "react-router"
import { useAtMoment } from "../shell/moment"

const useStyles = makeStyles({
  link: {
    color: tokens.colorBrandForegroundLink,
    textDecorationLine: "none",
    ":hover": { color: tokens.colorBrandForegroundLinkHover, textDecorationLine: "underline" },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, borderRadius: tokens.borderRadiusSmall },
  },
})

interface PageLinkProps {
  readonly to: string
  readonly search?: Readonly<Record<string, string>>
  readonly className?: string
  /** The whole of what may be cut off. */
  readonly title?: string
  /** Beside going there, such as closing what the link stands in. */
  readonly onFollow?: () => void
  readonly children: ReactNode
}

export function PageLink({ to, search, className, title, onFollow, children }: PageLinkProps) {
  const styles = useStyles()
  const atMoment = useAtMoment()
  return (
    <Link to={atMoment(to, search)} className={mergeClasses(styles.link, className)} title={title} {...(onFollow && { onClick: onFollow })}>
      {children}
    </Link>
  )
}
