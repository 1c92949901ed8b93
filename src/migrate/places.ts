/** Where a ledger is to come from or go to, as somebody says it: a folder, or the address of a database. */
import { existsSync } from "node:fs"
import { join, resolve } from "node:path"
import { type LogPlace, nameOfLog } from "../eventstore/event-log"
import { MigrationRefused } from "./refused"

/** A data folder, or a database. */
export type StateAt = string | { readonly kind: "postgres"; readonly url: string }

export interface LedgerPlaces {
  readonly log: LogPlace
  readonly state: StateAt
  /** Data folders, to be locked. */
  readonly folders: readonly string[]
}

type Place = { readonly kind: "folder"; readonly folder: string } | { readonly kind: "postgres" | "kurrentdb"; readonly url: string }

export interface AskedPlaces {
  readonly from: string
  readonly to: string
  readonly fromState?: string
  readonly toState?: string
}

/** Names of settings that hold an address: on a command line, everybody on the machine would read the password. */
const FROM_ENVIRONMENT = ["POSTGRES_URL", "KURRENTDB_URL"]

/** @throws MigrationRefused with what to do, when it makes no sense */
export function readPlaces(
  { from, to, fromState, toState }: AskedPlaces,
  environment: Readonly<Record<string, string | undefined>>,
): { readonly source: LedgerPlaces; readonly target: LedgerPlaces } {
  const read = (side: "from" | "to", text: string, stateText: string | undefined) => {
    const place = placeOf(text, environment)
    const state = stateText === undefined ? undefined : placeOf(stateText, environment)
    return ledgerPlaces(side, place, state)
  }
  const source = read("from", from, fromState)
  const target = read("to", to, toState)
  if (JSON.stringify(source.log) === JSON.stringify(target.log)) throw sameLog()
  if (JSON.stringify(source.state) === JSON.stringify(target.state)) throw sameState()
  return { source, target }
}

export function sameLog(): MigrationRefused {
  return new MigrationRefused("--from and --to are the same place")
}

export function sameState(): MigrationRefused {
  return new MigrationRefused(
    "all but the log would stay where it is, and the source would no longer be one to go back to: name another place for it with --to-state, " +
      "a folder or postgres://…",
  )
}

function ledgerPlaces(side: "from" | "to", place: Place, state: Place | undefined): LedgerPlaces {
  const option = `--${side}-state`
  if (state?.kind === "kurrentdb")
    throw new MigrationRefused(`KurrentDB holds the log alone: ${option} takes a data folder or postgres://…`)
  if (place.kind === "kurrentdb" && state === undefined) {
    throw new MigrationRefused(
      `KurrentDB holds the log alone: say with ${option} where the vault, signed checkpoints and deliveries ${side === "from" ? "are" : "go"}: a data folder or postgres://…`,
    )
  }
  if (place.kind === "folder" && state !== undefined) {
    throw new MigrationRefused(
      `a data folder holds log and state together: leave ${option} away, or name the log's own place with --${side}`,
    )
  }
  const log: LogPlace = place.kind === "folder" ? join(place.folder, "events.sqlite") : place
  const kept = state ?? place
  const folders = [place, kept].flatMap((one) => (one.kind === "folder" ? [one.folder] : []))
  if (kept.kind === "kurrentdb") throw new MigrationRefused(`KurrentDB holds the log alone: use ${option}`)
  return { log, state: kept.kind === "folder" ? kept.folder : { kind: "postgres", url: kept.url }, folders: [...new Set(folders)] }
}

function placeOf(text: string, environment: Readonly<Record<string, string | undefined>>): Place {
  if (FROM_ENVIRONMENT.includes(text)) {
    const url = environment[text]?.trim()
    if (!url) throw new MigrationRefused(`the setting ${text} is not there: put the address in it, or name the place itself`)
    return placeOf(url, {})
  }
  if (/^postgres(ql)?:\/\//.test(text)) return { kind: "postgres", url: text }
  if (/^(kurrentdb|kurrent|kdb|esdb)(\+discover)?:\/\//.test(text)) return { kind: "kurrentdb", url: text }
  // The address is not repeated: there may be a password in it.
  if (/^[a-z+]+:\/\//i.test(text)) throw new MigrationRefused("a place is a data folder, postgres://…, kurrentdb://… or esdb://…")
  return { kind: "folder", folder: resolve(text) }
}

/** For somebody to read: without credentials. */
export function nameOfState(state: StateAt): string {
  return typeof state === "string" ? state : nameOfLog(state)
}

/** @throws MigrationRefused when a folder to read from holds no ledger: a typing mistake is not an empty ledger */
export function mustBeThere({ log, state }: LedgerPlaces): void {
  if (typeof log === "string" && !existsSync(log))
    throw new MigrationRefused(`there is no ledger in ${join(log, "..")}: it has no events.sqlite`)
  if (typeof state === "string" && !existsSync(join(state, "vault.sqlite")))
    throw new MigrationRefused(`there is no vault in ${state}: without it nobody can read the names that the log holds`)
}
