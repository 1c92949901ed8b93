/** The groups that a person is an immediate member of, and the licenses that come with them. */
import { makeStyles, Text, tokens } from "@fluentui/react-components"
import { useMemo } from "react"
import { useIntl } from "react-intl"
import { useChanges } from "../api/live"
import { OwnGroupsDocument, UserGroupsDocument, type UserGroupsQuery } from "../api/operations"
import { PrincipalLine } from "../licenses/principal"
import { usePages } from "../parts/pages"
import { Failed, Loading, State } from "../parts/states"
import { type Column, Table } from "../parts/table"
import { useViewer } from "../session/viewer"
import { useMoment } from "../shell/moment"
import { useText } from "../texts/texts"
import { LicenseNames } from "./license-names"

type Row = NonNullable<UserGroupsQuery["user"]>["groups"]["nodes"][number]

export function UserGroups({ userId }: { readonly userId: string }) {
  const { may } = useViewer()
  return may("read") ? <AllOfGroups userId={userId} /> : <NamesOfGroups userId={userId} />
}

function AllOfGroups({ userId }: { readonly userId: string }) {
  const t = useText()
  const intl = useIntl()
  const { asOf } = useMoment()
  const { rows, totalCount, error, more, reload } = usePages(UserGroupsDocument, { userId, asOf }, ({ user }) => user?.groups)
  useChanges(({ type, license }) => type.startsWith("Group") || license !== null, reload)
  const columns = useMemo(
    (): readonly Column<Row>[] => [
      {
        key: "name",
        title: t("people.name"),
        width: "minmax(11rem, 2fr)",
        cell: (row) => <PrincipalLine principal={{ __typename: "Group", ...row }} />,
      },
      {
        key: "licenses",
        title: t("nav.licenses"),
        width: "minmax(9rem, 2fr)",
        hideBelow: 480,
        cell: ({ assignments }) => (
          <LicenseNames
            of={assignments.nodes.map(({ license }) => ({ id: license.id, name: license.product.name, waits: false }))}
            totalCount={assignments.totalCount}
          />
        ),
      },
    ],
    [t],
  )
  if (error && !rows) return <Failed error={error} retry={reload} />
  if (!rows) return <Loading />
  if (totalCount === 0) return <NoGroups />
  return (
    <>
      <Text role="status">{t("groups.count", { count: totalCount, shown: intl.formatNumber(totalCount) })}</Text>
      <Table label={t("nav.groups")} columns={columns} rows={rows} totalCount={totalCount} keyOf={({ id }) => id} onNearEnd={more} />
    </>
  )
}

const useStyles = makeStyles({
  list: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS, paddingLeft: tokens.spacingHorizontalL },
})

function NamesOfGroups({ userId }: { readonly userId: string }) {
  const styles = useStyles()
  const { asOf } = useMoment()
  const { rows, totalCount, error, reload } = usePages(OwnGroupsDocument, { userId, asOf }, ({ user }) => user?.groups)
  if (error && !rows) return <Failed error={error} retry={reload} />
  if (!rows) return <Loading />
  if (totalCount === 0) return <NoGroups />
  return (
    <ul className={styles.list}>
      {rows.map(({ id, displayName }) => (
        <li key={id}>{displayName}</li>
      ))}
    </ul>
  )
}

function NoGroups() {
  const t = useText()
  return <State title={t("userGroups.empty")} hint={t("userGroups.empty.hint")} />
}
