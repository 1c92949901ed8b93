import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from "graphql"

const LARGEST = 2n ** 63n - 1n

/**
 * A vendor's event counter: 0 to 2^63−1. Inside it is a canonical decimal string (no leading zeros), because neither a
 * JSON number nor `Int` holds it; whoever compares two of them uses `BigInt`.
 */
export const Sequence = new GraphQLScalarType<string, string>({
  name: "Sequence",
  description:
    "An integer from 0 to 2^63−1, as a number or a decimal string. Above 9007199254740991 (2^53−1) send a string: a JSON number would be rounded on its way. Always answered as a decimal string.",
  specifiedByURL: null,
  serialize: (value) => parseSequence(value),
  parseValue: (value) => parseSequence(value),
  parseLiteral: (node: ValueNode) => {
    // The literal's text is exact, so a query may spell out any value as a number.
    if (node.kind === Kind.INT || node.kind === Kind.STRING) return parseText(node.value)
    throw new GraphQLError(`Sequence must be an integer or a decimal string, not ${node.kind}`, { nodes: node })
  },
})

/** @throws GraphQLError that says what is wrong with the value and how to send it. */
export function parseSequence(value: unknown): string {
  if (typeof value === "string") return parseText(value)
  if (typeof value === "bigint") return parseText(value.toString())
  if (typeof value !== "number") throw new GraphQLError("Sequence must be an integer or a decimal string")
  if (!Number.isInteger(value)) throw new GraphQLError(`Sequence must be a whole number, not ${value}`)
  if (value > Number.MAX_SAFE_INTEGER) {
    throw new GraphQLError(
      "Sequence above 9007199254740991 cannot travel as a JSON number without being rounded: send it as a decimal string",
    )
  }
  return parseText(value.toString())
}

function parseText(text: string): string {
  if (/^-\d+$/.test(text))
    throw new GraphQLError("Sequence must not be negative: the first event of a license after its registration has 1")
  if (!/^\d{1,40}$/.test(text)) throw new GraphQLError('Sequence must be a decimal string of digits only, such as "42"')
  const number = BigInt(text)
  if (number > LARGEST) throw new GraphQLError(`Sequence must be at most ${LARGEST} (2^63−1)`)
  return number.toString()
}
