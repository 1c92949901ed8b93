/** From a snapshot, or without one from the beginning, to the head of the log. */
import { upcast } from "../domain/event-versions"
import type { OrganizationEvent } from "../domain/events"
import { evolve, newOrganization } from "../domain/organization/organization"
import { EVOLVE_VERSION } from "../domain/organization/written-state"
import type { EventStore } from "../eventstore/event-store"
import { type Asked, askedBy, type Folded, packed, type SnapshotStore, unpacked } from "./snapshot"

export interface Places {
  readonly store: Pick<EventStore, "read">
  readonly snapshots: SnapshotStore
  /** A snapshot was passed over, and dropped, because it is not what it should be. */
  readonly onUnfit?: (stream: string, problem: unknown) => void
}

/** What the newest snapshot holds, when it is whole and of this very log; the events after it are still to be read. @throws when the log cannot be read */
export async function restore({ store, snapshots, onUnfit }: Places, stream: string): Promise<Folded | undefined> {
  const snapshot = await snapshots.newest(stream, EVOLVE_VERSION)
  if (!snapshot) return undefined
  const unfit = async (problem: unknown) => {
    onUnfit?.(stream, problem)
    await snapshots.drop(stream, EVOLVE_VERSION)
    return undefined
  }
  let folded: Folded
  try {
    folded = await unpacked(snapshot)
  } catch (problem) {
    return unfit(problem)
  }
  // A log out of reach says nothing against the snapshot, which is everybody's.
  const eventId = await idAt(store, stream, snapshot.revision)
  if (eventId === snapshot.eventId) return folded
  return unfit(new Error(eventId === undefined ? "the log has not come to its revision" : "the log holds another event at its revision"))
}

/**
 * Reads what came since the newest snapshot, and when it is this many events or more puts a new one in its place. Answers
 * the revision of the newest there is then.
 */
export async function takeSnapshot(places: Places, stream: string, least: number): Promise<number> {
  const restored = await restore(places, stream)
  const state = restored?.state ?? newOrganization()
  const before = state.revision
  let asked: Asked = restored ?? { namesAt: 0, erasedAt: 0 }
  let eventId = restored?.eventId ?? ""
  for await (const page of places.store.read(stream, before)) {
    for (const recorded of page) {
      // Only the command layer writes to the log, so an event of a known type and version has that type's shape.
      const event = { ...recorded, data: upcast(recorded.type, recorded.metadata.v, recorded.data) } as unknown as OrganizationEvent
      evolve(state, event)
      asked = askedBy(asked, event)
      eventId = event.id
    }
  }
  if (state.revision - before < least) return before
  const { namesAt, erasedAt } = asked
  await places.snapshots.put(await packed(stream, { state, eventId, namesAt, erasedAt }))
  return state.revision
}

async function idAt(store: Places["store"], stream: string, revision: number): Promise<string | undefined> {
  for await (const page of store.read(stream, revision - 1)) return page[0]?.revision === revision ? page[0].id : undefined
  return undefined
}
