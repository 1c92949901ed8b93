/** Whether a file still holds what was to be destroyed. */
import { closeSync, openSync, readSync } from "node:fs"

/** As much of a file as is looked through at once. */
const PIECE_BYTES = 4 * 1024 * 1024

export function fileHolds(file: string, bytes: Buffer): boolean {
  const handle = openSync(file, "r")
  try {
    const piece = Buffer.alloc(PIECE_BYTES + bytes.length)
    for (let start = 0; ; start += PIECE_BYTES) {
      // Each piece reaches into the next one, so that nothing is cut in two.
      const read = readSync(handle, piece, 0, piece.length, start)
      if (piece.subarray(0, read).includes(bytes)) return true
      if (read < piece.length) return false
    }
  } finally {
    closeSync(handle)
  }
}
