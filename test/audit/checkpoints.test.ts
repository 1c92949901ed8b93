/** What is signed, what is never signed, and who gets it. */
import { chmod, mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises"
import { createServer, type IncomingMessage } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { Checkpoints } from "../../src/audit/checkpoints"
import { type Destination, toAddress, toFolder } from "../../src/audit/destination"
import { LogRewritten, TreeBehind } from "../../src/audit/log-tree"
import { verifyConsistency, verifyInclusion } from "../../src/audit/merkle"
import { openCheckpoint, verifierOf } from "../../src/audit/note"
import { consistencyProof, inclusionProof } from "../../src/audit/proofs"
import { Publisher } from "../../src/audit/publisher"
import type { SignedCheckpoints } from "../../src/audit/signed-checkpoints"
import { openSignedCheckpoints } from "../../src/audit/sqlite-signed-checkpoints"
import { temporaryFolder } from "../support/temporary-folder"
import { ChangeableLog } from "./log"

const MINUTE = 60_000
const ORG = "org_a"

let folder: Awaited<ReturnType<typeof temporaryFolder>>
let trees: ChangeableLog
let kept: SignedCheckpoints
let checkpoints: Checkpoints
let now: number
let alarms: string[]

beforeEach(async () => {
  folder = await temporaryFolder()
  trees = new ChangeableLog()
  now = Date.parse("2026-03-01T08:00:00Z")
  alarms = []
  open()
})
afterEach(async () => {
  await kept.close()
  await folder.remove()
})

function open(origin = "ledger.example"): void {
  kept = openSignedCheckpoints(join(folder.path, "audit.sqlite"), () => now)
  checkpoints = new Checkpoints({
    trees,
    kept,
    origin,
    now: () => now,
    onRewritten: (organizationId, { message }) => alarms.push(`${organizationId}: ${message}`),
  })
}

describe("signing", () => {
  test("a checkpoint opens with the key of the organization, and says origin, size and root", async () => {
    trees.grow(ORG, 5)
    const { note, root } = await checkpoints.at(ORG, 5)
    const { verifierKey } = checkpoints.signer(ORG)
    expect(verifierKey).toMatch(/^ledger\.example\/org_a\+[0-9a-f]{8}\+/)
    expect(openCheckpoint(note, [verifierOf(verifierKey)])).toEqual({ origin: "ledger.example/org_a", size: 5, root })
    expect(() => openCheckpoint(note, [verifierOf(checkpoints.signer("org_b").verifierKey)])).toThrow("nobody whose key is known")
  })

  test("key and checkpoints outlive a restart, in a file that nobody else may read", async () => {
    trees.grow(ORG, 5)
    const { note } = await checkpoints.at(ORG, 5)
    const key = checkpoints.signer(ORG).verifierKey
    await kept.close()
    await chmod(join(folder.path, "audit.sqlite"), 0o644) // as a careless copy leaves it
    open()
    expect(checkpoints.signer(ORG).verifierKey).toBe(key)
    expect(await checkpoints.newest(ORG)).toMatchObject({ note, size: 5, publishedAt: null })
    expect((await stat(join(folder.path, "audit.sqlite"))).mode & 0o777).toBe(0o600)
  })

  test("after a change of the origin, what was signed under the old name is signed again under the new one, and stays kept as it was", async () => {
    trees.grow(ORG, 5)
    const { note: old } = await checkpoints.at(ORG, 5)
    await kept.close()
    open("new.example")
    const { from, to } = await consistencyProof({ trees, checkpoints }, ORG, 3, 5)
    const verifier = verifierOf(checkpoints.signer(ORG).verifierKey)
    expect(openCheckpoint(from.note, [verifier])).toMatchObject({ origin: "new.example/org_a", size: 3 })
    expect(openCheckpoint(to.note, [verifier])).toMatchObject({ origin: "new.example/org_a", size: 5 })
    expect((await checkpoints.newest(ORG))?.note).toBe(old)
  })

  test("older revisions are signed on demand, and only growth is remembered", async () => {
    trees.grow(ORG, 9)
    await checkpoints.at(ORG, 9)
    const early = await checkpoints.at(ORG, 3)
    expect(early.size).toBe(3)
    expect((await checkpoints.at(ORG, 3)).note).toBe(early.note)
    expect((await checkpoints.at(ORG, 0)).size).toBe(0)
    expect(await checkpoints.count(ORG)).toBe(1)
  })

  test("a log whose past was changed is not signed, and everybody hears of it once", async () => {
    trees.grow(ORG, 10)
    await checkpoints.at(ORG, 7)
    trees.change(ORG, 2)
    trees.grow(ORG, 5)
    for (const size of [15, 10, 7, 6, 2]) await expect(checkpoints.at(ORG, size)).rejects.toThrow(LogRewritten)
    expect(alarms).toEqual([expect.stringContaining("is not the one of the checkpoint of 7 events")])
    expect(checkpoints.problem(ORG)).toContain("its past was changed")
    expect(checkpoints.countProblems()).toBe(1)
    expect(await checkpoints.count(ORG)).toBe(1)
  })

  test("a change after the newest checkpoint is not seen, which is why they are signed at an interval", async () => {
    trees.grow(ORG, 10)
    await checkpoints.at(ORG, 7)
    trees.change(ORG, 8)
    await expect(checkpoints.at(ORG, 10)).resolves.toMatchObject({ size: 10 })
  })

  test("a log that is shorter than what was signed is refused; one that is only not covered yet is waited for", async () => {
    trees.grow(ORG, 10)
    await checkpoints.at(ORG, 10)
    trees.behind = 4
    await expect(checkpoints.at(ORG, 6)).rejects.toThrow(TreeBehind)
    expect(alarms).toEqual([])
    trees.behind = 0
    trees.cut(ORG, 6)
    await expect(checkpoints.at(ORG, 6)).rejects.toThrow("has lost events: a checkpoint of 10 was signed on 2026-03-01T08:00:00.000Z")
    trees.grow(ORG, 4) // The same events once more: all is well again.
    await expect(checkpoints.at(ORG, 10)).resolves.toMatchObject({ size: 10 })
    expect(checkpoints.problem(ORG)).toBeUndefined()
  })
})

describe("proofs", () => {
  const log = () => ({ trees, checkpoints })

  test("every event of every size is proved, and the proof verifies with nothing but the checkpoint's root", async () => {
    trees.grow(ORG, 20)
    for (const size of [1, 2, 7, 16, 20]) {
      for (let revision = 1; revision <= size; revision++) {
        const { leafIndex, leafHash, path, checkpoint, leaf } = await inclusionProof(log(), ORG, revision, size)
        expect(JSON.parse(leaf)).toMatchObject({ revision, data: { userId: `usr_${revision}` } })
        expect(verifyInclusion(leafIndex, size, leafHash, path, checkpoint.root)).toBe(true)
      }
    }
  })

  test("two checkpoints are proved to be of one log", async () => {
    trees.grow(ORG, 20)
    const { from, to, path } = await consistencyProof(log(), ORG, 7, 20)
    expect(verifyConsistency(7, 20, from.root, to.root, path)).toBe(true)
    await expect(consistencyProof(log(), ORG, 20, 20)).resolves.toMatchObject({ path: [] })
  })

  test("an event that is not the one in the tree is told, and stays told", async () => {
    trees.grow(ORG, 20)
    await checkpoints.at(ORG, 20)
    const changed = { ...trees, organizations: trees.organizations, size: trees.size, nodes: trees.nodes.bind(trees) }
    const event = async () => ({ ...(await trees.event(ORG, 4)), data: { other: true } }) as Awaited<ReturnType<typeof trees.event>>
    await expect(inclusionProof({ trees: { ...changed, event }, checkpoints }, ORG, 4, 20)).rejects.toThrow(
      "event 4 of org_a is not the one",
    )
    await checkpoints.at(ORG, 20)
    expect(checkpoints.problem(ORG)).toContain("event 4 of org_a")
  })
})

describe("publishing", () => {
  let failures: unknown[]
  let conflicts: string[]
  let publisher: Publisher
  beforeEach(() => {
    failures = []
    conflicts = []
  })
  function publish(destination: Destination | undefined, everyMs = 60 * MINUTE): Publisher {
    publisher = new Publisher({
      trees,
      checkpoints,
      kept,
      destination,
      everyMs,
      now: () => now,
      observe: { failed: (error) => failures.push(error), conflict: ({ message }) => conflicts.push(message) },
    })
    return publisher
  }
  const later = async (minutes: number) => {
    now += minutes * MINUTE
    await publisher.run()
  }
  const files = async () => (await readdir(join(folder.path, "published", ORG))).sort()
  const read = (name: string) => readFile(join(folder.path, "published", ORG, name), "utf8")

  test("a log that has grown is signed when its time has come, and lies in the folder under its size and as the latest", async () => {
    trees.grow(ORG, 3)
    trees.grow("org_b", 1)
    await publish(toFolder(join(folder.path, "published"))).run()
    expect(await files()).toEqual(["3", "latest"])
    trees.grow(ORG, 2)
    await later(59)
    expect(await files()).toEqual(["3", "latest"])
    await later(1)
    expect(await files()).toEqual(["3", "5", "latest"])
    expect(await read("latest")).toBe(await read("5"))
    expect(await read("5")).toBe((await checkpoints.at(ORG, 5)).note)
    await later(60) // Nothing has happened.
    expect(await files()).toEqual(["3", "5", "latest"])
    expect(await checkpoints.newestPublished(ORG)).toMatchObject({ size: 5, publishedAt: now - 60 * MINUTE })
    expect(failures).toEqual([])
  })

  test("a restart neither forgets what is due nor signs before its time", async () => {
    trees.grow(ORG, 3)
    await publish(toFolder(join(folder.path, "published"))).run()
    trees.grow(ORG, 1)
    publish(toFolder(join(folder.path, "published")))
    await later(10)
    expect(await files()).toEqual(["3", "latest"])
    await later(50)
    expect(await files()).toEqual(["3", "4", "latest"])
  })

  test("a file that is there is never written over: another checkpoint of the same size is a conflict, and the next ones go on", async () => {
    const place = join(folder.path, "published", ORG)
    await mkdir(place, { recursive: true })
    await writeFile(join(place, "3"), "another checkpoint")
    trees.grow(ORG, 3)
    trees.grow("org_b", 1)
    await publish(toFolder(join(folder.path, "published"))).run()
    expect(conflicts).toEqual([expect.stringContaining("holds another checkpoint of the same size")])
    expect(await readdir(join(folder.path, "published", "org_b"))).toEqual(["1", "latest"])
    await later(60) // It is still the newest one, and is tried again.
    expect(conflicts).toHaveLength(2)
    trees.grow(ORG, 2)
    await later(60)
    expect(await files()).toEqual(["3", "5", "latest"])
    expect(await read("3")).toBe("another checkpoint")
    expect(await read("latest")).toBe(await read("5"))
    expect([conflicts.length, failures, await kept.countToPublish()]).toEqual([2, [], 0])
    expect(await checkpoints.newestPublished(ORG)).toMatchObject({ size: 5 })
  })

  test("what could not be published is tried again, later each time, and arrives in order", async () => {
    const arrived: number[] = []
    let down = true
    publish({
      async publish({ size }) {
        if (down) throw new Error("nobody there")
        arrived.push(size)
      },
    })
    trees.grow(ORG, 1)
    await publisher.run()
    await later(0.4) // too early: not even tried
    expect(failures).toHaveLength(1)
    await later(0.1)
    await later(0.5)
    expect(failures).toHaveLength(2)
    trees.grow(ORG, 1)
    await later(60)
    expect(failures).toHaveLength(3)
    expect(await kept.countToPublish()).toBe(2)
    down = false
    await later(60)
    expect(arrived).toEqual([1, 2])
    expect(await kept.countToPublish()).toBe(0)
  })

  test("a log whose past was changed is looked at although it has not grown, and nothing of it is published", async () => {
    trees.grow(ORG, 3)
    trees.grow("org_b", 3)
    await publish(toFolder(join(folder.path, "published"))).run()
    trees.change(ORG, 1)
    trees.grow("org_b", 1)
    await later(60)
    expect(alarms).toEqual([expect.stringContaining("org_a")])
    expect(await files()).toEqual(["3", "latest"])
    expect(await readdir(join(folder.path, "published", "org_b"))).toContain("4") // The others go on.
    expect(failures).toEqual([])
  })

  test("without anybody who keeps them, checkpoints are signed and kept here", async () => {
    trees.grow(ORG, 3)
    await publish(undefined).run()
    expect(await checkpoints.newest(ORG)).toMatchObject({ size: 3, publishedAt: null })
    expect(await kept.countToPublish()).toBe(0)
  })

  describe("to an address", () => {
    const received: { method?: string | undefined; path?: string | undefined; authorization?: string | undefined; body: string }[] = []
    let status = 201
    const server = createServer(async (request, response) => {
      received.push({
        method: request.method,
        path: request.url,
        authorization: request.headers.authorization,
        body: await textOf(request),
      })
      response.writeHead(status, { location: "/elsewhere" }).end()
    })
    let url: URL
    beforeAll(async () => {
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
      url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/checkpoints/`)
    })
    afterAll(() => server.close())
    beforeEach(() => {
      received.length = 0
      status = 201
    })

    test("PUT goes to a path of its own for every checkpoint", async () => {
      trees.grow(ORG, 3)
      await publish(toAddress(url, { method: "PUT", authorization: "Bearer abc" })).run()
      const { note } = await checkpoints.at(ORG, 3)
      expect(received).toEqual([{ method: "PUT", path: "/checkpoints/org_a/3", authorization: "Bearer abc", body: note }])
      expect(failures).toEqual([])
    })

    test("a query of the address stays behind the path, and is in no message: stores sign addresses with it", async () => {
      trees.grow(ORG, 3)
      status = 500
      await publish(toAddress(new URL("?sig=secret", url), { method: "PUT" })).run()
      expect(received).toMatchObject([{ path: "/checkpoints/org_a/3?sig=secret" }])
      expect(failures.map(String)).toEqual([expect.stringMatching(/PUT http:\S+\/checkpoints\/org_a\/3 was answered with 500/)])
    })

    test("POST goes to the address", async () => {
      trees.grow(ORG, 3)
      await publish(toAddress(url, { method: "POST" })).run()
      expect(received).toMatchObject([{ method: "POST", path: "/checkpoints/" }])
    })

    test.each([409, 412])("%i says that another one of this size is there, and the next size goes on", async (answer) => {
      status = answer
      trees.grow(ORG, 3)
      await publish(toAddress(url, { method: "PUT" })).run()
      expect(conflicts).toEqual([expect.stringMatching(`/org_a/3 was answered with ${answer}`)])
      status = 201
      trees.grow(ORG, 1)
      await later(60)
      expect(received.map(({ path }) => path)).toEqual(["/checkpoints/org_a/3", "/checkpoints/org_a/4"])
      expect([failures, await kept.countToPublish()]).toEqual([[], 0])
    })

    test.each([500, 403, 302])("%i is a failure, and a redirect is not followed", async (answer) => {
      status = answer
      trees.grow(ORG, 3)
      await publish(toAddress(url, { method: "PUT" })).run()
      expect(received).toHaveLength(1)
      expect(failures).toHaveLength(1)
      expect(await kept.countToPublish()).toBe(1)
    })
  })
})

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ""
  for await (const chunk of request) text += chunk
  return text
}
