/** GraphQL over HTTP, audited from outside by the reference implementation's own suite. */
import { auditServer } from "graphql-http"
import { startServer, TOKEN } from "./support"

test("61 audits of GraphQL over HTTP: none fails, and the three notices are the ones we chose", async () => {
  const { url } = await startServer()
  const results = await auditServer({
    url: `${url}/graphql`,
    fetchFn: (address: string, init: RequestInit = {}) => {
      const headers = new Headers(init.headers)
      headers.set("apollo-require-preflight", "1") // GETs need it: CSRF protection
      headers.set("authorization", `Bearer ${TOKEN}`)
      return fetch(address, { ...init, headers })
    },
  })
  const notOk = results.filter(({ status }) => status !== "ok")
  expect(results.length).toBeGreaterThanOrEqual(61)
  expect(notOk.filter(({ status }) => status === "error")).toEqual([])
  // Wrong requests are answered with 400 also as application/json, where the audits of old clients would like 200.
  expect(notOk.map(({ name }) => name)).toEqual(expect.arrayContaining([expect.stringMatching(/SHOULD use 200 status code/)]))
  expect(notOk).toHaveLength(3)
})
