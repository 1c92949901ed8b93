import { answerOf, SECRET, startServer, TOKEN } from "./support"

test("a query is answered", async () => {
  const { ask } = await startServer()
  const { status, body } = await ask("{ hello whoami }")
  expect(status).toBe(200)
  expect(body).toEqual({ data: { hello: "hello world", whoami: "adele" } })
})
