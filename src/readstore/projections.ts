/** All read models, in the order in which an event passes them. */
import { accessReviews } from "../../projections/access-reviews/access-reviews"
import { assignments } from "../../projections/assignments/assignments"
import { catalog } from "../../projections/catalog/catalog"
import { directory } from "../../projections/directory/directory"
import { historyOfEvents } from "../../projections/history/history"
import { licenses } from "../../projections/licenses/licenses"
import { proofs } from "../../projections/proofs/proofs"
import { seats } from "../../projections/seats/seats"
import { vendorEvents } from "../../projections/vendor-events/vendor-events"
import { vendorSecrets } from "../../projections/vendor-secrets/vendor-secrets"
import type { Opener } from "../vault/vault"
import type { ProjectionGroup } from "./projection"
import type { Dialect } from "./read-store"

/** `licenses` counts what `seats` is about to change, so it stands before it. */
export function projectionGroups(opener: Pick<Opener, "openProfile" | "openText">): readonly ProjectionGroup[] {
  return [
    { name: "ledger", projections: [catalog, vendorSecrets, licenses, assignments, seats, directory(opener), accessReviews] },
    { name: "history", projections: [historyOfEvents(opener), vendorEvents] },
    { name: "proofs", projections: [proofs] },
  ]
}

export interface ReadModelSchema {
  /** Says which versions of which projections fill these tables; another signature means another generation. */
  readonly signature: string
  readonly groups: readonly string[]
  readonly tables: readonly string[]
  readonly indexesForWriting: readonly string[]
  readonly otherIndexes: readonly string[]
}

/** The tables of all read models. Nothing is opened for that. */
export function readModelSchema(dialect: Dialect): ReadModelSchema {
  const groups = projectionGroups({ openProfile: () => undefined, openText: () => undefined })
  const projections = groups.flatMap((group) => group.projections)
  const statements = projections.flatMap(({ tables, ownTables }) => statementsOf(`${tables};${ownTables?.[dialect] ?? ""}`))
  const forWriting = new Set(projections.flatMap(({ indexesForWriting = [] }) => indexesForWriting))
  const indexes = statements.filter((statement) => /^create (unique )?index /.test(statement))
  const isForWriting = (statement: string) => forWriting.has(/ index (\w+)/.exec(statement)?.[1] ?? "")
  return {
    signature: projections.map(({ name, version }) => `${name} ${version}`).join(", "),
    groups: groups.map(({ name }) => name),
    tables: statements.filter((statement) => !indexes.includes(statement)),
    indexesForWriting: indexes.filter(isForWriting),
    otherIndexes: indexes.filter((statement) => !isForWriting(statement)),
  }
}

function statementsOf(ddl: string): string[] {
  return ddl
    .replace(/--.*$/gm, "")
    .split(";")
    .map((statement) => statement.trim())
    .filter((statement) => statement !== "")
}
