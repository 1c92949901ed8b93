/** Where a state may be had from otherwise than from all of its events: snapshots. The events after it are always read. */

export interface Baseline<State> {
  readonly state: State
  /** Revisions of the last events behind it that asked something of the vault: to take note of a name, or to erase somebody; 0 for none. */
  readonly namesAt: number
  readonly erasedAt: number
}

export interface Baselines<State> {
  /** One that can be trusted, or undefined. Never throws. */
  restore(stream: string): Promise<Baseline<State> | undefined>
  /** The stream has this revision now. */
  grown(stream: string, revision: number): void
}
