import { readFileSync } from "node:fs"
import { rm } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { CloudEvent, HTTP } from "cloudevents"
import { Webhook } from "standardwebhooks"
import type { VendorId } from "../../src/domain/ids"
import type { RecordedEvent } from "../../src/eventstore/event-store"
import type { Endpoint } from "../../src/webhooks/delivery-state"
import { aliveBytes } from "../support/memory"
import { type Answer, ok, openReceivers, type Receiver, silence, status } from "./receiver"
import { dataIn, HOUR, MINUTE, SECOND, Sending } from "./sending"

let sending: Sending
beforeEach(async () => {
  sending = await Sending.start()
})
afterEach(() => sending.stop())
const receiver = openReceivers()
const seatsIn = ({ received }: Pick<Receiver, "received">) => received.map(({ event }) => event.data.seats)

describe("what is sent", () => {
  test("a grant arrives as a CloudEvent that standardwebhooks verifies", async () => {
    const to = await receiver()
    const { id, secret } = await sending.add(to.url)
    const [ada = "", bo = "", cy = ""] = await sending.users(3)
    await sending.assignGroup(sending.licenseId, [ada, bo, cy])
    await to.wait(2)

    const [granted, waitlisted] = to.received
    for (const { headers, body } of to.received) {
      expect(() => new Webhook(secret).verify(body, headers as Record<string, string>)).not.toThrow()
      expect(() => new Webhook(secret).verify(`${body} `, headers as Record<string, string>)).toThrow()
      expect(headers["content-type"]).toBe("application/cloudevents+json; charset=utf-8")
      const event = HTTP.toEvent({ headers, body })
      expect(event instanceof CloudEvent && event.validate()).toBe(true)
    }
    expect(granted?.event).toMatchObject({
      specversion: "1.0",
      source: `/organizations/${sending.organizationId}`,
      type: "seatledger.seats.granted",
      subject: sending.licenseId,
      time: new Date(sending.now).toISOString(),
      data: { licenseId: sending.licenseId, count: 2, via: "NEW_CLAIM", userIds: [ada, bo] },
    })
    expect(waitlisted?.event).toMatchObject({ type: "seatledger.seats.waitlisted", data: { count: 1, userIds: [cy] } })
    expect(waitlisted?.event.sequence > granted?.event.sequence).toBe(true)
    expect(granted?.headers["webhook-id"]).toBe(`${granted?.event.id}_${id}`)
  })

  test("rule 38: a vendor is told of its own licenses only, and of people only how many", async () => {
    const to = await receiver()
    await sending.add(to.url, { owner: "VENDOR" })
    const rival = "vnd_rival" as VendorId
    const byRival = { requester: { type: "VENDOR", subject: rival, role: "VENDOR", vendorId: rival }, correlationId: "test" } as const
    await sending.commands.vendor(undefined, "registerVendor", { name: "Rival", vendorId: rival }, sending.by("OPERATOR"))
    const listed = await sending.commands.vendor(rival, "listProduct", { name: "Other" }, byRival)
    const other = await sending.license(dataIn(listed, "ProductListed").productId, rival)
    const people = await sending.users(3)
    for (const licenseId of [other, sending.licenseId]) {
      const groupId = await sending.assignGroup(licenseId, people)
      await sending.ask("changeGroupMembers", { groupId, add: [], remove: people.slice(0, 1) })
    }
    await to.wait(4)
    await sending.happen(1)
    await to.wait(5)

    expect(to.received.map(({ event }) => [event.type, event.subject, event.data])).toEqual([
      ["seatledger.seats.granted", sending.licenseId, { licenseId: sending.licenseId, revision: expect.any(Number), count: 2 }],
      ["seatledger.seats.waitlisted", sending.licenseId, { licenseId: sending.licenseId, revision: expect.any(Number), count: 1 }],
      [
        "seatledger.seats.released",
        sending.licenseId,
        { licenseId: sending.licenseId, revision: expect.any(Number), count: 1, waitlistedCount: 0 },
      ],
      ["seatledger.seats.granted", sending.licenseId, { licenseId: sending.licenseId, revision: expect.any(Number), count: 1 }],
      ["seatledger.seats.changed", sending.licenseId, expect.objectContaining({ seats: 101, previousSeats: 2, sequence: "1" })],
    ])
    for (const { body, event } of to.received) {
      expect(body).not.toMatch(/usr_/)
      expect(event.source).toBe(`/vendors/${sending.vendorId}/licenses/${sending.licenseId}`)
    }
  })

  test("every type there is reaches a receiver that wants all of them, and no other one that wants some", async () => {
    const [all, some] = [await receiver(), await receiver()]
    const { id } = await sending.add(all.url)
    await sending.add(some.url, { types: ["seatledger.overassignment.started", "seatledger.seats.revoked"] })
    const licensed = await sending.commands.organization(
      sending.organizationId,
      "registerLicense",
      { productId: await productId(), seats: 2, vendorEventId: "revoking", graceDays: 1, onGraceEnd: "REVOKE" },
      sending.by("VENDOR"),
    )
    const { licenseId } = dataIn(licensed, "LicenseRegistered")
    const people = await sending.users(3)
    const groupId = await sending.assignGroup(licenseId, people)
    const change = (seats: number, sequence: string) =>
      sending.commands.organization(
        sending.organizationId,
        "changeVendorSeats",
        { licenseId, seats, sequence, vendorEventId: `change-${sequence}` },
        sending.by("VENDOR"),
      )
    await change(1, "1")
    sending.later(25 * HOUR)
    await sending.commands.endGracePeriods()
    await sending.ask("unassignLicenses", { licenseId, principalIds: [groupId] })
    const suspended = await sending.commands.organization(
      sending.organizationId,
      "changeLicenseStatus",
      { licenseId, status: "SUSPENDED", sequence: "2", vendorEventId: "suspended" },
      sending.by("VENDOR"),
    )
    await sending.heard(suspended)
    await sending.until(id, ({ waiting }) => waiting === 0)
    expect([...new Set(all.received.map(({ event }) => event.type))].sort()).toEqual([
      "seatledger.grace.expired",
      "seatledger.license.status.changed",
      "seatledger.overassignment.ended",
      "seatledger.overassignment.started",
      "seatledger.seats.changed",
      "seatledger.seats.granted",
      "seatledger.seats.released",
      "seatledger.seats.revoked",
      "seatledger.seats.waitlisted",
    ])
    await some.wait(2)
    expect(some.received.map(({ event }) => event.type)).toEqual(["seatledger.overassignment.started", "seatledger.seats.revoked"])
  })

  test("what happened before a webhook was added is not told", async () => {
    await sending.happen(2)
    const to = await receiver()
    await sending.add(to.url)
    await sending.happen(1)
    await to.wait(1)
    expect(seatsIn(to)).toEqual([103])
  })

  async function productId(): Promise<string> {
    const listed = await sending.commands.vendor(sending.vendorId, "listProduct", { name: "Another" }, sending.by("VENDOR"))
    return dataIn(listed, "ProductListed").productId
  }
})

