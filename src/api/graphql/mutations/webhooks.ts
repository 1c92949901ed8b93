/** Outgoing webhooks: an organization's admins keep the organization's, a vendor its own, operators send dead letters again. */
import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from "type-graphql"
import type { OrganizationRequests, VendorRequests, WebhookOperation, WebhookRequests } from "../../../commands/requests"
import type { LedgerEvent, MessageType } from "../../../domain/events"
import { invalid } from "../../../domain/input"
import type { Context } from "../context"
import { deliveryOf, Webhook, WebhookDelivery, WebhookEventType, webhookOf } from "../types/webhook"
import { type Owner, ownEndpoint, ownerOf, webhookOwner } from "../webhook-owner"
import { type Accepted, CommandInput, carryOut, carryOutForVendor, Payload, refuse, written } from "./command"

/** A day: long enough to bring a new secret to every server of a receiver. */
const OVERLAP_HOURS = 24

@InputType({ description: "A new webhook." })
export class AddWebhookInput extends CommandInput {
  @Field(() => String, {
    description: "Where messages are sent: https, and no address of a private network unless the installation allows it.",
  })
  url: string

  @Field(() => String, { nullable: true, description: "What it is for, at most 500 characters." })
  description?: string | null

  @Field(() => [WebhookEventType], { nullable: true, description: "What it is told; left out: everything." })
  types?: MessageType[] | null
}

@InputType({ description: "A webhook's whole description again: what is left out is empty afterwards." })
export class ChangeWebhookInput extends CommandInput {
  @Field(() => ID, { description: "The webhook." })
  webhookId: string

  @Field(() => String, { description: "Where messages are sent." })
  url: string

  @Field(() => String, { nullable: true, description: "What it is for, at most 500 characters." })
  description?: string | null

  @Field(() => [WebhookEventType], { nullable: true, description: "What it is told; left out: everything." })
  types?: MessageType[] | null
}

@InputType({ description: "The webhook to remove." })
export class RemoveWebhookInput extends CommandInput {
  @Field(() => ID, { description: "The webhook." })
  webhookId: string
}

@InputType({ description: "The webhook to disable." })
export class DisableWebhookInput extends CommandInput {
  @Field(() => ID, { description: "The webhook." })
  webhookId: string
}

@InputType({ description: "The webhook to enable." })
export class EnableWebhookInput extends CommandInput {
  @Field(() => ID, { description: "The webhook." })
  webhookId: string
}

@InputType({ description: "The webhook that gets a new signing secret." })
export class RotateWebhookSecretInput extends CommandInput {
  @Field(() => ID, { description: "The webhook." })
  webhookId: string

  @Field(() => Int, {
    nullable: true,
    defaultValue: OVERLAP_HOURS,
    description:
      "For how long the old secret signs as well, from 0 to 168 hours. With 0 it ends at once. While the secret before it still signs, only 0 is taken, which ends both.",
  })
  overlapHours?: number | null
}

@InputType({ description: "The webhook to test. Every call sends, whatever its idempotency key." })
export class SendTestWebhookInput extends CommandInput {
  @Field(() => ID, { description: "The webhook; it may be disabled." })
  webhookId: string
}

@InputType({ description: "The message to give up." })
export class SkipWebhookMessageInput extends CommandInput {
  @Field(() => ID, { description: "The webhook." })
  webhookId: string

  @Field(() => ID, { description: "The event whose message has its turn: `nextEventId` of the webhook." })
  eventId: string
}

@InputType({ description: "Which dead letters to send again." })
export class ReplayDeadLettersInput extends CommandInput {
  @Field(() => ID, { description: "The webhook." })
  webhookId: string

  @Field(() => [ID], { nullable: true, description: "Only these events, at most 1,000; left out: all." })
  eventIds?: string[] | null
}

@ObjectType({
  simpleResolvers: true,
  description: "The answer to changeWebhook, removeWebhook, disableWebhook, enableWebhook and skipWebhookMessage.",
})
export class WebhookPayload extends Payload {
  webhookId?: string

  @Field(() => Webhook, { nullable: true, description: "The webhook as it is now; null when it was removed." })
  async webhook(@Ctx() { webhooks }: Context): Promise<Webhook | undefined> {
    const endpoint = this.visible && this.webhookId !== undefined ? await webhooks.endpoint(this.webhookId) : undefined
    return endpoint && webhookOf(endpoint)
  }
}

@ObjectType({ simpleResolvers: true, description: "The answer to addWebhook and rotateWebhookSecret." })
export class WebhookSecretPayload extends WebhookPayload {
  @Field(() => String, {
    nullable: true,
    description:
      "The secret `whsec_…` that signs messages (Standard Webhooks 1.0, v1). It is told this once and never again: null also for a repeat of the same idempotency key.",
  })
  secret?: string
}

