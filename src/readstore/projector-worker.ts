/**
 * The projector's own thread, with its own connections to the log, the vault and the read models, so that neither
 * requests wait for projections nor projections for requests. Started by `projector-thread.ts`.
 */
import { parentPort, workerData } from "node:worker_threads"
import { type EventLog, type LogPlace, openEventLog } from "../eventstore/event-log"
import { START } from "../eventstore/event-store"
import { openVault } from "../vault/sqlite"
import type { ProjectionStatus } from "./projecting"
import { isShown } from "./projecting-here"
import { projectionGroups } from "./projections"
import { Projector } from "./projector"
import { rebuild } from "./rebuild"
import { activeGeneration, leaveErasedBehind, openReadModels, pointedTo } from "./sqlite-generations"
import type { SqliteReadModels } from "./sqlite-read-models"
import { openSqliteSkips } from "./sqlite-skips"

export interface ProjectorPlaces {
  readonly log: LogPlace
  /** The vault's file. */
  readonly vault: string
  /** The folder of the read models. */
  readonly folder: string
  /** The file of the operators' decisions. */
  readonly skips: string
}

export type ToProjector =
  | { readonly kind: "wake" }
  | { readonly kind: "close" }
  | { readonly kind: "isShown"; readonly id: number; readonly stream: string; readonly revision: number }

export type FromProjector =
  | { readonly kind: "status"; readonly status: readonly ProjectionStatus[] }
  /** Streams and the revisions now shown. */
  | { readonly kind: "shown"; readonly shown: ReadonlyMap<string, number>; readonly status: readonly ProjectionStatus[] }
  | { readonly kind: "answer"; readonly id: number; readonly isShown: boolean }
  /** Something could not be done and is tried again, while the projections go on. */
  | { readonly kind: "fault"; readonly error: string }
  /** Another generation of the read models has caught up and is in use. */
  | { readonly kind: "generation" }

/** Building anew in one go is about three times as fast as following, and worth its start from here on. */
const BUILD_FROM_EVENTS = 5_000
const LOOK_EVERY_MS = 500
/** When the disk has no room for a copy of the read models. */
const TRY_AGAIN_MS = 60_000

const port = parentPort
if (!port) throw new Error("projector-worker runs as a worker thread")
const send = (message: FromProjector) => port.postMessage(message)

const places = workerData as ProjectorPlaces
const vault = openVault(places.vault, { readOnly: true })
const skips = openSqliteSkips(places.skips)
const groups = projectionGroups(vault)

let eventStore: EventLog
let file = activeGeneration(places.folder)
let readModels: SqliteReadModels
let projector: Projector
let closing = false
/** Read models that were seen to hold copies of what was erased: a second look later, because erasures often come in a row. */
let stained: SqliteReadModels | undefined
let tryAgainAt = 0
/** Readers are still with the generation before: what is shown in the new one is told when they turn to it. */
let turning: Promise<void> | undefined
let untold = new Map<string, number>()

async function startProjector(): Promise<Projector> {
  readModels = openReadModels(file)
  return Projector.open({
    eventStore,
    readModels,
    groups,
    skips,
    behind: (position) => eventStore.behind(position),
    onShown: tell,
    onStatus: () => send({ kind: "status", status: projector.status() }),
  })
}

async function main(): Promise<void> {
  eventStore = await openEventLog(places.log, {
    readOnly: true,
    onFault: ({ message: error }) => send({ kind: "fault", error }),
  })
  projector = await startProjector()
  port?.on("message", receive) // what was sent before waits in the port
  send({ kind: "status", status: projector.status() })
  await buildWhenFarBehind()
  while (!closing) {
    const watch = setInterval(look, LOOK_EVERY_MS)
    await projector.run()
    clearInterval(watch)
    leaveErased()
    if (!closing) await turnOver()
  }
  await readModels.close()
  skips.close()
  vault.close()
  await eventStore.close()
  port?.close()
}

/** The first start on a long log, or the first of a version with other projections. */
async function buildWhenFarBehind(): Promise<void> {
  if (projector.status().some(({ position }) => position > 0) || eventStore.behind(START) < BUILD_FROM_EVENTS) return
  const abort = new AbortController()
  const watch = setInterval(() => closing && abort.abort(), 50)
  try {
    const built = await rebuild({ folder: places.folder, eventStore, groups, skips, signal: abort.signal })
    await readModels.close()
    file = built.file
    projector = await startProjector()
    send({ kind: "generation" })
    send({ kind: "status", status: projector.status() })
  } catch {
    // An event that cannot be taken: following the log shows which one, and serves what stands before it.
  } finally {
    clearInterval(watch)
  }
}

function look(): void {
  send({ kind: "status", status: projector.status() })
  // Another process rebuilt the read models: turn to them.
  const current = pointedTo(places.folder)
  if (current !== undefined && current !== file) void projector.close()
  if (Date.now() < tryAgainAt) return
  if (stained === readModels) void projector.close()
  else if (readModels.holdsErased()) stained = readModels
}

/** Before the thread ends, too: nothing of an erased person is left in a folder that nobody uses. */
function leaveErased(): void {
  stained = undefined
  if (pointedTo(places.folder) !== file || !readModels.holdsErased()) return
  try {
    leaveErasedBehind(places.folder, file)
  } catch (error) {
    tryAgainAt = Date.now() + TRY_AGAIN_MS
    const why = error instanceof Error ? error.message : String(error)
    send({ kind: "fault", error: `copies of erased names may still lie in ${file}, which could not be written anew: ${why}` })
  }
}

async function turnOver(): Promise<void> {
  let turned = () => {}
  turning = new Promise((resolve) => {
    turned = resolve
  })
  await readModels.close()
  file = activeGeneration(places.folder)
  projector = await startProjector()
  if (!closing) {
    // Readers stay with the old tables until the new ones show as much.
    await projector.catchUp()
    send({ kind: "generation" })
    turning = undefined
    tell(untold)
    untold = new Map()
  }
  turned()
}

function tell(shown: ReadonlyMap<string, number>): void {
  if (turning) for (const [stream, revision] of shown) untold.set(stream, revision)
  else send({ kind: "shown", shown, status: projector.status() })
}

function receive(message: ToProjector): void {
  switch (message.kind) {
    case "wake":
      eventStore.wake()
      break
    case "close":
      closing = true
      void projector.close()
      break
    case "isShown":
      void answer(message.id, message.stream, message.revision)
      break
    default:
      message satisfies never
  }
}

async function answer(id: number, stream: string, revision: number): Promise<void> {
  await turning
  const shown = await isShown(eventStore, readModels, groups, stream, revision).catch(() => false)
  send({ kind: "answer", id, isShown: shown })
}

void main()
