import { resolve } from "node:path"
import { readConfig, SETTINGS, WrongConfiguration } from "../src/config"

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env)
  } catch (error) {
    if (error instanceof WrongConfiguration) return error.problems
    throw error
  }
  return []
}
const JWKS = {
  SEATLEDGER_AUTH: "jwks",
  SEATLEDGER_JWKS_URL: "https://login.example.com/keys",
  SEATLEDGER_ISSUER: "https://login.example.com/",
  SEATLEDGER_AUDIENCE: "seatledger",
}

test("an empty environment gives the documented defaults", () => {
  const config = readConfig({})
  expect(config).toMatchObject({ port: 4000, host: "127.0.0.1", dataFolder: resolve("./data"), auth: "development", production: false })
  expect(config.requestsPerSecond).toBeGreaterThanOrEqual(200)
  expect(config.jwksUrl).toBeUndefined()
})

test("every setting has a name, a sentence that explains it and a default that passes its own check", () => {
  for (const { name, fallback, doc, parse } of Object.values(SETTINGS)) {
    expect(name).toMatch(/^(PORT|HOST|NODE_ENV|EVENT_STORE|READ_STORE|POSTGRES_URL|KURRENTDB_URL|SEATLEDGER_[A-Z_]+)$/)
    expect(doc).toMatch(/\.$/)
    if (fallback !== undefined) expect(() => parse(fallback)).not.toThrow()
  }
})

test("an empty variable means the default", () => {
  expect(readConfig({ PORT: "", SEATLEDGER_JWKS_URL: " " })).toMatchObject({ port: 4000, jwksUrl: undefined })
})

test("all problems are told at once, each with its variable", () => {
  const problems = problemsOf({ PORT: "eighty", SEATLEDGER_AUTH: "basic", SEATLEDGER_MAX_DEPHT: "5", SEATLEDGER_ROLE_MAP: "admins=KING" })
  expect(problems).toHaveLength(4)
  expect(problems).toEqual(
    expect.arrayContaining([
      "PORT=eighty: a whole number from 0 to 65535 is needed",
      "SEATLEDGER_AUTH=basic: one of development, jwks is needed",
      expect.stringMatching(/^SEATLEDGER_MAX_DEPHT: there is no such setting/),
      expect.stringMatching(/^SEATLEDGER_ROLE_MAP=admins=KING: one of OPERATOR, /),
    ]),
  )
})

test.each(["-1", "1.5", "0x10", "1e3", "65536", "80 80"])("PORT=%s is refused", (port) => {
  expect(problemsOf({ PORT: port })).toHaveLength(1)
})

test("development sign-in is refused in production", () => {
  expect(problemsOf({ NODE_ENV: "production" })).toEqual([expect.stringContaining("SEATLEDGER_AUTH=development is refused")])
  expect(problemsOf({ NODE_ENV: "production", ...JWKS })).toEqual([])
})

test("jwks needs address, issuer and audience", () => {
  expect(problemsOf({ SEATLEDGER_AUTH: "jwks" }).map((problem) => problem.split(" ")[0])).toEqual([
    "SEATLEDGER_JWKS_URL",
    "SEATLEDGER_ISSUER",
    "SEATLEDGER_AUDIENCE",
  ])
})

test("in production keys come over https, or from this machine", () => {
  const production = { NODE_ENV: "production", ...JWKS }
  expect(problemsOf({ ...production, SEATLEDGER_JWKS_URL: "http://login.example.com/keys" })).toHaveLength(1)
  expect(problemsOf({ ...production, SEATLEDGER_JWKS_URL: "http://127.0.0.1:8080/keys" })).toEqual([])
  expect(problemsOf({ ...JWKS, SEATLEDGER_JWKS_URL: "http://keycloak:8080/keys" })).toEqual([])
  expect(problemsOf({ ...JWKS, SEATLEDGER_JWKS_URL: "ftp://login.example.com/keys" })).toHaveLength(1)
})

test("maps hold names with equals signs and trim what surrounds them", () => {
  const { roleMap, organizationMap } = readConfig({
    SEATLEDGER_ROLE_MAP: "cn=seats=LICENSE_ADMIN, 3f2a=AUDITOR",
    SEATLEDGER_ORGANIZATION_MAP: "72f9=org_contoso",
  })
  expect([...roleMap]).toEqual([
    ["cn=seats", "LICENSE_ADMIN"],
    ["3f2a", "AUDITOR"],
  ])
  expect([...organizationMap]).toEqual([["72f9", "org_contoso"]])
})

test("the log in PostgreSQL needs its address, and no message ever shows the password in it", () => {
  expect(() => readConfig({ EVENT_STORE: "postgres" })).toThrow(/POSTGRES_URL is needed with EVENT_STORE=postgres/)
  expect(readConfig({ EVENT_STORE: "postgres", POSTGRES_URL: "postgres://seats:hush@db/ledger" }).eventStore).toBe("postgres")
  expect(() => readConfig({ POSTGRES_URL: "mysql://seats:hush@db/ledger" })).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining("hush") }),
  )
})

test("the log in KurrentDB needs its address, and no message ever shows the password in it", () => {
  expect(() => readConfig({ EVENT_STORE: "kurrentdb" })).toThrow(/KURRENTDB_URL is needed with EVENT_STORE=kurrentdb/)
  const KURRENTDB_URL = "kurrentdb://seats:hush@node1:2113,node2:2113"
  const alone = { EVENT_STORE: "kurrentdb", KURRENTDB_URL, SEATLEDGER_ONLY_PROCESS: "true" }
  expect(readConfig(alone)).toMatchObject({ eventStore: "kurrentdb", kurrentdbUrl: KURRENTDB_URL })
  expect(problemsOf({ EVENT_STORE: "kurrentdb", KURRENTDB_URL })).toEqual([
    expect.stringMatching(/set READ_STORE=postgres, or SEATLEDGER_ONLY_PROCESS=true/),
  ])
  for (const wrong of ["http://seats:hush@node1:2113", `${KURRENTDB_URL}?nodePreference=follower`, "kurrentdb://seats:hu:sh@node1"]) {
    expect(problemsOf({ KURRENTDB_URL: wrong })).toEqual([expect.stringMatching(/^KURRENTDB_URL: the connection string/)])
    expect(problemsOf({ KURRENTDB_URL: wrong }).join()).not.toMatch(/hu:?sh/)
  }
})

test("what is kept in PostgreSQL for several nodes needs its address, and a log that several nodes can write", () => {
  const POSTGRES_URL = "postgres://seats:hush@db/ledger"
  const several = { READ_STORE: "postgres", POSTGRES_URL }
  expect(readConfig({ ...several, EVENT_STORE: "postgres" }).readStore).toBe("postgres")
  expect(readConfig({ ...several, EVENT_STORE: "kurrentdb", KURRENTDB_URL: "kurrentdb://node1:2113" }).readStore).toBe("postgres")
  expect(problemsOf(several)).toEqual([expect.stringMatching(/^READ_STORE=postgres is for several nodes, and a file/)])
  expect(problemsOf({ READ_STORE: "postgres", EVENT_STORE: "postgres" })).toEqual([
    expect.stringMatching(/^POSTGRES_URL is needed with EVENT_STORE=postgres and READ_STORE=postgres: /),
  ])
  expect(problemsOf({ READ_STORE: "files" })).toEqual(["READ_STORE=files: one of sqlite, postgres is needed"])
})
