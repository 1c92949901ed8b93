/** All read models, in the order in which an event passes them. */
import { accessReviews } from "../../projections/access-reviews/access-reviews"
import { assignments } from "../../projections/assignments/assignments"
import { catalog } from "../../projections/catalog/catalog"
import { directory, profilesIn } from "../../projections/directory/directory"
import { historyOfEvents, reasonsIn } from "../../projections/history/history"
import { licenses } from "../../projections/licenses/licenses"
import { proofs } from "../../projections/proofs/proofs"
import { seats } from "../../projections/seats/seats"
import { vendorEvents } from "../../projections/vendor-events/vendor-events"
import { vendorSecrets } from "../../projections/vendor-secrets/vendor-secrets"
import { type Keys, type Opener, unlessLost, type Wanted } from "../vault/vault"
import type { ProjectionGroup } from "./projection"
import { Unavailable } from "./read-models"
import type { Dialect } from "./read-store"

/** `licenses` counts what `seats` is about to change, so it stands before it. */
export function projectionGroups(opener: Opener): readonly ProjectionGroup[] {
  const [profiles, reasons] = [new KeysOfBatch(opener), new KeysOfBatch(opener)]
  return [
    {
      name: "ledger",
      projections: [catalog, vendorSecrets, licenses, assignments, seats, directory(profiles), accessReviews],
      prepare: (events) => profiles.load(profilesIn(events)),
    },
    {
      name: "history",
      projections: [historyOfEvents(reasons), vendorEvents],
      prepare: (events) => reasons.load(reasonsIn(events)),
    },
    { name: "proofs", projections: [proofs] },
  ]
}

/** Opens what the events of the batch at hand hold sealed. */
class KeysOfBatch implements Pick<Keys, "openProfile" | "openText"> {
  #keys: Keys | undefined

  constructor(private readonly opener: Opener) {}

  async load(wanted: Iterable<Wanted>): Promise<void> {
    try {
      this.#keys = await this.opener.load(wanted)
    } catch (cause) {
      // That is no fault of any event.
      throw new Unavailable("the keys of what is to be projected cannot be read", { cause })
    }
  }

  openProfile(organizationId: string, userId: string, sealed: string) {
    const keys = this.#loaded
    return unlessLost(() => keys.openProfile(organizationId, userId, sealed))
  }
  openText(organizationId: string, sealed: string) {
    return this.#loaded.openText(organizationId, sealed)
  }

  get #loaded(): Keys {
    if (!this.#keys) throw new Error("a batch is projected whose keys were not loaded")
    return this.#keys
  }
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
  const groups = projectionGroups({ load: () => Promise.reject(new Error("nothing is to be opened")) })
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
