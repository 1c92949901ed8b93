/** Why a ledger was not moved, for whoever asked for it: in a sentence, and with what to do. */

/** Nothing was changed. */
export class MigrationRefused extends Error {
  override readonly name = "MigrationRefused"
}

/** What is at the target now is no copy of the source. */
export class MigrationFailed extends Error {
  override readonly name = "MigrationFailed"
}
