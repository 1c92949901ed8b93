/** How much one operation may ask for. Size, depth and repetition are rules of validation; cost needs the variables. */
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  getVariableValues,
  isLeafType,
  isListType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValidationRule,
} from "graphql"
import { type ComplexityEstimator, fieldExtensionsEstimator, getComplexity } from "graphql-query-complexity"

export interface Limits {
  readonly maxTokens: number
  readonly maxDepth: number
  readonly maxAliases: number
  readonly maxRootFields: number
  readonly maxDirectives: number
  readonly maxCost: number
}

/** At most so many validation errors are told: otherwise a small document asks for megabytes of complaints. */
export const MAX_ERRORS = 5

interface Measure {
  readonly depth: number
  readonly aliases: number
  readonly directives: number
  /** Fields of this selection itself, not of what is below. */
  readonly fields: number
}
const NOTHING: Measure = { depth: 0, aliases: 0, directives: 0, fields: 0 }

/** Fragments count as often as they are spread: that is what executing them costs. */
export function limitsRule(limits: Limits): ValidationRule {
  return (context) => ({
    OperationDefinition(operation) {
      const { depth, aliases, directives, fields } = measureOperation(operation, (name) => context.getFragment(name))
      const exceeded = [
        { what: "levels deep", is: depth, most: limits.maxDepth },
        { what: "aliases", is: aliases, most: limits.maxAliases },
        { what: "directives", is: directives, most: limits.maxDirectives },
        { what: "root fields", is: fields, most: limits.maxRootFields },
      ].filter(({ is, most }) => is > most)
      for (const { what, is, most } of exceeded) {
        context.reportError(
          new GraphQLError(`This operation has ${is} ${what}; ${most} are allowed. Ask for less, or in parts.`, { nodes: operation }),
        )
      }
    },
  })
}

type FragmentOf = (name: string) => FragmentDefinitionNode | null | undefined

function measureOperation(operation: OperationDefinitionNode, fragmentOf: FragmentOf): Measure {
  // Each fragment is measured once, so a chain of fragments that doubles at every step costs one step each.
  const measured = new Map<string, Measure>()

  function selection({ selections }: SelectionSetNode): Measure {
    let total = NOTHING
    for (const node of selections) {
      const own = node.directives?.length ?? 0
      if (node.kind === Kind.FIELD) {
        const below = node.selectionSet ? selection(node.selectionSet) : NOTHING
        // Introspection is deep by nature; graphql-js limits what is recursive in it.
        const isMeta = node.name.value === "__schema" || node.name.value === "__type"
        total = add(total, {
          depth: isMeta ? 1 : below.depth + 1,
          aliases: below.aliases + (node.alias ? 1 : 0),
          directives: below.directives + own,
          fields: 1,
        })
      } else {
        const inside = node.kind === Kind.INLINE_FRAGMENT ? selection(node.selectionSet) : fragment(node.name.value)
        total = add(total, { ...inside, directives: inside.directives + own })
      }
    }
    return total
  }

  function fragment(name: string): Measure {
    const known = measured.get(name)
    if (known) return known
    measured.set(name, NOTHING) // a cycle ends here; another rule refuses it
    const definition = fragmentOf(name)
    const measure = definition ? selection(definition.selectionSet) : NOTHING
    measured.set(name, measure)
    return measure
  }

  return selection(operation.selectionSet)
}

function add(a: Measure, b: Measure): Measure {
  return {
    depth: Math.max(a.depth, b.depth),
    aliases: a.aliases + b.aliases,
    directives: a.directives + b.directives,
    fields: a.fields + b.fields,
  }
}

/** A list without pages (sources, results) is taken to hold so many. */
const LIST_GUESS = 5
/** A connection asked for without a number gives its usual page. */
const PAGE_GUESS = 50
/** Different variables remembered per document; beyond that it is counted anew. */
const REMEMBERED = 100

