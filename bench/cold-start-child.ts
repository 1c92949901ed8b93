/** Started by cold-start.ts: a process that knows nothing yet is given one command. */
import { monitorEventLoopDelay } from "node:perf_hooks"
import { openCommands } from "../src/commands/commands"
import { type LogPlace, openEventLog } from "../src/eventstore/event-log"
import { openSnapshots, type SnapshotPlace } from "../src/snapshots/open-snapshots"
import { Snapshots } from "../src/snapshots/snapshots"
import { openVaultAt, type VaultPlace } from "../src/vault/open-vault"

/** Where a process that starts finds everything. */
export interface ColdPlaces {
  readonly log: LogPlace
  readonly vault: VaultPlace
  readonly snapshots: SnapshotPlace
}

export interface Started {
  readonly milliseconds: number
  readonly revision: number
  /** The longest that anything else would have had to wait, in ms. */
  readonly blocked: number
}

async function main([given = "", organizationId = "", from = ""]: readonly string[]): Promise<Started> {
  const places = JSON.parse(given) as ColdPlaces // as cold-start.ts hands them over
  const store = await openEventLog(places.log)
  const vault = await openVaultAt(places.vault)
  const snapshots = new Snapshots({
    store,
    snapshots: await openSnapshots(places.snapshots),
    take: async () => 0,
    onFault: (_, fault) => {
      throw fault
    },
  })
  const delay = monitorEventLoopDelay({ resolution: 2 })
  delay.enable()
  const began = performance.now()
  const commands = openCommands({
    store,
    vault,
    now: Date.now,
    // The read models' answer, which takes a millisecond: they know all commands, and not this one.
    index: { find: async () => undefined, reached: async () => Number.MAX_SAFE_INTEGER },
    ...(from === "snapshot" ? { baselines: snapshots } : {}),
  })
  const requester = { type: "USER", subject: "admin", role: "GLOBAL_ADMIN" } as const
  const context = { requester, correlationId: "bench", idempotencyKey: String(began) }
  const outcome = await commands.organization(organizationId, "createGroup", { displayName: "Cold", memberIds: [] }, context)
  const milliseconds = performance.now() - began
  delay.disable()
  if (outcome.kind !== "accepted") throw new Error(JSON.stringify(outcome))
  await commands.close()
  await snapshots.close()
  await store.close()
  await vault.close()
  return { milliseconds, revision: outcome.revision, blocked: delay.max / 1e6 }
}

main(process.argv.slice(2)).then(
  (started) => process.send?.(started),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    process.exitCode = 1
  },
)
