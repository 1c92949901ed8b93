/** The names of those that the filters of the history are set to. */
import { useMoment } from "../shell/moment"
import { useText } from "../texts/texts"
import type { AddressFilters } from "./address"
import { useNameOf } from "./named"

/** `actorName`: that of the chosen actor, where an entry tells it. */
export function useChosenNames({ licenseId, userId, groupId, actor }: AddressFilters["filters"], actorName: string | undefined) {
  const t = useText()
  const { asOf } = useMoment()
  const person = useNameOf(actor, asOf)
  return {
    licenseId: useNameOf(licenseId, asOf),
    userId: useNameOf(userId, asOf),
    groupId: useNameOf(groupId, asOf),
    actor: actor === "system" ? t("actor.SYSTEM") : (actorName ?? person),
  }
}
