import type { PrincipalType, Profile } from "../../src/domain/events"
import {
  type Entry,
  openRows,
  type Projection,
  rowsWhere,
  rowTable,
  type Span,
  spanTable,
  type Wants,
  type Work,
} from "../../src/readstore/projection"
import { OPEN } from "../../src/readstore/read-store"
import type { Keys, Wanted } from "../../src/vault/vault"
import { organization, organizationById } from "../catalog/catalog"
import { sortName, userNameKey } from "./names"
import { endedNames, nameIdOf, openNames, searchText } from "./search-index"
import { searchTables } from "./search-tables"
import { tables } from "./tables"

export interface NameRow extends Span {
  name_id: number
  organization_id: string
  principal_type: PrincipalType
  principal_id: string
  display_name: string
  sort_name: string
  user_name: string | null
  user_name_key: string | null
  mail: string | null
  external_id: string | null
}
interface UserStateRow extends Span {
  organization_id: string
  user_id: string
  active: number
}
interface GroupStateRow extends Span {
  organization_id: string
  group_id: string
  member_count: number
}
interface MembershipRow extends Span {
  organization_id: string
  group_id: string
  member_type: PrincipalType
  member_id: string
  ordinal: number
}

const name = spanTable<NameRow>(
  "principal_name",
  ["principal_id"],
  [
    "name_id",
    "organization_id",
    "principal_type",
    "principal_id",
    "display_name",
    "sort_name",
    "user_name",
    "user_name_key",
    "mail",
    "external_id",
  ],
)
const userState = spanTable<UserStateRow>("user_state", ["user_id"], ["organization_id", "user_id", "active"])
const groupState = spanTable<GroupStateRow>("group_state", ["group_id"], ["organization_id", "group_id", "member_count"])
const membership = spanTable<MembershipRow>(
  "membership",
  ["group_id", "member_id"],
  ["organization_id", "group_id", "member_type", "member_id", "ordinal"],
)

const currentName = openRows(name, "principal_id = ?")
const currentGroup = openRows(groupState, "group_id = ?")
const membershipsOf = openRows(membership, "member_id = ?")
const groupsOf = openRows(groupState, `group_id in (select group_id from membership where member_id = ? and to_revision = ${OPEN})`)

/** Every name a principal ever had, for erasing. */
const everyName = rowTable<Pick<NameRow, "name_id" | "principal_id">>("principal_name", ["name_id"], ["name_id", "principal_id"])
const everyNameOf = rowsWhere(everyName, "principal_id = ?")

/** What is shown of a person whose key is destroyed (rule 28). */
const ERASED = { display_name: "Erased user", sort_name: "erased user", user_name: "", user_name_key: null, mail: null, external_id: null }

type Names = Pick<NameRow, "display_name" | "sort_name" | "user_name" | "user_name_key" | "mail" | "external_id">

/** What the handlers of these events open. */
export function* profilesIn(events: Iterable<Entry>): Iterable<Wanted> {
  for (const { type, organizationId, data } of events) {
    if (type === "UserProvisioned" || type === "UserProfileChanged") yield { organizationId, userId: data.userId }
  }
}

