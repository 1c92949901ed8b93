/** A vendor's program: signs with the `standardwebhooks` library (v1) or with node's ed25519 (v1a), and sends over real HTTP. */
import { createPrivateKey, sign } from "node:crypto"
import { Webhook } from "standardwebhooks"
import { type Company, company } from "../../end-to-end/company"
import { type Caller, RunningLedger } from "../../support/running-ledger"
import { PATIENCE_MS } from "../../support/until"

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into field by field, and an expectation says what they must be.
export type Json = any

export interface Told {
  readonly status: number
  readonly headers: Headers
  readonly body: Json
}

export interface Sending {
  readonly body: string | Buffer
  readonly headers?: Readonly<Record<string, string>>
  readonly secrets?: readonly string[]
  readonly messageId?: string
  /** Seconds since 1970. */
  readonly timestamp?: number
  readonly signature?: string
}

export class VendorClient {
  constructor(
    readonly url: () => string,
    readonly vendorId: string,
    readonly secret: string,
  ) {}

  async send(path: string, { body, headers = {}, secrets = [this.secret], ...given }: Sending): Promise<Told> {
    const messageId = given.messageId ?? `msg_${Math.random().toString(36).slice(2)}`
    const timestamp = given.timestamp ?? Math.floor(Date.now() / 1000)
    const signature = given.signature ?? secrets.map((secret) => signatureOf(secret, messageId, timestamp, body)).join(" ")
    const response = await fetch(`${this.url()}/vendor/v1${path}`, {
      method: "POST",
      headers: {
        "webhook-id": messageId,
        "webhook-timestamp": String(timestamp),
        "webhook-signature": signature,
        "content-type": "application/cloudevents+json",
        ...headers,
      },
      body,
    })
    return told(response)
  }

  /** Structured mode. */
  event(event: Json, sending: Omit<Sending, "body"> = {}): Promise<Told> {
    return this.send("/events", { body: JSON.stringify(this.cloudEvent(event)), ...sending })
  }

  batch(events: readonly Json[], sending: Omit<Sending, "body"> = {}): Promise<Told> {
    const headers = { "content-type": "application/cloudevents-batch+json" }
    return this.send("/events/batch", { body: JSON.stringify(events.map((event) => this.cloudEvent(event))), headers, ...sending })
  }

  marketplace(body: Json, sending: Omit<Sending, "body"> = {}): Promise<Told> {
    const headers = { "content-type": "application/json" }
    return this.send(`/marketplace/${this.vendorId}`, { body: JSON.stringify(body), headers, ...sending })
  }

  cloudEvent(event: Json): Json {
    return { specversion: "1.0", source: `https://vendor.example/${this.vendorId}`, type: "seatledger.seats.changed", ...event }
  }
}

export async function told(response: Response): Promise<Told> {
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text === "" ? undefined : JSON.parse(text) }
}

export function signatureOf(secret: string, id: string, timestamp: number, body: string | Buffer): string {
  if (secret.startsWith("whsec_")) {
    // The library turns a Buffer into text, which is no longer what was sent when it is not UTF-8; no vendor sends that.
    return new Webhook(secret).sign(id, new Date(timestamp * 1000), body)
  }
  const seed = Buffer.from(secret.slice("whsk_".length), "base64").subarray(0, 32)
  const pkcs8 = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]) // RFC 8410
  const key = createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" })
  const content = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), Buffer.from(body)])
  return `v1a,${sign(null, content, key).toString("base64")}`
}

export async function createSecret(operator: Caller, vendorId: string, algorithm = "HMAC_SHA256"): Promise<{ id: string; secret: string }> {
  const { createVendorSecret } = await operator.ask(
    `mutation ($input: CreateVendorSecretInput!) { createVendorSecret(input: $input) { secret vendorSecret { id } refusal { message } } }`,
    { input: { vendorId, algorithm } },
  )
  return { id: createVendorSecret.vendorSecret.id, secret: createVendorSecret.secret }
}

export interface Connected extends Company {
  readonly ledger: RunningLedger
  readonly client: VendorClient
}

/** A company with a license, and its vendor's program with a secret. */
export async function connected(ledger: RunningLedger, { seats = 3, users = [] as readonly string[] } = {}): Promise<Connected> {
  const made = await company(ledger, { seats, users })
  const { secret } = await createSecret(made.operator, made.vendorId)
  return { ...made, ledger, client: new VendorClient(() => ledger.opened.url, made.vendorId, secret) }
}

/** The events of the organization that are about its license, and of the vendor, as the log has them. */
export async function eventsOf(ledger: RunningLedger, stream: string): Promise<{ type: string; data: Json }[]> {
  const events: { type: string; data: Json }[] = []
  for await (const page of ledger.opened.eventStore.read(stream, 0)) events.push(...page)
  return events
}

/** As of everything recorded: an answer to a vendor does not wait until it can be read. */
export async function seatsOf({ ledger, admin, organizationId, licenseId }: Connected): Promise<Json> {
  const stream = `organization-${organizationId}`
  const head = (await eventsOf(ledger, stream)).length
  expect(await ledger.opened.services.projecting.waitFor(stream, head, PATIENCE_MS)).toBe("visible")
  const { license } = await admin.ask(
    `query ($id: ID!) { license(id: $id) { status plan seats { purchased seated waitlisted overassignedBy } } }`,
    { id: licenseId },
  )
  return license
}
