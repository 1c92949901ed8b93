/** How far a long command is, on standard error: a bar on a terminal, a plain line now and then elsewhere (logs, CI). */
export interface Progress {
  /** `part` from 0 to 1, with a few words beside it. */
  show(part: number, words: string): void
  /** Takes the bar away, so that other lines can follow. */
  end(): void
}

const WIDTH = 30
/** On a terminal at most this often; elsewhere a line per tenth of the work. */
const REDRAW_MS = 100

export function progressOn(stream: NodeJS.WriteStream, title: string): Progress {
  return stream.isTTY ? bar(stream, title) : lines(stream, title)
}

function bar(stream: NodeJS.WriteStream, title: string): Progress {
  let drawn = 0
  return {
    show(part, words) {
      const now = Date.now()
      if (now - drawn < REDRAW_MS && part < 1) return
      drawn = now
      const full = Math.round(clamp(part) * WIDTH)
      const text = `${title} [${"█".repeat(full)}${"·".repeat(WIDTH - full)}] ${percent(part)} ${words}`
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
  return {
    show(part, words) {
      const reached = Math.floor(clamp(part) * 10)
      if (reached <= tenth) return
      tenth = reached
      stream.write(`${title}: ${percent(part)} ${words}\n`)
    },
    end() {},
  }
}

function clamp(part: number): number {
  return Math.min(1, Math.max(0, part))
}
function percent(part: number): string {
  return `${Math.round(clamp(part) * 100)} %`.padStart(5)
}
