/** The auditor reads everything and changes nothing (rule 38): every field of the API and every export, tried over HTTP. */

import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
} from "graphql"
import { createClient } from "graphql-sse"
import { buildSchema } from "../../src/api/graphql/schema"
import { EXPORTS } from "../../src/audit/export-format"
import { type Company, company } from "../end-to-end/company"
import { type Caller, RunningLedger } from "../support/running-ledger"

let schema: GraphQLSchema
let ledger: RunningLedger
let made: Company
let auditor: Caller
let before: number
/** What an argument of this name is given; any other value of its type where nothing stands here. */
let values: Readonly<Record<string, unknown>>
/** What `id` means there; elsewhere it is that of a license. */
let ids: Readonly<Record<string, string>>

beforeAll(async () => {
  schema = await buildSchema()
  ledger = await RunningLedger.start()
  made = await company(ledger, { seats: 1, users: ["ada", "bo"] })
  const { admin, licenseId, users, organizationId, vendorId } = made
  const { assignLicenses } = await admin.ask(
    "mutation ($input: AssignLicensesInput!) { assignLicenses(input: $input) { refusal { message } } }",
    { input: { licenseId, principalIds: [users.ada] } },
  )
  expect(assignLicenses.refusal).toBeNull()
  const { addWebhook } = await admin.ask('mutation { addWebhook(input: { url: "https://example.com/hook" }) { webhook { id } } }')
  const { createGroup } = await admin.ask('mutation { createGroup(input: { displayName: "Sales" }) { group { id } } }')
  ids = { user: users.ada as string, group: createGroup.group.id }
  auditor = await ledger.as("AUDITOR", { organization: organizationId, subject: "audrey" })
  before = await recorded()
  const today = new Date().toISOString().slice(0, 10)
  values = {
    ...{ id: licenseId, licenseId, userId: users.ada, webhookId: addWebhook.webhook.id, vendorId, search: "a" },
    ...{ AsOf: { revision: 2 }, Date: today, SimulationInput: { seats: { licenseId, seats: 3 } } },
    revision: 1,
  }
})
afterAll(() => ledger.stop())

test("every query answers the auditor, but for the secrets of vendors, which are the installation's", async () => {
  const refused: string[] = []
  for (const field of Object.values(schema.getQueryType()?.getFields() ?? {})) {
    const { data, errors } = await auditor.send(`{ ${called(field)} }`)
    if (errors?.[0]?.extensions?.code === "FORBIDDEN") refused.push(field.name)
    else expect({ field: field.name, errors, isAnswered: data?.[field.name] != null }).toEqual({ field: field.name, isAnswered: true })
  }
  expect(refused).toEqual(["vendorSecrets"])
})

test("every mutation is refused, whatever it is asked", async () => {
  const mutations = Object.values(schema.getMutationType()?.getFields() ?? {})
  expect(mutations.length).toBeGreaterThan(30)
  for (const field of mutations) {
    const { data, errors } = await auditor.send(`mutation { ${called(field)} }`)
    expect({ field: field.name, data, code: errors?.[0]?.extensions?.code }).toEqual({ field: field.name, data: null, code: "FORBIDDEN" })
  }
})

test("every export is given, and nothing else there takes what an auditor might change", async () => {
  const ask = async (path: string, method = "GET") => {
    const answer = await fetch(`${ledger.opened.url}/export/v1/${path}`, { method, headers: { authorization: `Bearer ${auditor.token}` } })
    return { status: answer.status, text: await answer.text() }
  }
  for (const what of EXPORTS) {
    const { status, text } = await ask(`${what}?format=jsonl`)
    expect({ what, status, header: JSON.parse(text.split("\n")[0] ?? "") }).toMatchObject({
      what,
      status: 200,
      header: { kind: "header", organization: made.organizationId, exportedBy: { role: "AUDITOR" } },
    })
    for (const method of ["PUT", "DELETE", "PATCH"]) expect((await ask(what, method)).status).toBe(404)
  }
})

test("every subscription follows for the auditor what others do", async () => {
  for (const field of Object.values(schema.getSubscriptionType()?.getFields() ?? {})) {
    const client = createClient({
      url: `${ledger.opened.url}/graphql/stream`,
      headers: { authorization: `Bearer ${auditor.token}` },
      retryAttempts: 0,
    })
    const query = `subscription { ${called(field, { afterRevision: 0 })} }`
    for await (const { data, errors } of client.iterate({ query })) {
      expect({ field: field.name, errors, isTold: data?.[field.name] != null }).toEqual({ field: field.name, isTold: true })
      break
    }
    client.dispose()
  }
})

test("nothing was recorded by any of it", async () => {
  expect(await recorded()).toBe(before)
})

/** Events in the log, of whatever stream. */
async function recorded(): Promise<number> {
  let events = 0
  for await (const batch of ledger.opened.eventStore.follow(0, new AbortController().signal, "head")) events += batch.events.length
  return events
}

/** A field with all that it must be given, and something of what it answers. */
function called(field: GraphQLField<unknown, unknown>, more: Readonly<Record<string, unknown>> = {}): string {
  const given = field.args.flatMap((argument) => {
    const value = more[argument.name] ?? (isRequired(argument) ? anyValue(argument.name, argument.type, field.name) : undefined)
    return value === undefined ? [] : [`${argument.name}: ${literal(value, argument.type)}`]
  })
  const shape = isLeafType(getNamedType(field.type)) ? "" : " { __typename }"
  return `${field.name}${given.length > 0 ? `(${given.join(", ")})` : ""}${shape}`
}

function isRequired({ type, defaultValue }: Pick<GraphQLArgument, "type" | "defaultValue">): boolean {
  return isNonNullType(type) && defaultValue === undefined
}

function anyValue(name: string, type: GraphQLInputType, field = ""): unknown {
  if (isNonNullType(type)) return anyValue(name, type.ofType, field)
  const known = ids[field] ?? values[getNamedType(type).name] ?? values[name]
  if (known !== undefined) return known
  if (isListType(type)) return [anyValue(name, type.ofType)]
  if (isEnumType(type)) return type.getValues()[0]?.name
  if (isInputObjectType(type)) {
    const required = Object.values(type.getFields()).filter(isRequired)
    return Object.fromEntries(required.map((part) => [part.name, anyValue(part.name, part.type)]))
  }
  return ANY[getNamedType(type).name]
}
const ANY: Readonly<Record<string, unknown>> = {
  ID: "lic_x",
  String: "x",
  Int: 1,
  Float: 1,
  Boolean: true,
  Sequence: "1",
  DateTime: "2026-01-01T00:00:00Z",
}

/** As GraphQL writes it: names of fields and of enum values bare. */
function literal(value: unknown, type: GraphQLInputType): string {
  if (isNonNullType(type)) return literal(value, type.ofType)
  if (Array.isArray(value) && isListType(type)) return `[${value.map((one) => literal(one, type.ofType)).join(", ")}]`
  if (isEnumType(type)) return String(value)
  if (!isInputObjectType(type)) return JSON.stringify(value)
  const parts = Object.entries(value as object).map(([name, part]) => {
    const field = type.getFields()[name]
    return field ? `${name}: ${literal(part, field.type)}` : ""
  })
  return `{ ${parts.join(", ")} }`
}
