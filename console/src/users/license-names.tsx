/** The first few licenses of a person or group by name, and how many more there are; on one line of a table. */
import { makeStyles, Text, tokens } from "@fluentui/react-components"
import { Clock12Regular } from "@fluentui/react-icons"
import { PageLink } from "../parts/page-link"
import { useText } from "../texts/texts"

const useStyles = makeStyles({
  line: { display: "block", overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  none: { color: tokens.colorNeutralForeground3 },
  waits: { color: tokens.colorPaletteDarkOrangeForeground1, marginLeft: tokens.spacingHorizontalXXS },
})

interface LicenseNamesProps {
  readonly of: readonly { readonly id: string; readonly name: string; readonly waits: boolean }[]
  readonly totalCount: number
}

export function LicenseNames({ of, totalCount }: LicenseNamesProps) {
  const styles = useStyles()
  const t = useText()
  if (totalCount === 0) return <Text className={styles.none}>{t("licenses.none")}</Text>
  return (
    <span className={styles.line}>
      {of.map(({ id, name, waits }, index) => (
        <span key={id}>
          {index > 0 ? ", " : null}
          <PageLink to={`/licenses/${id}`}>{name}</PageLink>
          {waits ? (
            <Clock12Regular className={styles.waits} role="img" aria-label={t("seat.WAITLISTED")} title={t("seat.WAITLISTED")} />
          ) : null}
        </span>
      ))}
      {totalCount > of.length ? ` ${t("licenses.more", { count: totalCount - of.length })}` : null}
    </span>
  )
}