/**
 * A connection multiplies all that is below it by its places, also what is there once, such as `totalCount`. That counts
 * nothing, whatever the field itself declares: 100 pages of 50 with a total of 10 each would be 50,000 by themselves.
 */
const oncePerPage: ComplexityEstimator = ({ type: parent, field }) => {
  if (!parent.name.endsWith("Connection")) return undefined
  const type = getNamedType(field.type)
  return isLeafType(type) || type.name === "PageInfo" ? 0 : undefined
}

/** The cost is the number of objects that may be in the answer: a page counts as many times as it has places, and so does what is inside. */
const objects: ComplexityEstimator = ({ type: parent, field, args, childComplexity }) => {
  const type = getNamedType(field.type)
  if (isLeafType(type)) return 0
  if (type.name.endsWith("Connection")) {
    const places: unknown = args.first ?? args.last
    return 1 + Math.max(1, typeof places === "number" ? places : PAGE_GUESS) * childComplexity
  }
  if (type.name.endsWith("Edge")) return childComplexity
  // A connection has multiplied its `nodes` already.
  const isPage = field.name === "nodes" && parent.name.endsWith("Connection")
  return isListType(getNullableType(field.type)) && !isPage ? LIST_GUESS * (1 + childComplexity) : 1 + childComplexity
}

/** @throws GraphQLError OPERATION_TOO_COMPLEX (400) */
export type CostCheck = (document: DocumentNode, operation: OperationDefinitionNode, variables: Readonly<Record<string, unknown>>) => void

export function costCheck(schema: GraphQLSchema, maxCost: number): CostCheck {
  const remembered = new WeakMap<OperationDefinitionNode, Map<string, number>>()
  const estimators = [oncePerPage, fieldExtensionsEstimator(), objects]

  function costOf(document: DocumentNode, operation: OperationDefinitionNode, variables: Readonly<Record<string, unknown>>): number {
    const name = operation.name?.value
    return getComplexity({
      schema,
      query: document,
      estimators,
      variables: { ...variables },
      ...(name !== undefined && { operationName: name }),
    })
  }

  return (document, operation, variables) => {
    // Counting takes 60 µs, half of a whole small request. Only numbers and booleans can change the outcome.
    const key = keyOf(variables)
    const known = remembered.get(operation)?.get(key)
    if (known !== undefined) return refuseAbove(known, maxCost)
    let cost: number
    try {
      cost = costOf(document, operation, variables)
    } catch (error) {
      const { errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variables)
      if (errors) return // nothing will run, and the executor words the refusal
      // Some field has an argument it cannot have. Executing would run the others, uncounted: refuse the operation.
      if (isArgumentMistake(error)) throw new GraphQLError(error.message, { extensions: { code: "BAD_USER_INPUT", http: { status: 400 } } })
      throw tooComplex(`This operation is too large to be counted; at most ${maxCost} objects may be asked for.`)
    }
    const costs = remembered.get(operation) ?? new Map<string, number>()
    if (costs.size >= REMEMBERED) costs.clear()
    remembered.set(operation, costs.set(key, cost))
    refuseAbove(cost, maxCost)
  }
}

/** graphql-js finds some arguments wrong only with the variables, such as null for a non-null argument with a default, and gives no code. */
function isArgumentMistake(error: unknown): error is GraphQLError {
  return error instanceof GraphQLError && /^Argument "\w+" (of|has) /.test(error.message)
}

function keyOf(variables: Readonly<Record<string, unknown>>): string {
  let key = ""
  for (const [name, value] of Object.entries(variables)) {
    if (typeof value === "number" || typeof value === "boolean" || value === null) key += `${name}=${value};`
  }
  return key
}

function refuseAbove(cost: number, maxCost: number): void {
  if (cost > maxCost) {
    throw tooComplex(`This operation may return ${cost} objects; at most ${maxCost} may be asked for. Ask for smaller pages, or in parts.`)
  }
}
function tooComplex(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: "OPERATION_TOO_COMPLEX", http: { status: 400 } } })
}
