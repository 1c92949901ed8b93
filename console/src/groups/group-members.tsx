/** The people of a group in the order in which they joined, which is the order of seats among them (rule 6). */
import { makeStyles, Text, tokens } from "@fluentui/react-components"
import { useMemo } from "react"
import { useClient } from "urql"
import { useChanges } from "../api/live"
import { GroupMembersDocument } from "../api/operations"
import { PrincipalLine } from "../licenses/principal"
import { useAddressText } from "../parts/address"
import { readAllRows, usePages } from "../parts/pages"
import { SearchedList } from "../parts/searched-list"
import { SelectedTools } from "../parts/selected-tools"
import { useSelection } from "../parts/selection"
import type { Column } from "../parts/table"
import { useMoment } from "../shell/moment"
import { useText } from "../texts/texts"
import { ACCOUNT_PX, ActiveBadge } from "../users/active-badge"
import type { Member, Removal } from "./group-page"

const useStyles = makeStyles({
  hint: { color: tokens.colorNeutralForeground2, display: "block", paddingTop: tokens.spacingVerticalXS },
})

interface GroupMembersProps {
  readonly groupId: string
  readonly onRemove: ((removal: Removal) => void) | undefined
}

export function GroupMembers({ groupId, onRemove }: GroupMembersProps) {
  const styles = useStyles()
  const t = useText()
  const client = useClient()
  const { asOf } = useMoment()
  const [search, setSearch] = useAddressText("search")
  const variables = { groupId, asOf, ...(search === "" ? {} : { search }) }
  const pages = usePages(GroupMembersDocument, variables, ({ group }) => group?.members)
  const selection = useSelection<Member>(keyOf, pages.totalCount, `${groupId} ${search}`)
  useChanges(({ type, data }) => type.startsWith("User") || JSON.stringify(data).includes(`"${groupId}"`), pages.reload)
  const columns = useColumns()

  return (
    <SearchedList
      label={t("license.people")}
      searchLabel={t("members.search")}
      search={search}
      onSearch={setSearch}
      count={(count) => t("people.count", { count })}
      pages={pages}
      columns={columns}
      keyOf={keyOf}
      selection={onRemove && { ...selection, nameOf: ({ displayName }: Member) => t("selection.row", { name: displayName }) }}
      tools={
        onRemove ? (
          <SelectedTools
            selection={selection}
            readAll={(onRead, signal) =>
              readAllRows(client, GroupMembersDocument, variables, ({ group }) => group?.members, onRead, signal)
            }
            action={t("members.remove")}
            onAct={(members, clear) => onRemove({ members, clear })}
          />
        ) : null
      }
      note={<Text className={styles.hint}>{t("members.order")}</Text>}
      empty={{ title: t("members.empty"), hint: t(onRemove ? "members.empty.hint" : "members.empty.readOnly") }}
      noMatch={{ title: t("people.noMatch"), hint: t("users.noMatch.hint", { search }) }}
    />
  )
}

function useColumns(): readonly Column<Member>[] {
  const t = useText()
  return useMemo(
    () => [
      {
        key: "name",
        title: t("people.name"),
        width: "minmax(11rem, 1fr)",
        cell: (member, width) => (
          <PrincipalLine principal={{ __typename: "User", ...member }}>
            {width < ACCOUNT_PX && !member.active ? <ActiveBadge active={false} /> : null}
          </PrincipalLine>
        ),
      },
      { key: "userName", title: t("user.userName"), width: "minmax(8rem, 1fr)", hideBelow: 640, cell: ({ userName }) => userName },
      {
        key: "active",
        title: t("user.account"),
        width: "6rem",
        hideBelow: ACCOUNT_PX,
        underName: "never",
        cell: ({ active }) => <ActiveBadge active={active} />,
      },
    ],
    [t],
  )
}

function keyOf({ id }: Member): string {
  return id
}
