/** The groups of the organization: search, how many members, and which licenses. */
import { Button } from "@fluentui/react-components"
import { PeopleAdd20Regular } from "@fluentui/react-icons"
import { lazy, Suspense, useMemo, useState } from "react"
import { useNavigate } from "react-router"
import { useChanges } from "../api/live"
import { GroupsDocument, type GroupsQuery } from "../api/operations"
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
import { LicenseNames } from "../users/license-names"

const GroupForm = lazy(async () => ({ default: (await import("./group-form")).GroupForm }))

type Row = GroupsQuery["groups"]["nodes"][number]

export function GroupsPage() {
  const t = useText()
  const { asOf, isPast } = useMoment()
  const { may } = useViewer()
  const navigate = useNavigate()
  const [search, setSearch] = useAddressText("search")
  const [isCreating, setCreating] = useState(false)
  const variables = { asOf, ...(search === "" ? {} : { search }) }
  const pages = usePages(GroupsDocument, variables, ({ groups }) => groups)
  useChanges(({ type, license }) => type.startsWith("Group") || license !== null, pages.reload)
  const columns = useColumns()
  const mayCreate = may("keepDirectory") && !isPast
  return (
    <Page
      title={t("nav.groups")}
      actions={
        mayCreate ? (
          <Button appearance="primary" icon={<PeopleAdd20Regular />} onClick={() => setCreating(true)}>
            {t("group.create")}
          </Button>
        ) : (
          <RoleNote action="keepDirectory" text="groups.readOnly" />
        )
      }
    >
      <SearchedList
        label={t("nav.groups")}
        searchLabel={t("groups.search")}
        search={search}
        onSearch={setSearch}
        count={(count) => t("groups.count", { count })}
        pages={pages}
        columns={columns}
        keyOf={({ id }) => id}
        empty={{ title: t("groups.empty"), hint: t(mayCreate ? "groups.empty.hint" : "groups.empty.readOnly") }}
        noMatch={{ title: t("groups.noMatch"), hint: t("groups.noMatch.hint", { search }) }}
      />
      <Suspense>
        {isCreating ? (
          <GroupForm
            onClose={() => setCreating(false)}
            onDone={(groupId) => {
              setCreating(false)
              if (groupId) navigate(`/groups/${groupId}`)
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
  return useMemo(
    () => [
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
            of={assignments.nodes.map(({ license, waiting }) => ({ id: license.id, name: license.product.name, waits: waiting > 0 }))}
            totalCount={assignments.totalCount}
          />
        ),
      },
    ],
    [t],
  )
}
