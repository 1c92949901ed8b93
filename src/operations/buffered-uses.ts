/** Gathers uses and writes them once a second, wherever they are kept. */
import type { SecretUse, SecretUses } from "./secret-uses"

const WRITE_AFTER_MS = 1_000

/** Where counts are kept. */
export interface WrittenUses {
  add(uses: ReadonlyMap<string, SecretUse>): Promise<void>
  of(secretIds: readonly string[]): Promise<ReadonlyMap<string, SecretUse>>
  close(): Promise<void>
}

export class BufferedUses implements SecretUses {
  #waiting = new Map<string, SecretUse>()
  #timer: NodeJS.Timeout | undefined
  #last: Promise<void> = Promise.resolve()

  constructor(
    private readonly written: WrittenUses,
    private readonly onFault: (error: unknown) => void,
  ) {}

  used(secretId: string, at: number): void {
    this.#waiting.set(secretId, sum(this.#waiting.get(secretId), { uses: 1, lastUsedAt: at }))
    this.#timer ??= setTimeout(() => void this.#write(), WRITE_AFTER_MS).unref()
  }

  async of(secretIds: readonly string[]): Promise<ReadonlyMap<string, SecretUse>> {
    await this.#last // what is on the way is counted once
    const found = new Map(await this.written.of(secretIds))
    for (const secretId of secretIds) {
      const waiting = this.#waiting.get(secretId)
      if (waiting) found.set(secretId, sum(found.get(secretId), waiting))
    }
    return found
  }

  async close(): Promise<void> {
    await this.#write()
    await this.written.close()
  }

  #write(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#last = this.#last.then(async () => {
      if (this.#waiting.size === 0) return
      const writing = this.#waiting
      this.#waiting = new Map()
      try {
        await this.written.add(writing)
      } catch (error) {
        // The counts wait for the next use: no message is refused for them.
        for (const [secretId, use] of writing) this.#waiting.set(secretId, sum(this.#waiting.get(secretId), use))
        this.onFault(error)
      }
    })
    return this.#last
  }
}

function sum(one: SecretUse | undefined, other: SecretUse): SecretUse {
  if (!one) return other
  return { uses: one.uses + other.uses, lastUsedAt: Math.max(one.lastUsedAt, other.lastUsedAt) }
}
