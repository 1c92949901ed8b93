import { join } from "node:path"
import { runChild } from "../../support/child"
import { RunningLedger } from "../../support/running-ledger"
import { connected, eventsOf, seatsOf, VendorClient } from "./vendor-client"

/** A server in a process of its own on the folder of a ledger that is stopped meanwhile. */
async function serve(folder: string, fatalId: string) {
  const child = runChild(join(__dirname, "crash-child.ts"), [folder, fatalId])
  const { value: url } = await child.lines.next()
  if (url === undefined) throw new Error((await child.ended).errors)
  return { child, url: url as string }
}

test("kill -9 between append and answer: the vendor sends the same again, and gets the answer of the one effect", async () => {
  const ledger = await RunningLedger.start()
  try {
    const made = await connected(ledger)
    await ledger.pause()
    const event = { id: "fatal", sequence: "1", data: { licenseId: made.licenseId, seats: 8 } }
    const dying = await serve(ledger.folder, "fatal")
    const client = (url: string) => new VendorClient(() => url, made.vendorId, made.client.secret)
    await expect(client(dying.url).event(event)).rejects.toThrow() // nobody answers
    expect(await dying.child.ended).toMatchObject({ signal: "SIGKILL" })

    const living = await serve(ledger.folder, "")
    const retried = await client(living.url).event(event)
    expect(retried).toMatchObject({ status: 200, body: { id: "fatal", outcome: "APPLIED", overassignedBy: 0 } })
    expect((await client(living.url).event(event)).body).toEqual(retried.body)
    await living.child.kill("SIGTERM")

    await ledger.resume()
    const effects = (await eventsOf(ledger, `organization-${made.organizationId}`)).filter(({ data }) => data.vendorEventId === "fatal")
    expect(effects).toHaveLength(1)
    expect((await seatsOf(made)).seats.purchased).toBe(8)
  } finally {
    await ledger.stop()
  }
})

test("kill -9 while a hundred events are on their way: sent again, each has one effect", async () => {
  const ledger = await RunningLedger.start()
  try {
    const made = await connected(ledger)
    await ledger.pause()
    const events = Array.from({ length: 100 }, (_, n) => ({
      id: `event ${n}`,
      sequence: String(n + 1),
      data: { licenseId: made.licenseId, seats: n + 10 },
    }))
    const dying = await serve(ledger.folder, "event 57")
    const client = (url: string) => new VendorClient(() => url, made.vendorId, made.client.secret)
    const first = await Promise.allSettled(events.map((event) => client(dying.url).event(event)))
    await dying.child.ended

    const living = await serve(ledger.folder, "")
    const second = await Promise.all(events.map((event) => client(living.url).event(event)))
    await living.child.kill("SIGTERM")
    second.forEach(({ status, body }, n) => {
      expect({ status, id: body.id }).toEqual({ status: 200, id: `event ${n}` })
      const before = first[n]
      if (before?.status === "fulfilled") expect(body).toEqual(before.value.body) // what was answered stays answered
    })
    await ledger.resume()
    const recorded = (await eventsOf(ledger, `organization-${made.organizationId}`)).flatMap(({ data }) => data.vendorEventId ?? [])
    for (const { id } of events) expect(recorded.filter((recordedId) => recordedId === id)).toHaveLength(1)
    expect((await seatsOf(made)).seats.purchased).toBe(109)
  } finally {
    await ledger.stop()
  }
})