describe("receivers that fail", () => {
  test("a receiver that is down gets everything once it is up again, in order", async () => {
    const to = await receiver()
    const { id } = await sending.add(to.url)
    await to.down()
    await sending.happen(5)
    await sending.until(id, ({ failures }) => failures === 1)
    sending.later(5 * SECOND)
    await sending.until(id, ({ failures }) => failures === 2)
    expect((await sending.webhooks.attempts({ webhookId: id, limit: 10 }))[0]).toMatchObject({
      problem: "NO_CONNECTION",
      status: null,
      attempt: 2,
    })
    await to.up()
    sending.later(5 * MINUTE)
    await to.wait(5)
    expect(seatsIn(to)).toEqual([101, 102, 103, 104, 105])
  })

  test("500, then 200: the same message with the same id again, and nothing overtakes it", async () => {
    const to = (await receiver()).next(status(500), status(503), ok)
    const { id, secret } = await sending.add(to.url)
    await sending.happen(3)
    await sending.until(id, ({ failures, waiting }) => failures === 1 && waiting === 3)
    const beside = await receiver()
    const besideId = (await sending.add(beside.url)).id
    sending.later(4_999)
    await sending.happen(1)
    await sending.until(besideId, ({ waiting }) => waiting === 0 && beside.received.length === 1) // whatever was due has been sent
    expect(to.received).toHaveLength(1)
    sending.later(1)
    await sending.until(id, ({ failures }) => failures === 2)
    sending.later(5 * MINUTE)
    await sending.until(id, ({ waiting }) => waiting === 0)
    expect(seatsIn(to)).toEqual([101, 101, 101, 102, 103, 104])
    const [first, second, third] = to.received
    expect(second?.headers["webhook-id"]).toBe(first?.headers["webhook-id"])
    expect(third?.body).toBe(first?.body)
    // The time is the attempt's, so a late retry is no old message to the receiver.
    expect(Number(third?.headers["webhook-timestamp"]) - Number(first?.headers["webhook-timestamp"])).toBe(305)
    const signed = new Webhook(secret).sign(`${third?.headers["webhook-id"]}`, new Date(sending.now), third?.body ?? "")
    expect(third?.headers["webhook-signature"]).toBe(signed)
  })

  test("the schedule of Standard Webhooks to its end: a dead letter, and the next message has its turn", async () => {
    const to = (await receiver()).always(status(500))
    const { id } = await sending.add(to.url)
    await sending.happen(2)
    const delays: number[] = []
    for (let failed = 1; failed < 10; failed++) {
      const { nextAttemptAt } = await sending.until(id, ({ failures }) => failures === failed)
      delays.push(nextAttemptAt - sending.now)
      sending.now = nextAttemptAt
      if (failed === 9) to.next(status(502)).always(ok)
      sending.webhooks.wake()
    }
    expect(delays).toEqual([5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR])
    const endpoint = await sending.until(id, ({ waiting }) => waiting === 0)
    expect(endpoint).toMatchObject({ dead: 1, failures: 0, enabled: true })
    expect(seatsIn(to)).toEqual([...Array(10).fill(101), 102])
    const [letter, ...others] = await sending.webhooks.deadLetters({ webhookId: id, limit: 10 })
    expect(others).toEqual([])
    expect(letter).toMatchObject({ eventId: to.received[0]?.event.id, attempts: 10, status: 502, problem: "STATUS", diedAt: sending.now })
  })

  test("an operator sends dead letters again: before what waits, in order, and not for ever", async () => {
    const to = (await receiver()).always(status(500))
    const { id } = await sending.add(to.url)
    await sending.happen(3)
    await triedUntil(id, ({ dead }) => dead === 2)
    await sending.until(id, ({ failures }) => failures === 1) // the third, which waits now

    const [first] = await sending.webhooks.deadLetters({ webhookId: id, limit: 1 })
    expect(await sending.replay(id, [first?.eventId ?? "", "of no letter"])).toBe(1)
    expect(await sending.webhooks.endpoint(id)).toMatchObject({ waiting: 2, dead: 1 })
    await triedUntil(id, ({ dead }) => dead === 2)
    expect((await sending.webhooks.deadLetters({ webhookId: id, limit: 1 }))[0]).toMatchObject({ eventId: first?.eventId, attempts: 13 })

    await sending.until(id, ({ failures }) => failures > 0)
    const before = to.received.length
    to.always(ok)
    expect(await sending.replay(id)).toBe(2)
    await sending.until(id, ({ waiting, dead }) => waiting === 0 && dead === 0)
    expect(seatsIn(to).slice(before)).toEqual([101, 102, 103])
    expect(await sending.replay(id)).toBe(0)
    // Rule 36: who had it done, and when, is in the stream of the owner; what found nothing to do wrote nothing.
    const replays = (await allEvents()).filter(({ type }) => type === "WebhookDeadLettersReplayed")
    expect(replays.map(({ data, metadata }) => [data, metadata.actor.type])).toEqual([
      [{ webhookId: id, count: 1, eventIds: [first?.eventId] }, "USER"],
      [{ webhookId: id, count: 2 }, "USER"],
    ])
  })

  test("a message that is never taken is skipped: a dead letter at once, and the next one has its turn", async () => {
    const refuse =
      (seats: number): Answer =>
      (response, { event }) =>
        response.writeHead(event.data.seats === seats ? 400 : 204).end()
    const to = (await receiver()).always(refuse(101))
    const { id } = await sending.add(to.url)
    await sending.happen(3)
    await sending.until(id, ({ failures }) => failures === 1)
    const eventId = await sending.skip(id)
    await sending.until(id, ({ waiting }) => waiting === 0)
    expect(seatsIn(to)).toEqual([101, 102, 103])
    expect(await sending.webhooks.deadLetters({ webhookId: id, limit: 10 })).toMatchObject([
      { eventId, attempts: 1, status: 400, problem: "STATUS", diedAt: sending.now },
    ])
    expect(await lastEvent(({ type }) => type === "WebhookMessageSkipped")).toMatchObject({ data: { webhookId: id, eventId } })
    expect(await sending.webhooks.nextEventId(id)).toBeUndefined()

    to.always(ok)
    expect(await sending.replay(id)).toBe(1)
    await sending.until(id, ({ waiting, dead }) => waiting === 0 && dead === 0)
    expect(seatsIn(to)).toEqual([101, 102, 103, 101])
  })

  test("what was skipped while it was on the way and arrives all the same is no dead letter", async () => {
    let taken = () => {}
    const to = (await receiver()).next((response) => {
      taken = () => response.writeHead(204).end()
    })
    const { id } = await sending.add(to.url)
    await sending.happen(2)
    await to.wait(1)
    await sending.skip(id)
    expect(await sending.webhooks.endpoint(id)).toMatchObject({ waiting: 1, dead: 1 })
    taken()
    await sending.until(id, ({ waiting, dead }) => waiting === 0 && dead === 0)
    expect(seatsIn(to)).toEqual([101, 102])
  })

  test.each([
    ["seconds", () => "3600", HOUR],
    ["a date", (now: number) => new Date(now + 2 * HOUR).toUTCString(), 2 * HOUR],
    ["less than the schedule says", () => "1", 5 * SECOND],
    ["nonsense", () => "soon", 5 * SECOND],
    ["more than a day", () => "999999999", 24 * HOUR],
  ])("Retry-After in %s", async (_, header, wait) => {
    const to = (await receiver()).next((response) => response.writeHead(429, { "retry-after": header(sending.now) }).end())
    const { id } = await sending.add(to.url)
    await sending.happen(1)
    const { nextAttemptAt } = await sending.until(id, ({ failures }) => failures === 1)
    expect(Math.abs(nextAttemptAt - sending.now - wait)).toBeLessThan(SECOND)
    sending.now = nextAttemptAt
    sending.webhooks.wake()
    await sending.until(id, ({ waiting }) => waiting === 0)
  })

  test("410: disabled by an event of the system, and where it stopped it goes on when it is enabled", async () => {
    const to = (await receiver()).next(ok, status(410))
    const { id } = await sending.add(to.url)
    await sending.happen(3)
    const disabled = await sending.until(id, ({ enabled }) => !enabled)
    expect(disabled).toMatchObject({ disabledBecause: "GONE", waiting: 2 })
    await sending.happen(1)
    sending.later(100 * HOUR)
    const last = await lastEvent((event) => event.type === "WebhookDisabled")
    expect(last).toMatchObject({ data: { webhookId: id, because: "GONE" }, metadata: { actor: { type: "SYSTEM", id: "system" } } })
    await sending.restart()
    await sending.happen(1)
    await sending.until(id, ({ waiting }) => waiting === 4)
    expect(seatsIn(to)).toEqual([101, 102])
    await sending.heard(await sending.ask("enableWebhook", { webhookId: id }))
    await sending.until(id, ({ waiting }) => waiting === 0)
    expect(seatsIn(to)).toEqual([101, 102, 102, 103, 104, 105])
  })

  test("a redirect is a failure and is not followed", async () => {
    const secret = await receiver()
    const to = (await receiver()).next(status(302, { location: secret.url }), status(308, { location: secret.url }))
    const { id } = await sending.add(to.url)
    await sending.happen(1)
    await sending.until(id, ({ failures }) => failures === 1)
    sending.later(5 * SECOND)
    await sending.until(id, ({ failures }) => failures === 2)
    sending.later(5 * MINUTE)
    await sending.until(id, ({ waiting }) => waiting === 0)
    expect((await sending.webhooks.attempts({ webhookId: id, limit: 10 })).map(({ status: code, problem }) => [code, problem])).toEqual([
      [204, null],
      [308, "REDIRECT"],
      [302, "REDIRECT"],
    ])
    expect(secret.received).toEqual([])
  })

  test("an answer without end costs the receiver the connection and nobody else anything", async () => {
    const to = (await receiver()).next((response) => {
      response.writeHead(200)
      const pour = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536)));
      }
      response.on("drain", pour)
      pour()
    })
    const { id } = await sending.add(to.url)
    await sending.happen(3)
    await sending.until(id, ({ waiting }) => waiting === 0)
    expect(seatsIn(to)).toEqual([101, 102, 103])
  })

  test("an answer that never ends is taken for its status, and leaves no connection behind", async () => {
    const connections = new Set<unknown>()
    const to = (await receiver()).always((response) => {
      const { socket } = response
      connections.add(socket)
      socket?.once("close", () => connections.delete(socket))
      response.writeHead(200).write("and then nothing")
    })
    const { id } = await sending.add(to.url)
    await sending.happen(3)
    await to.wait(3)
    // The end of the last one may be noticed after the beginning of the next.
    expect(connections.size).toBeLessThanOrEqual(2)
    await sending.until(id, ({ waiting }) => waiting === 0)
    expect(seatsIn(to)).toEqual([101, 102, 103])
    while (connections.size > 0) await pause(2)
  })

  test("101 is no success: nobody asked for another protocol", async () => {
    const to = (await receiver()).next((response) => {
      response.socket?.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: other\r\nConnection: Upgrade\r\n\r\n")
    })
    const { id } = await sending.add(to.url)
    await sending.happen(1)
    await sending.until(id, ({ failures }) => failures === 1)
    expect((await sending.webhooks.attempts({ webhookId: id, limit: 1 }))[0]).toMatchObject({ problem: "STATUS", status: 101 })
  })

  /** Moves the clock from retry to retry. */
  async function triedUntil(id: string, reached: (endpoint: Endpoint) => boolean): Promise<void> {
    for (;;) {
      const endpoint = await sending.until(id, (candidate) => candidate.failures > 0 || reached(candidate))
      if (reached(endpoint)) return
      const attempts = await sending.webhooks.countAttempts(id)
      sending.now = Math.max(sending.now, endpoint.nextAttemptAt)
      sending.webhooks.wake()
      await sending.until(id, async () => (await sending.webhooks.countAttempts(id)) > attempts)
    }
  }

  async function lastEvent(matches: (event: RecordedEvent) => boolean) {
    return (await allEvents()).filter(matches).at(-1)
  }
  async function allEvents(): Promise<RecordedEvent[]> {
    const events: RecordedEvent[] = []
    for await (const page of sending.store.read(`organization-${sending.organizationId}`, 0)) events.push(...page)
    return events
  }
})