/** `keys` open the sealed profiles: each exactly once, here. */
export function directory(keys: Pick<Keys, "openProfile">): Projection {
  function opened({ organizationId, data }: Entry<"UserProvisioned" | "UserProfileChanged">): Partial<Profile> | undefined {
    return keys.openProfile(organizationId, data.userId, data.profile)
  }

  return {
    name: "directory",
    version: 5,
    tables,
    ownTables: searchTables,
    indexesForWriting: ["principal_name_of", "membership_of_member"],

    needs: {
      UserProvisioned: wantOrganization,
      UserProfileChanged: (event, wants) => wantName(event, event.data.userId, wants),
      UserDeleted({ data }, wants) {
        wants.rows(currentName, data.userId)
        wants.rows(membershipsOf, data.userId)
        wants.rows(groupsOf, data.userId)
      },
      UserErased({ data }, wants) {
        wants.rows(currentName, data.userId)
        wants.rows(everyNameOf, data.userId)
      },
      GroupProvisioned: wantOrganization,
      GroupRenamed: (event, wants) => wantName(event, event.data.groupId, wants),
      GroupMembersChanged: ({ data }, wants) => wants.rows(currentGroup, data.groupId),
      GroupDeleted: ({ data }, wants) => wants.rows(currentName, data.groupId),
    },

    on: {
      UserProvisioned(event, work) {
        const { data, organizationId } = event
        const profile = opened(event)
        const names = profile ? namesOf({ userName: "", displayName: profile.userName ?? "", ...profile }) : ERASED
        beginName(event, "USER", data.userId, names, work)
        work.spans(userState).begin(event, { organization_id: organizationId, user_id: data.userId, active: data.active ? 1 : 0 })
      },
      UserProfileChanged(event, work) {
        const before = nameOf(event, event.data.userId, work)
        const profile = opened(event)
        const names = profile
          ? namesOf({
              userName: profile.userName ?? before.user_name ?? "",
              displayName: profile.displayName ?? before.display_name,
              mail: profile.mail === undefined ? before.mail : profile.mail,
              externalId: profile.externalId === undefined ? before.external_id : profile.externalId,
            })
          : ERASED
        endName(event, before, work)
        beginName(event, "USER", event.data.userId, names, work)
      },
      UserDeactivated: (event, work) => setActive(event, 0, work),
      UserReactivated: (event, work) => setActive(event, 1, work),
      UserDeleted(event, work) {
        const { userId } = event.data
        const row = work.spans(name).current(userId)
        if (row) endName(event, row, work)
        work.spans(userState).end(event, userId)
        const memberships = work.spans(membership)
        for (const { group_id } of memberships.currentWith("member_id", userId)) {
          memberships.end(event, group_id, userId)
          countMembers(event, group_id, -1, work)
        }
      },
      UserErased(event, work) {
        const { userId } = event.data
        const names = work.spans(name)
        const everKnown = [...work.rows(everyName).known(), ...names.begun("principal_id", userId)]
        for (const { name_id, principal_id } of everKnown) {
          if (principal_id !== userId) continue
          work.rows(openNames).remove(name_id)
          work.rows(endedNames).remove(name_id)
        }
        names.overwrite("principal_id", userId, ERASED)
      },

      GroupProvisioned(event, work) {
        const { data, organizationId } = event
        beginName(event, "GROUP", data.groupId, groupNames(data.displayName, data.externalId ?? null), work)
        work.spans(groupState).begin(event, { organization_id: organizationId, group_id: data.groupId, member_count: 0 })
      },
      GroupRenamed(event, work) {
        const before = nameOf(event, event.data.groupId, work)
        endName(event, before, work)
        beginName(event, "GROUP", event.data.groupId, groupNames(event.data.displayName, before.external_id), work)
      },
      GroupMembersChanged(event, work) {
        const { groupId, added, removed, nestedAdded = [], nestedRemoved = [] } = event.data
        const memberships = work.spans(membership)
        for (const id of removed) memberships.end(event, groupId, id)
        for (const id of nestedRemoved) memberships.end(event, groupId, id)
        const begin = (memberType: PrincipalType, memberId: string, ordinal: number) =>
          memberships.begin(event, {
            organization_id: event.organizationId,
            group_id: groupId,
            member_type: memberType,
            member_id: memberId,
            ordinal,
          })
        for (const [ordinal, id] of added.entries()) begin("USER", id, ordinal)
        for (const [ordinal, id] of nestedAdded.entries()) begin("GROUP", id, ordinal)
        if (added.length !== removed.length) countMembers(event, groupId, added.length - removed.length, work)
      },
      GroupDeleted(event, work) {
        const { groupId } = event.data
        const row = work.spans(name).current(groupId)
        if (row) endName(event, row, work)
        work.spans(groupState).end(event, groupId)
        work.spans(membership).endAll(event, "group_id", groupId)
        work.spans(membership).endAll(event, "member_id", groupId)
      },
    },
  }
}

function wantOrganization({ organizationId }: Entry, wants: Wants): void {
  wants.rows(organizationById, organizationId)
}

function wantName(event: Entry, principalId: string, wants: Wants): void {
  wantOrganization(event, wants)
  wants.rows(currentName, principalId)
}

function namesOf({ userName, displayName, mail, externalId }: Profile): Names {
  return {
    display_name: displayName,
    sort_name: sortName(displayName),
    user_name: userName,
    user_name_key: userNameKey(userName) || null,
    mail: mail ?? null,
    external_id: externalId ?? null,
  }
}

function groupNames(displayName: string, externalId: string | null): Names {
  const sorted = { display_name: displayName, sort_name: sortName(displayName) }
  return { ...sorted, user_name: null, user_name_key: null, mail: null, external_id: externalId }
}

function nameOf(event: Entry, principalId: string, work: Work): NameRow {
  const row = work.spans(name).current(principalId)
  if (!row) throw new Error(`${event.type} names ${principalId}, which is not in the directory`)
  return row
}

function beginName(event: Entry, type: PrincipalType, principalId: string, names: Names, work: Work): void {
  const { organizationId, revision } = event
  const owner = work.rows(organization).current(organizationId)
  if (!owner) throw new Error(`the organization ${organizationId} was never created`)
  const row = work.spans(name).begin(event, {
    name_id: nameIdOf(owner.number, revision),
    organization_id: organizationId,
    principal_type: type,
    principal_id: principalId,
    ...names,
  })
  index(openNames, row, work)
}

/** The name leaves the index of today's names and joins that of the past. */
function endName(event: Entry, row: NameRow, work: Work): void {
  work.spans(name).end(event, row.principal_id)
  work.rows(openNames).remove(row.name_id)
  index(endedNames, row, work)
}

function index(names: typeof openNames, row: NameRow, work: Work): void {
  const words = searchText(row)
  if (words !== "") work.rows(names).put({ rowid: row.name_id, words })
}

function setActive(event: Entry<"UserDeactivated" | "UserReactivated">, active: number, work: Work): void {
  const { organizationId, data } = event
  const rows = work.spans(userState)
  rows.end(event, data.userId)
  rows.begin(event, { organization_id: organizationId, user_id: data.userId, active })
}

function countMembers(event: Entry, groupId: string, difference: number, work: Work): void {
  const row = work.spans(groupState).current(groupId)
  if (!row) throw new Error(`${event.type} names the group ${groupId}, which is not in the directory`)
  work.spans(groupState).change(event, row, { member_count: row.member_count + difference })
}
