/** `seatledger events`: the log as JSON lines, exactly as recorded. Reads beside a running server. */
import { once } from "node:events"
import { openEventLog } from "../eventstore/event-log"
import type { EventStore, RecordedEvent } from "../eventstore/event-store"
import { CliError, EXIT } from "./cli-error"
import { configFor, dataFolder, existingLog } from "./data-folder"

export interface EventsOptions {
  readonly organization?: string
  readonly vendor?: string
  readonly stream?: string
  readonly after: number
  readonly data?: string
}

export async function events(options: EventsOptions): Promise<void> {
  const folder = dataFolder(options.data)
  const stream = streamOf(options)
  const store = await openEventLog(existingLog(configFor(options.data)), { readOnly: true })
  let printed = 0
  try {
    for await (const page of stream === undefined ? wholeLog(store, options.after) : store.read(stream, options.after)) {
      for (const event of page) {
        if (!process.stdout.write(`${JSON.stringify(event)}\n`)) await once(process.stdout, "drain")
        printed += 1
      }
    }
  } finally {
    await store.close()
  }
  if (printed === 0 && stream !== undefined && options.after === 0) throw new CliError(`there is no stream ${stream} in ${folder}`)
}

async function* wholeLog(store: EventStore, after: number): AsyncGenerator<readonly RecordedEvent[]> {
  for await (const batch of store.follow(after, new AbortController().signal, "head")) yield batch.events
}

function streamOf({ organization, vendor, stream }: EventsOptions): string | undefined {
  if (organization !== undefined) return prefixed("organization", "org_", organization)
  return vendor === undefined ? stream : prefixed("vendor", "vnd_", vendor)
}

function prefixed(kind: string, prefix: string, id: string): string {
  if (!id.startsWith(prefix)) throw new CliError(`"${id}" is no ${kind} id; they begin with ${prefix}`, { exitCode: EXIT.usage })
  return `${kind}-${id}`
}
