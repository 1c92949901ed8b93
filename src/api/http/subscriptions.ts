/** Running one subscription, whatever carries it: the same limits, context and masking as any other operation. */
import {
  createSourceEventStream,
  type DocumentNode,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  type OperationDefinitionNode,
  parse,
  specifiedRules,
  validate,
} from "graphql"
import type { Logger } from "pino"
import type { Viewer } from "../../auth/viewer"
import type { CreateContext } from "./caller"
import { codeOf, type Faults } from "./faults"
import { type CostCheck, type Limits, limitsRule, MAX_ERRORS } from "./limits"
import type { Metrics, Transport } from "./metrics"
import { logOperation } from "./operations"

/** As it came over the wire: nothing about it is checked yet but the types. */
export interface Asked {
  readonly query: string
  readonly operationName?: string | null | undefined
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined
}

/** Results as they come, at the reader's pace. `return` ends the subscription at once, also while it waits for an event. */
export type Results = AsyncGenerator<ExecutionResult, void, void>
export type Started =
  | { readonly kind: "refused" /** As they may be told. */; readonly errors: readonly GraphQLError[] }
  | { readonly kind: "running"; readonly document: DocumentNode; readonly results: Results }

export interface Subscriptions {
  start(asked: Asked, viewer: Viewer, traceId: string, transport: Transport): Promise<Started>
  /** Ends all that run. */
  close(): void
}

interface Parts {
  readonly schema: GraphQLSchema
  readonly limits: Limits
  readonly checkCost: CostCheck
  readonly createContext: CreateContext
  readonly faults: Faults
  readonly metrics: Metrics
  readonly log: Logger
}

export function openSubscriptions({ schema, limits, checkCost, createContext, faults, metrics, log }: Parts): Subscriptions {
  const rules = [...specifiedRules, limitsRule(limits)]
  const running = new Set<() => void>()

  function read(asked: Asked): { document: DocumentNode; operation: OperationDefinitionNode } {
    const document = withCode("GRAPHQL_PARSE_FAILED", () => parse(asked.query, { maxTokens: limits.maxTokens }))
    // graphql-js 16 throws, instead of reporting, when the root field of a subscription has a directive with a variable.
    const [problem] = withCode("GRAPHQL_VALIDATION_FAILED", () => validate(schema, document, rules, { maxErrors: MAX_ERRORS }))
    if (problem) throw coded(problem, "GRAPHQL_VALIDATION_FAILED")
    const operation = getOperationAST(document, asked.operationName ?? undefined)
    if (operation?.operation !== "subscription") {
      throw new GraphQLError("Only subscriptions are answered here; send queries and mutations to POST /graphql.", {
        extensions: { code: "BAD_REQUEST" },
      })
    }
    const { errors } = getVariableValues(schema, operation.variableDefinitions ?? [], asked.variables ?? {}, { maxErrors: MAX_ERRORS })
    if (errors?.[0]) throw coded(errors[0], "BAD_USER_INPUT")
    checkCost(document, operation, asked.variables ?? {})
    return { document, operation }
  }

  /** The transports want errors as objects that print themselves. */
  function told(errors: readonly GraphQLError[], traceId: string): GraphQLError[] {
    return faults
      .present(errors, traceId)
      .map(
        ({ message, path, extensions }) =>
          new GraphQLError(message, { ...(path && { path }), ...(extensions && { extensions: { ...extensions } }) }),
      )
  }

  return {
    async start(asked, viewer, traceId, transport) {
      const began = performance.now()
      let operation: OperationDefinitionNode | undefined
      let errors: readonly GraphQLError[] = []
      try {
        const request = read(asked)
        operation = request.operation
        const args = {
          schema,
          document: request.document,
          variableValues: { ...asked.variables },
          ...(asked.operationName && { operationName: asked.operationName }),
        }
        const source = await createSourceEventStream({ ...args, contextValue: createContext(viewer, traceId) })
        if (Symbol.asyncIterator in source) {
          // A context of its own for every event: loaders remember what they loaded, and a subscription may live for weeks.
          const present = (event: unknown) => execute({ ...args, rootValue: event, contextValue: createContext(viewer, traceId) })
          return { kind: "running", document: request.document, results: resultsOf(source, present, traceId, transport) }
        }
        errors = source.errors ?? []
      } catch (error) {
        errors = [asGraphQLError(error)]
      } finally {
        const [name, ms, code] = [operation?.name?.value, performance.now() - began, codeOf(errors)]
        metrics.operation(name, "subscription", code, ms / 1000)
        logOperation(log, { name, kind: "subscription", ms, code, traceId, organizationId: viewer.organizationId })
      }
      return { kind: "refused", errors: told(errors, traceId) }
    },
    close() {
      for (const end of running) end()
    },
  }

  /**
   * Not an async generator: one that waits for an event cannot be ended from outside, and the source would be kept until
   * the next event, which may never come.
   */
  function resultsOf(
    source: AsyncIterable<unknown>,
    answer: (event: unknown) => ReturnType<typeof execute>,
    traceId: string,
    transport: Transport,
  ): Results {
    const events = source[Symbol.asyncIterator]()
    let ended = false
    let wake = () => {}
    const end = () => {
      if (ended) return
      ended = true
      running.delete(end)
      metrics.live(transport, -1)
      events.return?.().then(undefined, () => undefined) // nobody is left to be told
      wake()
    }
    running.add(end)
    metrics.live(transport, 1)

    const nextEvent = () =>
      new Promise<IteratorResult<unknown> | undefined>((resolve, reject) => {
        if (ended) return resolve(undefined)
        wake = () => resolve(undefined)
        events.next().then(resolve, reject)
      })

    const results: Results = {
      async next() {
        try {
          const event = await nextEvent()
          if (event && !event.done && !ended) {
            const { data, errors } = await answer(event.value)
            return {
              done: false,
              value: { ...(errors && { errors: told(errors, traceId) }), ...(data !== undefined && { data }) },
            }
          }
          end()
          return { done: true, value: undefined }
        } catch (error) {
          end() // the next call says done
          return { done: false, value: { errors: told([asGraphQLError(error)], traceId) } }
        }
      },
      async return() {
        end()
        return { done: true, value: undefined }
      },
      async throw(error) {
        end()
        throw error
      },
      [Symbol.asyncIterator]: () => results,
      [Symbol.asyncDispose]: async () => end(),
    }
    return results
  }
}

function withCode<T>(code: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw coded(asGraphQLError(error), code)
  }
}
/** graphql-js words the caller's mistakes without a code; without one they would be masked as ours. */
function coded({ message, nodes, source, positions }: GraphQLError, code: string): GraphQLError {
  return new GraphQLError(message, {
    ...(nodes && { nodes }),
    ...(source && { source }),
    ...(positions && { positions }),
    extensions: { code },
  })
}
function asGraphQLError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error
  return new GraphQLError("fault", { originalError: error instanceof Error ? error : new Error(String(error)) })
}
