/** What a person would lose or get, in the dialogs that deactivate, reactivate and delete: seats, places, groups. */
import { makeStyles, Skeleton, SkeletonItem, Text, tokens } from "@fluentui/react-components"
import { useQuery } from "urql"
import { sentenceOf } from "../api/client"
import { UserHoldingsDocument } from "../api/operations"
import { useText } from "../texts/texts"

const useStyles = makeStyles({
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalXL, display: "flex", flexDirection: "column", gap: tokens.spacingVerticalXS },
})

/** `groups`: memberships end as well. */
export function UserHoldings({ userId, groups = false }: { readonly userId: string; readonly groups?: boolean }) {
  const styles = useStyles()
  const t = useText()
  const [{ data, error }] = useQuery({ query: UserHoldingsDocument, variables: { userId }, requestPolicy: "network-only" })
  if (error) return <Text>{sentenceOf(error)}</Text>
  if (!data?.user) {
    return (
      <Skeleton aria-label={t("state.loading")}>
        <SkeletonItem />
      </Skeleton>
    )
  }
  const { licenses, groups: memberships } = data.user
  const names = licenses.nodes.map(({ license, state, waitlistPosition }) => ({
    id: license.id,
    words:
      state === "SEATED"
        ? t("holdings.seat", { product: license.product.name })
        : t("holdings.place", { product: license.product.name, place: waitlistPosition ?? 0 }),
  }))
  const lines = [
    ...names,
    ...(licenses.totalCount > names.length
      ? [{ id: "more", words: t("licenses.more", { count: licenses.totalCount - names.length }) }]
      : []),
    ...(groups && memberships.totalCount > 0 ? [{ id: "groups", words: t("holdings.groups", { count: memberships.totalCount }) }] : []),
  ]
  if (lines.length === 0) return <Text>{t("holdings.nothing")}</Text>
  return (
    <>
      <Text>{t("holdings.ends")}</Text>
      <ul className={styles.list}>
        {lines.map(({ id, words }) => (
          <li key={id}>{words}</li>
        ))}
      </ul>
    </>
  )
}
