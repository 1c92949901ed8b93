/** Appends: one call each (`Append`), or many over one stream of messages (`BatchAppend`). */
import type { ServerDuplexStream, ServerReadableStream, sendUnaryData } from "@grpc/grpc-js"
import { Code } from "@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/code_pb"
import {
  AccessDenied,
  AllStreamPosition,
  Empty,
  MaximumAppendSizeExceeded,
  StreamDeleted,
  StreamIdentifier,
  Timeout,
  type UUID,
  WrongExpectedVersion,
} from "@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb"
import { Status } from "@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/status_pb"
import {
  type AppendReq,
  AppendResp,
  BatchAppendReq,
  BatchAppendResp,
} from "@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb"
import { Any } from "google-protobuf/google/protobuf/any_pb"
import { Empty as GoogleEmpty } from "google-protobuf/google/protobuf/empty_pb"
import { appendTooLarge, type CallError, eventTooLarge, streamDeleted } from "./faults"
import type { Expected, Log, Outcome, ProposedEvent } from "./log"

export interface Limits {
  /** Bytes of all events of one append. */
  readonly append: number
  /** Bytes of one event. */
  readonly event: number
}

/** What a node does around a write: access, faults and slowness. `never`: no answer is given. */
export interface AroundWrites {
  readonly log: Log
  readonly limits: Limits
  around(write: () => Outcome): Promise<Outcome | CallError | "never">
}

export async function answerAppend(
  call: ServerReadableStream<AppendReq, AppendResp>,
  answer: sendUnaryData<AppendResp>,
  { log, limits, around }: AroundWrites,
): Promise<void> {
  let options: AppendReq.Options | undefined
  const events: ProposedEvent[] = []
  for await (const message of call as AsyncIterable<AppendReq>) {
    options ??= message.getOptions()
    const proposed = message.getProposedMessage()
    if (proposed) events.push(eventOf(proposed))
  }
  const tooLarge = overLimit(events, limits)
  if (tooLarge)
    return answer(tooLarge.kind === "event" ? eventTooLarge(tooLarge.id, tooLarge.size, limits.event) : appendTooLarge(limits.append))
  if (options === undefined) return
  const stream = nameOf(options.getStreamIdentifier())
  const expected = options.hasRevision() ? Number(options.getRevision()) : expectedOf(options)
  const outcome = await around(() => log.append(stream, expected, events))
  if (outcome === "never") return
  if ("code" in outcome) return answer(outcome)
  if (outcome.kind === "deleted") return answer(streamDeleted(stream))
  answer(null, outcome.kind === "written" ? appended(outcome) : conflict(expected, outcome.current))
}

function appended({ revision, position }: { readonly revision: number; readonly position: bigint }): AppendResp {
  const place = new AppendResp.Position().setCommitPosition(String(position)).setPreparePosition(String(position))
  return new AppendResp().setSuccess(new AppendResp.Success().setCurrentRevision(String(revision)).setPosition(place))
}

function conflict(expected: Expected, current: number): AppendResp {
  const wrong = new AppendResp.WrongExpectedVersion()
  if (expected === "no stream") wrong.setExpectedNoStream(new Empty())
  else if (expected === "any") wrong.setExpectedAny(new Empty())
  else if (expected === "stream exists") wrong.setExpectedStreamExists(new Empty())
  else wrong.setExpectedRevision(String(expected))
  if (current < 0) wrong.setCurrentNoStream(new Empty())
  else wrong.setCurrentRevision(String(current))
  return new AppendResp().setWrongExpectedVersion(wrong)
}

