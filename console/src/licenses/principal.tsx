/** A user or a group in a list: a face, a name, and what tells it from others of the same name. */
import { Avatar, makeStyles, mergeClasses, Text, tokens } from "@fluentui/react-components"
import { PeopleTeam20Regular } from "@fluentui/react-icons"
import type { ReactNode } from "react"
import type { PrincipalNameFragment } from "../api/operations"
import { PageLink } from "../parts/page-link"
import { useText } from "../texts/texts"

const useStyles = makeStyles({
  line: { display: "flex", alignItems: "center", gap: tokens.spacingHorizontalS, minWidth: 0 },
  words: { display: "flex", flexDirection: "column", minWidth: 0 },
  cut: { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  second: { color: tokens.colorNeutralForeground3 },
})

export function PrincipalFace({ principal }: { readonly principal: PrincipalNameFragment }) {
  return principal.__typename === "Group" ? (
    <Avatar icon={<PeopleTeam20Regular />} shape="square" aria-hidden />
  ) : (
    <Avatar name={principal.displayName} color="colorful" idForColor={principal.id} aria-hidden />
  )
}

/** Mail or user name of a person, number of members of a group. */
export function useSecondLine(): (principal: PrincipalNameFragment) => string {
  const t = useText()
  return (principal) =>
    principal.__typename === "Group" ? t("group.members", { count: principal.memberCount }) : (principal.mail ?? principal.userName)
}

interface PrincipalLineProps {
  readonly principal: PrincipalNameFragment
  /** Behind the name. */
  readonly children?: ReactNode
}

/** With a link to the page of the person or group. */
export function PrincipalLine({ principal, children }: PrincipalLineProps) {
  const styles = useStyles()
  const secondLine = useSecondLine()
  const folder = principal.__typename === "Group" ? "groups" : "users"
  return (
    <div className={styles.line}>
      <PrincipalFace principal={principal} />
      <div className={styles.words}>
        <PageLink to={`/${folder}/${principal.id}`} className={styles.cut} title={principal.displayName}>
          {principal.displayName}
        </PageLink>
        <Text size={200} className={mergeClasses(styles.cut, styles.second)}>
          {secondLine(principal)}
        </Text>
      </div>
      {children}
    </div>
  )
}
