/** A group of 100,000 people is assigned, through the command layer, while others of the organization go on working. */
import { join } from "node:path"
import { openCommands } from "../src/commands/commands"
import type { Commands, RequestContext } from "../src/commands/requests"
import type { EventStore } from "../src/eventstore/event-store"
import { openSqliteEventStore } from "../src/eventstore/sqlite"
import { openVault } from "../src/vault/sqlite"
import { WrittenOrganization } from "./log-writer"
import { type Benchmark, grouped, percentile } from "./measure"
import { inTemporaryFolder } from "./temporary-folder"

const MEMBERS = 100_000
/** Admins at work on another license meanwhile, each with one command after the other. */
const OTHERS = 8
const BEFORE_MS = 1_500

export const largeGroup: Benchmark = {
  rows: ["large-group"],
  async run(say) {
    return inTemporaryFolder(async (folder) => {
      say(`a group of ${grouped(MEMBERS)}`)
      const store = openSqliteEventStore(join(folder, "events.sqlite"))
      const vault = openVault(join(folder, "vault.sqlite"))
      const written = new WrittenOrganization(store, vault)
      const { organization, stream } = written
      const [large, other] = [organization.license(MEMBERS), organization.license(MEMBERS)]
      const users = written.people(MEMBERS)
      const group = organization.group(users)
      await written.flush()
      const before = organization.state.revision

      const commands = openCommands({ store, vault, now: Date.now })
      const others = new Others(commands, organization.id, other, users)
      await others.work(delay(200)) // the stream is read, the code is warm
      const alone = await others.work(delay(BEFORE_MS))

      say("assigning it")
      const began = performance.now()
      const seated = seatsGranted(store, stream, before, large, MEMBERS)
      const assigning = commands.organization(
        organization.id,
        "assignLicenses",
        { licenseId: large, principalIds: [group], onShortage: "WAITLIST" },
        CONTEXT,
      )
      const meanwhile = await others.work(Promise.all([assigning, seated]))
      const seconds = (performance.now() - began) / 1000
      await commands.close()
      await store.close()
      vault.close()

      const met = (await seated) === MEMBERS && meanwhile.length > 0
      const note =
        `${grouped(await seated)} of ${grouped(MEMBERS)} seated, ${grouped(MEMBERS / seconds)} seats/s; meanwhile ${grouped(meanwhile.length)} other commands ` +
        `answered with p50 ${ms(percentile(meanwhile, 0.5))}, p99 ${ms(percentile(meanwhile, 0.99))} (without it ${ms(percentile(alone, 0.5))} and ${ms(percentile(alone, 0.99))})`
      return [{ name: "large-group", unit: "s", value: seconds, limit: null, ratio: null, reach: null, met, bound: undefined, note }]
    })
  },
}

const CONTEXT: RequestContext = { requester: { type: "USER", subject: "admin", role: "LICENSE_ADMIN" }, correlationId: "bench" }

class Others {
  #next = 0

  constructor(
    readonly commands: Commands,
    readonly organizationId: string,
    readonly licenseId: string,
    readonly users: readonly string[],
  ) {}

  /** Assigns one person after the other until the end, and answers how long each took, in ms. */
  async work(end: Promise<unknown>): Promise<readonly number[]> {
    const took: number[] = []
    let ended = false
    const ending = end.finally(() => {
      ended = true
    })
    const admin = async () => {
      while (!ended) took.push(await this.#assign())
    }
    await Promise.all([ending, ...Array.from({ length: OTHERS }, admin)])
    return took
  }

  async #assign(): Promise<number> {
    const { licenseId, organizationId, users } = this
    const user = users[this.#next++ % users.length] as string // the index is inside
    const began = performance.now()
    const request = { licenseId, principalIds: [user], onShortage: "REJECT" } as const
    const outcome = await this.commands.organization(organizationId, "assignLicenses", request, CONTEXT)
    if (outcome.kind === "refused") throw new Error(`another command was refused: ${JSON.stringify(outcome.refusal)}`)
    return performance.now() - began
  }
}

/** Follows the log until so many seats of the license were granted, or for a minute; answers how many were. */
async function seatsGranted(store: EventStore, stream: string, after: number, licenseId: string, wanted: number): Promise<number> {
  let granted = 0
  for await (const { events } of store.follow(after, AbortSignal.timeout(60_000), "never")) {
    for (const event of events) {
      if (event.stream !== stream || event.type !== "SeatsGranted") continue
      const { licenseId: of, claims } = event.data as { licenseId: string; claims: readonly unknown[] } // the shape of this type
      if (of === licenseId) granted += claims.length
    }
    if (granted >= wanted) break
  }
  return granted
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

function ms(milliseconds: number): string {
  return `${milliseconds.toFixed(1)} ms`
}
