/** Ends the command with this message and exit code. The message says what to do; there is no stack trace to read. */
export class CliError extends Error {
  override readonly name = "CliError"
  readonly exitCode: number
  constructor(message: string, options: ErrorOptions & { readonly exitCode?: number } = {}) {
    super(message, options)
    this.exitCode = options.exitCode ?? EXIT.failed
  }
}

/** What the commands answer with. */
export const EXIT = {
  done: 0,
  failed: 1,
  /** Wrong options or arguments. */
  usage: 2,
  /** Everything that could be done was done, and some rows of the file were not good. */
  badRows: 3,
} as const
