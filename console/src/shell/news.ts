/** Changes by others, put together: who did what to how many. */
import type { Change, Missed } from "../api/changes"

/**
 * `added`, `removed`: people who came to a license or left it, seated or waiting. `users`: people new in the directory.
 * `missed`: so many changes during a lost connection that they are not told one by one.
 */
type Kind = "added" | "removed" | "users" | "missed" | "other"

export interface News {
  /** Changes of the same key are one line, with their people added up. */
  readonly key: string
  readonly kind: Kind
  readonly count: number
  /** Undefined where the name is gone. */
  readonly actor: string | undefined
  readonly product: string | undefined
  readonly summary: string
  readonly dutch: string
  readonly revision: number
}

/** Nothing for what only follows from something else that is told. */
export function newsOf(change: Change): readonly News[] {
  const { type, revision, summary, dutch, actor, license, data } = change
  const told = kindOf(type)
  if (told === undefined) return []
  const kind = told === "added" && !isFirst(data) ? undefined : told
  if (kind === undefined) return []
  return [
    {
      key: kind === "other" ? String(revision) : [kind, actor.id, license?.id ?? ""].join(" "),
      kind,
      count: kind === "users" ? 1 : kind === "other" ? 0 : claimsIn(data),
      actor: actor.displayName ?? undefined,
      product: license?.product.name,
      summary,
      dutch,
      revision,
    },
  ]
}

export function newsOfMissed({ count, newest }: Missed): News {
  return { key: "missed", kind: "missed", count, actor: undefined, product: undefined, summary: "", dutch: "", revision: newest }
}

/** The newest first; the same people doing the same thing again add to their line. */
export function withNews(before: readonly News[], fresh: readonly News[]): readonly News[] {
  const lines = new Map(before.toReversed().map((one) => [one.key, one]))
  for (const one of fresh) {
    const known = lines.get(one.key)
    lines.delete(one.key)
    lines.set(one.key, known ? { ...one, count: known.count + one.count } : one)
  }
  return [...lines.values()].toReversed()
}

function kindOf(type: string): Kind | undefined {
  switch (type) {
    case "SeatsGranted":
    case "SeatsWaitlisted":
      return "added"
    case "SeatsReleased":
      return "removed"
    case "UserProvisioned":
      return "users"
    // Who came and went through it is told by the seats; progress and unchanged messages are nobody's news.
    case "LicenseAssigned":
    case "LicenseUnassigned":
    case "SettlementProgressed":
    case "VendorEventIgnored":
    case "InstallLinkVisited":
      return undefined
    default:
      return "other"
  }
}

/** Seats that went to people who waited already are no new people. */
function isFirst({ via }: Readonly<Record<string, unknown>>): boolean {
  return via !== "WAITLIST"
}

function claimsIn({ claims }: Readonly<Record<string, unknown>>): number {
  return Array.isArray(claims) ? claims.length : 0
}
