/**
 * Turns a grace period that passes into an event (rules 20 and 34). It only watches: whether the deadline still holds is
 * decided on the organization's state, so being early, late or twice changes nothing.
 */
import type { LicenseId } from "../domain/ids"
import { graceDeadlines, type OrganizationState } from "../domain/organization/organization"

/** Timers of Node hold 24 days at most, and the computer's clock may be set meanwhile. */
const LOOK_AT_LEAST_EVERY_MS = 60_000
const RETRY_AFTER_MS = 5_000

interface Deadline {
  readonly licenseId: LicenseId
  /** ISO 8601, UTC. */
  readonly deadline: string
  /** Milliseconds since 1970, UTC. */
  readonly at: number
}

export class GraceScheduler {
  /** Per organization, the grace periods that run. */
  readonly #running = new Map<string, readonly Deadline[]>()
  #timer: NodeJS.Timeout | undefined
  #ticking: Promise<void> | undefined
  #closed = false

  constructor(
    private readonly now: () => number,
    private readonly expire: (organizationId: string, licenseId: LicenseId, deadline: string) => Promise<void>,
  ) {}

  /** The organization's state was read, or its grace periods changed. */
  watch(organizationId: string, state: OrganizationState): void {
    const deadlines = state.closed ? [] : graceDeadlines(state).map((running) => ({ ...running, at: Date.parse(running.deadline) }))
    if (deadlines.length > 0) this.#running.set(organizationId, deadlines)
    else this.#running.delete(organizationId)
    this.#arm(0)
  }

  /** All grace periods that run, and no others. */
  watchThese(running: Iterable<{ readonly organizationId: string; readonly licenseId: LicenseId; readonly at: number }>): void {
    this.#running.clear()
    for (const { organizationId, licenseId, at } of running) {
      const others = this.#running.get(organizationId) ?? []
      this.#running.set(organizationId, [...others, { licenseId, at, deadline: new Date(at).toISOString() }])
    }
    this.#arm(0)
  }

  /** Ends every grace period that has passed. */
  tick(): Promise<void> {
    this.#ticking ??= this.#endAllPassed().finally(() => {
      this.#ticking = undefined
    })
    return this.#ticking
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
  }

  async #endAllPassed(): Promise<void> {
    let wait = 0
    const now = this.now()
    const passed = [...this.#running].flatMap(([organizationId, deadlines]) =>
      deadlines.filter(({ at }) => at <= now).map((deadline) => ({ organizationId, ...deadline })),
    )
    for (const { organizationId, licenseId, deadline } of passed) {
      if (this.#closed) return
      try {
        await this.expire(organizationId, licenseId, deadline)
        // Normally the event has taken it off already; a closed organization refuses, and is left in peace.
        this.#forget(organizationId, licenseId, deadline)
      } catch {
        wait = RETRY_AFTER_MS // the queue has reported the fault; the deadline stays on the list
      }
    }
    this.#arm(wait)
  }

  #forget(organizationId: string, licenseId: LicenseId, deadline: string): void {
    const left = (this.#running.get(organizationId) ?? []).filter(
      (running) => running.licenseId !== licenseId || running.deadline !== deadline,
    )
    if (left.length > 0) this.#running.set(organizationId, left)
    else this.#running.delete(organizationId)
  }

  #arm(atLeast: number): void {
    clearTimeout(this.#timer)
    if (this.#closed || this.#running.size === 0) return
    let next = Number.POSITIVE_INFINITY
    for (const deadlines of this.#running.values()) for (const { at } of deadlines) next = Math.min(next, at)
    const wait = Math.max(0, atLeast, Math.min(LOOK_AT_LEAST_EVERY_MS, next - this.now()))
    this.#timer = setTimeout(() => void this.tick(), wait).unref()
  }
}
