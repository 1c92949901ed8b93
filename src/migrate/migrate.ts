/** A ledger to other stores: the log first, then all that cannot be rebuilt from it; compared to the last byte in the end. */
import { type EventLog, openEventLog } from "../eventstore/event-log"
import { START } from "../eventstore/event-store"
import { takeWriterLock } from "../eventstore/writer-lock"
import { compareLogs, copyEvents, type OnProgress, type SignedRoot, type Verified, verifyLogs } from "./copy-log"
import { copyState, isUsed, positionsIn, refusedState } from "./copy-state"
import { makeState, mustRest, openState } from "./open-state"
import { type LedgerPlaces, mustBeThere } from "./places"
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
    const from = await opened(openEventLog(source.log, { readOnly: true }), (log) => log.close())
    const to = await opened(openEventLog(target.log), (log) => log.close())
    const fromState = await opened(openState(source.state), (state) => state.close())
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
  if (!(await isWhole(from.log, common.position))) await mustBeUnused(to.state)
  const copied = await copyEvents(from.log, to.log, common, onProgress)
  const signed = await newestSigned(from.state)
  const verified = await verifyLogs(from.log, to.log, { positions: await positionsIn(from.state), signed }, onProgress)
  const parts = await copyState(from.state, to.state, verified.translate)
  return { events: verified.events, roots: verified.roots, copied, parts, signed: signed.size }
}

async function isWhole(from: EventLog, position: number): Promise<boolean> {
  for await (const { events } of from.follow(position, new AbortController().signal, "head")) if (events.length > 0) return false
  return true
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
