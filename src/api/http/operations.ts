/** What is done around every operation over HTTP: strangers and costly operations are refused, and one line of log is written. */
import type { ApolloServerPlugin, GraphQLRequestContext } from "@apollo/server"
import { GraphQLError, Kind, type OperationDefinitionNode } from "graphql"
import type { Logger } from "pino"
import { type Caller, SIGN_IN, unauthenticated } from "./caller"
import { codeOf, type Faults } from "./faults"
import type { CostCheck } from "./limits"
import type { Metrics, OperationKind } from "./metrics"

/** A stranger has no viewer; outside production they may still ask what the API looks like. */
export type Asking = Caller | (Omit<Caller, "viewer"> & { readonly viewer?: undefined })

interface Around {
  readonly checkCost: CostCheck
  readonly faults: Faults
  readonly metrics: Metrics
  readonly log: Logger
}

export function operationsPlugin({ checkCost, faults, metrics, log }: Around): ApolloServerPlugin<Asking> {
  return {
    async requestDidStart({ contextValue: { traceId, viewer } }) {
      const started = performance.now()
      return {
        // Of all hooks only this one may refuse: a throw in the others becomes "Internal server error".
        async didResolveOperation({ document, operation, request }) {
          if (!operation) return // Apollo says which operations there are
          if (!viewer && !asksOnlyForSchema(operation)) throw unauthenticated(SIGN_IN)
          if (operation.operation === "subscription") throw notHere() // it would be executed like a query
          checkCost(document, operation, request.variables ?? {})
        },
        async didEncounterErrors({ errors }) {
          faults.belongs(errors, traceId)
        },
        async willSendResponse(context) {
          const ms = performance.now() - started
          const code = codeOf(context.response.body.kind === "single" ? context.response.body.singleResult.errors : undefined)
          const kind = kindOf(context)
          const name = nameOf(context)
          metrics.operation(name, kind, code, ms / 1000)
          logOperation(log, { name, kind, ms, code, traceId, organizationId: viewer?.organizationId })
        },
      }
    },
  }
}

/** One line per operation, without variables, subjects or tokens: nothing in it is about a person. */
export function logOperation(
  log: Logger,
  line: {
    readonly name: string | undefined
    readonly kind: OperationKind
    readonly ms: number
    readonly code: string
    readonly traceId: string
    readonly organizationId: string | undefined
  },
): void {
  log.info(
    {
      operation: line.name?.slice(0, 64),
      kind: line.kind,
      ms: Math.round(line.ms * 100) / 100,
      code: line.code,
      traceId: line.traceId,
      organizationId: line.organizationId,
    },
    "operation",
  )
}

function kindOf({ operation }: GraphQLRequestContext<Asking>): OperationKind {
  return operation?.operation ?? "none"
}
function nameOf({ operation }: GraphQLRequestContext<Asking>): string | undefined {
  return operation?.name?.value
}

function notHere(): GraphQLError {
  return new GraphQLError("Subscriptions are answered over WebSocket at /graphql and as server-sent events at /graphql/stream.", {
    extensions: { code: "BAD_REQUEST", http: { status: 400 } },
  })
}

const META_FIELDS = new Set(["__schema", "__type", "__typename"])

function asksOnlyForSchema({ operation, selectionSet }: OperationDefinitionNode): boolean {
  return operation === "query" && selectionSet.selections.every((node) => node.kind === Kind.FIELD && META_FIELDS.has(node.name.value))
}
