/** What the webhook operations ask of the decider, which is the same for organizations and vendors: ids and secrets made here. */
import type { WebhookCommands } from "../domain/commands"
import type { WebhookId } from "../domain/ids"
import { newKey } from "../vault/sealing"
import type { Sealer } from "../vault/vault"
import { newObjectId } from "./command-id"
import type { CommandJob } from "./job"
import type { WebhookOperation, WebhookRequests } from "./requests"

/** An operation together with its request. */
export type WebhookRequest = {
  [O in WebhookOperation]: { readonly operation: O; readonly request: WebhookRequests[O] }
}[WebhookOperation]
type WebhookCommand = { [T in keyof WebhookCommands]: { readonly type: T } & WebhookCommands[T] }[keyof WebhookCommands]
type Asked = Pick<CommandJob<WebhookCommand, never>, "command" | "seal" | "seals" | "passedOver">

/** Stands for a secret that is made and sealed only once the command is accepted. The decider does not look inside. */
const NOT_YET_SEALED = ""

export function askWebhook(asked: WebhookRequest, commandId: string): Asked {
  const newSecret = (sealer: Sealer) => sealer.sealText(`whsec_${newKey().toString("base64")}`)
  const seals = { secrets: true } as const
  switch (asked.operation) {
    case "addWebhook": {
      const webhookId = newObjectId("whk", commandId) as WebhookId // made for this prefix
      const command = { type: "AddWebhook", webhookId, ...asked.request } as const
      const seal = (sealer: Sealer) => ({ ...command, secret: newSecret(sealer) })
      return { command: { ...command, secret: NOT_YET_SEALED }, seal, seals, passedOver: [] }
    }
    case "rotateWebhookSecret": {
      const command = { type: "RotateWebhookSecret", ...asked.request } as const
      const seal = (sealer: Sealer) => ({ ...command, secret: newSecret(sealer) })
      return { command: { ...command, secret: NOT_YET_SEALED }, seal, seals, passedOver: [] }
    }
    case "changeWebhook":
      return { command: { type: "ChangeWebhook", ...asked.request }, passedOver: [] }
    case "removeWebhook":
      return { command: { type: "RemoveWebhook", ...asked.request }, passedOver: [] }
    case "disableWebhook":
      return {
        command: { type: "DisableWebhook", webhookId: asked.request.webhookId, because: asked.request.because ?? "ASKED" },
        passedOver: [],
      }
    case "enableWebhook":
      return { command: { type: "EnableWebhook", ...asked.request }, passedOver: [] }
    case "skipWebhookMessage":
      return { command: { type: "SkipWebhookMessage", ...asked.request }, passedOver: [] }
    case "replayDeadLetters": {
      const { webhookId, found } = asked.request
      return { command: { type: "ReplayDeadLetters", webhookId, found }, passedOver: [] }
    }
    default:
      return asked satisfies never
  }
}
