/**
 * The time that one message may wait for the read models, shared by all messages of a batch: a hundred registrations, each
 * with a time of its own, would wait for minutes when the read models lag behind.
 */
import type { VendorServices } from "./sender"

/** The same services, with what is left of the time each time it is asked for. */
export function sharingPatience<Services extends VendorServices>(services: Services): Services {
  const { projecting } = services
  let left = services.visibleWithinMs
  return {
    ...services,
    get visibleWithinMs() {
      return left
    },
    projecting: {
      status: () => projecting.status(),
      async waitFor(stream, revision, withinMs) {
        const began = performance.now()
        const seen = await projecting.waitFor(stream, revision, withinMs)
        left = Math.max(0, left - (performance.now() - began))
        return seen
      },
    } satisfies VendorServices["projecting"],
  }
}
