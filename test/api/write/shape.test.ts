import { type GraphQLSchema, isInputObjectType, isInterfaceType, isObjectType } from "graphql"
import { buildSchema } from "../../../src/api/graphql/schema"

let schema: GraphQLSchema
beforeAll(async () => {
  schema = await buildSchema()
})

test("every mutation takes one input of its own name and answers a payload; all inputs and payloads share their fields", () => {
  const mutations = Object.values(schema.getMutationType()?.getFields() ?? {})
  expect(mutations.length).toBeGreaterThan(15)
  for (const { name, args, type } of mutations) {
    const [input] = args
    const inputType = `${name[0]?.toUpperCase()}${name.slice(1)}Input`
    expect({ name, args: args.length, input: `${input?.name}: ${input?.type}` }).toEqual({ name, args: 1, input: `input: ${inputType}!` })
    expect(`${type}`).toMatch(/Payload!$/)

    const fields = schema.getType(inputType)
    if (!isInputObjectType(fields)) throw new Error(`${inputType} is no input`)
    expect(`${fields.getFields().idempotencyKey?.type}`).toBe("String")
    expect(`${fields.getFields().expectedRevision?.type}`).toBe("Int")
    const payload = schema.getType(`${type}`.replace("!", ""))
    if (!isObjectType(payload)) throw new Error(`${type} is no object`)
    expect(`${payload.getFields().revision?.type}`).toBe("Int")
    expect(`${payload.getFields().refusal?.type}`).toBe("Refusal")
    expect(`${payload.getFields().visible?.type}`).toBe("Boolean!")
  }
})

test("every refusal is a Refusal with details of its own, one type per code", () => {
  const refusal = schema.getType("Refusal")
  if (!isInterfaceType(refusal)) throw new Error("Refusal is no interface")
  const { objects } = schema.getImplementations(refusal)
  const bare = objects.filter((type) => Object.keys(type.getFields()).length === 2).map(({ name }) => name)
  expect(bare).toEqual(["PlainRefusal"])
  expect(objects).toHaveLength(17)
})
