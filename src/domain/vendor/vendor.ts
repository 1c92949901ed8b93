/** A vendor and the products it lists: a small stream of its own. */
import type { Circumstances, VendorCommand } from "../commands"
import { accept, type Decision, refuse } from "../decision"
import type { VendorEvent, VendorEventDraft, VendorEvents } from "../events"
import type { VendorId } from "../ids"
import { checkInstallUrl, checkName, checkSequence, checkText, firstProblem, refuseInvalid } from "../input"
import { decideWebhook, evolveWebhooks, type Webhooks } from "../webhooks"
import { decideSecret, evolveSecrets, type VendorSecrets } from "./secrets"

export type Product = VendorEvents["ProductListed"]
export interface VendorState {
  revision: number
  /** Milliseconds since 1970, UTC. */
  recordedAt: number
  id: VendorId | undefined
  readonly products: Map<string, Product>
  readonly webhooks: Webhooks
  readonly secrets: VendorSecrets
}

export function newVendor(): VendorState {
  return { revision: 0, recordedAt: 0, id: undefined, products: new Map(), webhooks: new Map(), secrets: new Map() }
}

export function decideVendor(vendor: VendorState, command: VendorCommand, { now }: Circumstances): Decision<VendorEventDraft> {
  switch (command.type) {
    case "RegisterVendor": {
      const { vendorId, name, contact } = command
      const problem = refuseInvalid(firstProblem(checkName("name", name), checkText("contact", contact)))
      if (problem) return problem
      if (vendor.id !== undefined) return refuse({ code: "ALREADY_EXISTS", field: "vendorId" })
      return accept([{ type: "VendorRegistered", data: { vendorId, name, ...(contact === undefined ? {} : { contact }) } }])
    }
    case "ListProduct": {
      const { productId, name, description, installUrl, vendorEventId, sequence } = command
      const problem = refuseInvalid(
        firstProblem(
          checkName("name", name),
          checkText("description", description, 2000),
          checkInstallUrl("installUrl", installUrl),
          vendorEventId === undefined ? undefined : checkName("vendorEventId", vendorEventId),
          sequence === undefined ? undefined : checkSequence("sequence", sequence),
        ),
      )
      if (problem) return problem
      if (vendor.id === undefined) return refuse({ code: "NOT_FOUND", field: "vendorId", id: "" })
      const product: Product = {
        vendorId: vendor.id,
        productId,
        name,
        ...(description === undefined ? {} : { description }),
        ...(installUrl === undefined ? {} : { installUrl }),
        ...(vendorEventId === undefined ? {} : { vendorEventId }),
        ...(sequence === undefined ? {} : { sequence }),
      }
      const listed = vendor.products.get(productId)
      if (!listed) return accept([{ type: "ProductListed", data: product }])
      const isSame = listed.name === name && listed.description === description && listed.installUrl === installUrl
      // Rule 17, for whoever numbers these messages too.
      const isStale = sequence !== undefined && listed.sequence !== undefined && BigInt(sequence) <= BigInt(listed.sequence)
      if (!isSame && !isStale) return accept([{ type: "ProductChanged", data: product }])
      if (vendorEventId === undefined) return accept([])
      const unchanged = { vendorId: vendor.id, productId, name, vendorEventId, ...(sequence === undefined ? {} : { sequence }) }
      return accept([{ type: "ProductUnchanged", data: isStale ? { ...unchanged, outcome: "STALE" } : unchanged }])
    }
    case "RecordVendorEvent": {
      if (vendor.id === undefined) return refuse({ code: "NOT_FOUND", field: "vendorId", id: "" })
      const message = { vendorId: vendor.id, ...command.message }
      const { refused } = command
      return accept([
        refused ? { type: "VendorEventRefused", data: { ...message, ...refused } } : { type: "VendorEventRepeated", data: message },
      ])
    }
    case "AddWebhook":
    case "ChangeWebhook":
    case "RemoveWebhook":
    case "DisableWebhook":
    case "EnableWebhook":
    case "RotateWebhookSecret":
    case "SkipWebhookMessage":
    case "ReplayDeadLetters":
      if (vendor.id === undefined) return refuse({ code: "NOT_FOUND", field: "vendorId", id: "" })
      return decideWebhook(vendor.webhooks, command, now)
    case "CreateVendorSecret":
    case "RotateVendorSecret":
    case "RevokeVendorSecret":
      if (vendor.id === undefined) return refuse({ code: "NOT_FOUND", field: "vendorId", id: "" })
      return decideSecret(vendor.secrets, vendor.id, command, now)
    default:
      return command satisfies never
  }
}

export function evolveVendor(vendor: VendorState, event: VendorEvent): void {
  vendor.revision = event.revision
  vendor.recordedAt = Date.parse(event.metadata.recordedAt)
  switch (event.type) {
    case "VendorRegistered":
      vendor.id = event.data.vendorId
      return
    case "ProductListed":
    case "ProductChanged":
      vendor.products.set(event.data.productId, { ...numbered(vendor.products.get(event.data.productId)), ...event.data })
      return
    case "ProductUnchanged": {
      const listed = vendor.products.get(event.data.productId)
      if (listed && event.data.outcome === undefined) vendor.products.set(listed.productId, { ...listed, ...numbered(event.data) })
      return
    }
    case "VendorEventRepeated":
    case "VendorEventRefused":
      return
    case "WebhookAdded":
    case "WebhookChanged":
    case "WebhookRemoved":
    case "WebhookDisabled":
    case "WebhookEnabled":
    case "WebhookSecretRotated":
    case "WebhookMessageSkipped":
    case "WebhookDeadLettersReplayed":
      evolveWebhooks(vendor.webhooks, event)
      return
    case "VendorSecretCreated":
    case "VendorSecretExpires":
    case "VendorSecretRevoked":
      evolveSecrets(vendor.secrets, event)
      return
    default:
      throw new Error(
        `revision ${vendor.revision}: unknown event type ${(event satisfies never as VendorEvent).type}; run a version that knows it`,
      )
  }
}

/** A message without a number leaves the last one standing. */
function numbered(product: { readonly sequence?: string } | undefined): { readonly sequence?: string } {
  return product?.sequence === undefined ? {} : { sequence: product.sequence }
}
