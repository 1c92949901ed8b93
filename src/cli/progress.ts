/** How far a long command is, on standard error: a bar on a terminal, a plain line now and then elsewhere (logs, CI). */
export interface Progress {
  /** `part` from 0 to 1, or undefined when nobody knows how much there is; with a few words beside it. */
  show(part: number | undefined, words: string): void
  /** Takes the bar away, so that other lines can follow; elsewhere says how far it came when nobody knew how far that would be. */
  end(): void
}

const WIDTH = 30
/** On a terminal at most this often; elsewhere a line per tenth of the work, or at this interval when its size is not known. */
const REDRAW_MS = 100
const RETELL_MS = 10_000

export function progressOn(stream: NodeJS.WriteStream, title: string): Progress {
  return stream.isTTY ? bar(stream, title) : lines(stream, title)
}

function bar(stream: NodeJS.WriteStream, title: string): Progress {
  let drawn = 0
  return {
    show(part, words) {
      const now = Date.now()
      if (now - drawn < REDRAW_MS && (part === undefined || part < 1)) return
      drawn = now
      const text = part === undefined ? `${title}: ${words}` : `${title} ${drawing(part)} ${percent(part)} ${words}`
      stream.write(`\r\x1b[K${text.slice(0, Math.max(20, (stream.columns ?? 80) - 1))}`)
    },
    end() {
      if (drawn > 0) stream.write("\r\x1b[K")
      drawn = 0
    },
  }
}

function lines(stream: NodeJS.WriteStream, title: string): Progress {
  let tenth = 0
  let told = Date.now()
  let untold = ""
  return {
    show(part, words) {
      if (part === undefined) {
        untold = `${title}: ${words}\n`
        if (Date.now() - told >= RETELL_MS) tell()
        return
      }
      const reached = Math.floor(clamp(part) * 10)
      if (reached <= tenth) return
      tenth = reached
      stream.write(`${title}: ${percent(part)} ${words}\n`)
    },
    end: tell,
  }
  function tell(): void {
    stream.write(untold)
    told = Date.now()
    untold = ""
  }
}

function drawing(part: number): string {
  const full = Math.round(clamp(part) * WIDTH)
  return `[${"█".repeat(full)}${"·".repeat(WIDTH - full)}]`
}

function clamp(part: number): number {
  return Math.min(1, Math.max(0, part))
}
function percent(part: number): string {
  return `${Math.round(clamp(part) * 100)} %`.padStart(5)
}
