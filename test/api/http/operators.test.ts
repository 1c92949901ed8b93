/** What operators ask: is it alive, may it be sent requests, how is it doing; and ending in good order. */
import { type Check, storeChecks } from "../../../src/api/http/health"
import { openMetrics } from "../../../src/api/http/metrics"
import type { EventStore } from "../../../src/eventstore/event-store"
import type { Projecting, ProjectionStatus } from "../../../src/readstore/projecting"
import type { ReadStore } from "../../../src/readstore/read-store"
import { answerOf, startServer, TOKEN } from "./support"

const well: Check = { name: "well", problem: async () => undefined }
const get = async (url: string) => answerOf(await fetch(url))

describe("/livez", () => {
  test("the process answers, whatever its stores do", async () => {
    const { url } = await startServer({}, [{ name: "store", problem: async () => "gone" }])
    expect(await get(`${url}/livez`)).toMatchObject({ status: 200, body: { status: "alive" } })
  })
})

describe("/readyz", () => {
  test("all is well", async () => {
    const { url } = await startServer({}, [well])
    expect(await get(`${url}/readyz`)).toMatchObject({ status: 200, body: { status: "ready", checks: { well: "ok" } } })
  })

  test("one thing that is wrong is enough, and is named", async () => {
    const broken: Check = {
      name: "broken",
      problem: async () => {
        throw new Error("disk is gone")
      },
    }
    const { url } = await startServer({}, [well, broken])
    expect(await get(`${url}/readyz`)).toMatchObject({
      status: 503,
      body: { status: "not ready", checks: { well: "ok", broken: "disk is gone" } },
    })
  })

  test("a check that hangs is wrong", async () => {
    const { url } = await startServer({}, [{ name: "hanging", problem: () => new Promise(() => {}) }])
    const { status, body } = await get(`${url}/readyz`)
    expect(status).toBe(503)
    expect(body.checks.hanging).toMatch(/no answer within 2000 ms/)
  })
})

describe("what readiness looks at", () => {
  const fine: ProjectionStatus = { name: "ledger", position: 10, lag: 0 }
  const failure = { eventId: "e1", type: "LicenseAssigned", stream: "organization-org_a", revision: 7, error: "boom" }

  /** Stores of which only the asked-about part is looked at. */
  function problemsWith(
    statuses: readonly ProjectionStatus[],
    read: EventStore["read"] = async function* () {},
  ): Promise<(string | undefined)[]> {
    const eventStore: EventStore = { append: never, read, follow: never, close: never }
    const readStore: ReadStore = { dialect: "sqlite", rows: async () => [], slowRows: never, close: never }
    const projecting: Projecting = { waitFor: never, onProgress: never, status: () => statuses, wake: never, close: never }
    const checks = storeChecks({ eventStore, readStore, projecting }, 100)
    return Promise.all(checks.map(({ problem }) => problem().catch((error: Error) => error.message)))
  }
  const never = () => {
    throw new Error("readiness has no business here")
  }

  test("reachable stores and projections that have caught up", async () => {
    expect(await problemsWith([fine, { ...fine, name: "history", lag: 100 }])).toEqual([undefined, undefined, undefined])
  })

  test("a projection that is too far behind", async () => {
    expect(await problemsWith([fine, { ...fine, name: "history", lag: 101 }])).toEqual([
      undefined,
      undefined,
      "history is 101 events behind",
    ])
  })

  test("a projection of which nobody knows how far behind it is", async () => {
    const [, , problem] = await problemsWith([{ ...fine, lag: Number.POSITIVE_INFINITY }])
    expect(problem).toBe("how far ledger is behind the event log is not known")
  })

  test("a projection stopped by a poison event, with the event to look at", async () => {
    const [, , problem] = await problemsWith([{ ...fine, failure }])
    expect(problem).toBe("ledger was stopped by event e1 (LicenseAssigned, organization-org_a revision 7)")
  })

  test("an event store that cannot be read", async () => {
    const [problem] = await problemsWith([fine], () => {
      throw new Error("the log is locked")
    })
    expect(problem).toBe("the log is locked")
  })
})