@ObjectType({ simpleResolvers: true, description: "The answer to sendTestWebhook." })
export class SendTestWebhookPayload extends Payload {
  @Field(() => WebhookDelivery, { nullable: true, description: "What became of it; null when refused." })
  delivery?: WebhookDelivery
}

@ObjectType({ simpleResolvers: true, description: "The answer to replayDeadLetters." })
export class ReplayDeadLettersPayload extends Payload {
  @Field(() => Int, { description: "How many dead letters are on their way again, before everything that waits." })
  replayed = 0
}

@Resolver()
export class WebhookMutations {
  @Mutation(() => WebhookSecretPayload, {
    description:
      "Global admins for the organization, vendors for themselves: from now on this address is told what happens, as signed CloudEvents.",
  })
  async addWebhook(
    @Arg("input", () => AddWebhookInput, { description: "The webhook." }) input: AddWebhookInput,
    @Ctx() context: Context,
  ): Promise<WebhookSecretPayload> {
    const payload = new WebhookSecretPayload()
    const owner = webhookOwner(context, "Mutation.addWebhook")
    const accepted = await keep(context, payload, owner, "addWebhook", described(input), input)
    if (accepted) await tellSecret(context, payload, owner, accepted, "WebhookAdded")
    return payload
  }

  @Mutation(() => WebhookPayload, { description: "Describes a webhook anew. What waits for it is sent to the new address at once." })
  async changeWebhook(
    @Arg("input", () => ChangeWebhookInput, { description: "The webhook, described anew." }) input: ChangeWebhookInput,
    @Ctx() context: Context,
  ): Promise<WebhookPayload> {
    return change(context, "changeWebhook", { webhookId: input.webhookId, ...described(input) }, input)
  }

  @Mutation(() => WebhookPayload, { description: "Ends a webhook. What waits for it and its dead letters are dropped." })
  async removeWebhook(
    @Arg("input", () => RemoveWebhookInput, { description: "Which webhook." }) input: RemoveWebhookInput,
    @Ctx() context: Context,
  ): Promise<WebhookPayload> {
    return change(context, "removeWebhook", { webhookId: input.webhookId }, input)
  }

  @Mutation(() => WebhookPayload, { description: "Stops sending to a webhook. What happens meanwhile waits for it." })
  async disableWebhook(
    @Arg("input", () => DisableWebhookInput, { description: "Which webhook." }) input: DisableWebhookInput,
    @Ctx() context: Context,
  ): Promise<WebhookPayload> {
    return change(context, "disableWebhook", { webhookId: input.webhookId }, input)
  }

  @Mutation(() => WebhookPayload, { description: "Goes on sending to a disabled webhook, where it stopped." })
  async enableWebhook(
    @Arg("input", () => EnableWebhookInput, { description: "Which webhook." }) input: EnableWebhookInput,
    @Ctx() context: Context,
  ): Promise<WebhookPayload> {
    return change(context, "enableWebhook", { webhookId: input.webhookId }, input)
  }

  @Mutation(() => WebhookSecretPayload, { description: "Gives a webhook a new signing secret; for a while the old one signs as well." })
  async rotateWebhookSecret(
    @Arg("input", () => RotateWebhookSecretInput, { description: "Which webhook." }) input: RotateWebhookSecretInput,
    @Ctx() context: Context,
  ): Promise<WebhookSecretPayload> {
    const payload = new WebhookSecretPayload()
    const owner = webhookOwner(context, "Mutation.rotateWebhookSecret")
    const request = { webhookId: input.webhookId, overlapHours: input.overlapHours ?? OVERLAP_HOURS }
    const accepted = await keep(context, payload, owner, "rotateWebhookSecret", request, input)
    if (accepted) await tellSecret(context, payload, owner, accepted, "WebhookSecretRotated")
    return payload
  }

  @Mutation(() => SendTestWebhookPayload, {
    description:
      "Sends a message of the type `seatledger.webhook.test` and answers what became of it. It changes nothing and is not repeated.",
  })
  async sendTestWebhook(
    @Arg("input", () => SendTestWebhookInput, { description: "Which webhook." }) input: SendTestWebhookInput,
    @Ctx() context: Context,
  ): Promise<SendTestWebhookPayload> {
    const payload = new SendTestWebhookPayload()
    const { webhookId } = input
    const endpoint = await ownEndpoint(context, webhookOwner(context, "Mutation.sendTestWebhook"), webhookId)
    const attempt = endpoint && (await context.webhooks.sendTest(webhookId))
    if (attempt) payload.delivery = deliveryOf(attempt)
    else await refuse(context, payload, "sendTestWebhook", { code: "NOT_FOUND", field: "webhookId", id: webhookId })
    return payload
  }

