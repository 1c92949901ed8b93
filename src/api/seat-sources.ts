/** Why somebody has a seat, as the rows of seats tell it: texts that are taken apart here and nowhere else. */
import type { SeatRow } from "../../projections/seats/queries"

export interface SeatSource {
  /** Null: assigned directly. */
  readonly groupId: string | null
  /** The revision since when. */
  readonly began: number
  /** The instant since when; 0 when it was not asked for. */
  readonly since: number
}

/** Oldest first. */
export function seatSources({ direct, groups }: Pick<SeatRow, "direct" | "groups">): SeatSource[] {
  const sources: SeatSource[] = []
  if (direct) sources.push(sourceOf(null, direct))
  if (groups) {
    for (const text of groups.split(",")) {
      const space = text.indexOf(" ")
      sources.push(sourceOf(text.slice(0, space), text.slice(space + 1)))
    }
  }
  return sources.length > 1 ? sources.sort((a, b) => a.began - b.began) : sources
}

/** `times` is the revision and, if it was wanted, the instant since when. */
function sourceOf(groupId: string | null, times: string): SeatSource {
  const space = times.indexOf(" ")
  return space < 0
    ? { groupId, began: Number(times), since: 0 }
    : { groupId, began: Number(times.slice(0, space)), since: Number(times.slice(space)) }
}