describe("/metrics", () => {
  test("operations by name, kind and outcome; errors by code", async () => {
    const { ask, url } = await startServer()
    await ask("query Greeting { hello }")
    await ask("{ hello }")
    await ask("query Broken { fails }")
    await ask("{ hallo }")
    const { text, headers } = await get(`${url}/metrics`)
    expect(headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/)
    expect(text).toContain('seatledger_operation_seconds_count{operation="Greeting",kind="query",outcome="ok"} 1')
    expect(text).toContain('seatledger_operation_seconds_count{operation="anonymous",kind="query",outcome="ok"} 1')
    expect(text).toContain('seatledger_operation_seconds_count{operation="other",kind="query",outcome="error"} 1')
    expect(text).toContain('seatledger_errors_total{code="INTERNAL_SERVER_ERROR"} 1')
    expect(text).toContain('seatledger_errors_total{code="GRAPHQL_VALIDATION_FAILED"} 1')
    expect(text).toContain("process_cpu_user_seconds_total")
    expect(text).toContain("nodejs_eventloop_lag_seconds")
  })

  test("made-up operation names do not make the page grow without end", async () => {
    const metrics = openMetrics()
    for (let i = 0; i < 1_000; i++) metrics.operation(`Made${i}`, "query", "OK", 0.001)
    metrics.operation("x".repeat(65), "query", "OK", 0.001)
    const { text } = await metrics.page()
    const names = new Set([...text.matchAll(/seatledger_operation_seconds_count\{operation="(\w+)"/g)].map(([, name]) => name))
    expect(names.size).toBe(201)
    expect(text).toContain('seatledger_operation_seconds_count{operation="other",kind="query",outcome="ok"} 801')
  })

  test("lag, position and failure of every projection, as they are when asked", async () => {
    let lag = 3
    const status = (): ProjectionStatus[] => [
      { name: "ledger", position: 40, lag },
      { name: "history", position: 12, lag: 28, failure: { eventId: "e", type: "T", stream: "s", revision: 1, error: "boom" } },
    ]
    const metrics = openMetrics({ status })
    lag = 5
    const { text } = await metrics.page()
    expect(text).toContain('seatledger_projection_lag_events{projection="ledger"} 5')
    expect(text).toContain('seatledger_projection_lag_events{projection="history"} 28')
    expect(text).toContain('seatledger_projection_position{projection="ledger"} 40')
    expect(text).toContain('seatledger_projection_failed{projection="ledger"} 0')
    expect(text).toContain('seatledger_projection_failed{projection="history"} 1')
  })

  test("appended events, appends that came second, and refusals by code", async () => {
    const metrics = openMetrics()
    metrics.appended(2)
    metrics.appended(3)
    metrics.raced()
    metrics.refused("NOT_ENOUGH_SEATS")
    const { text } = await metrics.page()
    expect(text).toContain("seatledger_appended_events_total 5")
    expect(text).toContain('seatledger_appends_total{outcome="recorded"} 2')
    expect(text).toContain('seatledger_appends_total{outcome="raced"} 1')
    expect(text).toContain('seatledger_refusals_total{code="NOT_ENOUGH_SEATS"} 1')
  })
})

describe("ending in good order", () => {
  test("a running request is finished, a new one is not taken, and it ends", async () => {
    const { ask, close, gate, url } = await startServer({}, [well])
    const slow = ask("{ slow }")
    await gate.reached
    const closed = close()
    await expect(fetch(`${url}/graphql`, { method: "POST", headers: { authorization: `Bearer ${TOKEN}` } })).rejects.toThrow()
    gate.open()
    const { status, body, headers } = await slow
    expect(status).toBe(200)
    expect(body.data.slow).toBe("finished")
    expect(headers.get("connection")).toBe("close")
    await closed
  })

  test("readiness says no while requests are finished", async () => {
    const { ask, close, gate, url } = await startServer({}, [well])
    // A balancer that keeps its connection sees the change before the connection goes.
    const { Agent, request } = await import("node:http")
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const probe = () =>
      new Promise<number | undefined>((resolve, reject) => {
        request(`${url}/readyz`, { agent }, (response) => response.resume().on("end", () => resolve(response.statusCode)))
          .on("error", reject)
          .end()
      })
    expect(await probe()).toBe(200)
    const slow = ask("{ slow }")
    await gate.reached
    const closed = close()
    const during = await probe().catch(() => "refused")
    expect([503, "refused"]).toContain(during)
    gate.open()
    await slow
    await closed
    agent.destroy()
  })

  test("a request that never ends does not keep it from ending", async () => {
    const { ask, close, gate } = await startServer({ SEATLEDGER_SHUTDOWN_MS: "50" })
    const slow = ask("{ slow }").catch(() => "cut off")
    await gate.reached
    await close()
    expect(await slow).toBe("cut off")
  })

  test("idle connections are not waited for", async () => {
    const { ask, close } = await startServer({ SEATLEDGER_SHUTDOWN_MS: "600000" }) // longer than a test may take
    await ask("{ hello }") // fetch keeps this connection for the next time
    await close()
  })
})
