/** The place of what cannot be rebuilt, whichever it is. */

import { randomInt } from "node:crypto"
import type { LogPlace } from "../eventstore/event-log"
import { isLed } from "../postgres/advisory-lock"
import { openDatabase } from "../postgres/database"
import { DatabaseFault } from "../postgres/faults"
import { openState as makeAll } from "../state"
import { nameOfState, type StateAt } from "./places"
import { openPostgresState } from "./postgres-state"
import { MigrationRefused } from "./refused"
import { filesOf, openStateFiles } from "./sqlite-state"
import type { StatePlace } from "./state-tables"

/** To read from. */
export async function openState(at: StateAt): Promise<StatePlace> {
  return typeof at === "string" ? openStateFiles(at) : openPostgresState(at.url)
}

/** To write to: all that is not there is made, as the server makes it. */
export async function makeState(at: StateAt): Promise<StatePlace> {
  const place = typeof at === "string" ? filesOf(at) : at
  const made = await makeAll(place, { now: Date.now, onFault: () => {} })
  await made.close()
  return openState(at)
}

/** However their addresses are spelled: in one database, what one connection has locked another cannot lock. */
export async function isSameDatabase(one: LogPlace | StateAt, other: LogPlace | StateAt): Promise<boolean> {
  if (typeof one === "string" || typeof other === "string" || one.kind !== "postgres" || other.kind !== "postgres") return false
  const [here, there] = [await openDatabase({ url: one.url, connections: 1 }), await openDatabase({ url: other.url, connections: 1 })]
  const lock = randomInt(2 ** 40)
  try {
    return await here.transaction(async (queries) => {
      await queries.rows("select pg_advisory_xact_lock($1::bigint)", [lock])
      const [taken] = await there.rows<{ had: boolean }>("select pg_try_advisory_xact_lock($1::bigint) as had", [lock])
      return taken?.had === false
    })
  } finally {
    await Promise.all([here.close(), there.close()])
  }
}

/** @throws MigrationRefused when it cannot be reached or a server is at work in it, also one that keeps only its log there */
export async function mustRest(url: string): Promise<void> {
  const database = await openDatabase({ url, connections: 1 })
  try {
    if (await isLed(database))
      throw new MigrationRefused(`a server runs on ${nameOfState({ kind: "postgres", url })}: stop every node of it first`)
  } catch (error) {
    if (!(error instanceof DatabaseFault)) throw error
    throw new MigrationRefused(`${nameOfState({ kind: "postgres", url })} cannot be used: ${error.message}`, { cause: error })
  } finally {
    await database.close()
  }
}
