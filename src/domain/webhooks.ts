/**
 * Addresses that want to hear what happens: an organization's in its stream, a vendor's in the vendor's. Both have the
 * same shapes and the same rules, so both deciders hand webhook commands on to this one.
 */
import type { WebhookCommands } from "./commands"
import { accept, type Decision, refuse } from "./decision"
import { MESSAGE_TYPES, type MessageType, type WebhookDescription, type WebhookEvents } from "./events"
import { checkText, checkWhole, firstProblem, hasUnprintable, invalid, refuseInvalid } from "./input"
import type { Refusal } from "./refusals"

type WebhookCommand = { [T in keyof WebhookCommands]: { readonly type: T } & WebhookCommands[T] }[keyof WebhookCommands]
type WebhookEventDraft = { [T in keyof WebhookEvents]: { readonly type: T; readonly data: WebhookEvents[T] } }[keyof WebhookEvents]
type Described = Pick<WebhookCommands["AddWebhook"], "url" | "description" | "types">

export interface Webhook extends WebhookDescription {
  readonly enabled: boolean
  /** Milliseconds since 1970, UTC: until then the secret before the last signs as well. */
  readonly previousUntil?: number
}
export type Webhooks = Map<string, Webhook>

/** Of one organization or vendor. */
export const MAX_WEBHOOKS = 20
/** A week: longer than it takes to bring a new secret to every server. */
const MAX_OVERLAP_HOURS = 168
/** Dead letters that are named one by one: an append stays small (rule 39). */
export const MAX_REPLAYED = 1_000
const HOUR_MS = 3_600_000

/** @param now milliseconds since 1970, UTC */
export function decideWebhook(webhooks: Webhooks, command: WebhookCommand, now: number): Decision<WebhookEventDraft> {
  if (command.type === "AddWebhook") {
    const { webhookId, secret } = command
    const problem = refuseInvalid(checkDescribed(command))
    if (problem) return problem
    if (webhooks.size >= MAX_WEBHOOKS) return refuse(invalid("url", `is one too many: there may be ${MAX_WEBHOOKS}; remove one first`))
    return accept([{ type: "WebhookAdded", data: { webhookId, ...described(command), secret } }])
  }
  const webhook = webhooks.get(command.webhookId)
  if (!webhook) return refuse({ code: "NOT_FOUND", field: "webhookId", id: command.webhookId })
  const { webhookId } = webhook
  switch (command.type) {
    case "ChangeWebhook": {
      const problem = refuseInvalid(checkDescribed(command))
      if (problem) return problem
      const next = { webhookId, ...described(command) }
      return accept(isSame(webhook, next) ? [] : [{ type: "WebhookChanged", data: next }])
    }
    case "RemoveWebhook":
      return accept([{ type: "WebhookRemoved", data: { webhookId } }])
    case "DisableWebhook":
      return accept(webhook.enabled ? [{ type: "WebhookDisabled", data: { webhookId, because: command.because } }] : [])
    case "EnableWebhook":
      return accept(webhook.enabled ? [] : [{ type: "WebhookEnabled", data: { webhookId } }])
    case "RotateWebhookSecret": {
      const { overlapHours } = command
      const problem = refuseInvalid(
        checkWhole("overlapHours", overlapHours, 0, MAX_OVERLAP_HOURS) ?? checkOverlap(webhook, overlapHours, now),
      )
      if (problem) return problem
      const previousUntil = new Date(now + overlapHours * HOUR_MS).toISOString()
      return accept([{ type: "WebhookSecretRotated", data: { webhookId, secret: command.secret, previousUntil } }])
    }
    case "SkipWebhookMessage": {
      const { eventId } = command
      if (!command.found) return refuse({ code: "NOT_FOUND", field: "eventId", id: eventId })
      return accept([{ type: "WebhookMessageSkipped", data: { webhookId, eventId } }])
    }
    case "ReplayDeadLetters": {
      const { count, eventIds = [] } = command.found
      if (eventIds.length > MAX_REPLAYED) return refuse(invalid("eventIds", `name at most ${MAX_REPLAYED} at a time, or none for all`))
      return accept(count > 0 ? [{ type: "WebhookDeadLettersReplayed", data: { webhookId, ...command.found } }] : [])
    }
    default:
      return command satisfies never
  }
}

