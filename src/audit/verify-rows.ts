/** Rows (seats, assignments, usage, entitlements): the server signed them at the end, all together. */
import { Damaged, type Follower, isEnd, isEndOf, LAST_LINE_CHANGED, linesOfEnd, type VerifyEnd } from "./verify-lines"

const ROW_START = Buffer.from('{"kind":"row","row":{')

export function rowsFollower(verifyEnd: VerifyEnd): Follower {
  let rows = 0
  let ended = false
  return {
    line(line, number, digestUpTo) {
      if (ended) throw new Damaged(number, "something stands after the last line")
      if (isEnd(line)) {
        ended = true
        if (isEndOf(line, rows, digestUpTo, verifyEnd)) return
        const signedRows = linesOfEnd(line)
        if (signedRows === undefined) throw new Damaged(number, LAST_LINE_CHANGED)
        if (signedRows !== rows) throw new Damaged(number, `${signedRows} rows were signed, and ${rows} are here`)
        throw new Damaged(number, "the rows, or the last line, were changed: they are not what was signed")
      }
      const isRow = line.subarray(0, ROW_START.length).equals(ROW_START) && line.at(-1) === 0x7d
      if (!isRow) throw new Damaged(number, `line ${number} was changed or inserted: it is no row`)
      rows += 1
    },
    end(line) {
      if (!ended) throw new Damaged(line, `the file was cut off after ${rows} rows`)
      return rows
    },
  }
}
