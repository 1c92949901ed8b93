/** Outgoing webhooks as they are now, and how it went with what was sent to them. */
import { Arg, Ctx, ID, Info, Query, Resolver } from "type-graphql"
import { After, costOfPage, First, pageSize } from "../arguments"
import type { GraphQLContext } from "../context"
import { decodeCursor, listName } from "../cursor"
import { notFound } from "../faults"
import { asksFor, type Selected } from "../selection"
import { type Connection, pageOf } from "../types/connection"
import { DeadLetterConnection, WebhookConnection, WebhookDeliveryConnection } from "../types/connections"
import { type DeadLetter, deadLetterOf, deliveryOf, type Webhook, type WebhookDelivery, webhookOf } from "../types/webhook"
import { ownEndpoint, webhookOwner } from "../webhook-owner"

@Resolver()
export class Webhooks {
  @Query(() => WebhookConnection, {
    description:
      "The own webhooks as they are now; for operators, those of all organizations and vendors. They say how messages are delivered, not who has a license, so there is no `asOf`: what they were before stands in the history (`WebhookAdded`, `WebhookChanged` and so on); how deliveries stand is no part of it.",
    complexity: costOfPage,
  })
  async webhooks(
    @Ctx() context: GraphQLContext,
    @Info() info: Selected,
    @Arg("ownerId", () => ID, { nullable: true, description: "Operators: only those of this organization or vendor." }) asked?:
      | string
      | null,
    @First() first?: number | null,
    @After() after?: string | null,
  ): Promise<Connection<Webhook>> {
    const owner = webhookOwner(context, "Query.webhooks")
    const size = pageSize(first)
    const ownerId = owner.of === "INSTALLATION" ? (asked ?? undefined) : owner.id
    const list = listName("webhooks", ownerId)
    const place = decodeCursor(list, after, "s") as readonly [string] | undefined
    const [rows, totalCount] = await Promise.all([
      context.webhooks.endpoints({ ownerId, after: place?.[0], limit: size + 1 }),
      asksFor(info, "totalCount") ? context.webhooks.countEndpoints(ownerId) : 0,
    ])
    return pageOf(info, { list, rows, first: size, after: place, item: webhookOf, place: (row) => [row.webhookId], totalCount })
  }

  @Query(() => WebhookDeliveryConnection, {
    description:
      "The last attempts to deliver to a webhook, newest first. Kept for a while and no part of the history, so there is no `asOf`: each says when it was made.",
    complexity: costOfPage,
  })
  async webhookDeliveries(
    @Ctx() context: GraphQLContext,
    @Info() info: Selected,
    @Arg("webhookId", () => ID, { description: "One of the own webhooks; for operators, any." }) webhookId: string,
    @First() first?: number | null,
    @After() after?: string | null,
  ): Promise<Connection<WebhookDelivery>> {
    if (!(await ownEndpoint(context, webhookOwner(context, "Query.webhookDeliveries"), webhookId))) throw notFound("webhookId")
    const size = pageSize(first)
    const list = listName("webhookDeliveries", webhookId)
    const place = decodeCursor(list, after, "n") as readonly [number] | undefined
    const [rows, totalCount] = await Promise.all([
      context.webhooks.attempts({ webhookId, before: place?.[0], limit: size + 1 }),
      asksFor(info, "totalCount") ? context.webhooks.countAttempts(webhookId) : 0,
    ])
    return pageOf(info, { list, rows, first: size, after: place, item: deliveryOf, place: (row) => [row.number], totalCount })
  }

  @Query(() => DeadLetterConnection, {
    description:
      "Messages to a webhook that are given up now, oldest event first. What waits to be sent is no part of the history, so there is no `asOf`.",
    complexity: costOfPage,
  })
  async deadLetters(
    @Ctx() context: GraphQLContext,
    @Info() info: Selected,
    @Arg("webhookId", () => ID, { description: "One of the own webhooks; for operators, any." }) webhookId: string,
    @First() first?: number | null,
    @After() after?: string | null,
  ): Promise<Connection<DeadLetter>> {
    const endpoint = await ownEndpoint(context, webhookOwner(context, "Query.deadLetters"), webhookId)
    if (!endpoint) throw notFound("webhookId")
    const size = pageSize(first)
    const list = listName("deadLetters", webhookId)
    const place = decodeCursor(list, after, "n") as readonly [number] | undefined
    const rows = await context.webhooks.deadLetters({ webhookId, after: place?.[0], limit: size + 1 })
    return pageOf(info, {
      list,
      rows,
      first: size,
      after: place,
      item: deadLetterOf,
      place: (row) => [row.position],
      totalCount: endpoint.dead,
    })
  }
}
