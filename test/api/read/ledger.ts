/** The real schema over rows that the real projector wrote, from a log that the real commands wrote. */
import { type ExecutionResult, graphql } from "graphql"
import { createContext } from "../../../src/api/graphql/context"
import { buildSchema } from "../../../src/api/graphql/schema"
import type { Viewer } from "../../../src/auth/viewer"
import { openCommands } from "../../../src/commands/commands"
import type {
  OrganizationOperation,
  OrganizationRequests,
  Outcome,
  RequestContext,
  VendorOperation,
  VendorRequests,
} from "../../../src/commands/requests"
import type { LedgerEvent, Role } from "../../../src/domain/events"
import type { VendorId } from "../../../src/domain/ids"
import { MemoryEventStore } from "../../../src/eventstore/memory"
import { openSecretUses } from "../../../src/operations/sqlite-secret-uses"
import { build } from "../../../src/readstore/build"
import { projectionGroups } from "../../../src/readstore/projections"
import type { ReadStore, SqlValue } from "../../../src/readstore/read-store"
import { memorySkips } from "../../../src/readstore/skips"
import { IN_MEMORY } from "../../../src/readstore/sqlite"
import { openVault } from "../../../src/vault/sqlite"
import { openTestReadStore } from "../../support/read-stores"
import { checkpointsOf } from "../checkpoints"
import { webhooksOf } from "../webhooks"

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into field by field, and an expectation says what they must be.
export type Json = any

export interface Statement {
  readonly sql: string
  readonly params: readonly SqlValue[]
}

export async function openLedger() {
  const schema = await buildSchema()
  const eventStore = new MemoryEventStore()
  const vault = openVault(IN_MEMORY)
  const stored = await openTestReadStore()
  const statements: Statement[] = []
  let interlude: (() => Promise<void>) | undefined
  /** Keeps what was asked of it, and lets a test slip something in between two statements of one request. */
  const read = async <Row>(sql: string, params: readonly SqlValue[] = []): Promise<Row[]> => {
    const next = interlude
    interlude = undefined
    statements.push({ sql, params })
    const rows = await stored.rows<Row>(sql, params)
    await next?.()
    return rows
  }
  const readStore: ReadStore = { dialect: stored.dialect, rows: read, slowRows: read, close: () => stored.close() }
  let now = Date.parse("2026-03-01T08:00:00.000Z")
  const commands = openCommands({ store: eventStore, vault, now: () => now })
  const readModels = stored.readModels()
  const source = { eventStore, groups: projectionGroups(vault), skips: memorySkips() }
  const project = () => build(readModels, source)
  const secretUses = openSecretUses(":memory:", (error) => {
    throw error
  })
  const webhooks = webhooksOf({ eventStore, vault, now: () => now })
  const projecting = {
    waitFor: async () => "visible" as const,
    onProgress: () => () => {},
    status: () => [],
    wake() {},
    close: async () => {},
  }
  const proving = checkpointsOf({ eventStore, readStore, projecting, now: () => now })

  async function execute(viewer: Viewer, query: string, variableValues: Json = {}): Promise<ExecutionResult<Json>> {
    const reading = { readStore, projecting, newest: async () => eventStore.head(), visibleWithinMs: 1_000 }
    const services = { ...reading, commands, vault, secretUses, webhooks, ...proving, now: () => now }
    const contextValue = createContext(services, viewer, "trace")
    return (await graphql({ schema, source: query, variableValues, contextValue })) as ExecutionResult<Json>
  }

  return {
    vault,
    readStore: stored,
    readModels,
    statements,
    project,
    passSeconds: (seconds: number) => {
      now += seconds * 1000
    },
    /** Happens once, after the next statement but `skip`. */
    between(then: () => Promise<void>, skip = 0) {
      let left = skip
      const wait = async (): Promise<void> => {
        if (left-- > 0) interlude = wait
        else await then()
      }
      interlude = wait
    },
    execute,
    /** The data; faults fail the test. */
    async ask(viewer: Viewer, query: string, variables?: Json): Promise<Json> {
      const { data, errors } = await execute(viewer, query, variables)
      if (errors) throw new AggregateError(errors, errors.map((error) => `${error.message} (${error.path?.join(".")})`).join("; "))
      return data
    },
    /** The code, field and message of the only error. */
    async fault(viewer: Viewer, query: string, variables?: Json): Promise<Json> {
      const { errors } = await execute(viewer, query, variables)
      expect(errors).toHaveLength(1)
      const [error] = errors ?? []
      return { ...error?.extensions, message: error?.message }
    },
    async organization<O extends OrganizationOperation>(
      id: string | undefined,
      operation: O,
      request: OrganizationRequests[O],
      requester: RequestContext["requester"] = ADMIN,
    ) {
      return eventsOf(await commands.organization(id, operation, request, { requester, correlationId: "test" }))
    },
    async vendor<O extends VendorOperation>(id: string | undefined, operation: O, request: VendorRequests[O]) {
      const requester = { type: "VENDOR" as const, subject: "vendor", role: "VENDOR" as const, ...(id ? { vendorId: id as VendorId } : {}) }
      return eventsOf(await commands.vendor(id, operation, request, { requester, correlationId: "test" }))
    },
    async close() {
      await commands.close()
      await webhooks.close()
      await stored.close()
      await eventStore.close()
      vault.close()
    },
  }
}
export type Ledger = Awaited<ReturnType<typeof openLedger>>

