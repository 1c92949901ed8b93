/**
 * Chosen events (a filtered history), each with its way up to the root. Each names the event before it in the file, so
 * that one that was removed is missed.
 */
import { type ExportHeader, fieldsOf, hashesOf, isCount, provenStart } from "./export-format"
import { type Hash, leafHashOf, verifyInclusion } from "./merkle"
import { claimOf, Damaged, type Follower, isEnd, isEndOf, LAST_LINE_CHANGED, linesOfEnd, type VerifyEnd } from "./verify-lines"

export function chosenFollower(header: ExportHeader, verifyEnd: VerifyEnd): Follower {
  const root = Buffer.from(header.root, "base64")
  const stream = `organization-${header.organization}`
  let lines = 0
  /** The revision before; 0 at the beginning. */
  let reached = 0
  let ended = false
  /** The first event that is not the one expected, and what became of the one that is. */
  let wrong: Wrong | undefined

  /** The revision of an event that is part of the signed tree. */
  function proven(line: Buffer): { readonly revision: number; readonly after: number } | undefined {
    const read = readChosen(line)
    const claim = read && claimOf(read.event)
    if (!read || claim?.stream !== stream) return undefined
    const { revision } = claim
    const isIn = verifyInclusion(revision - 1, header.revision, leafHashOf(read.event), read.path, root)
    return isIn ? { revision, after: read.after } : undefined
  }

  return {
    line(line, number, digestUpTo) {
      if (ended) throw wrong ? wrong.verdict(undefined) : new Damaged(number, "something stands after the last line")
      if (isEnd(line)) {
        ended = true
        if (wrong) throw wrong.verdict(linesOfEnd(line), lines)
        if (isEndOf(line, lines, digestUpTo, verifyEnd)) return
        const signedLines = linesOfEnd(line)
        if (signedLines !== undefined && signedLines > lines) {
          throw new Damaged(number, `after revision ${reached} ${signedLines - lines} events are missing`, reached || undefined)
        }
        throw new Damaged(number, LAST_LINE_CHANGED)
      }
      lines += 1
      const event = proven(line)
      if (wrong) return wrong.follow(event)
      if (event?.after === reached && event.revision > reached) reached = event.revision
      else wrong = new Wrong(number, reached, event, claimsIn(line))
    },
    end(line) {
      if (wrong) throw wrong.verdict(undefined)
      if (!ended) throw new Damaged(line, `the file was cut off after ${reached === 0 ? "the header" : `revision ${reached}`}`)
      return lines
    },
  }
}

interface Proven {
  readonly revision: number
  readonly after: number
}

class Wrong {
  #next: Proven | undefined
  #followed = 0
  /** The event that should stand here stands further on. */
  #elsewhere: { readonly revision: number; readonly at: number } | undefined

  constructor(
    readonly number: number,
    /** The event before. */
    readonly reached: number,
    /** What stands here, when it is part of the tree. */
    readonly event: Proven | undefined,
    readonly claims: readonly number[],
  ) {}

  follow(event: Proven | undefined): void {
    this.#followed += 1
    if (this.#followed === 1) this.#next = event
    if (event?.after === this.reached && event.revision > this.reached) this.#elsewhere ??= { revision: event.revision, at: this.#followed }
  }

  verdict(signedLines: number | undefined, lines = 0): Damaged {
    const { reached, event } = this
    const damaged = (problem: string, revision: number | undefined) => new Damaged(this.number, problem, revision)
    if (event && event.revision <= reached) return damaged(`revision ${event.revision} stands twice, or not in its place`, event.revision)
    const due = this.#elsewhere
    if (due) {
      if (!event && due.at === 1) return damaged(`a line was inserted before revision ${due.revision}`, due.revision)
      if (event) return damaged(`revision ${due.revision} is not in its place: revision ${event.revision} stands there`, due.revision)
      return damaged(`revision ${due.revision} is not in its place`, due.revision)
    }
    if (event) {
      const isOneShort = signedLines === undefined || signedLines > lines
      if (isOneShort && event.after > reached) return damaged(`revision ${event.after} is missing`, event.after)
      return damaged(`the line of revision ${event.revision} was changed`, event.revision)
    }
    // Whoever follows says after which event it stands.
    const isOne = this.claims.length < 2
    const named = isOne && this.#next && this.#next.after > reached ? this.#next.after : this.claims[0]
    return damaged(named === undefined ? "a line was changed that should be an event" : `revision ${named} was changed`, named)
  }
}

const EVENT = Buffer.from('],"event":')

function readChosen(line: Buffer): { readonly event: Buffer; readonly after: number; readonly path: readonly Hash[] } | undefined {
  const at = line.indexOf(EVENT) // nothing in a path looks like it
  if (at < 0 || line.at(-1) !== 0x7d) return undefined
  const start = line.toString("latin1", 0, at + EVENT.length)
  const fields = fieldsOf(`${start}0}`)
  const path = hashesOf(fields?.path)
  const after = fields?.after
  if (!fields || !path || !isCount(after)) return undefined
  const texts = path.map((hash) => hash.toString("base64"))
  if (provenStart(after, texts) !== start) return undefined
  return { event: line.subarray(at + EVENT.length, -1), after, path }
}

/** What the events in a line say they are: two of them, when the line break between two lines is gone. */
function claimsIn(line: Buffer): readonly number[] {
  return Array.from(line.toString("latin1").matchAll(/,"revision":(\d{1,16}),"stream":"[\w.:-]+","type":"\w+"\}/g), (match) =>
    Number(match[1]),
  )
}
