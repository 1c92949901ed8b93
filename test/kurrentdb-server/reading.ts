/** Reads and catch-up subscriptions, of a stream and of everything. */
import { randomUUID } from "node:crypto"
import type { ServerWritableStream } from "@grpc/grpc-js"
import { StreamIdentifier, UUID } from "@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb"
import { ReadReq, ReadResp } from "@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb"
import { Timestamp } from "google-protobuf/google/protobuf/timestamp_pb"
import { type CallError, type Fault, invalidArgument, invalidPosition, streamDeleted } from "./faults"
import type { Log, LoggedEvent } from "./log"

export type ReadCall = ServerWritableStream<ReadReq, ReadResp>

/** What a node does around the answers: slowness, and faults in the middle. */
export interface Around {
  readonly log: Log
  /** Before each message that is sent. */
  beforeSending(): Promise<void>
  /** While it looks through so many events of everything. */
  looking(events: number): Promise<void>
  /** A subscription to everything begins behind so many events. */
  subscribed(from: number): void
  /** A subscription to everything was told how far it has been looked through for it. */
  checkpointed(): void
  cut(): void
  fail(error: CallError): void
}

/** Events of one read of the log; without its own window, a filtered subscription counts checkpoints in these. */
const WINDOW = 32
const MAX_POSITION = (1n << 63n) - 1n

type Options = ReadReq.Options
type Position = readonly [commit: bigint, prepare: bigint]
const isAfter = ([commit, prepare]: Position, [otherCommit, otherPrepare]: Position) =>
  commit > otherCommit || (commit === otherCommit && prepare > otherPrepare)
const positionOf = ({ position }: LoggedEvent): Position => [position, position]

export async function answerRead(call: ReadCall, around: Around, fault: Fault | undefined): Promise<void> {
  const options = call.request.getOptions()
  if (options === undefined) return around.fail(invalidArgument("'options' is a required argument"))
  if (!options.hasUuidOption()) return around.fail(invalidArgument("'uuidOption' is a required argument"))
  const send = sender(call, around)

  if (options.hasSubscription()) {
    await (options.hasAll() ? subscribeToAll(call, options, around, fault, send) : subscribeToStream(call, options, around, send))
    return
  }
  const found = options.hasAll() ? readAll(options, around.log) : readStream(options, around.log)
  if ("code" in found) return around.fail(found)
  const { events, missing, between = [] } = found
  if (missing) {
    const notFound = new ReadResp.StreamNotFound().setStreamIdentifier(new StreamIdentifier().setStreamName(Buffer.from(missing)))
    await send(new ReadResp().setStreamNotFound(notFound))
  }
  for (const [n, event] of events.entries()) {
    await around.looking(between[n] ?? 0)
    if (call.cancelled) return
    // In the middle: half of what there is has been sent.
    if (fault?.when === "after" && n === Math.ceil(events.length / 2)) {
      if (fault.kind === "cut") return around.cut()
      if (fault.kind === "error") return around.fail(fault.error)
      if (fault.kind === "hang") return
    }
    await send(eventMessage(event))
  }
  await around.looking(between[events.length] ?? 0)
  call.end()
}

interface Events {
  readonly events: readonly LoggedEvent[]
  readonly missing?: string
  /** How many had to be looked at before each event that was found, and behind the last. */
  readonly between?: readonly number[]
}
type Found = Events | CallError

