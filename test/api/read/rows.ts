/**
 * Read models of a given size, written as rows: a log of a million events takes minutes to project, and what a page
 * costs depends on the rows alone.
 */
import Database from "better-sqlite3"
import { sortName } from "../../../projections/directory/names"
import { nameIdOf, searchText } from "../../../projections/directory/search-index"
import { readModelSchema } from "../../../src/readstore/projections"
import { OPEN, type ReadStore, type SqlValue } from "../../../src/readstore/read-store"

export interface Rows {
  readonly store: ReadStore
  readonly db: Database.Database
  close(): void
}

export interface Filling {
  /** Seats `seated` people on a license, and lets others wait; each has had so many states before the present one. */
  license(id: string, people: { readonly seated: number; readonly waiting: number; readonly formerStates: number }): void
  group(id: string, from: number, members: number, licenseId?: string): void
}

const ORGANIZATION = "org_large"
/** Everything of the past lies before this revision; what holds now began at it. */
export const THEN = 1_000_000
export const NOW = 2_000_000

export function openRows(people: number, fill: (rows: Filling) => void, file = ":memory:"): Rows {
  const db = new Database(file)
  const { tables, indexesForWriting, otherIndexes } = readModelSchema("sqlite")
  for (const statement of tables) db.exec(statement)
  const insert = (table: string, row: Readonly<Record<string, SqlValue>>) =>
    statement(
      `insert into ${table} (${Object.keys(row).join(", ")}) values (${Object.keys(row)
        .map(() => "?")
        .join(", ")})`,
    ).run(Object.values(row))
  let groups = 0
  const known = new Map<string, Database.Statement>()
  const statement = (text: string) => {
    const found = known.get(text) ?? db.prepare(text)
    known.set(text, found)
    return found
  }
  const open = { organization_id: ORGANIZATION, to_revision: OPEN, to_at: OPEN }
  const span = (from: number, to: number) => ({
    organization_id: ORGANIZATION,
    from_revision: from,
    to_revision: to,
    from_at: from,
    to_at: to,
  })

  db.transaction(() => {
    insert("organization", { organization_id: ORGANIZATION, number: 1, name: "Large", created_at: 1, revision: NOW })
    insert("moment", { organization_id: ORGANIZATION, revision: 1, recorded_at: 1 })
    insert("vendor", { vendor_id: "vnd_a", from_at: 1, to_at: OPEN, name: "Vendor" })
    insert("product", { product_id: "prd_a", from_at: 1, to_at: OPEN, vendor_id: "vnd_a", name: "App", search_name: "app" })
    for (let n = 0; n < people; n++) {
      const name_id = nameIdOf(1, n + 1)
      const display_name = `${FIRST[n % FIRST.length]} ${LAST[Math.floor(n / FIRST.length) % LAST.length]} ${n}`
      const mail = `p${n}@large.example`
      const named = { name_id, principal_type: "USER" as const, principal_id: user(n), display_name, user_name: mail, mail }
      insert("principal_name", { ...open, ...named, from_revision: n + 1, from_at: n + 1, sort_name: sortName(display_name) })
      insert("principal_words", { rowid: name_id, words: searchText(named) })
      insert("user_state", { ...open, user_id: user(n), from_revision: n + 1, from_at: n + 1, active: 1 })
    }
  })()

  const read = async <Row>(sql: string, params: readonly SqlValue[] = []) => statement(sql).all(params) as Row[]
  fill({
    license(id, { seated, waiting, formerStates }) {
      db.transaction(() => {
        insert("license", {
          license_id: id,
          organization_id: ORGANIZATION,
          vendor_id: "vnd_a",
          product_id: "prd_a",
          product_name: "App",
          sort_name: "app",
          registered_revision: 1,
          registered_at: 1,
          grace_days: 90,
          on_grace_end: "HOLD",
          ordered_by: "SEQUENCE",
        })
        const counters = {
          license_id: id,
          status: "ACTIVE",
          purchased: seated,
          seats_sequence: "0",
          status_sequence: "0",
          plan_sequence: "0",
          seated,
          waitlisted: waiting,
          overassigned: 0,
          grace_expired: 0,
          remaining: 0,
          new_claims: 0,
        }
        insert("license_span", { ...open, ...counters, from_revision: 1, from_at: 1 })
        for (let n = 0; n < seated + waiting; n++) {
          const state = n < seated ? "SEATED" : "WAITLISTED"
          const seat = { license_id: id, user_id: user(n), state, opened_revision: 1000 + n, opened_ordinal: 0, opened_at: 1000 + n }
          const every = THEN / Math.max(1, formerStates)
          for (let k = 0; k < formerStates; k++) insert("seat", { ...span(100_000 + k * every, 100_000 + (k + 1) * every), ...seat })
          insert("seat", { ...open, ...seat, from_revision: 100_000 + formerStates * every, from_at: 1_500_000 })
        }
      })()
    },
    group(id, from, members, licenseId) {
      db.transaction(() => {
        const name_id = nameIdOf(1, 500_000 + ++groups)
        insert("principal_name", {
          ...open,
          name_id,
          principal_type: "GROUP",
          principal_id: id,
          display_name: id,
          from_revision: 500,
          from_at: 500,
          sort_name: id,
        })
        insert("group_state", { ...open, group_id: id, from_revision: 500, from_at: 500, member_count: members })
        for (let n = 0; n < members; n++) {
          insert("membership", {
            ...open,
            group_id: id,
            member_type: "USER",
            member_id: user(from + n),
            from_revision: 500,
            from_at: 500,
            ordinal: n,
          })
        }
        if (licenseId === undefined) return
        const assignment = { license_id: licenseId, principal_type: "GROUP", principal_id: id, actor_type: "SYSTEM", actor_id: "system" }
        insert("assignment", { ...open, ...assignment, from_revision: 501, from_at: 501 })
      })()
    },
  })
  for (const statement of [...indexesForWriting, ...otherIndexes]) db.exec(statement)
  return {
    db,
    store: { dialect: "sqlite" as const, rows: read, slowRows: read, close: async () => void db.close() },
    close: () => void db.close(),
  }
}

/** Ids in an order that has nothing to do with the order of joining, as real ones are. */
export function user(n: number): string {
  return `usr_${((n * 2_654_435_761) % 4_294_967_296).toString(36)}x${n}`
}

const FIRST = [
  "Adele",
  "Bo",
  "Cy",
  "Dee",
  "Edith",
  "Finn",
  "Grete",
  "Hal",
  "Ines",
  "Jan",
  "Kaya",
  "Lin",
  "Mona",
  "Nils",
  "Olga",
  "Pim",
  "Quinn",
  "Rosa",
  "Sem",
  "Tess",
]
const LAST = [
  "Vance",
  "Åkerman",
  "de Vries",
  "Janssen",
  "Bakker",
  "Okafor",
  "Nguyen",
  "Rossi",
  "Silva",
  "Kowalski",
  "Öztürk",
  "Meyer",
  "Sørensen",
  "Dubois",
]
