/**
 * CloudEvents 1.0 over HTTP, read strictly. The `cloudevents` library is no help in reading: for an event without an id it
 * makes one up, so that no repeat would ever be noticed, and it takes any specversion, ids that are numbers, and null.
 */
import type { IncomingHttpHeaders } from "node:http"
import { parseId, type VendorId } from "../../domain/ids"
import { FieldReader, type Fields, isInstant, isObject, kindOf } from "./fields"
import { malformed, wrongField } from "./problem"

export interface CloudEvent {
  readonly id: string
  readonly type: string
  readonly sequence: string | undefined
  readonly data: Fields
  /** What stands before the names of the data's fields, such as `data.`. */
  readonly dataPrefix: string
  /** How this message calls an attribute, such as `ce-sequence`. */
  readonly nameOf: (attribute: string) => string
}

/** As it came, whatever it is. */
export interface Unread {
  readonly id: unknown
  readonly type: unknown
  readonly sequence: unknown
  readonly data: unknown
}

/** What is known of an event before its signature is checked: enough to find the secret, and nothing more is believed. */
export interface UnverifiedEvent {
  readonly vendorId: VendorId
  /** Reads the rest. @throws WrongRequest */
  read(): CloudEvent
  /** For the ledger of what a vendor sent, also when the rest cannot be read. */
  unread(): Unread
}

/** Structured mode, and each event of a batch: JSON event format, section 3. @throws WrongRequest */
export function structuredEvent(value: unknown, path = ""): UnverifiedEvent {
  if (!isObject(value)) throw malformed(`${path === "" ? "The body" : path} must be a JSON object, not ${kindOf(value)}.`)
  const attributes = new FieldReader(value, path === "" ? "" : `${path}.`)
  return {
    vendorId: vendorOf(attributes),
    unread: () => unread(value),
    read() {
      const event = eventOf(attributes)
      checkExtensions(value, attributes)
      if (attributes.has("data_base64")) throw wrongField(attributes.name("data_base64"), "is not taken: send JSON in data")
      const format = attributes.optionalText("datacontenttype")
      if (format !== undefined && !isJson(format))
        throw wrongField(attributes.name("datacontenttype"), "must be application/json, or left out")
      return { ...event, data: dataOf(attributes.raw("data"), attributes.name("data")), dataPrefix: attributes.name("data.") }
    },
  }
}

/**
 * Binary mode: HTTP protocol binding, section 3.1. The attributes are headers, and the body is the data.
 *
 * The signature covers webhook-id, time stamp and body, and no `ce-` header. Whoever got hold of a signed message must not
 * be able to make another of it, so each attribute is held by what is signed: `id` is the same as `webhook-id`, `sequence`
 * is in the body, the vendor in `source` is the one whose secret signed, and the fields of no type are those of another.
 * The rest decides nothing.
 * @throws WrongRequest
 */
export function binaryEvent(headers: IncomingHttpHeaders, body: () => unknown): UnverifiedEvent {
  const attributes = new FieldReader(attributesIn(headers), "ce-")
  if (!attributes.has("specversion")) {
    throw wrongField(
      "ce-specversion",
      "is missing: send a CloudEvent, with its attributes in ce- headers or as application/cloudevents+json",
    )
  }
  return {
    vendorId: vendorOf(attributes),
    unread() {
      const data = readable(body)
      return { id: headers["webhook-id"], type: attributes.raw("type"), sequence: isObject(data) ? data.sequence : undefined, data }
    },
    read() {
      const event = eventOf(attributes)
      const messageId = headers["webhook-id"]
      if (messageId !== event.id && messageId !== headers["ce-id"]) {
        throw wrongField("webhook-id", "must be the same as ce-id in binary mode, where the signature does not cover the ce- headers")
      }
      const json = body()
      if (!isObject(json)) throw malformed(`The body must be a JSON object, not ${kindOf(json)}.`)
      const { sequence: _, ...data } = json
      const nameOf = (attribute: string) => (attribute === "sequence" ? attribute : event.nameOf(attribute))
      return { ...event, sequence: signedSequence(event.sequence, new FieldReader(json)), nameOf, data, dataPrefix: "" }
    },
  }
}

/** Not an event format: those wrap their data. */
export function isJson(mediaType: string): boolean {
  return !mediaType.startsWith("application/cloudevents") && /^application\/([\w.+-]+\+)?json *(;|$)/i.test(mediaType)
}

