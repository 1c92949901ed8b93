/** What `seatledger skip-event` takes; apart from what carries it out, which is loaded when it is asked for. */
export interface SkipOptions {
  readonly projection: string
  readonly organization?: string
  readonly vendor?: string
  readonly revision: number
  readonly reason?: string
  readonly by?: string
  readonly takeBack?: true
  readonly data?: string
}

/** Projections that share a checkpoint, as `/readyz` names them. */
export const GROUPS = ["ledger", "history", "proofs"] as const
