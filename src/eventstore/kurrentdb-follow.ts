/**
 * Following everything under a prefix. Pages lead to the head; there, a subscription tells what is new until it ends,
 * for whatever reason, and pages again. A subscription is only the quick way: a follower that waits looks for itself
 * now and then, and a subscription that should have brought something and has not is given up. So nothing is concluded
 * from silence, and nothing depends on it.
 *
 * Where others have written more than the server looks through while a page may be silent, a subscription leads on
 * instead: its checkpoints say how far it has looked, and the next one begins there.
 */
import { setTimeout as pause } from "node:timers/promises"
import { type Batch, type Position, START } from "./event-store"
import { backoff, Late, type Limits, Unanswered } from "./kurrentdb-calls"
import type { KurrentConnection } from "./kurrentdb-connection"
import { type Place, placeOf } from "./kurrentdb-events"
import { type Page, type Pages, Refused } from "./kurrentdb-pages"
import { Subscription } from "./kurrentdb-subscription"

const PAGE_EVENTS = 500

export interface Watch {
  /** How often a follower that waits looks for itself, and the head is measured. */
  readonly lookEveryMs: number
  /** How long something that is in the log may take to come through a subscription. */
  readonly graceMs: number
}

export interface Followed {
  readonly connection: KurrentConnection
  readonly pages: Pages
  readonly prefix: string
  readonly limits: Limits & Watch
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
  /** When something last came, and how often nothing came since. */
  at: number
  failures: number
}

/** To the head only: @throws when KurrentDB does not answer */
export async function* follow(log: Followed, after: Position, stop: AbortSignal, end: "head" | "never"): AsyncGenerator<Batch> {
  const reached: Reached = { position: after, place: placeAfter(after), live: false, at: performance.now(), failures: 0 }
  while (!stop.aborted) {
    let page: Page | "nothing yet"
    try {
      page = await log.pages.ofStore(reached.place, reached.position, PAGE_EVENTS, stop)
    } catch (error) {
      if (stop.aborted) return
      // A checkpoint is no place any more when a new leader cut it off; the last event still is one.
      const isLost = error instanceof Refused && isAhead(reached)
      if (end === "head" && !isLost) throw error
      if (isLost) reached.place = placeAfter(reached.position)
      log.report("cannot be followed; trying again", error)
      await pauseAfter(reached, stop)
      continue
    }
    if (page !== "nothing yet") {
      const isNews = page.events.length > 0 || (!reached.live && !page.more)
      reached.live = !page.more
      if (isNews) yield take(log, reached, page.events, reached.live)
      if (page.more) continue
      if (end === "head" || stop.aborted) return
    }
    yield* subscribed(log, reached, stop, end)
    if (end === "head" && reached.live) return
  }
}

/** Through what others wrote, where the head is not reached yet; there, until the subscription has to be made anew. */
async function* subscribed(log: Followed, reached: Reached, stop: AbortSignal, end: "head" | "never"): AsyncGenerator<Batch> {
  const { connection, prefix, limits } = log
  const { client } = connection.writing
  const subscription = new Subscription(connection, prefix, reached.place, limits.callMs)
  let isAtHead = reached.live
  try {
    for (let overdue = false; ; ) {
      const news = await subscription.next(isAtHead ? (overdue ? limits.graceMs : limits.lookEveryMs) : limits.callMs, stop)
      if (stop.aborted) return
      if (news) {
        overdue = false
        const events = news.events.filter(({ position }) => position > reached.position)
        if (events.length > 0) yield take(log, reached, events, isAtHead ? undefined : false)
        reached.place = news.place ?? reached.place
        hasCome(reached)
        if (news.isCaughtUp && !isAtHead) {
          isAtHead = true
          yield take(log, reached, [], true)
          if (end === "head") return
        }
      } else if (subscription.over) throw subscription.over
      else if (!isAtHead) throw new Late(limits.callMs)
      else if (overdue) throw new Error("it brought nothing, although the log may have grown")
      else overdue = await mayHaveGrown(log, reached, stop)
    }
  } catch (error) {
    if (stop.aborted) return
    connection.writing.discard(client)
    if (end === "head" && performance.now() - reached.at > limits.retryMs) throw new Unanswered(connection.settings.shown, { cause: error })
    log.report("lost a subscription; going on from the last event", error)
    await pauseAfter(reached, stop)
  } finally {
    subscription.close()
  }
}

/** A server that is silent about it has to show itself by the subscription. */
async function mayHaveGrown({ pages }: Followed, { place, position }: Reached, stop: AbortSignal): Promise<boolean> {
  const page = await pages.ofStore(place, position, 1, stop, "once")
  return page === "nothing yet" || page.events.length > 0
}

/** Without `live`: true unless this process knows of appends that are still to come. */
function take(log: Followed, reached: Reached, events: Batch["events"], live?: boolean): Batch {
  reached.position = events.at(-1)?.position ?? reached.position
  if (events.length > 0) {
    reached.place = placeOf(reached.position)
    hasCome(reached)
  }
  const newest = log.heard(reached.position)
  reached.live = live ?? reached.position >= newest
  return { events, position: reached.position, live: reached.live }
}

function hasCome(reached: Reached): void {
  reached.at = performance.now()
  reached.failures = 0
}

function placeAfter(position: Position): Place | "start" {
  return position === START ? "start" : placeOf(position)
}

function isAhead({ place, position }: Reached): boolean {
  return place !== "start" && place.commit !== BigInt(position)
}

async function pauseAfter(reached: Reached, stop: AbortSignal): Promise<void> {
  await pause(backoff(reached.failures++), undefined, { signal: stop }).catch(() => {}) // Aborted: the loop ends.
}
