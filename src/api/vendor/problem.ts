/** What is wrong with a vendor's request, as RFC 9457 tells it: for programs a code and the field, for people what helps. */
import type { Refusal } from "../../domain/refusals"
import { clip } from "../graphql/clip"

export interface Problem {
  readonly status: number
  /** For programs; also the end of the document's `type`. */
  readonly code: string
  readonly title: string
  /** Names the field and the fix. */
  readonly detail: string
  /** As the vendor wrote it: `data.seats`, `ce-sequence`, `timeStamp`. */
  readonly field?: string
  /** Seconds after which the same request may succeed. */
  readonly retryAfter?: number
  /** Of a refusal that the vendor's ledger does not show. */
  readonly recorded?: false
}

/** Thrown by whoever reads a request; the routes answer it. */
export class WrongRequest extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail)
  }
}

export const PROBLEM_TYPE = "application/problem+json"

/** The document, RFC 9457 section 3. */
export function problemDocument({ status, code, title, detail, field, retryAfter, recorded }: Problem, traceId?: string): object {
  return {
    type: `urn:seatledger:problem:${code.toLowerCase().replaceAll("_", "-")}`,
    title,
    status,
    detail,
    code,
    ...(field === undefined ? {} : { field }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
    ...(recorded === undefined ? {} : { recorded }),
    ...(traceId === undefined ? {} : { traceId }),
  }
}

export function wrongField(field: string, problem: string): WrongRequest {
  return new WrongRequest(invalidField(field, problem))
}

function invalidField(field: string, problem: string): Problem {
  return { status: 400, code: "INVALID_INPUT", title: "A field is not right", detail: `${field} ${problem}.`, field }
}

export function malformed(detail: string): WrongRequest {
  return new WrongRequest({ status: 400, code: "MALFORMED_BODY", title: "The body cannot be read", detail })
}

export function unsupportedType(detail: string): WrongRequest {
  return new WrongRequest({ status: 415, code: "UNSUPPORTED_MEDIA_TYPE", title: "The content type is not taken here", detail })
}

/** 401 says why, and nothing about whether the vendor exists. */
export function unsigned(code: "SIGNATURE_MISSING" | "SIGNATURE_WRONG" | "SIGNATURE_TOO_OLD", detail: string, field: string): Problem {
  return { status: 401, code, title: "The message is not signed as it must be", detail, field }
}

export function notYetKnown(what: string): Problem {
  return {
    status: 503,
    code: "TRY_AGAIN",
    title: "Not everything recorded can be read yet",
    detail: `${what} cannot be looked up yet, because not everything recorded can be read. Send the same again in a moment.`,
    retryAfter: 1,
  }
}

/** A fault after which the same message may succeed. */
export function unavailable(detail: string, retryAfter: number): Problem {
  return { status: 503, code: "UNAVAILABLE", title: "This cannot be done at the moment", detail, retryAfter }
}

/** What is refused is in the vendor's ledger, or told otherwise: so many were refused lately that nobody will find this one there. */
export function notRecorded(problem: Problem): Problem {
  return {
    ...problem,
    detail: `${problem.detail} So many messages of this vendor were refused lately that this one was not recorded. Look into what is sent before sending more.`,
    recorded: false,
  }
}

export function licenseUnknown(field: string, id: string): Problem {
  return {
    status: 400,
    code: "LICENSE_NOT_FOUND",
    title: "There is no such license",
    detail: `${field}: this vendor sold no license ${clip(id)}. Send the id that the registration answered; GET /vendor/v1/licenses lists all.`,
    field,
  }
}

/**
 * A refusal of the ledger in the vendor's words.
 * @param nameOf how the message calls a field of the command
 */
export function problemOf(refusal: Refusal, nameOf: (field: string) => string): Problem {
  switch (refusal.code) {
    case "INVALID_INPUT":
      return invalidField(nameOf(refusal.field), refusal.problem)
    case "LICENSE_NOT_FOUND":
      return licenseUnknown(nameOf("licenseId"), refusal.licenseId)
    case "NOT_FOUND": {
      const field = nameOf(refusal.field)
      const detail = `${field}: there is no ${clip(refusal.id)} for this vendor. Look the id up, and send it as it was answered.`
      return { status: 400, code: refusal.code, title: "Nothing with this id can be found", detail, field }
    }
    case "IDEMPOTENCY_CONFLICT": {
      const field = nameOf("vendorEventId")
      const detail = `${field}: ${clip(refusal.key)} belongs to a message with another content, which has been recorded. Give every message an id of its own, and repeat one only unchanged.`
      return { status: 409, code: refusal.code, title: "The id belongs to another message", detail, field }
    }
    case "LICENSE_CANCELLED": {
      const field = nameOf("licenseId")
      const detail = `${field}: ${refusal.licenseId} has been cancelled, which is final. Register a new license for a new purchase.`
      return { status: 409, code: refusal.code, title: "The license has ended", detail, field }
    }
    case "ORGANIZATION_CLOSED":
      return {
        status: 409,
        code: refusal.code,
        title: "The organization is closed",
        detail: "The organization that this message is about is closed and takes no more changes.",
      }
    default:
      // No vendor's message is refused for these reasons; an answer beats a fault all the same.
      return {
        status: 409,
        code: refusal.code,
        title: "The message was refused",
        detail: `The ledger refused the message: ${refusal.code}.`,
      }
  }
}
