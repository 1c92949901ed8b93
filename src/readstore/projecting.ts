/** What the rest of the program sees of the projector, wherever it runs. */
export interface ProjectionStatus {
  readonly name: string
  /** Position in the event log up to which it is shown. */
  readonly position: number
  /** Events of the log it has not applied yet, as last measured; 0 only when there are none, Infinity while that is not known (see `EventLog.behind`). */
  readonly lag: number
  /** A poison event stopped it: it goes on serving what it had. */
  readonly failure?: {
    readonly eventId: string
    readonly type: string
    readonly stream: string
    readonly revision: number
    readonly error: string
  }
}

export interface Projecting {
  /** Resolves when every projection shows this revision of the stream, or after the time: accepted, not yet visible. */
  waitFor(stream: string, revision: number, timeoutMs: number): Promise<"visible" | "timeout">
  /**
   * Calls back after each batch that moved the stream on, with the revision now shown; and whenever it may have moved on
   * without that being heard of, with the revision that was last heard of. Returns the way to stop.
   */
  onProgress(stream: string, listener: (revision: number) => void): () => void
  status(): readonly ProjectionStatus[]
  /** Something was appended: look now instead of at the next tick. */
  wake(): void
  close(): Promise<void>
}
