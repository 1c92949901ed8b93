import type { RefusalCode } from "../domain/refusals"

/** Called as things happen, for metrics and for waking whoever follows the log. Must not throw. */
export interface Observer {
  appended?(stream: string, events: number, milliseconds: number): void
  refused?(stream: string, code: RefusalCode): void
  /** How many commands wait on a stream as a group is taken. */
  queued?(stream: string, commands: number): void
  /** Another writer was quicker; decided again. */
  raced?(stream: string): void
  /** The outcome of an append was unknown; the same was sent again. */
  resent?(stream: string): void
  /** Commands were answered with a fault, or the settlement of a large group has to wait. */
  failed?(stream: string, fault: unknown): void
}