function readStream(options: Options, log: Log): Found {
  const stream = options.getStream()
  const name = Buffer.from(stream?.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString()
  if (log.isDeleted(name)) return streamDeleted(name)
  const events = log.stream(name)
  if (stream === undefined || events === undefined) return { events: [], missing: name }
  const backwards = options.getReadDirection() === ReadReq.Options.ReadDirection.BACKWARDS
  const from = stream.hasStart() ? 0 : stream.hasEnd() ? events.length - 1 : Number(stream.getRevision())
  const candidates = backwards ? events.slice(0, from + 1).reverse() : events.slice(from)
  return { events: candidates.filter(Boolean).slice(0, countOf(options)) }
}

function readAll(options: Options, log: Log): Found {
  const backwards = options.getReadDirection() === ReadReq.Options.ReadDirection.BACKWARDS
  const from = allPosition(options, backwards)
  if (options.getAll()?.hasPosition() && !log.isRecord(from[0])) return invalidPosition()
  const wanted = filterOf(options)
  const count = countOf(options)
  const events: LoggedEvent[] = []
  // Forwards the position itself is included; backwards it stands behind the first event.
  let index = backwards ? log.indexOf(from[0]) - 1 : log.indexOf(from[0])
  const between = [0]
  while (events.length < count) {
    const event = log.events[index]
    if (event === undefined) break
    between[events.length] = (between[events.length] ?? 0) + 1
    if (wanted(event) && (backwards || !isAfter(from, positionOf(event)))) events.push(event)
    index += backwards ? -1 : 1
  }
  return { events, between }
}

const countOf = (options: Options) => Number(BigInt.asUintN(53, BigInt(options.getCount())))

function allPosition(options: Options, backwards: boolean): Position {
  const all = options.getAll()
  const position = all?.getPosition()
  if (position === undefined) return all?.hasEnd() || (backwards && !all?.hasStart()) ? [MAX_POSITION, MAX_POSITION] : [0n, 0n]
  return [BigInt(position.getCommitPosition()), BigInt(position.getPreparePosition())]
}

/** Regular expressions are tried before prefixes; system events are hidden only where the filter hides them. */
function filterOf(options: Options): (event: LoggedEvent) => boolean {
  const filter = options.getFilter()
  if (filter === undefined) return () => true
  const byStream = filter.getStreamIdentifier()
  const expression = byStream ?? filter.getEventType()
  if (expression === undefined) return () => true
  const textOf = (event: LoggedEvent) => (byStream ? event.stream : event.type)
  const prefixes = expression.getPrefixList()
  if (expression.getRegex() !== "") {
    const regex = new RegExp(expression.getRegex())
    return (event) => regex.test(textOf(event))
  }
  return (event) => prefixes.some((prefix) => textOf(event).startsWith(prefix))
}

async function subscribeToAll(call: ReadCall, options: Options, around: Around, fault: Fault | undefined, send: Send): Promise<void> {
  const { log } = around
  const all = options.getAll()
  // Start: everything. End: what comes from now on. Otherwise what stands behind the position, itself excluded.
  let last: Position = all?.hasStart() ? [-1n, -1n] : all?.hasEnd() ? [log.end - 1n, MAX_POSITION] : allPosition(options, false)
  if (!all?.hasStart() && !all?.hasEnd() && !log.isRecord(last[0])) return around.fail(invalidPosition())
  const filter = options.getFilter()
  const wanted = filterOf(options)
  const window = filter?.hasMax() ? filter.getMax() : WINDOW
  const interval = window * (filter?.getCheckpointintervalmultiplier() ?? 1)
  await send(new ReadResp().setConfirmation(new ReadResp.SubscriptionConfirmation().setSubscriptionId(randomUUID())))
  if (fault?.kind === "mute") return

  let index = log.indexOf(last[0] < 0n ? 0n : last[0])
  around.subscribed(index)
  let considered = 0
  let sent = 0
  let live = false
  const growth = waitForGrowth(call, log)
  while (!call.cancelled) {
    const event = log.events[index]
    if (event === undefined) {
      if (!live) {
        live = true
        if (filter) await sendCheckpoint(send, [log.end, 0n])
        await send(new ReadResp().setCaughtUp(new ReadResp.CaughtUp().setTimestamp(now())))
        continue // while that was sent there may have been something new
      }
      if (!(await growth())) return
      continue
    }
    index += 1
    considered += 1
    await around.looking(1)
    if (wanted(event) && isAfter(positionOf(event), last)) {
      if (fault?.when === "after" && sent === 2) {
        if (fault.kind === "cut") return around.cut()
        if (fault.kind === "error") return around.fail(fault.error)
        if (fault.kind === "hang") return
      }
      await send(eventMessage(event))
      sent += 1
      last = positionOf(event)
    }
    if (filter && considered >= interval) {
      considered = 0
      // While it catches up, a real server names the place behind what it has looked at, with prepare position 0.
      await sendCheckpoint(send, live ? positionOf(event) : [log.events[index]?.position ?? log.end, 0n])
      around.checkpointed()
    }
  }
}

async function subscribeToStream(call: ReadCall, options: Options, around: Around, send: Send): Promise<void> {
  const { log } = around
  const stream = options.getStream()
  const name = Buffer.from(stream?.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString()
  if (log.isDeleted(name)) return around.fail(streamDeleted(name))
  let next = stream?.hasStart() ? 0 : stream?.hasEnd() ? (log.stream(name)?.length ?? 0) : Number(stream?.getRevision()) + 1
  await send(new ReadResp().setConfirmation(new ReadResp.SubscriptionConfirmation().setSubscriptionId(randomUUID())))
  let live = false
  const growth = waitForGrowth(call, log)
  while (!call.cancelled) {
    const event = log.stream(name)?.[next]
    if (event) {
      await send(eventMessage(event))
      next += 1
      continue
    }
    if (!live) {
      live = true
      await send(new ReadResp().setCaughtUp(new ReadResp.CaughtUp().setTimestamp(now())))
    } else if (!(await growth())) return
  }
}

/** Resolves when something was appended since the last time, with false when the call is over. */
function waitForGrowth(call: ReadCall, log: Log): () => Promise<boolean> {
  let grown = false
  let wake: (() => void) | undefined
  const stop = log.onAppended(() => {
    grown = true
    wake?.()
  })
  const over = () => {
    stop()
    wake?.()
  }
  call.on("cancelled", over)
  call.on("error", over)
  call.on("close", over)
  return async () => {
    if (!grown && !call.cancelled && !call.destroyed) await new Promise<void>((resolve) => (wake = resolve))
    grown = false
    return !call.cancelled && !call.destroyed
  }
}

type Send = (message: ReadResp) => Promise<void>

/** One message after the other, as fast as the other side takes them. */
function sender(call: ReadCall, around: Around): Send {
  let wake: (() => void) | undefined
  for (const event of ["drain", "cancelled", "close", "error"]) call.on(event, () => wake?.())
  return async (message) => {
    await around.beforeSending()
    if (call.cancelled || call.destroyed || call.write(message)) return
    await new Promise<void>((resolve) => {
      wake = resolve
    })
  }
}

function sendCheckpoint(send: Send, [commit, prepare]: Position): Promise<void> {
  const checkpoint = new ReadResp.Checkpoint().setCommitPosition(String(commit)).setPreparePosition(String(prepare)).setTimestamp(now())
  return send(new ReadResp().setCheckpoint(checkpoint))
}

function now(): Timestamp {
  const timestamp = new Timestamp()
  timestamp.fromDate(new Date())
  return timestamp
}

function eventMessage(event: LoggedEvent): ReadResp {
  const position = String(event.position)
  const recorded = new ReadResp.ReadEvent.RecordedEvent()
    .setId(new UUID().setString(event.id))
    .setStreamIdentifier(new StreamIdentifier().setStreamName(Buffer.from(event.stream)))
    .setStreamRevision(String(event.revision))
    .setCommitPosition(position)
    .setPreparePosition(position)
    .setData(event.data)
    .setCustomMetadata(event.metadata)
  recorded
    .getMetadataMap()
    .set("type", event.type)
    .set("created", String(event.created))
    .set("content-type", event.isJson ? "application/json" : "application/octet-stream")
  return new ReadResp().setEvent(new ReadResp.ReadEvent().setEvent(recorded).setCommitPosition(position))
}
