/** The auditor reads everything and changes nothing (rule 38): every field of the API and every export, tried over HTTP. */

import { basename } from "node:path"
import Database from "better-sqlite3"
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from "graphql"
import { createClient } from "graphql-sse"
import { buildSchema } from "../../src/api/graphql/schema"
import { EXPORTS } from "../../src/audit/export-format"
import { placesOf } from "../../src/core"
import { type Company, company } from "../end-to-end/company"
import { type Caller, RunningLedger } from "../support/running-ledger"

let schema: GraphQLSchema
let ledger: RunningLedger
let made: Company
let auditor: Caller
let before: Awaited<ReturnType<typeof recorded>>
/** What an argument of this name is given; any other value of its type where nothing stands here. */
let values: Readonly<Record<string, unknown>>
/** What `id` means there; elsewhere it is that of a license. */
let ids: Readonly<Record<string, string>>

beforeAll(async () => {
  schema = await buildSchema()
  ledger = await RunningLedger.start({
    SEATLEDGER_MAX_TOKENS: "100000",
    SEATLEDGER_MAX_ALIASES: "10000",
    SEATLEDGER_MAX_COST: "1000000",
    SEATLEDGER_MAX_DEPTH: "100",
  })
  made = await company(ledger, { seats: 1, users: ["ada", "bo"] })
  const { admin, licenseId, users, organizationId, vendorId } = made
  const { assignLicenses } = await admin.ask(
    "mutation ($input: AssignLicensesInput!) { assignLicenses(input: $input) { refusal { message } } }",
    { input: { licenseId, principalIds: [users.ada] } },
  )
  expect(assignLicenses.refusal).toBeNull()
  const { addWebhook } = await admin.ask('mutation { addWebhook(input: { url: "https://receiver.invalid/hook" }) { webhook { id } } }')
  const { createGroup } = await admin.ask('mutation { createGroup(input: { displayName: "Sales" }) { group { id } } }')
  ids = { user: users.ada as string, group: createGroup.group.id }
  auditor = await ledger.as("AUDITOR", { organization: organizationId, subject: "audrey" })
  // Whoever exports has an id, which stands in the header.
  await (await fetch(`${ledger.opened.url}/export/v1/seats`, { headers: { authorization: `Bearer ${auditor.token}` } })).text()
  before = await recorded()
  const today = new Date().toISOString().slice(0, 10)
  values = {
    ...{ id: licenseId, licenseId, userId: users.ada, webhookId: addWebhook.webhook.id, vendorId, search: "a" },
    ...{ AsOf: { revision: 2 }, Date: today, SimulationInput: { seats: { licenseId, seats: 3 } } },
    revision: 1,
  }
})
afterAll(() => ledger.stop())

test("every query answers the auditor, with all that hangs on its answer, but for the secrets of vendors, which are the installation's", async () => {
  const refused: string[] = []
  for (const field of Object.values(schema.getQueryType()?.getFields() ?? {})) {
    const { data, errors } = await auditor.send(`{ ${called(field, { levels: LEVELS })} }`)
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
    const query = `subscription { ${called(field, { more: { afterRevision: 0 }, levels: 1 })} }`
    for await (const { data, errors } of client.iterate({ query })) {
      expect({ field: field.name, errors, isTold: data?.[field.name] != null }).toEqual({ field: field.name, isTold: true })
      break
    }
    client.dispose()
  }
})

test("nothing was changed by any of it", async () => {
  expect(await recorded()).toEqual(before)
})

/** Every row of the log, and of the keys and names; deliveries of webhooks go on by themselves. */
async function recorded(): Promise<Readonly<Record<string, readonly unknown[]>>> {
  const { log, vault } = placesOf(ledger.folder)
  const rows: Record<string, readonly unknown[]> = {}
  for (const file of [log, vault]) {
    const db = new Database(file, { readonly: true })
    const tables = db.prepare<[], string>("select name from sqlite_schema where type = 'table' order by name").pluck().all()
    for (const table of tables) rows[`${basename(file)} ${table}`] = db.prepare(`select * from "${table}"`).raw().all()
    db.close()
  }
  return rows
}

/** How far below a field its answer is read: a list's items, what hangs on each, and what hangs on that. */
const LEVELS = 4

interface Calling {
  readonly more?: Readonly<Record<string, unknown>>
  readonly levels?: number
}

/** A field with all that it must be given, and all that it answers, so many levels deep. */
function called(field: GraphQLField<unknown, unknown>, { more = {}, levels = 0 }: Calling = {}): string {
  const given = field.args.flatMap((argument) => {
    const few = argument.name === "first" ? FEW : undefined
    const value = more[argument.name] ?? few ?? (isRequired(argument) ? anyValue(argument.name, argument.type, field.name) : undefined)
    return value === undefined ? [] : [`${argument.name}: ${literal(value, argument.type)}`]
  })
  return `${field.name}${given.length > 0 ? `(${given.join(", ")})` : ""}${selection(getNamedType(field.type), levels)}`
}
const FEW = 3

function selection(type: GraphQLNamedType, levels: number): string {
  if (isLeafType(type)) return ""
  const kinds = isAbstractType(type) ? schema.getPossibleTypes(type) : isObjectType(type) ? [type] : []
  const parts = kinds.map((kind) => {
    const told = Object.values(kind.getFields()).filter((field) => levels > 1 || (levels === 1 && isLeafType(getNamedType(field.type))))
    // Two kinds may have fields of one name and different types.
    const name = (field: string) => (kinds.length > 1 ? `${kind.name}_${field}: ` : "")
    return `... on ${kind.name} { ${told.map((field) => name(field.name) + called(field, { levels: levels - 1 })).join(" ")} }`
  })
  return ` { __typename ${levels > 0 ? parts.join(" ") : ""} }`
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
