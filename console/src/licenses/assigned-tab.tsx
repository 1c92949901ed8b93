/** What was assigned: users directly, and groups, which open to the people they bring. */
import { Badge, Button, makeStyles, Text, tokens } from "@fluentui/react-components"
import { ChevronDown16Regular, ChevronRight16Regular } from "@fluentui/react-icons"
import { useCallback, useMemo } from "react"
import { useIntl } from "react-intl"
import { useClient } from "urql"
import { isOfNames } from "../api/changes"
import { useChanges } from "../api/live"
import { LicenseAssignmentsDocument, type LicenseAssignmentsQuery, type PrincipalType } from "../api/operations"
import { useAddressText } from "../parts/address"
import { downloaded } from "../parts/downloaded"
import { OneOf } from "../parts/one-of"
import { readAllRows, usePages } from "../parts/pages"
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

const GroupPeople = downloaded(async () => (await import("./group-people")).GroupPeople)

type Row = NonNullable<LicenseAssignmentsQuery["license"]>["assignments"]["nodes"][number]

const useStyles = makeStyles({
  // In line with the title of the column, whatever a button keeps around its own.
  people: { marginLeft: `calc(-1 * ${tokens.spacingHorizontalS})`, paddingLeft: tokens.spacingHorizontalS, whiteSpace: "nowrap" },
  status: { whiteSpace: "nowrap" },
  reason: { display: "block", overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
})

interface AssignedTabProps {
  readonly licenseId: string
  readonly onUnassign?: ((chosen: readonly Unassignable[], clear: () => void) => void) | undefined
}

export function AssignedTab({ licenseId, onUnassign }: AssignedTabProps) {
  const t = useText()
  const client = useClient()
  const { asOf } = useMoment()
  const [search, setSearch] = useAddressText("search")
  const [type, setType] = useAddressText("type")
  const principalType: PrincipalType | undefined = type === "USER" || type === "GROUP" ? type : undefined
  const variables = { licenseId, asOf, ...(search === "" ? {} : { search }), ...(principalType ? { type: principalType } : {}) }
  const { rows, totalCount, error, more, reload } = usePages(LicenseAssignmentsDocument, variables, ({ license }) => license?.assignments)
  const selection = useSelection<Row>(keyOf, totalCount, JSON.stringify(variables))
  useChanges((change) => change.license?.id === licenseId || isOfNames(change), reload)
  const { opened, toggle } = useOpened()
  const columns = useColumns(opened, toggle)

  return (
    <>
      <Tools label={t("assigned.tools")}>
        <SearchField label={t("people.search")} text={search} onSearch={setSearch} />
        <OneOf
          label={t("assigned.type")}
          value={principalType ?? ""}
          options={[
            { value: "", name: t("assigned.all") },
            { value: "USER", name: t("assigned.USER") },
            { value: "GROUP", name: t("assigned.GROUP") },
          ]}
          onChoose={setType}
        />
        {onUnassign ? (
          <SelectedTools
            selection={selection}
            readAll={(onRead, signal) =>
              readAllRows(client, LicenseAssignmentsDocument, variables, ({ license }) => license?.assignments, onRead, signal)
            }
            action={t("unassign.open")}
            onAct={(chosen, clear) => {
              const principals = chosen.map(({ principal }) => ({ principal, inheritedFrom: [] }))
              onUnassign(principals, clear)
            }}
          />
        ) : null}
        <Text role="status">{rows ? t("assigned.count", { count: totalCount }) : ""}</Text>
      </Tools>
      {error ? <Failed error={error} retry={reload} /> : null}
      {!rows && !error ? <Loading /> : null}
      {rows && totalCount === 0 ? (
        search !== "" || type !== "" ? (
          <State title={t("people.noMatch")} hint={t("people.noMatch.hint")} />
        ) : (
          <State title={t("assigned.empty")} hint={t("people.empty.hint")} />
        )
      ) : null}
      {rows && totalCount > 0 ? (
        <Table
          label={t("license.assigned")}
          columns={columns}
          rows={rows}
          totalCount={totalCount}
          keyOf={keyOf}
          onNearEnd={more}
          detail={({ principal }) =>
            principal.__typename === "Group" && opened.has(principal.id) ? (
              <div id={peopleId(principal.id)}>
                <GroupPeople licenseId={licenseId} group={principal} />
              </div>
            ) : null
          }
          {...(onUnassign
            ? { selection: { ...selection, nameOf: ({ principal }: Row) => t("selection.row", { name: principal.displayName }) } }
            : {})}
        />
      ) : null}
    </>
  )
}

/** Which groups are open, as it stands in the address: whoever comes back from a person finds them so. */
function useOpened() {
  const [text, setText] = useAddressText("open")
  const opened = useMemo(() => new Set(text.split(",").filter((id) => id !== "")), [text])
  const toggle = useCallback(
    (groupId: string) => setText([...(opened.has(groupId) ? [...opened].filter((id) => id !== groupId) : [...opened, groupId])].join(",")),
    [opened, setText],
  )
  return { opened, toggle }
}

function peopleId(groupId: string): string {
  return `people-${groupId}`
}

function useColumns(opened: ReadonlySet<string>, toggle: (groupId: string) => void): readonly Column<Row>[] {
  const styles = useStyles()
  const t = useText()
  const intl = useIntl()
  return useMemo(
    () => [
      {
        key: "name",
        title: t("people.name"),
        width: "minmax(11rem, 2fr)",
        cell: (row) => <PrincipalLine principal={row.principal} />,
      },
      {
        key: "status",
        title: t("people.state"),
        width: "12rem",
        hideBelow: 480,
        underName: "alone",
        cell: (row) => <Status row={row} />,
      },
      {
        key: "people",
        title: t("license.people"),
        width: "9rem",
        hideBelow: 640,
        underName: "alone",
        cell: ({ principal }) =>
          principal.__typename === "Group" ? (
            <Button
              className={styles.people}
              appearance="transparent"
              size="small"
              icon={opened.has(principal.id) ? <ChevronDown16Regular /> : <ChevronRight16Regular />}
              aria-expanded={opened.has(principal.id)}
              aria-controls={opened.has(principal.id) ? peopleId(principal.id) : undefined}
              onClick={() => toggle(principal.id)}
            >
              {t("assigned.showPeople")}
            </Button>
          ) : null,
      },
      {
        key: "at",
        title: t("assigned.at"),
        width: "7rem",
        hideBelow: 760,
        cell: ({ assignedAt }) => intl.formatDate(assignedAt, { dateStyle: "medium" }),
      },
      { key: "by", title: t("assigned.by"), width: "minmax(6rem, 1fr)", hideBelow: 860, cell: ({ assignedBy }) => assignedBy },
      {
        key: "reason",
        title: t("assign.reason"),
        width: "minmax(6rem, 1fr)",
        hideBelow: 980,
        cell: ({ reason }) =>
          reason ? (
            <span className={styles.reason} title={reason}>
              {reason}
            </span>
          ) : null,
      },
    ],
    [t, intl, opened, toggle, styles],
  )
}

/** How it stands with the seats: of a group's members, or of the one person. */
function Status({ row: { principal, status, waiting } }: { readonly row: Row }) {
  const styles = useStyles()
  const t = useText()
  const isGroup = principal.__typename === "Group"
  if (status === "ALL_SEATED") {
    return (
      <Badge appearance="tint" color="success" className={styles.status}>
        {t(isGroup ? "assigned.ALL_SEATED" : "seat.SEATED")}
      </Badge>
    )
  }
  return (
    <Badge appearance="tint" color={status === "IN_PROGRESS" ? "informative" : "warning"} className={styles.status}>
      {status === "IN_PROGRESS"
        ? t("assigned.IN_PROGRESS")
        : isGroup
          ? t("assigned.SEATS_SHORT", { count: waiting })
          : t("seat.WAITLISTED")}
    </Badge>
  )
}

function keyOf({ principal }: Row): string {
  return principal.id
}