function eventOf(attributes: FieldReader): Omit<CloudEvent, "data" | "dataPrefix"> {
  const version = attributes.text("specversion", "CloudEvents 1.0 has 1.0")
  if (version !== "1.0") throw wrongField(attributes.name("specversion"), 'must be "1.0"')
  const id = attributes.text("id", "every message has an id of its own, and keeps it when it is sent again")
  const type = attributes.text("type", "such as seatledger.seats.changed")
  const time = attributes.optionalText("time")
  if (time !== undefined && !isInstant(time)) throw wrongField(attributes.name("time"), "must be an instant such as 2026-03-31T22:00:00Z")
  return { id, type, sequence: sequenceOf(attributes), nameOf: (attribute) => attributes.name(attribute) }
}

const MAX_SEQUENCE = 2n ** 63n - 1n

/**
 * The extension `sequence` orders as text, so that counters are written with leading zeros; the ledger's are decimal
 * without. A JSON number would be rounded above 2^53.
 */
function sequenceOf(attributes: FieldReader): string | undefined {
  const field = attributes.name("sequence")
  const value = attributes.raw("sequence")
  if (value === undefined) return undefined
  if (typeof value === "number") throw wrongField(field, `must be a JSON string of digits, such as "42": a number loses digits on its way`)
  if (typeof value !== "string" || !/^\d{1,40}$/.test(value)) throw wrongField(field, 'must be digits only, such as "42" or "000042"')
  const sequence = BigInt(value)
  if (sequence > MAX_SEQUENCE) throw wrongField(field, `must be at most ${MAX_SEQUENCE}`)
  return sequence.toString()
}

/** @param told in `ce-sequence`, which anybody could have written */
function signedSequence(told: string | undefined, body: FieldReader): string | undefined {
  const sequence = sequenceOf(body)
  if (told === undefined || told === sequence) return sequence
  const why = "in binary mode, where the signature does not cover the ce- headers"
  if (sequence === undefined) throw wrongField("sequence", `is missing in the body: send the value of ce-sequence there too ${why}`)
  throw wrongField("ce-sequence", `must be the same as sequence in the body ${why}`)
}

function vendorOf(attributes: FieldReader): VendorId {
  const source = attributes.text("source", "it ends in the vendor's id, such as https://vendor.example/vnd_…", 2_000)
  const vendorId = parseId("vnd", source.slice(source.lastIndexOf("/") + 1))
  if (!vendorId) throw wrongField(attributes.name("source"), "must end in the vendor's id, such as https://vendor.example/vnd_…")
  return vendorId
}

/** Of something that was to be an event in structured mode. */
export function unread(value: unknown): Unread {
  const { id, type, sequence, data } = isObject(value) ? value : {}
  return { id, type, sequence, data }
}

/** Undefined for a body that is no JSON. */
function readable(data: () => unknown): unknown {
  try {
    return data()
  } catch {
    return undefined
  }
}

function dataOf(data: unknown, name: string): Fields {
  if (data === undefined) throw wrongField(name, "is missing: a JSON object with what the message says")
  if (typeof data === "string") throw wrongField(name, "must be a JSON object, not JSON inside of a string")
  if (!isObject(data)) throw wrongField(name, `must be a JSON object, not ${kindOf(data)}`)
  return data
}

/** "Context attributes", naming and type system: lower-case letters and digits, and no structure inside. */
function checkExtensions(event: Fields, attributes: FieldReader): void {
  for (const [name, value] of Object.entries(event)) {
    if (name === "data" || name === "data_base64") continue
    if (!/^[a-z0-9]+$/.test(name)) {
      throw wrongField(attributes.name(name.slice(0, 80)), "is no CloudEvents attribute: their names are lower-case letters and digits")
    }
    if (typeof value === "object" && value !== null) throw wrongField(attributes.name(name), "must be a string, number or boolean")
  }
}

/** Values are percent-encoded, and may be quoted around that (HTTP protocol binding, section 3.1.3.2). */
function attributesIn(headers: IncomingHttpHeaders): Fields {
  const attributes: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (!name.startsWith("ce-") || typeof value !== "string") continue
    try {
      attributes[name.slice(3)] = decodeURIComponent(unquoted(value))
    } catch {
      throw wrongField(name, "is not percent-encoded as CloudEvents asks for: write % as %25")
    }
  }
  return attributes
}

/** A double-quoted string as RFC 7230 has it (section 3.2.6). */
function unquoted(value: string): string {
  const [, inside] = /^"((?:[^"\\]|\\.)*)"$/.exec(value) ?? []
  return inside === undefined ? value : inside.replace(/\\(.)/g, "$1")
}
