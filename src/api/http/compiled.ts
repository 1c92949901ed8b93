/**
 * The fast path: operations asked for often are compiled (graphql-jit) instead of interpreted field by field; on a list
 * that is 3–5 times less CPU. The answer is the same; what the compiler does not get right goes to graphql-js.
 */
import { type ApolloServerPlugin, HeaderMap, type HTTPGraphQLHead } from "@apollo/server"
import {
  type DocumentNode,
  type GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getVariableValues,
  isInputObjectType,
  isInputType,
  type OperationDefinitionNode,
  typeFromAST,
  visit,
} from "graphql"
import { type CompiledQuery, compileQuery, isCompiledQuery } from "graphql-jit"
import type { Faults } from "./faults"
import type { Metrics } from "./metrics"
import type { Asking } from "./operations"

/** Compiling takes about 1 ms and some memory: only what comes again and again is worth it. */
const USES_BEFORE_COMPILING = 3
/** Compiled operations kept; beyond that the one unused for longest goes. */
const KEPT = 500

interface Compiled {
  readonly query: CompiledQuery["query"]
  /** Has variables of a `@oneOf` type, which compiled code does not check. */
  readonly hasOneOf: boolean
}

export function compiledPlugin({
  schema,
  faults,
  metrics,
}: {
  schema: GraphQLSchema
  faults: Faults
  metrics: Metrics
}): ApolloServerPlugin<Asking> {
  const compiledFor = compiledOperations(schema)
  return {
    async requestDidStart() {
      return {
        async responseForOperation({ document, operation, request, contextValue }) {
          const compiled = operation && compiledFor(document, operation)
          const variables = request.variables ?? {}
          if (!compiled || (compiled.hasOneOf && getVariableValues(schema, operation.variableDefinitions ?? [], variables).errors)) {
            metrics.executed("interpreted")
            return null
          }
          const result = await compiled.query(undefined, contextValue, variables)
          if (result.data === undefined) {
            // Variables were refused before anything ran: graphql-js words that better, and with the status 400.
            metrics.executed("interpreted")
            return null
          }
          metrics.executed("compiled")
          if (!result.errors?.length) return { http: head(), body: { kind: "single", singleResult: { data: result.data } } }
          // Errors on this path do not pass through formatError.
          const errors = faults.present(result.errors, contextValue.traceId)
          return { http: head(result.errors), body: { kind: "single", singleResult: { data: result.data, errors } } }
        },
      }
    },
  }
}

/** Errors may carry the status of the answer in `extensions.http`, as Apollo has it; the first one counts. */
function head(errors: readonly GraphQLError[] = []): HTTPGraphQLHead {
  for (const { extensions } of errors) {
    const http: unknown = extensions?.http // compiled errors have extensions only when the original has
    if (typeof http === "object" && http !== null && "status" in http && typeof http.status === "number") {
      return { status: http.status, headers: new HeaderMap() }
    }
  }
  return { headers: new HeaderMap() }
}

function compiledOperations(schema: GraphQLSchema): (document: DocumentNode, operation: OperationDefinitionNode) => Compiled | undefined {
  const uses = new WeakMap<OperationDefinitionNode, number>()
  const kept = new Map<OperationDefinitionNode, Compiled>()
  const uncompilable = new WeakSet<OperationDefinitionNode>()
  const hasOneOf = oneOfTypes(schema)

  return (document, operation) => {
    const known = kept.get(operation)
    if (known) {
      kept.delete(operation)
      kept.set(operation, known) // a Map keeps the order of insertion: the first is the one unused for longest
      return known
    }
    if (uncompilable.has(operation)) return undefined
    const used = (uses.get(operation) ?? 0) + 1
    uses.set(operation, used)
    if (used <= USES_BEFORE_COMPILING) return undefined

    const compiled = compile(schema, document, operation, hasOneOf)
    if (!compiled) {
      uncompilable.add(operation)
      return undefined
    }
    kept.set(operation, compiled)
    for (const oldest of kept.keys()) {
      if (kept.size <= KEPT) break
      kept.delete(oldest)
    }
    return compiled
  }
}

function compile(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  hasOneOf: (type: GraphQLInputType) => boolean,
): Compiled | undefined {
  if (writesPrototype(document)) return undefined
  const compiled = compileQuery(schema, document, operation.name?.value, { disablingCapturingStackErrors: true })
  if (!isCompiledQuery(compiled)) return undefined
  const variables = operation.variableDefinitions ?? []
  return {
    query: compiled.query,
    hasOneOf: variables.some(({ type: node }) => {
      const type = typeFromAST(schema, node)
      return isInputType(type) && hasOneOf(type)
    }),
  }
}

/** Compiled code collects the answer in a plain object, where this one name is not a key. */
function writesPrototype(document: DocumentNode): boolean {
  let found = false
  visit(document, {
    Field(field) {
      if ((field.alias ?? field.name).value === "__proto__") found = true
    },
  })
  return found
}

/** Tells of an input type whether it is `@oneOf` or holds one, however deep. */
function oneOfTypes(schema: GraphQLSchema): (type: GraphQLInputType) => boolean {
  const holding = new Set<string>()
  const inputs = Object.values(schema.getTypeMap()).filter(isInputObjectType)
  for (const type of inputs) if (type.isOneOf) holding.add(type.name)
  for (let size = -1; size < holding.size; ) {
    size = holding.size
    for (const type of inputs) {
      if (Object.values(type.getFields()).some((field) => holding.has(getNamedType(field.type).name))) holding.add(type.name)
    }
  }
  return (type) => holding.has(getNamedType(type).name)
}
