import { buildSchema, graphql, parseValue } from "graphql"
import { parseSequence, Sequence } from "../../../src/api/graphql/sequence"

const LARGEST = "9223372036854775807"

describe("the scalar Sequence (rule 17)", () => {
  test("takes whole numbers and decimal strings, and is a canonical decimal string inside", () => {
    expect(Sequence.parseValue(0)).toBe("0")
    expect(Sequence.parseValue(42)).toBe("42")
    expect(Sequence.parseValue("42")).toBe("42")
    expect(Sequence.parseValue("0042")).toBe("42")
    expect(Sequence.parseValue(LARGEST)).toBe(LARGEST)
    expect(Sequence.serialize(42)).toBe("42")
    expect(Sequence.serialize(LARGEST)).toBe(LARGEST)
  })

  test("a literal is exact however large it is", () => {
    expect(Sequence.parseLiteral(parseValue(LARGEST), undefined)).toBe(LARGEST)
    expect(Sequence.parseLiteral(parseValue(`"${LARGEST}"`), undefined)).toBe(LARGEST)
  })

  test.each([
    [-1, "must not be negative"],
    ["-1", "must not be negative"],
    [1.5, "must be a whole number, not 1.5"],
    [2 ** 53, "send it as a decimal string"],
    ["9223372036854775808", "must be at most 9223372036854775807"],
    ["1e3", "digits only"],
    ["0x10", "digits only"],
    ["", "digits only"],
    [" 1", "digits only"],
    ["9".repeat(100_000), "digits only"],
    [null, "must be an integer or a decimal string"],
    [true, "must be an integer or a decimal string"],
    [[1], "must be an integer or a decimal string"],
    [Number.NaN, "must be a whole number"],
  ])("refuses %p and says why", (value, problem) => {
    expect(() => parseSequence(value)).toThrow(problem)
  })

  test("refuses literals of other kinds", () => {
    for (const literal of ["1.5", "true", "null", "[1]", "{a: 1}", "-1"]) {
      expect(() => Sequence.parseLiteral(parseValue(literal), undefined)).toThrow(/^Sequence must/)
    }
  })
})

test("a Sequence in a variable: the error of the response names it", async () => {
  const schema = buildSchema("scalar Sequence type Query { next(after: Sequence!): Sequence }")
  Object.assign(schema.getType("Sequence") as object, { parseValue: Sequence.parseValue, serialize: Sequence.serialize })
  const source = "query ($after: Sequence!) { next(after: $after) }"
  const rootValue = { next: ({ after }: { after: string }) => BigInt(after) + 1n }
  const answer = await graphql({ schema, source, rootValue, variableValues: { after: "9223372036854775806" } })
  expect(answer).toEqual({ data: { next: LARGEST } })
  const refused = await graphql({ schema, source, rootValue, variableValues: { after: -1 } })
  expect(refused.errors?.[0]?.message).toContain('Variable "$after" got invalid value -1; Sequence must not be negative')
})