describe("restarts of ours", () => {
  test("nothing is lost and nothing out of order, whatever the receiver answers in between", async () => {
    const to = (await receiver()).next(ok, status(500), ok, ok, status(429), ok, status(302), ok, ok)
    const { id } = await sending.add(to.url)
    for (let n = 0; n < 12; n++) {
      await sending.happen(2)
      if (n % 2 === 0) await sending.restart()
      sending.later(6 * MINUTE)
    }
    while (((await sending.webhooks.endpoint(id))?.waiting ?? 0) > 0) {
      await sending.until(id, ({ failures, waiting }) => failures > 0 || waiting === 0)
      sending.later(31 * MINUTE)
    }
    expect(to.firsts.map(({ event }) => event.data.seats)).toEqual(Array.from({ length: 24 }, (_, n) => 101 + n))
  })

  test("a wait goes on over a restart, and so does the count of attempts", async () => {
    const to = (await receiver()).next(status(500), status(500))
    const { id } = await sending.add(to.url)
    await sending.happen(1)
    const { nextAttemptAt } = await sending.until(id, ({ failures }) => failures === 1)
    await sending.restart()
    expect(await sending.webhooks.endpoint(id)).toMatchObject({ failures: 1, nextAttemptAt })
    expect(to.received).toHaveLength(1)
    sending.later(5 * SECOND)
    expect((await sending.until(id, ({ failures }) => failures === 2)).nextAttemptAt).toBe(sending.now + 5 * MINUTE)
  })

  test("a request that a shutdown cuts off is no failure of the receiver, and is made again", async () => {
    const to = (await receiver()).next(silence)
    const { id } = await sending.add(to.url)
    await sending.happen(1)
    await to.wait(1)
    await sending.restart()
    await sending.until(id, ({ waiting }) => waiting === 0)
    expect((await sending.webhooks.attempts({ webhookId: id, limit: 10 })).map(({ outcome }) => outcome)).toEqual(["DELIVERED"])
    expect(to.firsts).toHaveLength(1)
  })

  test("when the state is lost, everything since the webhook was added is sent again", async () => {
    const to = await receiver()
    const { id } = await sending.add(to.url)
    await sending.happen(3)
    await to.wait(3)
    await sending.close()
    for (const suffix of ["", "-wal", "-shm"]) await rm(join(sending.folder, `operations.sqlite${suffix}`), { force: true })
    sending.open()
    await to.wait(6)
    await sending.until(id, ({ waiting }) => waiting === 0)
    expect(seatsIn(to)).toEqual([101, 102, 103, 101, 102, 103])
    expect(to.firsts).toHaveLength(3)
  })
})

