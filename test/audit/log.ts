/** A log in memory whose past a test can change, with the trees that a projection would have made of it. */
import { leafHash } from "../../src/audit/leaf"
import type { LogTrees } from "../../src/audit/log-tree"
import { type Hash, hashOfRange, nodeHash, type PerfectHash } from "../../src/audit/merkle"
import type { RecordedEvent } from "../../src/eventstore/event-store"

export class ChangeableLog implements LogTrees {
  readonly #logs = new Map<string, RecordedEvent[]>()
  /** Events at the end that the trees do not cover yet. */
  behind = 0

  grow(organizationId: string, count: number): void {
    const log = this.#of(organizationId)
    for (let n = 0; n < count; n++) log.push(eventOf(organizationId, log.length + 1))
  }
  change(organizationId: string, revision: number): void {
    const log = this.#of(organizationId)
    log[revision - 1] = { ...eventOf(organizationId, revision), data: { changed: true } }
  }
  /** Back to an older copy. */
  cut(organizationId: string, size: number): void {
    this.#of(organizationId).length = size
  }

  async organizations(): Promise<string[]> {
    return [...this.#logs.keys()]
  }
  async size(organizationId: string): Promise<number> {
    return Math.max(0, this.#of(organizationId).length - this.behind)
  }
  async nodes(organizationId: string, ranges: Parameters<LogTrees["nodes"]>[1]): Promise<Hash[] | undefined> {
    const size = await this.size(organizationId)
    if (ranges.some(({ to }) => to > size)) return undefined
    const leaves = this.#of(organizationId).map(leafHash)
    const perfect: PerfectHash = (level, index) =>
      level === 0 ? (leaves[index] as Hash) : nodeHash(perfect(level - 1, 2 * index), perfect(level - 1, 2 * index + 1))
    return ranges.map((range) => hashOfRange(range, perfect))
  }
  async event(organizationId: string, revision: number): Promise<RecordedEvent | undefined> {
    return this.#of(organizationId)[revision - 1]
  }

  #of(organizationId: string): RecordedEvent[] {
    const log = this.#logs.get(organizationId) ?? []
    this.#logs.set(organizationId, log)
    return log
  }
}

function eventOf(organizationId: string, revision: number): RecordedEvent {
  return {
    stream: `organization-${organizationId}`,
    revision,
    position: revision,
    id: `00000000-0000-4000-8000-${String(revision).padStart(12, "0")}`,
    type: "UserDeleted",
    data: { userId: `usr_${revision}` },
    metadata: {
      v: 1,
      commandId: "cmd_1",
      commandHash: "hash",
      correlationId: "correlation",
      actor: { type: "SYSTEM", id: "system" },
      recordedAt: "2026-01-01T12:00:00.000Z",
    },
  }
}
