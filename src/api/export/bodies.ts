/** Where the bodies of exports are made: in threads of their own, so that nobody waits for another's report. */
import type { Body } from "../../audit/export-file"
import type { ExportHeader } from "../../audit/export-format"

export interface Bodies {
  /**
   * The body as bytes, made no faster than it is taken, in constant memory. Ends at once when the signal says so.
   * @throws TooManyExports, NotShown, LogDiffers, ExportCancelled: never just an end, which would be signed
   */
  start(header: ExportHeader, signal: AbortSignal): Body
}

/** As many are being made as there may be at once. */
export class TooManyExports extends Error {
  override readonly name = "TooManyExports"
}

/** The read models are made anew and do not show the revision of the export (again) yet. It says nothing about the log. */
export class NotShown extends Error {
  override readonly name = "NotShown"
}

/** Whoever asked has gone. */
export class ExportCancelled extends Error {
  override readonly name = "ExportCancelled"
}