describe("one does not hold up another", () => {
  test("a receiver that answers nothing, beside one that is quick", async () => {
    const [slow, quick] = [(await receiver()).always(silence), await receiver()]
    await sending.stop()
    sending = await Sending.start({ timeoutMs: 4_000 }) // far more than the quick one takes, however busy the machine is
    const { id } = await sending.add(slow.url)
    await sending.add(quick.url)
    await sending.happen(20)
    await quick.wait(20)
    expect(seatsIn(quick)).toEqual(Array.from({ length: 20 }, (_, n) => 101 + n))
    await sending.until(id, ({ failures }) => failures === 1)
    expect(slow.received).toHaveLength(1)
    expect((await sending.webhooks.attempts({ webhookId: id, limit: 1 }))[0]).toMatchObject({ problem: "TIMEOUT", outcome: "FAILED" })
  })

  test("100,000 messages to a dead receiver lie on the disk, not in memory", async () => {
    const dead = await receiver()
    const { id } = await sending.add(dead.url)
    await dead.down()
    await sending.happen(1)
    await sending.until(id, ({ failures }) => failures === 1)
    const stream = `organization-${sending.organizationId}`
    let revision = 0
    for await (const page of sending.store.read(stream, 0)) revision += page.length
    const event = (n: number) => ({
      id: `00000000-0000-8000-a000-${n.toString(16).padStart(12, "0")}`,
      type: "VendorSeatsChanged",
      data: { licenseId: sending.licenseId, seats: n, previousSeats: n - 1, vendorEventId: `bulk-${n}`, sequence: String(1_000 + n) },
      metadata: {
        v: 1,
        commandId: `cmd_${n}`,
        commandHash: "hash",
        correlationId: "bulk",
        actor: { type: "SYSTEM", id: "system" } as const,
        recordedAt: new Date(sending.now).toISOString(),
      },
    })
    const before = aliveBytes()
    for (let n = 0; n < 100_000; n += 1_000) {
      const events = Array.from({ length: 1_000 }, (_, i) => event(n + i + 1))
      ;({ revision } = await sending.store.append(stream, revision, events))
    }
    await sending.until(id, ({ waiting }) => waiting === 100_001)
    expect(aliveBytes() - before).toBeLessThan(60_000_000)
    sending.later(5 * SECOND)
    await sending.until(id, ({ failures }) => failures === 2)
    expect(await sending.webhooks.countAttempts(id)).toBe(2)
    await dead.up()
    sending.later(5 * MINUTE)
    await dead.wait(50)
    expect(dead.received.slice(1, 50).map(({ event: told }) => told.data.seats)).toEqual(Array.from({ length: 49 }, (_, n) => n + 1))
  })
})

