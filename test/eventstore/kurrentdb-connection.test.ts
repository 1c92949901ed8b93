/** Connection strings, TLS, users and passwords; the password is nowhere but in the header that carries it. */
import { join } from "node:path"
import { inspect } from "node:util"
import { START } from "../../src/eventstore/event-store"
import { type KurrentEventStore, openKurrentEventStore } from "../../src/eventstore/kurrentdb"
import { readConnectionString } from "../../src/eventstore/kurrentdb-connection"
import { type Certificates, makeCertificates } from "../kurrentdb-server/certificates"
import { startCluster, startNode, type TestNode } from "../kurrentdb-server/node"
import { runChild } from "../support/child"
import { PATIENCE_MS } from "../support/until"
import { eventStoreContract, idsOf, newEvents } from "./contract"

const PASSWORD = "p@ss:w/rd?100%"
const A = "organization-a"

describe("a connection string", () => {
  test("names nodes, options and who we are; what the client is given holds neither user nor password", () => {
    const settings = readConnectionString(
      `kurrentdb://ops:${encodeURIComponent(PASSWORD)}@n1:2113,n2,n3:2114?tlsCAFile=%2Fca.pem&TLSVerifyCert=true`,
    )
    expect(settings).toEqual({
      url: "kurrentdb://n1:2113,n2,n3:2114?connectionName=seatledger&discoveryInterval=50&maxDiscoverAttempts=10&tlsCAFile=%2Fca.pem&tlsVerifyCert=true",
      shown: "kurrentdb://n1:2113,n2,n3:2114",
      credentials: { username: "ops", password: PASSWORD },
      withheld: false,
    })
  })

  test.each([
    ["esdb://localhost:2113?tls=false", "kurrentdb://localhost:2113"],
    ["kurrent+discover://cluster.example.com", "kurrentdb+discover://cluster.example.com"],
    ["kdb://localhost/?tls=true", "kurrentdb://localhost"],
  ])("%s", (text, shown) => {
    expect(readConnectionString(text)).toMatchObject({ shown, withheld: false })
  })

  test("a password does not travel without TLS", () => {
    const settings = readConnectionString("kurrentdb://admin:changeit@localhost:2113?tls=false")
    expect(settings).toMatchObject({ shown: "kurrentdb://localhost:2113", withheld: true })
    expect(settings.credentials).toBeUndefined()
  })

  test.each([
    ["postgres://ops:secret@localhost", "cannot be read"],
    ["kurrentdb://", "cannot be read"],
    ["kurrentdb://ops:se@cret@localhost", "cannot be read"],
    ["kurrentdb://ops@localhost", "has no user:password before the @"],
    ["kurrentdb://ops:100%secret@localhost", "has a % in its user or password"],
    ["kurrentdb://ops:secret@localhost?passwort=secret", "has an option that is not known: passwort"],
    ["kurrentdb://ops:secret@local host", "names a host that is none"],
    ["kurrentdb://ops:secret@localhost?nodePreference=follower", "may only prefer the leader"],
  ])("%s is refused, and not repeated", (text, problem) => {
    const error = (() => {
      try {
        readConnectionString(text)
      } catch (error) {
        return error
      }
    })()
    expect(String(error)).toContain(problem)
    expect(inspect(error)).not.toContain("secret")
  })
})

