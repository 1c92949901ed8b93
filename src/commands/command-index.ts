/** What was done under a command id, wherever it is looked up. */
export interface CommandRecord {
  readonly firstRevision: number
  readonly lastRevision: number
  readonly commandHash: string
}

/** The keyed commands of the log (rule 37), as the history read model knows them. */
export interface CommandIndex {
  find(stream: string, commandId: string): Promise<CommandRecord | undefined>
  /** The revision of the stream up to which `find` knows everything; 0 for a stream that it does not know yet. */
  reached(stream: string): Promise<number>
}