export const ADMIN: RequestContext["requester"] = { type: "USER", subject: "admin@contoso.example", role: "GLOBAL_ADMIN" }

function eventsOf<Event extends LedgerEvent>(outcome: Outcome<Event>): readonly Event[] {
  if (outcome.kind === "refused") throw new Error(JSON.stringify(outcome.refusal))
  return outcome.events
}

/** What the first event of a command says. */
function dataOf([first]: readonly LedgerEvent[]): Json {
  if (!first) throw new Error("the command wrote nothing")
  return first.data
}

/** One customer of a ledger, spoken to in the words of a test. */
export async function openCompany(ledger: Ledger, name = "Contoso") {
  const created = await ledger.organization(undefined, "createOrganization", { name })
  const organizationId = dataOf(created).organizationId as string
  let sold = 0
  const viewer = (role: Role, more: Partial<Viewer> = {}): Viewer => ({ subject: `the-${role}`, organizationId, roles: [role], ...more })
  const command = <O extends OrganizationOperation>(operation: O, request: OrganizationRequests[O], requester = ADMIN) =>
    ledger.organization(organizationId, operation, request, requester)
  return {
    organizationId,
    viewer,
    admin: viewer("GLOBAL_ADMIN"),
    command,
    async user(displayName: string, more: Partial<OrganizationRequests["createUser"]> = {}): Promise<string> {
      const userName = `${displayName.toLowerCase().replace(/[^a-z0-9]+/g, ".")}@contoso.example`
      const written = await command("createUser", { userName, displayName, mail: userName, active: true, ...more })
      return dataOf(written).userId
    },
    async users(count: number, prefix = "Person"): Promise<string[]> {
      return Promise.all(Array.from({ length: count }, (_, n) => this.user(`${prefix} ${String(n).padStart(4, "0")}`)))
    },
    async group(displayName: string, memberIds: readonly string[] = []): Promise<string> {
      const written = await command("createGroup", { displayName, memberIds })
      return dataOf(written).groupId
    },
    async license(seller: Seller, seats: number): Promise<string> {
      const request = {
        productId: seller.productId,
        seats,
        vendorEventId: `sold-${organizationId}-${++sold}`,
        graceDays: 90,
        onGraceEnd: "HOLD" as const,
      }
      const written = await command("registerLicense", request, seller.requester)
      return dataOf(written).licenseId
    },
    async seats(seller: Seller, licenseId: string, seats: number) {
      const vendorEventId = `changed-${++sold}`
      return command("changeVendorSeats", { licenseId, seats, vendorEventId, sequence: String(sold) }, seller.requester)
    },
    async assign(licenseId: string, principalIds: readonly string[], reason?: string) {
      for (let from = 0; from < principalIds.length; from += 100) {
        const some = principalIds.slice(from, from + 100)
        await command("assignLicenses", { licenseId, principalIds: some, onShortage: "WAITLIST", ...(reason ? { reason } : {}) })
      }
    },
    /** The revision that is shown now. */
    async revision(): Promise<number> {
      await ledger.project()
      return (await ledger.ask(viewer("AUDITOR"), "{ viewer { organization { revision } } }")).viewer.organization.revision
    },
  }
}
export type Company = Awaited<ReturnType<typeof openCompany>>

/** A vendor with one product. */
export async function openSeller(ledger: Ledger, name = "Lumen", product = "Lumen Draw") {
  const registered = await ledger.vendor(undefined, "registerVendor", { name, contact: "+31 20 123" })
  const vendorId = dataOf(registered).vendorId as VendorId
  const listed = await ledger.vendor(vendorId, "listProduct", {
    name: product,
    description: "Draws",
    installUrl: "https://lumen.example/install",
  })
  return {
    vendorId,
    productId: dataOf(listed).productId as string,
    requester: { type: "VENDOR", subject: "lumen", role: "VENDOR", vendorId } as RequestContext["requester"],
    viewer: { subject: "lumen-api", vendorId, roles: ["VENDOR"] } as Viewer,
  }
}
export type Seller = Awaited<ReturnType<typeof openSeller>>