describe("TLS", () => {
  let certificates: Certificates
  let node: TestNode
  beforeAll(async () => {
    certificates = makeCertificates()
    node = await startNode({ certificates, users: { ops: PASSWORD } })
  })
  afterAll(async () => {
    await node.stop()
    certificates.remove()
  })

  let subjects = 0
  const openSubject = async () => {
    const at = { url: node.url("ops", PASSWORD), prefix: `subject-${++subjects}.` }
    let store: KurrentEventStore = await openKurrentEventStore(at)
    return {
      store,
      async reopen() {
        await store.close()
        store = await openKurrentEventStore(at)
        return store
      },
      dispose: () => store.close(),
      patienceMs: PATIENCE_MS,
      findsIds: false as const,
    }
  }
  eventStoreContract("kurrentdb (protocol server, TLS and password)", openSubject, "by the server's rules")

  test("with a password, every append is a call of its own, because the client says who we are with each", async () => {
    const before = { ...node.calls }
    const store = await openKurrentEventStore({ url: node.url("ops", PASSWORD), prefix: "calls." })
    await store.append(A, 0, newEvents(2))
    await store.close()
    expect(node.calls.append).toBe(before.append + 1)
    expect(node.calls.batchAppend).toBe(before.batchAppend)
  })

  test.each([
    ["a wrong password", () => node.url("ops", `${PASSWORD}!`)],
    ["a user nobody knows", () => node.url("nobody", PASSWORD)],
    ["no user", () => node.url()],
  ])("%s is refused at once, by the name of the server", async (_, url) => {
    const opened = openKurrentEventStore({ url: url(), limits: { retryMs: PATIENCE_MS } })
    await expect(opened).rejects.toThrow(
      `the event log in KurrentDB at kurrentdb://${node.address} cannot be used: KurrentDB denies access`,
    )
  })

  test("an authority that we do not trust is no server of ours", async () => {
    const other = makeCertificates()
    try {
      const url = node.url("ops", PASSWORD).replace(/tlsCAFile=.*/, `tlsCAFile=${encodeURIComponent(other.authorityFile)}`)
      await expect(openKurrentEventStore({ url, limits: { retryMs: 500 } })).rejects.toThrow("does not answer")
    } finally {
      other.remove()
    }
  })

  test("a password without TLS is refused by a server that asks for one, and the reason is said", async () => {
    const open = await startNode({ users: { ops: PASSWORD } })
    try {
      const url = `kurrentdb://ops:${encodeURIComponent(PASSWORD)}@${open.address}?tls=false`
      await expect(openKurrentEventStore({ url })).rejects.toThrow("without TLS, the user and password are not sent")
    } finally {
      await open.stop()
    }
  })

  test("a cluster with TLS: gossip, appends, reads and a follower", async () => {
    const nodes = await startCluster(3, { certificates, users: { ops: PASSWORD } })
    const [leader, , follower] = nodes as [TestNode, TestNode, TestNode]
    const hosts = nodes.map(({ address }) => address).reverse()
    const url = `kurrentdb://ops:${encodeURIComponent(PASSWORD)}@${hosts.join(",")}?tlsCAFile=${encodeURIComponent(certificates.authorityFile)}`
    const store = await openKurrentEventStore({ url })
    const events = newEvents(5)
    await store.append(A, 0, events)
    for await (const batch of store.follow(START, new AbortController().signal, "never")) {
      expect(idsOf(batch.events)).toEqual(idsOf(events))
      break
    }
    expect(leader.calls.append).toBe(1)
    expect(follower.calls.append).toBe(0)
    await store.close()
    await Promise.all(nodes.map((one) => one.stop()))
  })

  test("whatever goes wrong, neither errors nor anything that the process says hold the password", async () => {
    const child = runChild(join(__dirname, "kurrentdb-trouble-child.ts"), [], { PASSWORD_OF_OPS: PASSWORD })
    const said: string[] = []
    for await (const line of child.lines) said.push(line)
    const { code, errors } = await child.ended
    said.push(errors)
    expect({ code, last: said.at(-2) }).toEqual({ code: 0, last: "7 of 7 failed" })
    expect(said.join("\n")).toContain("does not answer")
    for (const secret of [PASSWORD, encodeURIComponent(PASSWORD), Buffer.from(`ops:${PASSWORD}`).toString("base64")])
      expect(said.filter((words) => words.includes(secret))).toEqual([])
  })
})

test.each([
  ["reads", 0],
  ["writes", 1],
])("with nodes that keep silent, a process that %s ends when it has closed its log", async (what, events) => {
  const [leader, silent] = (await startCluster(2)) as [TestNode, TestNode]
  silent.gate.freeze()
  const hosts = [...Array.from({ length: 5 }, () => silent.address), leader.address]
  try {
    const child = runChild(join(__dirname, "kurrentdb-silent-child.ts"), [what, `kurrentdb://${hosts.join(",")}?tls=false`])
    expect((await child.lines.next()).value).toBe(`${events} events; closed`)
    expect(await child.ended).toMatchObject({ code: 0, errors: "" })
  } finally {
    await Promise.all([leader.stop(), silent.stop()])
  }
})

describe("the client is optional", () => {
  test("where it is not installed, it is said what to install", async () => {
    jest.resetModules()
    jest.doMock("@kurrent/kurrentdb-client", () => {
      throw Object.assign(new Error("Cannot find module '@kurrent/kurrentdb-client'"), { code: "MODULE_NOT_FOUND" })
    })
    const without: typeof import("../../src/eventstore/kurrentdb") = require("../../src/eventstore/kurrentdb")
    await expect(without.openKurrentEventStore({ url: "kurrentdb://localhost" })).rejects.toThrow("npm install @kurrent/kurrentdb-client")
    jest.dontMock("@kurrent/kurrentdb-client")
  })
})
