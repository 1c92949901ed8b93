/** The people of the organization: search, and who has what. */
import { Button } from "@fluentui/react-components"
import { PersonAdd20Regular } from "@fluentui/react-icons"
import { lazy, Suspense, useMemo, useState } from "react"
import { useIntl } from "react-intl"
import { useNavigate } from "react-router"
import { useChanges } from "../api/live"
import { UsersDocument, type UsersQuery } from "../api/operations"
import { PrincipalLine } from "../licenses/principal"
import { useAddressText } from "../parts/address"
import { Page } from "../parts/page"
import { usePages } from "../parts/pages"
import { RoleNote } from "../parts/role-note"
import { SearchedList } from "../parts/searched-list"
import type { Column } from "../parts/table"
import { useViewer } from "../session/viewer"
import { useMoment } from "../shell/moment"
import { useText } from "../texts/texts"
import { ACCOUNT_PX, ActiveBadge } from "./active-badge"
import { LicenseNames } from "./license-names"

const UserForm = lazy(async () => ({ default: (await import("./user-form")).UserForm }))

type Row = UsersQuery["users"]["nodes"][number]

export function UsersPage() {
  const t = useText()
  const { asOf, isPast } = useMoment()
  const { may } = useViewer()
  const navigate = useNavigate()
  const [search, setSearch] = useAddressText("search")
  const [isCreating, setCreating] = useState(false)
  const variables = { asOf, ...(search === "" ? {} : { search }) }
  const pages = usePages(UsersDocument, variables, ({ users }) => users)
  useChanges(({ type }) => type.startsWith("User") || type.startsWith("Seats") || type === "GroupMembersChanged", pages.reload)
  const columns = useColumns()
  const mayCreate = may("keepDirectory") && !isPast
  return (
    <Page
      title={t("nav.users")}
      actions={
        mayCreate ? (
          <Button appearance="primary" icon={<PersonAdd20Regular />} onClick={() => setCreating(true)}>
            {t("user.create")}
          </Button>
        ) : (
          <RoleNote action="keepDirectory" text="users.readOnly" />
        )
      }
    >
      <SearchedList
        label={t("nav.users")}
        searchLabel={t("users.search")}
        search={search}
        onSearch={setSearch}
        count={(count) => t("people.count", { count })}
        pages={pages}
        columns={columns}
        keyOf={({ id }) => id}
        empty={{ title: t("users.empty"), hint: t(mayCreate ? "users.empty.hint" : "users.empty.readOnly") }}
        noMatch={{ title: t("people.noMatch"), hint: t("users.noMatch.hint", { search }) }}
      />
      <Suspense>
        {isCreating ? (
          <UserForm
            onClose={() => setCreating(false)}
            onDone={(userId) => {
              setCreating(false)
              if (userId) navigate(`/users/${userId}`)
              else pages.reload()
            }}
          />
        ) : null}
      </Suspense>
    </Page>
  )
}

function useColumns(): readonly Column<Row>[] {
  const t = useText()
  const intl = useIntl()
  return useMemo(
    () => [
      {
        key: "name",
        title: t("people.name"),
        width: "minmax(11rem, 2fr)",
        cell: (row, width) => (
          <PrincipalLine principal={{ __typename: "User", ...row }}>
            {width < ACCOUNT_PX && !row.active ? <ActiveBadge active={false} /> : null}
          </PrincipalLine>
        ),
      },
      {
        key: "active",
        title: t("user.account"),
        width: "6rem",
        hideBelow: ACCOUNT_PX,
        underName: "never",
        cell: ({ active }) => <ActiveBadge active={active} />,
      },
      {
        key: "groups",
        title: t("nav.groups"),
        width: "4.5rem",
        align: "end",
        hideBelow: 620,
        cell: ({ groups }) => intl.formatNumber(groups.totalCount),
      },
      {
        key: "licenses",
        title: t("nav.licenses"),
        width: "minmax(9rem, 2fr)",
        hideBelow: 560,
        cell: ({ licenses }) => (
          <LicenseNames
            of={licenses.nodes.map(({ license, state }) => ({ id: license.id, name: license.product.name, waits: state === "WAITLISTED" }))}
            totalCount={licenses.totalCount}
          />
        ),
      },
    ],
    [t, intl],
  )
}
