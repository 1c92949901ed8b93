/**
 * LISTEN, on a connection of its own that comes back by itself. What is notified while it is broken is lost, so every
 * listener is called with nothing whenever the connection was made anew, and whoever depends on it also looks by itself now
 * and then.
 */
import { setTimeout as pause } from "node:timers/promises"
import { ask, type Connection, type Database, end, type Queries } from "./database"

/** Whoever only listens does not notice that the other end has vanished. */
const ASK_EVERY_MS = 5_000
const RECONNECT_MS = [100, 500, 2_000, 5_000]
/** PostgreSQL takes payloads of less than 8,000 bytes. */
const LONGEST_PAYLOAD = 7_900

/** `payload`: undefined when something may have been missed. */
export type Hear = (payload: string | undefined) => void

/** Tells every listener of the channel when the transaction commits; false: the payload is too long, and was left out. */
export async function notify(queries: Queries, channel: string, payload: string): Promise<boolean> {
  const fits = Buffer.byteLength(payload) <= LONGEST_PAYLOAD
  await queries.rows("select pg_notify(current_schema() || '_' || $1::text, $2::text)", [channel, fits ? payload : ""])
  return fits
}

/** All that one thread listens to, over one connection. */
export class Listening {
  readonly #database: Database
  readonly #listeners = new Map<string, Set<Hear>>()
  readonly #closed = new AbortController()
  #client: Connection | undefined
  #running: Promise<void> | undefined

  constructor(database: Database) {
    this.#database = database
  }

  /** Hears a channel from now on, first of all with nothing as soon as it is listened to; returns the way to stop. */
  to(channel: string, hear: Hear): () => void {
    const name = `${this.#database.schema}_${channel}`
    const listeners = this.#listeners.get(name)
    if (listeners) {
      listeners.add(hear)
      hear(undefined)
    } else {
      this.#listeners.set(name, new Set([hear]))
      // When it fails the connection is broken, and the next one listens to everything again.
      if (this.#client) this.#listenTo(this.#client, name).catch(() => {})
    }
    this.#running ??= this.#keepListening()
    return () => {
      this.#listeners.get(name)?.delete(hear)
    }
  }

  async close(): Promise<void> {
    this.#closed.abort()
    await this.#running
  }

  async #keepListening(): Promise<void> {
    const { signal } = this.#closed
    for (let tries = 0; !signal.aborted; tries++) {
      const client = this.#database.connection()
      const over = new AbortController()
      const stop = () => over.abort()
      client.on("error", (error) => {
        if (!over.signal.aborted) this.#database.report(error)
        stop()
      })
      client.on("end", stop)
      signal.addEventListener("abort", stop)
      client.on("notification", ({ channel, payload }) => this.#hear(channel, payload || undefined))
      try {
        await client.connect()
        this.#client = client
        tries = 0
        for (const name of this.#listeners.keys()) await this.#listenTo(client, name)
        while (!over.signal.aborted) {
          await pause(ASK_EVERY_MS, undefined, { signal: over.signal }).catch(() => {})
          if (!over.signal.aborted) await ask(client, "select 1")
        }
      } catch (error) {
        if (!over.signal.aborted) this.#database.report(error)
      }
      this.#client = undefined
      stop()
      signal.removeEventListener("abort", stop)
      await end(client)
      if (!signal.aborted) await pause(RECONNECT_MS[Math.min(tries, RECONNECT_MS.length - 1)], undefined, { signal }).catch(() => {})
    }
  }

  async #listenTo(client: Connection, name: string): Promise<void> {
    await ask(client, `listen ${name}`)
    this.#hear(name, undefined) // what was told before that was not heard
  }

  #hear(name: string, payload: string | undefined): void {
    for (const hear of this.#listeners.get(name) ?? []) hear(payload)
  }
}
