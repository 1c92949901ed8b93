/** Who holds or awaits a seat: groups expanded to people, each person once, with every source. */
import { Badge, Button, Caption1, makeStyles, Text, tokens } from "@fluentui/react-components"
import { useMemo } from "react"
import { useIntl } from "react-intl"
import { useClient } from "urql"
import { isOfNames } from "../api/changes"
import { useChanges } from "../api/live"
import {
  LicensedPeopleDocument,
  type LicensedPeopleQuery,
  LicensedUsersDocument,
  type LicensedUsersQuery,
  type SeatState,
} from "../api/operations"
import { useNameOf } from "../history/named"
import { useAddressText } from "../parts/address"
import { OneOf } from "../parts/one-of"
import { PageLink } from "../parts/page-link"
import { readAllRows } from "../parts/pages"
import { usePlaces } from "../parts/places"
import { SearchField } from "../parts/search-field"
import { SelectedTools } from "../parts/selected-tools"
import { useSelection } from "../parts/selection"
import { Failed, Loading, State } from "../parts/states"
import { type Column, Table } from "../parts/table"
import { Tools } from "../parts/tools"
import { useMoment } from "../shell/moment"
import { useText } from "../texts/texts"
import { PrincipalLine } from "./principal"
import type { Unassignable } from "./unassign-dialog"

type Row = NonNullable<LicensedUsersQuery["license"]>["users"]["nodes"][number]
/** Of a row what unassigning needs: of all of a filter not more is read. */
type Chosen = NonNullable<LicensedPeopleQuery["license"]>["users"]["nodes"][number]

const useStyles = makeStyles({
  sources: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalXS },
  state: { whiteSpace: "nowrap" },
  seated: { color: tokens.colorNeutralForeground2, whiteSpace: "nowrap" },
})

/** Which people the address asks for. */
export function usePeopleAsked(licenseId: string, waiting: boolean) {
  const { asOf } = useMoment()
  const [search] = useAddressText("search")
  const [groupId] = useAddressText("groupId")
  const [state] = useAddressText("state")
  const [order] = useAddressText("order")
  const seatState = waiting ? "WAITLISTED" : parseState(state)
  return {
    licenseId,
    asOf,
    ...(search === "" ? {} : { search }),
    ...(groupId === "" ? {} : { groupId }),
    ...(seatState ? { state: seatState } : {}),
    orderBy: orderOf(order),
  }
}

interface PeopleTabProps {
  readonly licenseId: string
  /** Only those who wait, with their places. */
  readonly waiting?: boolean
  readonly onUnassign?: ((people: readonly Unassignable[], clear: () => void) => void) | undefined
}

export function PeopleTab({ licenseId, waiting = false, onUnassign }: PeopleTabProps) {
  const t = useText()
  const client = useClient()
  const [search, setSearch] = useAddressText("search")
  const [groupId, setGroupId] = useAddressText("groupId")
  const [state, setState] = useAddressText("state")
  const [order, setOrder] = useAddressText("order")
  const variables = usePeopleAsked(licenseId, waiting)
  const groupName = useNameOf(groupId, variables.asOf)
  const seatState = variables.state
  const { rows, totalCount, error, look, reload } = usePlaces(LicensedUsersDocument, variables, ({ license }) => license?.users)
  const selection = useSelection<Chosen>(keyOf, totalCount, JSON.stringify(variables))
  useChanges((change) => change.license?.id === licenseId || isOfNames(change), reload)
  const columns = useColumns({ waiting, order, setOrder })

  return (
    <>
      <Tools label={t("people.tools")}>
        <SearchField label={t("people.search")} text={search} onSearch={setSearch} />
        {waiting ? null : (
          <OneOf
            label={t("people.state")}
            value={seatState ?? ""}
            options={[
              { value: "", name: t("people.everybody") },
              { value: "SEATED", name: t("seat.SEATED") },
              { value: "WAITLISTED", name: t("seat.WAITLISTED") },
            ]}
            onChoose={setState}
          />
        )}
        {groupId === "" ? null : (
          <Button appearance="subtle" onClick={() => setGroupId("")}>
            {groupName === "" ? t("people.everyGroup") : t("people.ofGroup", { group: groupName })}
          </Button>
        )}
        {onUnassign ? (
          <SelectedTools
            selection={selection}
            readAll={(onRead, signal) =>
              readAllRows(client, LicensedPeopleDocument, variables, ({ license }) => license?.users, onRead, signal)
            }
            action={t("unassign.open")}
            onAct={(chosen, clear) => onUnassign(chosen.map(personOf), clear)}
          />
        ) : null}
        <Text role="status">{rows ? t("people.count", { count: totalCount }) : ""}</Text>
      </Tools>
      {error ? <Failed error={error} retry={reload} /> : null}
      {!rows && !error ? <Loading /> : null}
      {rows && totalCount === 0 ? <Nobody waiting={waiting} isFiltered={search !== "" || state !== "" || groupId !== ""} /> : null}
      {rows && totalCount > 0 ? (
        <Table
          label={waiting ? t("license.waitlist") : t("license.people")}
          columns={columns}
          rows={rows}
          totalCount={totalCount}
          keyOf={keyOf}
          onLook={look}
          {...(onUnassign
            ? { selection: { ...selection, nameOf: ({ user }: Row) => t("selection.row", { name: user.displayName }) } }
            : {})}
        />
      ) : null}
    </>
  )
}

