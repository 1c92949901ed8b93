/** Exports of any size take the same memory; one that nobody takes any more ends, and there are never too many at once. */
import { writeHistory } from "../../bench/history"
import { bodyOf } from "../../src/api/export/body"
import type { ExportHeader } from "../../src/audit/export-format"
import { verifierOf } from "../../src/audit/note"
import { verifyExport } from "../../src/audit/verify-export"
import { placesOf } from "../../src/core"
import { openSqliteEventStore } from "../../src/eventstore/sqlite"
import { openVault } from "../../src/vault/sqlite"
import { aliveBytes } from "../support/memory"
import { type Caller, RunningLedger } from "../support/running-ledger"
import { PATIENCE_MS, until } from "../support/until"

interface Filled {
  readonly ledger: RunningLedger
  readonly organizationId: string
  readonly auditor: Caller
}

/** A ledger with a history of so many events, shown. */
async function filled(events: number): Promise<Filled> {
  const ledger = await RunningLedger.start()
  await ledger.pause()
  const places = placesOf(ledger.folder)
  const [store, vault] = [openSqliteEventStore(places.log), openVault(places.vault)]
  const revision = await writeHistory(store, vault, events)
  let organizationId = ""
  for await (const { events: page } of store.follow(0, new AbortController().signal, "head"))
    organizationId ||= page.find(({ stream }) => stream.startsWith("organization-"))?.stream.replace("organization-", "") ?? ""
  await store.close()
  vault.close()
  await ledger.resume()
  expect(await ledger.opened.services.projecting.waitFor(`organization-${organizationId}`, revision, PATIENCE_MS)).toBe("visible")
  return { ledger, organizationId, auditor: await ledger.as("AUDITOR", { organization: organizationId }) }
}

let small: Filled
let large: Filled
beforeAll(async () => {
  small = await filled(4_000)
  large = await filled(30_000)
}, 300_000)
afterAll(async () => {
  await small.ledger.stop()
  await large.ledger.stop()
})

function get({ ledger, auditor }: Filled, path: string, signal?: AbortSignal): Promise<Response> {
  return fetch(`${ledger.opened.url}/export/v1/${path}`, {
    headers: { authorization: `Bearer ${auditor.token}` },
    ...(signal && { signal }),
  })
}
async function headerOf(of: Filled, path: string): Promise<ExportHeader> {
  const [first = ""] = (await (await get(of, path)).text()).split("\n")
  return JSON.parse(first)
}

/** The most that is alive at once while pieces go by, above what there is before, in bytes; and how many bytes go by. */
async function aliveDuring(work: (passes: (bytes: number) => void) => Promise<void>): Promise<{ alive: number; bytes: number }> {
  const before = aliveBytes()
  let [alive, bytes, looked] = [0, 0, 0]
  await work((passed) => {
    bytes += passed
    if (bytes - looked < 2_000_000) return
    looked = bytes
    alive = Math.max(alive, aliveBytes() - before)
  })
  return { alive, bytes }
}

const MORE_BYTES = 8_000_000

describe("memory does not grow with the size", () => {
  test.each(["jsonl", "csv"] as const)("of the body of a history as %s", async (as) => {
    const measure = async (of: Filled) => {
      const header = { ...(await headerOf(of, "history")), as }
      const eventStore = openSqliteEventStore(placesOf(of.ledger.folder).log, { readOnly: true })
      const { readStore, vault } = of.ledger.opened.services
      const measured = await aliveDuring(async (passes) => {
        for await (const { text } of bodyOf(header, { eventStore, readStore, vault })) passes(text.length)
      })
      await eventStore.close()
      return measured
    }
    await measure(small) // what is made once and kept: statements, keys
    mustNotGrow(await measure(small), await measure(large))
  })

  test("of an export by its thread, the server and whoever takes it", async () => {
    const measure = (of: Filled) =>
      aliveDuring(async (passes) => {
        for await (const chunk of ((await get(of, "history")).body as AsyncIterable<Uint8Array> | null) ?? []) passes(chunk.length)
      })
    await measure(small)
    mustNotGrow(await measure(small), await measure(large))
  })

  test("of the check of an export", async () => {
    const measure = async (of: Filled) => {
      const file = Buffer.from(await (await get(of, "history")).arrayBuffer())
      const key = verifierOf(of.ledger.opened.services.checkpoints.signer(of.organizationId).verifierKey)
      return aliveDuring(async (passes) => {
        async function* chunks() {
          for (let at = 0; at < file.length; at += 65_536) {
            const chunk = file.subarray(at, at + 65_536)
            yield chunk
            passes(chunk.length)
          }
        }
        expect(await verifyExport(chunks(), key)).toMatchObject({ verified: true })
      })
    }
    await measure(small)
    mustNotGrow(await measure(small), await measure(large))
  })

  function mustNotGrow(one: { alive: number; bytes: number }, many: { alive: number; bytes: number }): void {
    // A page more or less is alive (a few megabytes as objects), and no part of what has gone by.
    expect(many.bytes - one.bytes).toBeGreaterThan(MORE_BYTES)
    expect(many.alive - one.alive).toBeLessThan(MORE_BYTES)
  }
})

describe("a stream", () => {
  test("waits for whoever takes it, and makes room when nobody does any more", async () => {
    const gone = [new AbortController(), new AbortController()]
    const open = await Promise.all(gone.map(({ signal }) => get(large, "history", signal)))
    expect(open.map(({ status }) => status)).toEqual([200, 200])
    // Both are held up by us: a third one of the same organization is asked to wait.
    const third = await get(large, "history")
    expect([third.status, third.headers.get("retry-after")]).toEqual([503, "5"])
    expect(await third.text()).toContain("Enough exports are being made")
    // Another organization's ledger is not concerned.
    expect((await get(small, "entitlements")).status).toBe(200)

    for (const controller of gone) controller.abort()
    await Promise.all(open.map((response) => response.text().catch(() => "cut off")))
    await until(async () => {
      const answer = await get(large, "entitlements")
      await answer.text()
      return answer.status === 200
    })
  })

  test("that nobody takes ends, and its place is somebody else's", async () => {
    await large.ledger.pause()
    const other = await RunningLedger.start({}, { exportTakenWithinMs: 300 }, large.ledger.folder)
    const of = { ...large, ledger: other }
    const held = await Promise.all([get(of, "history"), get(of, "history")])
    expect(held.map(({ status }) => status)).toEqual([200, 200])
    await until(async () => (await get(of, "entitlements")).status === 200)
    // What they have is no whole file, and they hear so.
    await until(async () => {
      const answers = await Promise.all([get(of, "entitlements"), get(of, "entitlements")])
      await Promise.all(answers.map((answer) => answer.text()))
      return answers.every(({ status }) => status === 200)
    })
    for (const response of held) await expect(response.text()).rejects.toThrow("terminated")
    await other.stop()
    await large.ledger.resume()
  })
})
