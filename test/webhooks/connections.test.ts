/** What sending takes up: requests at once, and connections that are kept for the next message. */
import { createServer, type Server } from "node:http"
import { createServer as createSecureServer } from "node:https"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import type { TLSSocket } from "node:tls"
import type { WebhookEvents } from "../../src/domain/events"
import { openSqliteEventStore } from "../../src/eventstore/sqlite"
import { Delivery, type DeliveryDeps } from "../../src/webhooks/delivery"
import type { DeliveryChange } from "../../src/webhooks/delivery-state"
import { MOST_KEPT, openSender, type SenderOptions } from "../../src/webhooks/send"
import { openDeliveryState } from "../../src/webhooks/sqlite-delivery-state"
import { makeCertificates } from "../kurrentdb-server/certificates"
import { runChild } from "../support/child"
import { until } from "../support/until"
import { ok, Receiver } from "./receiver"
import { Sending } from "./sending"

describe("connections", () => {
  let server: Server
  const open = new Set<unknown>()
  const senders: { close(): void }[] = []
  beforeEach(async () => {
    // It never closes a connection by itself.
    server = createServer({ keepAliveTimeout: 0 }, (_request, response) => response.writeHead(204).end())
    server.on("connection", (socket) => {
      open.add(socket)
      socket.once("close", () => open.delete(socket))
    })
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  })
  afterEach(async () => {
    for (const sender of senders.splice(0)) sender.close()
    await new Promise((resolve) => server.close(resolve))
    open.clear()
  })

  function sender(more: Partial<SenderOptions> = {}) {
    const opened = openSender({ privateNetworks: true, resolve: async () => ["127.0.0.1"], now: Date.now, ...more })
    senders.push(opened)
    return opened
  }
  const port = () => (server.address() as AddressInfo).port // it listens on TCP

  test("one is kept for the next message, and ended when none comes", async () => {
    const { send } = sender({ keptMs: 1_000 })
    for (let n = 0; n < 3; n++) expect(await send(`http://receiver.example:${port()}/`, {}, "{}")).toMatchObject({ status: 204 })
    expect(open.size).toBe(1)
    await until(() => open.size === 0)
  })

  test("however many receivers there are, few are kept, and a new receiver waits for none of them", async () => {
    const { send } = sender()
    for (let n = 0; n < MOST_KEPT + 20; n++) {
      expect(await send(`http://receiver-${n}.example:${port()}/`, {}, "{}")).toMatchObject({ status: 204 })
    }
    await until(() => open.size <= MOST_KEPT)
    expect(open.size).toBe(MOST_KEPT)
  })

  test("after the end nothing is sent any more", async () => {
    const closed = sender()
    closed.close()
    expect(await closed.send(`http://receiver.example:${port()}/`, {}, "{}")).toMatchObject({ problem: "TIMEOUT" })
    expect(open.size).toBe(0)
  })
})

test("a webhook that is changed while its message waits for others to end is called at its new address only", async () => {
  const sending = await Sending.start()
  const [slow, old, next] = [await Receiver.start(), await Receiver.start(), await Receiver.start()]
  const held: (() => void)[] = []
  slow.always((response) => void held.push(() => response.writeHead(204).end()))
  const { id } = await sending.add(next.url)
  await sending.happen(1)
  await next.wait(1)
  const secret = (await sending.webhooks.endpoint(id))?.secret ?? ""
  const { stream, revision, type } = await lastEvent(sending)

  const state = openDeliveryState(":memory:")
  let position = 0
  const take = async (...changes: readonly DeliveryChange[]) => void (await state.take(position, ++position, changes))
  const add = (webhookId: string, url: string): DeliveryChange => ({
    kind: "add",
    endpoint: { webhookId, url, secret } as WebhookEvents["WebhookAdded"],
    ownerId: sending.organizationId,
    at: 0,
  })
  const tell = (): DeliveryChange => ({
    kind: "tell",
    ownerId: sending.organizationId,
    licenseId: sending.licenseId,
    message: { stream, revision, position, eventId: `event-${position}`, type },
  })
  const { delivery, faults } = deliveryOf({ state, eventStore: sending.store, vault: sending.vault })
  await take(...Array.from({ length: 256 }, (_, n) => add(`whk_slow_${n}`, slow.url)), tell())
  delivery.wake()
  await slow.wait(256)
  await take(add("whk_changed", old.url), tell())
  delivery.wake()
  // It has been found due by now: the state answers at once.
  await new Promise((resolve) => setImmediate(resolve))
  await take({ kind: "change", change: { webhookId: "whk_changed", url: next.url } as WebhookEvents["WebhookChanged"] })
  slow.always(ok)
  for (const answer of held) answer()
  await next.wait(2)
  await until(async () => (await state.due(Date.now())).length === 0)
  expect(old.received).toEqual([])

  await delivery.close()
  await state.close()
  expect(faults).toEqual([])
  await sending.stop()
  for (const receiver of [slow, old, next]) await receiver.down()
})

