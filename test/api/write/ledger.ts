/** The whole program but for HTTP: real commands, log, vault, projector and read models, behind the real schema. */
import { type ExecutionResult, type GraphQLSchema, graphql, parse, subscribe } from "graphql"
import { createContext } from "../../../src/api/graphql/context"
import { buildSchema } from "../../../src/api/graphql/schema"
import type { Services } from "../../../src/api/services"
import type { Viewer } from "../../../src/auth/viewer"
import { openCommands } from "../../../src/commands/commands"
import type { Role } from "../../../src/domain/events"
import type { EventStore, Position, RecordedEvent } from "../../../src/eventstore/event-store"
import { MemoryEventStore } from "../../../src/eventstore/memory"
import { openSecretUses } from "../../../src/operations/sqlite-secret-uses"
import { projectHere } from "../../../src/readstore/projecting-here"
import { openSqliteReadStore } from "../../../src/readstore/sqlite"
import { openVault } from "../../../src/vault/sqlite"
import { PATIENCE_MS } from "../../support/until"
import { checkpointsOf } from "../checkpoints"
import { webhooksOf } from "../webhooks"

// Built once per file: type-graphql gets slower with every further time in one process.
let schema: GraphQLSchema | undefined

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into field by field, and an expectation says what they must be.
export type Json = { readonly [name: string]: any }

type Log = EventStore & { head(): Position }

export async function openLedger(store: Log = new MemoryEventStore()) {
  schema ??= await buildSchema()
  const built = schema
  let now = Date.parse("2026-03-02T08:00:00Z")
  const vault = openVault(":memory:")
  const readStore = openSqliteReadStore(":memory:")
  const project = () => projectHere({ eventStore: store, readModels: readStore.readModels(), opener: vault })
  let projecting = await project()
  let visibleWithinMs = PATIENCE_MS
  const commands = openCommands({ store, vault, now: () => now })
  const secretUses = openSecretUses(":memory:", (error) => {
    throw error
  })
  const webhooks = webhooksOf({ eventStore: store, vault, now: () => now })
  const waiting = { waitFor: (...asked: Parameters<typeof projecting.waitFor>) => projecting.waitFor(...asked) }
  const proving = checkpointsOf({ eventStore: store, readStore, projecting: waiting, now: () => now })
  const contextOf = (viewer: Viewer) => {
    const reading = { readStore, projecting, newest: async () => store.head(), visibleWithinMs }
    const services: Services = { ...reading, commands, vault, secretUses, webhooks, ...proving, now: () => now }
    return createContext(services, viewer, "trace-1")
  }

  /** One request of this viewer: what graphql() answers. */
  async function execute(viewer: Viewer, source: string, variableValues: Json = {}): Promise<ExecutionResult<Json>> {
    const contextValue = contextOf(viewer)
    return (await graphql({ schema: built, source, variableValues, contextValue })) as ExecutionResult<Json>
  }

  return {
    schema: built,
    execute,
    /** What the log has of an organization. */
    async recorded(organizationId: string): Promise<RecordedEvent[]> {
      const events: RecordedEvent[] = []
      for await (const page of store.read(`organization-${organizationId}`, 0)) events.push(...page)
      return events
    },
    /** From here on, nothing that is written becomes visible. */
    async stopProjecting() {
      await projecting.close()
      visibleWithinMs = 1
    },
    async startProjecting() {
      projecting = await project()
      visibleWithinMs = PATIENCE_MS
    },
    passDays(days: number) {
      now += days * 24 * 60 * 60 * 1000
    },
    /** The payload of one mutation; a fault fails the test. */
    async mutate(viewer: Viewer, operation: string, input: Json, selection: string): Promise<Json> {
      const type = `${operation[0]?.toUpperCase()}${operation.slice(1)}Input!`
      const { data, errors } = await execute(viewer, `mutation ($input: ${type}) { ${operation}(input: $input) { ${selection} } }`, {
        input,
      })
      if (errors) throw new AggregateError(errors, errors.map((error) => error.message).join("; "))
      return data?.[operation]
    },
    async subscribe(viewer: Viewer, source: string): Promise<AsyncIterableIterator<ExecutionResult<Json>>> {
      const contextValue = contextOf(viewer)
      const answer = await subscribe({ schema: built, document: parse(source), contextValue })
      if (Symbol.asyncIterator in answer) return answer as AsyncGenerator<ExecutionResult<Json>>
      throw new AggregateError(answer.errors ?? [], answer.errors?.map((error) => error.message).join("; "))
    },
    async close() {
      await commands.close()
      await webhooks.close()
      await projecting.close()
      await readStore.close()
      await store.close()
      vault.close()
    },
  }
}
export type Ledger = Awaited<ReturnType<typeof openLedger>>

export const operator: Viewer = { subject: "root", roles: ["OPERATOR"] }

/** An organization with a vendor and one product, and the people who act in it. */
export async function openOrganization(store?: Log) {
  const ledger = await openLedger(store)
  const { mutate } = ledger
  const organizationId: string = (await mutate(operator, "createOrganization", { name: "Contoso" }, "organization { id }")).organization.id
  const vendorId: string = (await mutate(operator, "registerVendor", { name: "Mailer Ltd", contact: "+31 20 123" }, "vendor { id }")).vendor
    .id
  const vendor: Viewer = { subject: "mailer-api", vendorId, roles: ["VENDOR"] }
  const product = { name: "Mailer", description: "Mail for all", installUrl: "https://mailer.example/install" }
  const productId: string = (await mutate(vendor, "listProduct", product, "product { id }")).product.id
  const as = (role: Role, more: Partial<Viewer> = {}): Viewer => ({ subject: `the-${role}`, organizationId, roles: [role], ...more })

  let events = 0
  return {
    ...ledger,
    organizationId,
    vendorId,
    productId,
    vendor,
    as,
    admin: as("LICENSE_ADMIN"),
    globalAdmin: as("GLOBAL_ADMIN"),
    identityProvider: as("USER_ADMIN", { subject: "entra", identityProvider: true }),
    async license(seats: number, more: Json = {}): Promise<string> {
      const input = { productId, organizationId, seats, vendorEventId: `sold-${++events}`, ...more }
      const { license, refusal } = await mutate(vendor, "registerLicense", input, "license { id } refusal { message }")
      if (refusal) throw new Error(refusal.message)
      return license.id
    },
    async user(name: string, more: Json = {}): Promise<string> {
      const input = { userName: `${name}@contoso.example`, displayName: name, ...more }
      const { user, refusal } = await mutate(as("USER_ADMIN"), "createUser", input, "user { id } refusal { message }")
      if (refusal) throw new Error(refusal.message)
      return user.id
    },
    async users(...names: readonly string[]): Promise<string[]> {
      const ids: string[] = []
      for (const name of names) ids.push(await this.user(name))
      return ids
    },
    async group(displayName: string, memberIds: readonly string[] = []): Promise<string> {
      const { group } = await mutate(as("USER_ADMIN"), "createGroup", { displayName, memberIds }, "group { id }")
      return group.id
    },
  }
}
export type Organization = Awaited<ReturnType<typeof openOrganization>>
