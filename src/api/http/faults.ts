/** What a caller may know of an error: their own mistakes in full, our faults as a trace id and nothing else. */
import { randomBytes } from "node:crypto"
import { unwrapResolverError } from "@apollo/server/errors"
import { GraphQLError, type GraphQLFormattedError } from "graphql"
import type { Logger } from "pino"
import { TryAgain } from "../../commands/requests"
import { OutcomeUnknown } from "../../eventstore/event-store"

const FAULT = "INTERNAL_SERVER_ERROR"

export interface Faults {
  /** Apollo's `formatError`: `formatted` as it would be sent, `error` as it was thrown. */
  format(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError
  /** The same for errors that do not pass through Apollo (compiled operations, subscriptions). */
  present(errors: readonly GraphQLError[], traceId?: string): GraphQLFormattedError[]
  /** Says to which request an error belongs, before Apollo formats it without telling. */
  belongs(errors: readonly GraphQLError[], traceId: string): void
}

export function openFaults(log: Logger): Faults {
  const traceOf = new WeakMap<object, string>()

  function format(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
    const original = unwrapResolverError(error)
    if (wasMeant(original)) return formatted
    const again = tryAgain(original)
    if (again !== undefined) {
      const { locations, path } = formatted
      return { message: again, ...(locations && { locations }), ...(path && { path }), extensions: { code: "TRY_AGAIN" } }
    }
    const traceId = (typeof error === "object" && error && traceOf.get(error)) || randomBytes(16).toString("hex")
    // The error's own message may hold anything, so it goes to the log only; variables and tokens are never part of it.
    log.error({ traceId, path: formatted.path?.join("."), err: original }, "fault")
    return {
      message: "Something went wrong on our side. Please report the trace id.",
      ...(formatted.locations && { locations: formatted.locations }),
      ...(formatted.path && { path: formatted.path }),
      extensions: { code: FAULT, traceId },
    }
  }

  return {
    format,
    present: (errors, traceId) =>
      errors.map((error) => {
        if (traceId !== undefined) traceOf.set(error, traceId)
        const { http: _http, ...extensions } = error.extensions ?? {}
        const { message, locations, path } = error.toJSON()
        return format(
          { message, ...(locations && { locations }), ...(path && { path }), extensions: { code: FAULT, ...extensions } },
          error,
        )
      }),
    belongs: (errors, traceId) => {
      for (const error of errors) traceOf.set(error, traceId)
    },
  }
}

/** Thrown to be read: a GraphQLError to which somebody gave a code. All else is a surprise. */
function wasMeant(error: unknown): boolean {
  return error instanceof GraphQLError && typeof error.extensions?.code === "string" && error.extensions.code !== FAULT
}

/** What to say of a fault after which the very same request may succeed, in a moment or on another node. */
export function tryAgain(error: unknown): string | undefined {
  if (error instanceof TryAgain) return error.message
  if (error instanceof OutcomeUnknown)
    return "The event log did not answer; it may have been carried out. Send the same again, with the same idempotency key."
  return undefined
}

/** The code of an answer for logs and metrics: of its first error, or OK. */
export function codeOf(errors: readonly { readonly extensions?: Readonly<Record<string, unknown>> | undefined }[] | undefined): string {
  const code = errors?.[0]?.extensions?.code
  return errors?.length ? (typeof code === "string" ? code : FAULT) : "OK"
}