  @Mutation(() => WebhookPayload, {
    description:
      "Gives up the message that holds up a webhook, without waiting for the end of the schedule: it is a dead letter at once, and the next one has its turn.",
  })
  async skipWebhookMessage(
    @Arg("input", () => SkipWebhookMessageInput, { description: "Which message." }) input: SkipWebhookMessageInput,
    @Ctx() context: Context,
  ): Promise<WebhookPayload> {
    const { webhookId, eventId } = input
    const owner = webhookOwner(context, "Mutation.skipWebhookMessage")
    const own = await ownEndpoint(context, owner, webhookId)
    const found = own !== undefined && (await context.webhooks.nextEventId(webhookId)) === eventId
    return change(context, "skipWebhookMessage", { webhookId, eventId, found }, input)
  }

  @Mutation(() => ReplayDeadLettersPayload, {
    description:
      "Operators only: sends dead letters once more, three attempts each, before everything else that waits for the webhook. It is an event in the stream of the webhook's owner.",
  })
  async replayDeadLetters(
    @Arg("input", () => ReplayDeadLettersInput, { description: "Which dead letters." }) input: ReplayDeadLettersInput,
    @Ctx() context: Context,
  ): Promise<ReplayDeadLettersPayload> {
    const payload = new ReplayDeadLettersPayload()
    const { webhookId } = input
    const endpoint = await ownEndpoint(context, webhookOwner(context, "Mutation.replayDeadLetters"), webhookId)
    if (!endpoint) {
      await refuse(context, payload, "replayDeadLetters", { code: "NOT_FOUND", field: "webhookId", id: webhookId })
      return payload
    }
    const eventIds = input.eventIds ?? undefined
    const found = await context.webhooks.deadAmong(webhookId, eventIds)
    const request = { webhookId, ...(eventIds === undefined ? {} : { eventIds }), found }
    const accepted = await keep(context, payload, ownerOf(endpoint), "replayDeadLetters", request, input)
    if (accepted && accepted.events.length > 0) payload.replayed = written(accepted, "WebhookDeadLettersReplayed").count
    return payload
  }
}

async function change<O extends WebhookOperation>(
  context: Context,
  operation: O,
  request: OrganizationRequests[O] & VendorRequests[O] & { readonly webhookId: string },
  input: CommandInput,
): Promise<WebhookPayload> {
  const payload = new WebhookPayload()
  const accepted = await keep(context, payload, webhookOwner(context, `Mutation.${operation}`), operation, request, input)
  if (accepted) payload.webhookId = request.webhookId
  return payload
}

/** Asks the stream of the owner, and waits until delivery has heard of it. */
async function keep<O extends WebhookOperation>(
  context: Context,
  payload: Payload,
  owner: Owner,
  operation: O,
  request: OrganizationRequests[O] & VendorRequests[O],
  input: CommandInput,
): Promise<Accepted<LedgerEvent> | undefined> {
  const { webhooks, visibleWithinMs } = context
  const problem = "url" in request ? webhooks.addressProblem(request.url) : undefined
  if (problem !== undefined) return refuse(context, payload, operation, invalid("url", problem))
  if (owner.of === "INSTALLATION") throw new Error(`${operation} was let through for an operator, who keeps no webhooks`)
  const isVendor = owner.of === "VENDOR"
  const accepted: Accepted<LedgerEvent> | undefined = isVendor
    ? await carryOutForVendor(context, payload, operation, owner.id, request, input)
    : await carryOut(context, payload, operation, owner.id, request, input)
  const last = accepted?.events.at(-1)
  if (last) {
    const heard = await webhooks.waitFor(`${isVendor ? "vendor" : "organization"}-${owner.id}`, last.revision, visibleWithinMs)
    payload.visible &&= heard
  }
  return accepted
}

/** Told to whoever asked for it, once: a repeat is answered without. */
async function tellSecret(
  { vault }: Context,
  payload: WebhookSecretPayload,
  owner: Owner,
  accepted: Accepted<LedgerEvent>,
  type: "WebhookAdded" | "WebhookSecretRotated",
): Promise<void> {
  const { webhookId, secret } = written(accepted, type)
  payload.webhookId = webhookId
  if (accepted.repeated || owner.of === "INSTALLATION") return
  const keys = await vault.load([{ organizationId: owner.id, text: secret }])
  const opened = keys.openText(owner.id, secret)
  if (opened !== undefined) payload.secret = opened
}

function described({ url, description, types }: AddWebhookInput | ChangeWebhookInput): WebhookRequests["addWebhook"] {
  return { url, ...(description ? { description } : {}), ...(types ? { types } : {}) }
}