describe("endpoints that change", () => {
  test("another address: what waits is sent there at once", async () => {
    const [old, next] = [(await receiver()).always(status(500)), await receiver()]
    const { id } = await sending.add(old.url)
    await sending.happen(3)
    await sending.until(id, ({ failures }) => failures === 1)
    await sending.ask("changeWebhook", { webhookId: id, url: next.url })
    await next.wait(3)
    expect(seatsIn(next)).toEqual([101, 102, 103])
    expect(old.received).toHaveLength(1)
  })

  test("what the old address answers after the change counts for nothing: the message goes to the new one at once", async () => {
    let answerGone = () => {}
    const old = (await receiver()).next((response) => {
      answerGone = () => response.writeHead(410).end()
    })
    const next = await receiver()
    const { id } = await sending.add(old.url)
    await sending.happen(2)
    await old.wait(1)
    const changed = await sending.ask("changeWebhook", { webhookId: id, url: next.url })
    await sending.heard(changed)
    answerGone()
    await sending.until(id, ({ waiting }) => waiting === 0)
    expect(seatsIn(next)).toEqual([101, 102])
    expect(await sending.webhooks.endpoint(id)).toMatchObject({ enabled: true, dead: 0 })
    const attempts = await sending.webhooks.attempts({ webhookId: id, limit: 10 })
    expect(attempts.map(({ outcome, status: code }) => [outcome, code])).toEqual([
      ["DELIVERED", 204],
      ["DELIVERED", 204],
      ["FAILED", 410],
    ])
    for await (const page of sending.store.read(`organization-${sending.organizationId}`, changed.revision)) {
      expect(page.map(({ type }) => type)).not.toContain("WebhookDisabled")
    }
  })

  test("disabled and enabled again: what waits is tried at once, with all attempts anew", async () => {
    const to = (await receiver()).next(status(500), status(500))
    const { id } = await sending.add(to.url)
    await sending.happen(2)
    await sending.until(id, ({ failures }) => failures === 1)
    sending.later(5 * SECOND)
    await sending.until(id, ({ failures }) => failures === 2)
    await sending.ask("disableWebhook", { webhookId: id })
    await sending.heard(await sending.ask("enableWebhook", { webhookId: id }))
    await sending.until(id, ({ waiting }) => waiting === 0)
    expect(seatsIn(to)).toEqual([101, 101, 101, 102])
    expect((await sending.webhooks.attempts({ webhookId: id, limit: 10 })).map(({ attempt }) => attempt)).toEqual([1, 1, 2, 1])
  })

  test("fewer types: what waits already is still sent, and nothing new of the others", async () => {
    const to = (await receiver()).next(status(500))
    const { id } = await sending.add(to.url)
    await sending.happen(2)
    await sending.until(id, ({ failures }) => failures === 1)
    await sending.heard(await sending.ask("changeWebhook", { webhookId: id, url: to.url, types: ["seatledger.seats.granted"] }))
    await sending.happen(1)
    await sending.until(id, ({ waiting }) => waiting === 0)
    expect(seatsIn(to)).toEqual([101, 101, 102])
  })

  test("a removed one is told nothing more", async () => {
    const to = (await receiver()).always(status(500))
    const { id } = await sending.add(to.url)
    await sending.happen(2)
    await sending.until(id, ({ failures }) => failures === 1)
    await sending.heard(await sending.ask("removeWebhook", { webhookId: id }))
    expect(await sending.webhooks.endpoint(id)).toBeUndefined()
    expect(await sending.webhooks.backlog()).toEqual({ waiting: 0, retrying: 0, disabled: 0, dead: 0 })
    sending.later(HOUR)
    await sending.happen(1)
    const test = await receiver()
    await sending.add(test.url)
    await sending.happen(1)
    await test.wait(1)
    expect(to.received).toHaveLength(1)
  })

  test("a test is sent at once and once, past what waits, and also while the endpoint is disabled", async () => {
    const to = (await receiver()).always(status(500))
    const { id, secret } = await sending.add(to.url)
    await sending.happen(1)
    await sending.until(id, ({ failures }) => failures === 1)
    await sending.heard(await sending.ask("disableWebhook", { webhookId: id }))
    to.always(ok)
    expect(await sending.webhooks.sendTest(id)).toMatchObject({ outcome: "TESTED", status: 204, problem: null })
    const { headers, body, event } = to.received.at(-1) ?? { headers: {}, body: "", event: {} }
    expect(event).toMatchObject({ type: "seatledger.webhook.test", source: `/organizations/${sending.organizationId}` })
    new Webhook(secret).verify(body, headers as Record<string, string>)
    to.always(status(404))
    expect(await sending.webhooks.sendTest(id)).toMatchObject({ outcome: "TESTED", status: 404, problem: "STATUS", retryAt: null })
    expect(await sending.webhooks.sendTest("whk_unknown")).toBeUndefined()
    expect(await sending.webhooks.endpoint(id)).toMatchObject({ waiting: 1 })
  })

  test("neither secrets nor people lie in the state of deliveries", async () => {
    const to = (await receiver()).always(status(500))
    const { id, secret } = await sending.add(to.url)
    const people = await sending.users(2)
    await sending.ask("assignLicenses", { licenseId: sending.licenseId, principalIds: people, onShortage: "REJECT" })
    await sending.until(id, ({ failures }) => failures === 1)
    const bytes = ["", "-wal"].map((suffix) => readFileSync(join(sending.folder, `operations.sqlite${suffix}`)).toString("latin1")).join("")
    expect(bytes).toContain(id)
    for (const text of [secret, secret.slice("whsec_".length), ...people]) expect(bytes).not.toContain(text)
  })
})
