/**
 * Following everything under a prefix. Pages lead to the head; there, a subscription tells what is new until it ends,
 * for whatever reason, and pages again. A subscription is only the quick way: a follower that waits looks for itself
 * now and then, and a subscription that should have brought something and has not is given up. So nothing is concluded
 * from silence, and nothing depends on it.
 */
import { setTimeout as pause } from "node:timers/promises"
import { type Batch, type Position, START } from "./event-store"
import { backoff } from "./kurrentdb-calls"
import type { KurrentConnection } from "./kurrentdb-connection"
import { type Place, placeOf } from "./kurrentdb-events"
import type { Page, Pages } from "./kurrentdb-pages"
import { Subscription } from "./kurrentdb-subscription"

const PAGE_EVENTS = 500

export interface Watch {
  /** How often a follower that waits looks for itself, and the head is measured. */
  readonly lookEveryMs: number
  /** How long something that is in the log may take to come through a subscription. */
  readonly graceMs: number
  /** How long a subscription may take to be confirmed. */
  readonly callMs: number
}

export interface Followed {
  readonly connection: KurrentConnection
  readonly pages: Pages
  readonly prefix: string
  readonly watch: Watch
  /** The newest position that is known, after this one was seen. */
  heard(position: Position): Position
  report(what: string, error: unknown): void
}

/** How far a follower is. */
interface Reached {
  /** Of the last event that was handed on. */
  position: Position
  /** Up to here the log was looked through; past `position` where others' events follow. */
  place: Place | "start"
  /** That the head is reached has been told. */
  live: boolean
  /** Since something last came. */
  failures: number
}

/** To the head only: @throws when KurrentDB does not answer */
export async function* follow(log: Followed, after: Position, stop: AbortSignal, end: "head" | "never"): AsyncGenerator<Batch> {
  const reached: Reached = { position: after, place: after === START ? "start" : placeOf(after), live: false, failures: 0 }
  while (!stop.aborted) {
    let page: Page
    try {
      page = await log.pages.ofStore(reached.place, reached.position, PAGE_EVENTS, stop)
    } catch (error) {
      if (stop.aborted) return
      if (end === "head") throw error
      log.report("cannot be followed; trying again", error)
      await pauseAfter(reached, stop)
      continue
    }
    const isNews = page.events.length > 0 || (!reached.live && !page.more)
    reached.live = !page.more
    if (isNews) yield take(log, reached, page.events, reached.live)
    if (page.more) continue
    if (end === "head" || stop.aborted) return
    yield* stayLive(log, reached, stop)
  }
}

/** At the head, until the subscription has to be made anew. */
async function* stayLive(log: Followed, reached: Reached, stop: AbortSignal): AsyncGenerator<Batch> {
  const { connection, pages, prefix, watch } = log
  const { client } = connection
  const subscription = new Subscription(connection, prefix, reached.place, watch.callMs)
  try {
    for (let overdue = false; ; ) {
      const news = await subscription.next(overdue ? watch.graceMs : watch.lookEveryMs, stop)
      if (stop.aborted) return
      if (news) {
        overdue = false
        const events = news.events.filter(({ position }) => position > reached.position)
        if (events.length > 0) yield take(log, reached, events)
        reached.place = news.place
        reached.failures = 0
      } else if (subscription.over) throw subscription.over
      else if (overdue) throw new Error("it brought nothing, although the log has grown")
      else overdue = (await pages.ofStore(reached.place, reached.position, 1, stop, "once")).events.length > 0
    }
  } catch (error) {
    if (stop.aborted) return
    connection.discard(client)
    log.report("lost a subscription; going on from the last event", error)
    await pauseAfter(reached, stop)
  } finally {
    subscription.close()
  }
}

/** Without `live`: true unless this process knows of appends that are still to come. */
function take(log: Followed, reached: Reached, events: Batch["events"], live?: boolean): Batch {
  reached.position = events.at(-1)?.position ?? reached.position
  if (events.length > 0) {
    reached.place = placeOf(reached.position)
    reached.failures = 0
  }
  const newest = log.heard(reached.position)
  reached.live = live ?? reached.position >= newest
  return { events, position: reached.position, live: reached.live }
}

async function pauseAfter(reached: Reached, stop: AbortSignal): Promise<void> {
  await pause(backoff(reached.failures++), undefined, { signal: stop }).catch(() => {}) // Aborted: the loop ends.
}
