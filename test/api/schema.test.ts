import { readFileSync } from "node:fs"
import { join } from "node:path"
import {
  type ASTNode,
  buildSchema as buildFromText,
  type DefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  type NameNode,
  parse,
  print,
  printSchema,
  type StringValueNode,
  visit,
} from "graphql"
import { printedSchema } from "../../src/api/graphql/schema"

const COMMITTED = join(__dirname, "../../schema/schema.graphql")
const HEART = join(__dirname, "../fixtures/schema/heart.graphql")

let printed: string
beforeAll(async () => {
  printed = await printedSchema()
})

test("schema/schema.graphql is what the code says; `npm run schema` writes it", () => {
  expect(readFileSync(COMMITTED, "utf8")).toBe(printed)
})

test("the committed schema is a valid schema of its own", () => {
  expect(() => printSchema(buildFromText(printed))).not.toThrow()
})

test("every type, field, argument, input field and enum value is described", () => {
  expect(undescribed(printed)).toEqual([])
  expect(undescribed('type A { b(c: Int): Int } "d" enum D { E }')).toEqual(["A", "A.b", "A.b.c", "D.E"])
})

function undescribed(schema: string): string[] {
  const found: string[] = []
  const path: string[] = []
  visit(parse(schema), {
    enter(node) {
      const name = nameOfDefinition(node)
      if (!name) return
      path.push(name.value)
      if (!("description" in node && (node.description as StringValueNode | undefined)?.value.trim())) found.push(path.join("."))
    },
    leave(node) {
      if (nameOfDefinition(node)) path.pop()
    },
  })
  return found
}

function nameOfDefinition(node: ASTNode): NameNode | undefined {
  return node.kind.endsWith("Definition") && "name" in node ? (node.name as NameNode) : undefined
}

/** Clients are written against the heart of the API: its names, nullability and defaults may be added to, never changed. */
describe("the heart of the API stands as it was published", () => {
  const heart = parse(readFileSync(HEART, "utf8"), { noLocation: true }).definitions.filter(isNamed)
  test.each(heart.map((definition) => [definition.name.value, definition] as const))("%s", (name, wanted) => {
    const found = parse(printed, { noLocation: true })
      .definitions.filter(isNamed)
      .find((definition) => definition.name.value === name)
    expect(found?.kind).toBe(wanted.kind)
    expect(partsOf(found as DefinitionNode)).toEqual(expect.arrayContaining(partsOf(wanted)))
  })
})

function isNamed(definition: DefinitionNode): definition is DefinitionNode & { readonly name: NameNode } {
  return "name" in definition && definition.name !== undefined
}

/** Everything a client may rely on, one line each. */
function partsOf(definition: DefinitionNode): string[] {
  switch (definition.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION:
      return [...(definition.interfaces ?? []).map(print), ...(definition.fields ?? []).flatMap(fieldParts)]
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return [...(definition.directives ?? []).map(print), ...(definition.fields ?? []).map(inputPart)]
    case Kind.ENUM_TYPE_DEFINITION:
      return (definition.values ?? []).map((value) => value.name.value)
    case Kind.UNION_TYPE_DEFINITION:
      return (definition.types ?? []).map(print)
    default:
      return []
  }
}

function fieldParts({ name, type, arguments: args = [] }: FieldDefinitionNode): string[] {
  return [`${name.value}: ${print(type)}`, ...args.map((arg) => `${name.value}(${inputPart(arg)})`)]
}

function inputPart({ name, type, defaultValue }: InputValueDefinitionNode): string {
  return `${name.value}: ${print(type)}${defaultValue ? ` = ${print(defaultValue)}` : ""}`
}

test("no type mixes simple resolvers with authorization or middleware of its fields: those would be passed over without a word", () => {
  const { TypeGraphQLMetadataStorage: classes } = globalThis as unknown as {
    readonly TypeGraphQLMetadataStorage: Record<"authorizedFields" | "middlewares" | "fields", readonly { readonly fieldName: string }[]>
  }
  expect(classes.fields.length).toBeGreaterThan(100)
  expect([...classes.authorizedFields, ...classes.middlewares].map((mixed) => mixed.fieldName)).toEqual([])
})