function Nobody({ waiting, isFiltered }: { readonly waiting: boolean; readonly isFiltered: boolean }) {
  const t = useText()
  if (isFiltered) return <State title={t("people.noMatch")} hint={t("people.noMatch.hint")} />
  return waiting ? (
    <State title={t("waitlist.empty")} hint={t("waitlist.empty.hint")} />
  ) : (
    <State title={t("people.empty")} hint={t("people.empty.hint")} />
  )
}

interface ColumnChoice {
  readonly waiting: boolean
  readonly order: string
  readonly setOrder: (order: string) => void
}

function useColumns({ waiting, order, setOrder }: ColumnChoice): readonly Column<Row>[] {
  const styles = useStyles()
  const t = useText()
  const intl = useIntl()
  return useMemo(() => {
    const sort = (name: "name" | "since") => ({
      direction: order === name ? ("ascending" as const) : order === `-${name}` ? ("descending" as const) : ("none" as const),
      toggle: () => setOrder(order === name ? `-${name}` : order === `-${name}` ? "" : name),
    })
    const date = (instant: string) => intl.formatDate(instant, { dateStyle: "medium" })
    const place: Column<Row> = {
      key: "place",
      title: t("waitlist.place"),
      width: "4rem",
      align: "end",
      cell: ({ waitlistPosition }) => (waitlistPosition === null ? null : intl.formatNumber(waitlistPosition)),
    }
    const state: Column<Row> = {
      key: "state",
      title: t("people.state"),
      width: "9rem",
      hideBelow: 480,
      underName: "alone",
      cell: (row) => <SeatBadge row={row} />,
    }
    return [
      ...(waiting ? [place] : []),
      {
        key: "name",
        title: t("people.name"),
        width: "minmax(11rem, 2fr)",
        sort: sort("name"),
        cell: (row) => <PrincipalLine principal={{ __typename: "User", ...row.user }} />,
      },
      ...(waiting ? [] : [state]),
      {
        key: "sources",
        title: t("people.sources"),
        width: "minmax(8rem, 1.5fr)",
        hideBelow: 640,
        cell: ({ sources }) => (
          <span className={styles.sources}>
            {sources.map(({ type, group }) =>
              type === "DIRECT" || !group ? (
                <Badge key="direct" appearance="outline" color="informative">
                  {t("source.direct")}
                </Badge>
              ) : (
                <Badge key={group.id} appearance="outline" color="brand">
                  <PageLink to={`/groups/${group.id}`}>{group.displayName}</PageLink>
                </Badge>
              ),
            )}
          </span>
        ),
      },
      {
        key: "since",
        title: t("people.since"),
        width: "9rem",
        hideBelow: 760,
        sort: sort("since"),
        // Sorted by what stands first: who waited for the seat has had it for less long.
        cell: ({ entitledSince, seatedSince }) => (
          <>
            <div>{date(entitledSince)}</div>
            {seatedSince !== null && date(seatedSince) !== date(entitledSince) ? (
              <Caption1 className={styles.seated}>{t("people.seatedSince", { date: date(seatedSince) })}</Caption1>
            ) : null}
          </>
        ),
      },
    ]
  }, [t, intl, waiting, order, setOrder, styles])
}

function SeatBadge({ row: { state, waitlistPosition } }: { readonly row: Row }) {
  const styles = useStyles()
  const t = useText()
  return (
    <Badge appearance="tint" color={state === "SEATED" ? "success" : "warning"} className={styles.state}>
      {state === "SEATED" ? t("seat.SEATED") : t("seat.waitsAt", { place: waitlistPosition ?? 0 })}
    </Badge>
  )
}

function keyOf({ user }: Chosen): string {
  return user.id
}

function personOf({ user, sources }: Chosen): Unassignable {
  const groups = sources.flatMap(({ group }) => (group ? [group] : []))
  return { principal: { __typename: "User", ...user }, inheritedFrom: groups.length === sources.length ? groups : [] }
}

function parseState(text: string): SeatState | undefined {
  return text === "SEATED" || text === "WAITLISTED" ? text : undefined
}

function orderOf(text: string) {
  const descending = text.startsWith("-")
  if (text.endsWith("name")) return { field: "DISPLAY_NAME", descending } as const
  if (text.endsWith("since")) return { field: "ENTITLED_SINCE", descending } as const
  return { field: "STATE_THEN_PLACE" } as const
}