test("over https the name that was looked up is asked for, and what answers must be it by a certificate that is trusted", async () => {
  const certificates = makeCertificates("hooks.example")
  const asked: unknown[] = []
  const server = createSecureServer({ cert: certificates.certificate, key: certificates.key }, (request, response) => {
    asked.push([(request.socket as TLSSocket).servername, request.headers.host]) // as of every https server
    response.writeHead(204).end()
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo // it listens on TCP
  const urls = [`https://hooks.example:${port}/`, `https://hooks.example:${port}/again`, `https://other.example:${port}/`]
  const results = async (environment: NodeJS.ProcessEnv) => {
    const child = runChild(join(__dirname, "sending-child.ts"), urls, environment)
    const lines: unknown[] = []
    for await (const line of child.lines) lines.push(JSON.parse(line))
    expect(await child.ended).toMatchObject({ code: 0, errors: "" })
    return lines
  }
  try {
    expect(await results({ NODE_EXTRA_CA_CERTS: certificates.authorityFile })).toEqual([
      { status: 204 },
      { status: 204 },
      { problem: "TLS" },
    ])
    const host = `hooks.example:${port}`
    expect(asked).toEqual([
      ["hooks.example", host],
      ["hooks.example", host],
    ])
    expect(await results({})).toEqual([{ problem: "TLS" }, { problem: "TLS" }, { problem: "TLS" }])
    expect(asked).toHaveLength(2)
  } finally {
    await new Promise((resolve) => server.close(resolve))
    certificates.remove()
  }
})

test("endpoints that fail by a fault of ours are tried again together after each pause, however long it lasts", async () => {
  const store = openSqliteEventStore(":memory:")
  await store.close()
  const state = openDeliveryState(":memory:")
  const { delivery, faults } = deliveryOf({
    state,
    eventStore: store, // closed: nothing can be read for them
    vault: { load: () => Promise.reject(new Error("nothing is signed")) },
  })
  const ownerId = "org_one"
  const add = (webhookId: string): DeliveryChange => {
    const endpoint = { webhookId, url: "http://127.0.0.1/", secret: "" } as WebhookEvents["WebhookAdded"]
    return { kind: "add", endpoint, ownerId, at: 0 }
  }
  const message = {
    stream: `organization-${ownerId}`,
    revision: 1,
    position: 2,
    eventId: "event-2",
    type: "seatledger.seats.changed",
  } as const
  await state.take(0, 2, [add("whk_a"), add("whk_b"), { kind: "tell", ownerId, licenseId: "lic_one", message }])

  jest.useFakeTimers({ doNotFake: ["setImmediate", "nextTick", "queueMicrotask", "performance"] })
  try {
    delivery.wake()
    for (let pauses = 0; pauses < 6; pauses++) await jest.advanceTimersByTimeAsync(5_000)
  } finally {
    jest.useRealTimers()
  }
  await delivery.close()
  await state.close()
  expect(faults).toHaveLength(2 * 7)
})

async function lastEvent(sending: Sending) {
  for await (const page of sending.store.read(`organization-${sending.organizationId}`, 0)) {
    const told = page.find(({ type }) => type === "VendorSeatsChanged")
    if (told) return told
  }
  throw new Error("no seats were changed")
}

/** As it is in the program, with what it fails at. */
function deliveryOf(deps: Pick<DeliveryDeps, "state" | "eventStore" | "vault">) {
  const faults: unknown[] = []
  const delivery = new Delivery({
    ...deps,
    sender: openSender({ privateNetworks: true, now: Date.now }),
    now: Date.now,
    random: () => 0,
    disable: async () => {},
    attempted: () => {},
    failed: (_, error) => faults.push(error),
  })
  return { delivery, faults }
}