export function evolveWebhooks(webhooks: Webhooks, event: WebhookEventDraft): void {
  switch (event.type) {
    case "WebhookAdded": {
      const { secret: _, ...endpoint } = event.data
      webhooks.set(endpoint.webhookId, { ...endpoint, enabled: true })
      return
    }
    case "WebhookChanged": {
      const { enabled = true, previousUntil } = webhooks.get(event.data.webhookId) ?? {}
      webhooks.set(event.data.webhookId, { ...event.data, enabled, ...(previousUntil === undefined ? {} : { previousUntil }) })
      return
    }
    case "WebhookRemoved":
      webhooks.delete(event.data.webhookId)
      return
    case "WebhookDisabled":
    case "WebhookEnabled": {
      const webhook = webhooks.get(event.data.webhookId)
      if (webhook) webhooks.set(webhook.webhookId, { ...webhook, enabled: event.type === "WebhookEnabled" })
      return
    }
    case "WebhookSecretRotated": {
      const webhook = webhooks.get(event.data.webhookId)
      if (webhook) webhooks.set(webhook.webhookId, { ...webhook, previousUntil: Date.parse(event.data.previousUntil) })
      return
    }
    case "WebhookMessageSkipped":
    case "WebhookDeadLettersReplayed":
      return
    default:
      event satisfies never
  }
}

/** Which addresses may really be sent to depends on the installation and is checked there, again at every request. */
function checkDescribed({ url, description, types }: Described): Refusal | undefined {
  return firstProblem(checkUrl(url), checkText("description", description), checkTypes(types))
}

/** Two secrets sign at most: a receiver that still verifies with the one before the last would be cut off before its time. */
function checkOverlap({ previousUntil }: Webhook, overlapHours: number, now: number): Refusal | undefined {
  if (previousUntil === undefined || now >= previousUntil || overlapHours === 0) return undefined
  const until = new Date(previousUntil).toISOString()
  return invalid("overlapHours", `must be 0 until ${until}, when the secret before the present one ends: wait, or end both at once with 0`)
}

function checkUrl(url: string): Refusal | undefined {
  if (url.length > 2000) return invalid("url", `must be at most 2000 characters, has ${url.length}`)
  if (hasUnprintable(url) || !URL.canParse(url)) return invalid("url", "must be an address such as https://example.com/webhooks")
  const { protocol, username, password, hash } = new URL(url)
  if (protocol !== "https:" && protocol !== "http:") return invalid("url", "must start with https://")
  if (username !== "" || password !== "") return invalid("url", "must not contain a user name or password: messages are signed instead")
  if (hash !== "") return invalid("url", "must not contain a # part, which is never sent")
  return undefined
}

function checkTypes(types: readonly string[] | undefined): Refusal | undefined {
  if (types === undefined) return undefined
  if (types.length === 0) return invalid("types", "must name at least one type, or be left out for all")
  const unknown = types.find((type) => !isMessageType(type))
  return unknown === undefined ? undefined : invalid("types", `must be of ${MESSAGE_TYPES.join(", ")}`)
}

export function isMessageType(type: string): type is MessageType {
  return (MESSAGE_TYPES as readonly string[]).includes(type)
}

/** In the order of `MESSAGE_TYPES`, each once, so that the same wish always reads the same. */
function described({ url, description, types }: Described): Omit<WebhookDescription, "webhookId"> {
  return {
    url,
    ...(description === undefined || description === "" ? {} : { description }),
    ...(types === undefined ? {} : { types: MESSAGE_TYPES.filter((type) => types.includes(type)) }),
  }
}

function isSame(one: WebhookDescription, other: WebhookDescription): boolean {
  return one.url === other.url && one.description === other.description && one.types?.join() === other.types?.join()
}
