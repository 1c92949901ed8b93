/**
 * How often each vendor's secret has verified a message, and when last. Operational data: it is no part of the ledger, so
 * it is written in batches, and a crash may lose the last seconds of it.
 */
export interface SecretUse {
  readonly uses: number
  /** Milliseconds since 1970, UTC. */
  readonly lastUsedAt: number
}

export interface SecretUses {
  /** @param at milliseconds since 1970, UTC */
  used(secretId: string, at: number): void
  /** With what is not yet written. A secret that was never used is missing. */
  of(secretIds: readonly string[]): Promise<ReadonlyMap<string, SecretUse>>
  close(): Promise<void>
}
