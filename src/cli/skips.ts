/** `seatledger skips` and `seatledger skip-event`: an operator's decision to pass over an event that a projection cannot take. */
import { userInfo } from "node:os"
import type { Config } from "../config"
import { placesFor } from "../core"
import { openEventLog } from "../eventstore/event-log"
import type { RecordedEvent } from "../eventstore/event-store"
import { openSkipsAt } from "../readstore/open-skips"
import type { Skips } from "../readstore/skips"
import { CliError, EXIT } from "./cli-error"
import { configFor, existingLog } from "./data-folder"
import type { SkipOptions } from "./skip-options"

export async function listSkips(data: string | undefined): Promise<void> {
  const config = configFor(data)
  existingLog(config)
  const all = await withSkips(config, (skips) => skips.all())
  if (all.length === 0) process.stdout.write("no event is passed over\n")
  for (const { name, position, reason, skippedBy, skippedAt } of all) {
    process.stdout.write(`${name} ${position} ${new Date(skippedAt).toISOString()} ${skippedBy}: ${reason}\n`)
  }
}

export async function skipEvent(options: SkipOptions): Promise<void> {
  const config = configFor(options.data)
  const { projection: name, reason, by, takeBack } = options
  const event = await eventOf(config, options)
  const named = `${event.type}, revision ${event.revision} of ${event.stream}`
  if (takeBack) {
    const taken = await withSkips(config, (skips) => skips.takeBack(name, event.position))
    if (!taken) throw new CliError(`${name} does not pass over ${named}`)
    process.stdout.write(`${name} takes ${named} again; \`seatledger rebuild\` brings in what it says\n`)
    return
  }
  if (reason === undefined || reason.trim() === "") {
    throw new CliError("say why, with --reason: it is kept beside the decision", { exitCode: EXIT.usage })
  }
  const skip = { name, position: event.position, reason: reason.trim(), skippedBy: by ?? userInfo().username, skippedAt: Date.now() }
  await withSkips(config, (skips) => skips.add(skip))
  process.stdout.write(`${name} passes over ${named}; a running server goes on within seconds\n`)
}

async function eventOf(config: Config, { organization, vendor, revision }: SkipOptions): Promise<RecordedEvent> {
  if ((organization === undefined) === (vendor === undefined)) {
    throw new CliError("name the stream: --organization org_… or --vendor vnd_…", { exitCode: EXIT.usage })
  }
  const stream = organization === undefined ? `vendor-${vendor}` : `organization-${organization}`
  const log = await openEventLog(existingLog(config), { readOnly: true })
  try {
    for await (const [event] of log.read(stream, revision - 1)) if (event?.revision === revision) return event
  } finally {
    await log.close()
  }
  throw new CliError(`${stream} has no revision ${revision}`)
}

async function withSkips<T>(config: Config, work: (skips: Skips) => Promise<T>): Promise<T> {
  const skips = await openSkipsAt(placesFor(config).skips)
  try {
    return await work(skips)
  } finally {
    await skips.close()
  }
}