/** Lives as long as the client keeps the stream open; appends are written in the order in which their last part arrives. */
export function answerBatchAppends(
  call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>,
  { log, limits, around }: AroundWrites,
  fail: (error: CallError) => void,
): void {
  interface Gathering {
    readonly options: BatchAppendReq.Options
    readonly events: ProposedEvent[]
  }
  const gathering = new Map<string, Gathering>()

  const take = async (request: BatchAppendReq) => {
    const id = request.getCorrelationId()?.getString() ?? ""
    const options = request.getOptions()
    if (options) gathering.set(id, { options, events: [] })
    const append = gathering.get(id)
    if (append === undefined) return
    append.events.push(...request.getProposedMessagesList().map(eventOf))
    const tooLarge = overLimit(append.events, limits)
    if (tooLarge) gathering.delete(id)
    if (tooLarge?.kind === "event") {
      // The client does not know this one: it reads "Could not recognize MaximumAppendEventSizeExceeded".
      return respond(
        request,
        append.options,
        problem(
          Code.INVALID_ARGUMENT,
          "MaximumAppendEventSizeExceeded",
          new GoogleEmpty(),
          "event_store.client.MaximumAppendEventSizeExceeded",
        ),
      )
    }
    if (tooLarge) {
      const exceeded = new MaximumAppendSizeExceeded().setMaxappendsize(limits.append)
      return respond(request, append.options, problem(Code.INVALID_ARGUMENT, "MaximumAppendSizeExceeded", exceeded))
    }
    if (!request.getIsFinal()) return
    gathering.delete(id)
    const deadline = append.options.getDeadline21100()?.toDate()
    if (deadline && deadline.getTime() <= Date.now()) {
      return respond(request, append.options, problem(Code.DEADLINE_EXCEEDED, "Timeout", new Timeout()))
    }
    const stream = nameOf(append.options.getStreamIdentifier())
    const expected = append.options.hasStreamPosition() ? Number(append.options.getStreamPosition()) : expectedOf(append.options)
    const outcome = await around(() => log.append(stream, expected, append.events))
    if (outcome === "never") return
    // As in the server: whoever is not the leader ends the whole stream of messages, other errors answer one append.
    if ("code" in outcome && outcome.metadata.get("exception").includes("not-leader")) return fail(outcome)
    respond(request, append.options, "code" in outcome ? asStatus(outcome) : outcome)
  }

  const respond = (request: BatchAppendReq, options: BatchAppendReq.Options, result: Status | Outcome) => {
    if (call.destroyed || call.cancelled) return
    const response = new BatchAppendResp()
      .setCorrelationId(request.getCorrelationId() as UUID)
      .setStreamIdentifier(options.getStreamIdentifier())
    if (result instanceof Status) response.setError(result)
    else if (result.kind === "written") {
      const place = new AllStreamPosition().setCommitPosition(String(result.position)).setPreparePosition(String(result.position))
      response.setSuccess(new BatchAppendResp.Success().setCurrentRevision(String(result.revision)).setPosition(place))
    } else if (result.kind === "deleted") {
      const deleted = new StreamDeleted()
      const stream = options.getStreamIdentifier()
      if (stream) deleted.setStreamIdentifier(stream)
      response.setError(problem(Code.NOT_FOUND, "StreamDeleted", deleted))
    } else response.setError(problem(Code.ALREADY_EXISTS, "WrongExpectedVersion", wrongVersion(options, result.current)))
    call.write(response)
  }

  let taken = Promise.resolve()
  call.on("data", (request: BatchAppendReq) => {
    // Reading goes on while an append is being written, and what comes later is written later.
    taken = taken.then(() => take(request))
  })
  call.on("error", () => {}) // The client has gone.
  call.on("end", () => void taken.then(() => call.end()))
}

function wrongVersion(options: BatchAppendReq.Options, current: number): WrongExpectedVersion {
  const wrong = new WrongExpectedVersion()
  if (options.hasStreamPosition()) wrong.setExpectedStreamPosition(options.getStreamPosition())
  else if (options.hasNoStream()) wrong.setExpectedNoStream(new GoogleEmpty())
  else if (options.hasAny()) wrong.setExpectedAny(new GoogleEmpty())
  else wrong.setExpectedStreamExists(new GoogleEmpty())
  if (current < 0) wrong.setCurrentNoStream(new GoogleEmpty())
  else wrong.setCurrentStreamRevision(String(current))
  return wrong
}

function asStatus({ details, metadata }: CallError): Status {
  if (metadata.get("exception").includes("access-denied")) return problem(Code.PERMISSION_DENIED, "AccessDenied", new AccessDenied())
  if (details.startsWith("Operation timed out")) return problem(Code.DEADLINE_EXCEEDED, "Timeout", new Timeout())
  return problem(Code.OK, details, new GoogleEmpty(), "google.protobuf.Empty")
}

type Detail = { serializeBinary(): Uint8Array }
function problem(code: Code, message: string, detail: Detail, type = `event_store.client.${message}`): Status {
  const packed = new Any()
  packed.pack(detail.serializeBinary(), type)
  return new Status().setCode(code).setMessage(message).setDetails(packed)
}

const nameOf = (identifier: StreamIdentifier | undefined) => Buffer.from(identifier?.getStreamName_asU8() ?? []).toString()

function expectedOf(options: { hasNoStream(): boolean; hasAny(): boolean }): Expected {
  return options.hasNoStream() ? "no stream" : options.hasAny() ? "any" : "stream exists"
}

function eventOf(message: AppendReq.ProposedMessage | BatchAppendReq.ProposedMessage): ProposedEvent {
  const metadata = message.getMetadataMap()
  return {
    id: message.getId()?.getString() ?? "",
    type: metadata.get("type") ?? "",
    isJson: metadata.get("content-type") === "application/json",
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  }
}

type TooLarge = { readonly kind: "append" } | { readonly kind: "event"; readonly id: string; readonly size: number }
function overLimit(events: readonly ProposedEvent[], limits: Limits): TooLarge | undefined {
  let all = 0
  for (const { id, type, data, metadata } of events) {
    const size = type.length + data.length + metadata.length
    if (size > limits.event) return { kind: "event", id, size }
    all += size
  }
  return all > limits.append ? { kind: "append" } : undefined
}
