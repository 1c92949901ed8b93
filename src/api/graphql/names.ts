/** What people, groups, vendors and actors are called, as they were called then, deleted ones included. */

import { vendorsEver } from "../../../projections/catalog/queries"
import { namesEver } from "../../../projections/directory/queries"
import type { ActorType } from "../../domain/events"
import type { Services } from "../services"

/** Somebody who did something, and when. */
export interface Acting {
  readonly organizationId: string
  readonly type: ActorType
  readonly id: string
  readonly revision: number
  readonly instant: number
}

export interface Names {
  /** The name that a user or group had after this revision; its id when it never had one here. */
  principal(id: string, revision: number): string
  /** Undefined for somebody outside the directory whose subject is gone. */
  actor(acting: Acting): string | undefined
}

export interface Called {
  readonly organizationId: string
  readonly principalIds: Iterable<string>
  readonly acting: readonly Acting[]
}

/** One statement for all people and groups, one for vendors if there are any, and one look at the vault for everybody else. */
export async function namesOf({ readStore, vault }: Pick<Services, "readStore" | "vault">, called: Called): Promise<Names> {
  const { organizationId, acting } = called
  const isPerson = (id: string) => id.startsWith("usr_")
  const ids = new Set([...called.principalIds, ...acting.map(({ id }) => id).filter(isPerson)])
  const vendorIds = new Set(acting.filter(({ type }) => type === "VENDOR").map(({ id }) => id))
  const strangers = acting.filter(({ type, id }) => type !== "SYSTEM" && type !== "VENDOR" && !isPerson(id))
  const [names, vendors, keys] = await Promise.all([
    namesEver(readStore, organizationId, [...ids]),
    vendorsEver(readStore, [...vendorIds]),
    vault.load(strangers.map(({ id }) => ({ organizationId, actorId: id }))),
  ])
  const namesById = grouped(names, (row) => row.principal_id)
  const vendorsById = grouped(vendors, (row) => row.vendor_id)

  const principal = (id: string, revision: number): string => {
    const spans = namesById.get(id) ?? []
    return (spans.findLast((span) => span.from_revision <= revision) ?? spans[0])?.display_name ?? id
  }
  const vendor = (id: string, instant: number): string => {
    const spans = vendorsById.get(id) ?? []
    return (spans.findLast((span) => span.from_at <= instant) ?? spans[0])?.name ?? id
  }
  const actor = ({ type, id, revision, instant }: Acting): string | undefined => {
    if (type === "SYSTEM") return "System"
    if (type === "VENDOR") return vendor(id, instant)
    return isPerson(id) ? principal(id, revision) : keys.subjectOf(organizationId, id)
  }
  return { principal, actor }
}

/** `Map.groupBy`, which Node 20 does not have. */
function grouped<Row>(rows: readonly Row[], keyOf: (row: Row) => string): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const group = groups.get(keyOf(row))
    if (group) group.push(row)
    else groups.set(keyOf(row), [row])
  }
  return groups
}
