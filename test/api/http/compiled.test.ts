import { startServer } from "./support"

/** The first uses of a document are interpreted, later ones run compiled: the two must answer alike. */
const USES = 6

const operations: [name: string, query: string, variables?: object][] = [
  ["scalars", "{ hello whoami }"],
  ["default of a variable", 'query ($name: String! = "you") { hello(name: $name) }'],
  ["a given variable", "query ($name: String!) { hello(name: $name) }", { name: "Ada" }],
  [
    "a connection",
    "{ people(first: 3) { edges { cursor node { id name } } nodes { ...P } pageInfo { hasNextPage } totalCount } } fragment P on Person { id }",
  ],
  ["a number from a variable", "query ($first: Int) { people(first: $first) { nodes { id } } }", { first: 2 }],
  ["null for a number", "query ($first: Int) { people(first: $first) { totalCount } }", { first: null }],
  ["an interface", '{ node(id: "usr_1") { __typename id ... on Person { name } } }'],
  ["a union", '{ node(id: "usr_1") { ... on Person { pets { __typename ... on Cat { lives } ... on Dog { tricks } } } } }'],
  ["aliases and skip and include", "query ($yes: Boolean!) { a: hello @include(if: $yes) b: hello @skip(if: $yes) }", { yes: true }],
  ["a mutation", "mutation ($numbers: [Int!]) { add(numbers: $numbers) }", { numbers: [1, 2, 3] }],
  ["an error of a nullable field", "{ hello fails }"],
  ["an error of a non-null field", "{ hello failsLater }"],
  ["null where none may be", '{ node(id: "usr_1") { id ... on Person { broken } } }'],
  ["an error inside a list", "{ people(first: 2) { nodes { id fails } } }"],
  ["a meant error", "{ hello forbidden }"],
  ["one of two, by revision", "query ($asOf: AsOf) { asOf(asOf: $asOf) }", { asOf: { revision: 3 } }],
  ["one of two, in an input", "query ($filter: Filter) { asOf(filter: $filter) }", { filter: { asOf: { at: "2026-01-01" }, word: "x" } }],
  ["one of two, absent", "query ($asOf: AsOf) { asOf(asOf: $asOf) }"],
  ["both of two", "query ($asOf: AsOf) { asOf(asOf: $asOf) }", { asOf: { revision: 3, at: "2026-01-01" } }],
  ["neither of two", "query ($asOf: AsOf) { asOf(asOf: $asOf) }", { asOf: {} }],
  [
    "both of two, in an input",
    "query ($filter: Filter) { asOf(filter: $filter) }",
    { filter: { asOf: { revision: 3, at: "2026-01-01" } } },
  ],
  ["a variable of the wrong type", "query ($first: Int) { people(first: $first) { totalCount } }", { first: "three" }],
  ["a missing variable", "query ($name: String!) { hello(name: $name) }", {}],
  ["null for a non-null argument", 'query ($name: String = "you") { hello(name: $name) }', { name: null }],
  ["introspection", '{ __schema { queryType { name } } __type(name: "Person") { fields { name } } }'],
  ["a name that is no key of plain objects", "{ people(first: 2) { nodes { __proto__: id name } } }"],
]

test.each(operations)("compiled and interpreted answer alike: %s", async (...[, query, variables]) => {
  const { ask } = await startServer()
  const answers: { status: number; text: string }[] = []
  for (let use = 0; use < USES; use++) {
    const { status, text } = await ask(query, variables)
    answers.push({ status, text: text.replace(/"traceId":"[0-9a-f]{32}"/g, '"traceId":"…"') })
  }
  expect(answers).toEqual(Array(USES).fill(answers[0]))
})

test("what is asked often runs compiled, what is asked once is interpreted", async () => {
  const { ask, metrics } = await startServer()
  for (let use = 0; use < USES; use++) await ask("{ hello }")
  await ask("{ whoami }")
  const { text } = await metrics.page()
  expect(text).toContain('seatledger_executions_total{executor="compiled"} 3')
  expect(text).toContain('seatledger_executions_total{executor="interpreted"} 4')
})

test("one-of variables run compiled when they are right, and never when they are wrong", async () => {
  const { ask, metrics } = await startServer()
  const query = "query ($asOf: AsOf) { asOf(asOf: $asOf) }"
  for (let use = 0; use < USES; use++) await ask(query, { asOf: { revision: 1 } })
  const wrong = await ask(query, { asOf: { revision: 1, at: "2026-01-01" } })
  expect(wrong.status).toBe(400)
  expect(wrong.body.errors[0].extensions.code).toBe("BAD_USER_INPUT")
  expect((await metrics.page()).text).toContain('seatledger_executions_total{executor="compiled"} 3')
})

test("two operations of one document are told apart", async () => {
  const { post } = await startServer()
  const query = "query A { hello } query B { whoami }"
  for (let use = 0; use < USES; use++) {
    expect((await post({ query, operationName: "A" })).body.data).toEqual({ hello: "hello world" })
    expect((await post({ query, operationName: "B" })).body.data).toEqual({ whoami: "adele" })
  }
})

test("every compiled request has its own caller", async () => {
  const { ask } = await startServer()
  for (let use = 0; use < USES; use++) await ask("{ whoami }")
  expect((await ask("{ whoami }", {}, { authorization: "Bearer grace.org_contoso" })).body.data).toEqual({ whoami: "grace" })
})

test("a fault while compiled code runs is masked and logged like any other", async () => {
  const { ask, lines } = await startServer()
  for (let use = 0; use < USES; use++) await ask("query Broken { failsLater }")
  const faults = lines.filter(({ msg }) => msg === "fault")
  expect(faults).toHaveLength(USES)
  const traceIds = lines.filter(({ msg }) => msg === "operation").map(({ traceId }) => traceId)
  expect(faults.map(({ traceId }) => traceId)).toEqual(traceIds)
})
