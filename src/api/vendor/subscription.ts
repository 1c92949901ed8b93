/** Which license a vendor means by a subscription id. */
import type { LicenseOfSubscription } from "../../../projections/licenses/queries"

/**
 * A subscription that ended may go on as a new license: a message is about the one that has not ended, and about none when
 * that is several. Something that happened before that license was registered is told late, and is about the one before.
 * @param sold under this id, the newest first
 * @param happenedAt where the message says so; milliseconds since 1970, UTC
 */
export function meantOf(sold: readonly LicenseOfSubscription[], happenedAt = Number.POSITIVE_INFINITY): LicenseOfSubscription | undefined {
  const [alive, ...others] = sold.filter(({ status }) => status !== "CANCELLED")
  if (others.length > 0) return undefined
  const meant = alive ?? sold[0]
  if (!meant || meant.registered_at <= happenedAt) return meant
  const before = sold.slice(sold.indexOf(meant) + 1)
  return before.find(({ registered_at }) => registered_at <= happenedAt) ?? before.at(-1) ?? meant
}
