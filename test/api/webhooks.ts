import { openDeliveryState } from "../../src/webhooks/sqlite-delivery-state"
import { openWebhooks, type Webhooks, type WebhooksDeps } from "../../src/webhooks/webhooks"

/** Webhooks for tests of the API that send none: real, with their state in memory. */
export function webhooksOf(of: Pick<WebhooksDeps, "eventStore" | "vault" | "now">): Webhooks {
  const disable = async () => {
    throw new Error("these tests reach no receiver")
  }
  return openWebhooks({ ...of, state: openDeliveryState(":memory:"), privateNetworks: false, disable })
}
