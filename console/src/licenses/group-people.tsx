/** The people that a group brings to a license, under the group in the list of what was assigned. */
import { Avatar, Badge, Button, makeStyles, Text, tokens } from "@fluentui/react-components"
import { isOfNames } from "../api/changes"
import { useChanges } from "../api/live"
import { GroupPeopleDocument } from "../api/operations"
import { PageLink } from "../parts/page-link"
import { usePages } from "../parts/pages"
import { Failed } from "../parts/states"
import { useMoment } from "../shell/moment"
import { useText } from "../texts/texts"

const useStyles = makeStyles({
  people: {
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalS,
    padding: `${tokens.spacingVerticalXS} 0 ${tokens.spacingVerticalM}`,
  },
  list: {
    listStyleType: "none",
    margin: 0,
    padding: 0,
    display: "grid",
    gridTemplateColumns: "repeat(auto-fill, minmax(min(15rem, 100%), 1fr))",
    gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalL}`,
  },
  person: { display: "flex", alignItems: "center", gap: tokens.spacingHorizontalS, minWidth: 0 },
  name: { minWidth: 0, overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  waits: { flexShrink: 0 },
  foot: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalM },
})

interface GroupPeopleProps {
  readonly licenseId: string
  readonly group: { readonly id: string; readonly displayName: string }
}

export function GroupPeople({ licenseId, group }: GroupPeopleProps) {
  const styles = useStyles()
  const t = useText()
  const { asOf } = useMoment()
  const variables = { licenseId, groupId: group.id, asOf }
  const { rows, totalCount, hasMore, error, more, reload } = usePages(GroupPeopleDocument, variables, ({ license }) => license?.users)
  useChanges((change) => change.license?.id === licenseId || isOfNames(change), reload)
  if (error && !rows) return <Failed error={error} retry={reload} />
  if (!rows) return <Text className={styles.people}>{t("state.loading")}</Text>
  return (
    <div className={styles.people}>
      <ul className={styles.list} aria-label={t("assigned.through", { group: group.displayName })}>
        {rows.map(({ user, state, waitlistPosition }) => (
          <li key={user.id} className={styles.person}>
            <Avatar name={user.displayName} color="colorful" idForColor={user.id} size={24} aria-hidden />
            <PageLink to={`/users/${user.id}`} className={styles.name} title={user.displayName}>
              {user.displayName}
            </PageLink>
            {state === "SEATED" ? null : (
              <Badge appearance="tint" color="warning" className={styles.waits}>
                {t("seat.waitsAt", { place: waitlistPosition ?? 0 })}
              </Badge>
            )}
          </li>
        ))}
      </ul>
      <div className={styles.foot}>
        {hasMore ? (
          <Button size="small" onClick={more}>
            {t("list.more")}
          </Button>
        ) : null}
        {totalCount === 0 ? (
          <Text>{t("assigned.throughNobody")}</Text>
        ) : (
          <PageLink to={`/licenses/${licenseId}/people`} search={{ groupId: group.id }}>
            {t("assigned.asList", { count: totalCount })}
          </PageLink>
        )}
      </div>
    </div>
  )
}
