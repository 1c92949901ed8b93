/** A ledger to other stores: the log first, then all that cannot be rebuilt from it; compared to the last byte in the end. */
import { type EventLog, openEventLog } from "../eventstore/event-log"
import { type Position, START } from "../eventstore/event-store"
import { takeWriterLock } from "../eventstore/writer-lock"
import { compareLogs, copyEvents, type OnProgress, type SignedRoot, type Verified, verifyLogs } from "./copy-log"
import { copyState, isUsed, positionsIn, refusedState } from "./copy-state"
import { isSameDatabase, makeState, mustRest, openState } from "./open-state"
import { type LedgerPlaces, mustBeThere, nameOfState, sameLog, sameState } from "./places"
import { MigrationFailed, MigrationRefused } from "./refused"
import { ALL_TABLES, STATE, type StatePart, type StatePlace } from "./state-tables"

export interface Migrated extends Pick<Verified, "events" | "roots"> {
  /** Events that were appended to the target; the others were there. */
  readonly copied: number
  readonly parts: readonly StatePart[]
  /** Roots that were signed once and are those of the copy. */
  readonly signed: number
}

/**
 * Can be run again after whatever happened: it goes on where it stopped. Nobody may write to either place meanwhile; data
 * folders are locked.
 * @throws MigrationRefused when nothing was changed and somebody has to decide
 * @throws MigrationFailed when the target is no copy, also because somebody wrote to the source
 * @throws DataFolderInUse when a server runs on one of the folders
 */
export async function migrate(source: LedgerPlaces, target: LedgerPlaces, onProgress: OnProgress): Promise<Migrated> {
  mustBeThere(source)
  const closing: (() => void | Promise<void>)[] = []
  const opened = async <T>(it: T | Promise<T>, close: (it: T) => void | Promise<void>): Promise<T> => {
    const there = await it
    closing.push(() => close(there))
    return there
  }
  try {
    for (const folder of [...source.folders, ...target.folders]) await opened(takeWriterLock(folder), (lock) => lock.release())
    for (const url of databasesOf(source, target)) await mustRest(url)
    if (await isSameDatabase(source.log, target.log)) throw sameLog()
    if (await isSameDatabase(source.state, target.state)) throw sameState()
    const from = await opened(openEventLog(source.log, { readOnly: true }), (log) => log.close())
    const fromState = await opened(openState(source.state), (state) => state.close())
    await mustHaveVault({ log: from, state: fromState }, source)
    const to = await opened(openEventLog(target.log), (log) => log.close())
    const toState = await opened(makeState(target.state), (state) => state.close())
    return await copied({ log: from, state: fromState }, { log: to, state: toState }, onProgress)
  } finally {
    for (let close = closing.pop(); close; close = closing.pop()) await close()
  }
}

function databasesOf(...places: readonly LedgerPlaces[]): ReadonlySet<string> {
  const all = places.flatMap(({ log, state }) => [log, state])
  return new Set(all.flatMap((place) => (typeof place !== "string" && place.kind === "postgres" ? [place.url] : [])))
}

interface Ledger {
  readonly log: EventLog
  readonly state: StatePlace
}

async function copied(from: Ledger, to: Ledger, onProgress: OnProgress): Promise<Migrated> {
  const common = await compareLogs(from.log, to.log, onProgress)
  const isOurs = await isOfSameLedger(from.state, to.state)
  if (!isOurs && (await hasMore(from.log, common.position))) await mustBeUnused(to.state)
  const copied = await copyEvents(from.log, to.log, common, onProgress)
  const signed = await newestSigned(from.state)
  const verified = await verifyLogs(from.log, to.log, { positions: await positionsIn(from.state), signed }, onProgress)
  const parts = await copyState(from.state, to.state, verified.translate, isOurs)
  if (await hasMore(from.log, verified.position)) {
    throw new MigrationFailed("the source has grown meanwhile: stop whoever writes to it, and run it again; it goes on where it stopped")
  }
  return { events: verified.events, roots: verified.roots, copied, parts, signed: signed.size }
}

async function hasMore(log: EventLog, position: Position): Promise<boolean> {
  for await (const { events } of log.follow(position, new AbortController().signal, "head")) if (events.length > 0) return true
  return false
}

/** The vault may lie elsewhere than the log, and a copy without it would look whole until somebody reads a name. */
async function mustHaveVault(from: Ledger, { state }: LedgerPlaces): Promise<void> {
  if ((await secretOf(from.state)) !== undefined || !(await hasMore(from.log, START))) return
  throw new MigrationRefused(
    `the log has events, and ${nameOfState(state)} holds no vault, without which nobody can read the names in them: ` +
      "say with --from-state where the vault, signed checkpoints and deliveries are (with READ_STORE=sqlite, the data folder of the node)",
  )
}

/** An earlier copy of this very ledger: it is brought up to date. */
async function isOfSameLedger(from: StatePlace, to: StatePlace): Promise<boolean> {
  const [here, there] = [await secretOf(from), await secretOf(to)]
  return here !== undefined && there !== undefined && here.equals(there)
}

/** That of the vault: made once, at random, and never changed. */
async function secretOf(state: StatePlace): Promise<Buffer | undefined> {
  const table = ALL_TABLES.find(({ name }) => name === "secret")
  if (!table) return undefined
  for await (const [row] of state.rows(table)) return row?.[table.columns.indexOf("value")] as Buffer // a column of bytes
  return undefined
}

/** The state goes last: where there is one before the log is whole, it is somebody else's. */
async function mustBeUnused(state: StatePlace): Promise<void> {
  for (const part of STATE) if (await isUsed(state, part)) throw refusedState(part)
}

/** By stream: the newest checkpoint that was signed. */
async function newestSigned(state: StatePlace): Promise<ReadonlyMap<string, SignedRoot>> {
  const newest = new Map<string, SignedRoot>()
  const table = ALL_TABLES.find(({ name }) => name === "checkpoint")
  if (!table) return newest
  const [organization, size, root] = ["organization_id", "size", "root"].map((column) => table.columns.indexOf(column))
  for await (const page of state.rows(table)) {
    for (const row of page) {
      const stream = `organization-${row[organization as number]}`
      const found = { size: Number(row[size as number]), root: row[root as number] as Buffer } // a column of bytes
      if (found.size > (newest.get(stream)?.size ?? START)) newest.set(stream, found)
    }
  }
  return newest
}
