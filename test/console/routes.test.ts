/** What the server answers at the console's addresses, without a browser: pages, files, and what is never a page. */
import { readdirSync } from "node:fs"
import { mkdir, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import fastify from "fastify"
import { consoleFolder, consoleRoutes } from "../../src/api/console/console"
import { readConfig } from "../../src/config"
import { RunningLedger } from "../support/running-ledger"
import { temporaryFolder } from "../support/temporary-folder"

const HTML = { accept: "text/html,application/xhtml+xml" }
const script = readdirSync(join(consoleFolder(), "assets")).find((name) => /^index-.*\.js$/.test(name)) ?? ""

let ledger: RunningLedger
let production: RunningLedger
beforeAll(async () => {
  ledger = await RunningLedger.start()
  production = await RunningLedger.start({
    NODE_ENV: "production",
    SEATLEDGER_AUTH: "jwks",
    SEATLEDGER_JWKS_URL: "https://login.example/realms/noordster/keys",
    SEATLEDGER_ISSUER: "https://login.example/realms/noordster",
    SEATLEDGER_AUDIENCE: "seatledger",
    SEATLEDGER_OIDC_CLIENT_ID: "console",
    SEATLEDGER_OIDC_SCOPE: "openid offline_access",
  })
})
afterAll(async () => {
  await ledger.stop()
  await production.stop()
})

function get(path: string, headers: Readonly<Record<string, string>> = {}, method = "GET", from = ledger): Promise<Response> {
  return fetch(`${from.opened.url}${path}`, { method, headers })
}

test.each(["/", "/licenses", "/licenses/lic_x/people?search=a", "/users/usr_x", "/signed-in?code=c", "/anything/at/all"])(
  "%s is a page",
  async (path) => {
    const response = await get(path, HTML)
    expect(response.status).toBe(200)
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8")
    expect(response.headers.get("cache-control")).toBe("no-store")
    expect(await response.text()).toContain(`src="/assets/${script}"`)
  },
)

test.each(["/vendor/x", "/vendor", "/graphql/x", "/console/nothing", "/livez/x", "/metrics/x", "/readyz/x", "/export/x"])(
  "%s is for programs: an unknown one is never a page",
  async (path) => {
    const response = await get(path, HTML)
    expect(response.status).toBe(404)
    expect(response.headers.get("content-type")).not.toContain("text/html")
  },
)

test("who asks for something else than a page gets none", async () => {
  expect((await get("/licenses", { accept: "application/json" })).status).toBe(404)
  expect((await get("/licenses")).status).toBe(404)
  expect((await get("/licenses", HTML, "POST")).status).toBe(404)
})

test("HEAD is answered like GET, without the page", async () => {
  const response = await get("/licenses", HTML, "HEAD")
  expect(response.status).toBe(200)
  expect(response.headers.get("content-type")).toContain("text/html")
  expect(await response.text()).toBe("")
})

test("files carry their content's hash in the name and are kept for a year", async () => {
  const response = await get(`/assets/${script}`)
  expect(response.status).toBe(200)
  expect(response.headers.get("content-type")).toContain("javascript")
  expect(response.headers.get("cache-control")).toBe("public, max-age=31536000, immutable")
})

test.each([
  ["br", "br, gzip"],
  ["gzip", "gzip"],
  [null, "identity"],
])("files are sent as %s to whoever accepts %s", async (encoding, accepted) => {
  const response = await get(`/assets/${script}`, { "accept-encoding": accepted })
  expect(response.headers.get("content-encoding")).toBe(encoding)
  expect(response.headers.get("vary")).toContain("accept-encoding")
  expect(await response.text()).toMatch(/^(import|const|var|function|\(|e)/) // the same script, decoded
})

test("a console that is built beside the running server is served at once", async () => {
  const { path: folder, remove } = await temporaryFolder()
  const app = fastify()
  const build = async (hash: string) => {
    await rm(join(folder, "assets"), { recursive: true, force: true })
    await mkdir(join(folder, "assets"))
    await writeFile(join(folder, "assets", `index-${hash}.js`), "")
    await writeFile(join(folder, "index.html"), `<script src="/assets/index-${hash}.js"></script>`)
  }
  try {
    await build("old")
    const config = readConfig({ SEATLEDGER_DATA: folder })
    await app.register(async (routes) => consoleRoutes(routes, { config, folder, organizations: async () => [] }))
    const origin = await app.listen({ port: 0, host: "127.0.0.1" })
    const ask = (path: string) => fetch(`${origin}${path}`, { headers: HTML })
    const page = async () => (await ask("/licenses")).text()
    expect(await page()).toContain("/assets/index-old.js")
    await build("new")
    expect(await page()).toContain("/assets/index-new.js")
    expect((await ask("/assets/index-new.js")).status).toBe(200)
    expect((await ask("/assets/index-old.js")).status).toBe(404)
    await rm(join(folder, "index.html"))
    expect((await ask("/licenses")).status).toBe(503)
  } finally {
    await app.close()
    await remove()
  }
})

test("an unknown file is not there, and nobody is told to keep that", async () => {
  const response = await get("/assets/index-00000000.js", HTML)
  expect(response.status).toBe(404)
  expect(response.headers.get("cache-control")).toBe("no-store")
  expect(response.headers.get("content-type")).not.toContain("text/html")
})

test.each(["/assets/../index.html", "/assets/%2e%2e/index.html", "/assets/..%2f..%2fpackage.json"])("%s leads nowhere", async (path) => {
  const response = await get(path)
  expect([403, 404]).toContain(response.status)
})

test("the policy lets in nothing from elsewhere, and every page has a nonce of its own", async () => {
  const policies = await Promise.all(
    [get("/", HTML), get("/", HTML)].map(async (asked) => (await asked).headers.get("content-security-policy") ?? ""),
  )
  const [first = "", second = ""] = policies
  expect(first.replace(/'nonce-[^']+'/, "'nonce'").split("; ")).toEqual([
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'nonce'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ])
  expect(first).not.toBe(second)
})

test("in production the page may ask the identity provider, and is told how to sign in", async () => {
  const page = await get("/", HTML, "GET", production)
  expect(page.headers.get("content-security-policy")).toContain("connect-src 'self' https://login.example;")
  expect(await (await get("/console/sign-in", {}, "GET", production)).json()).toEqual({
    auth: "oidc",
    issuer: "https://login.example/realms/noordster",
    clientId: "console",
    scope: "openid offline_access",
  })
})

test("with an identity provider nobody signs in by picking a role", async () => {
  const body = JSON.stringify({ role: "GLOBAL_ADMIN", organization: "org_demo", subject: "grace" })
  const init = { method: "POST", headers: { "content-type": "application/json" }, body }
  expect((await fetch(`${production.opened.url}/console/development/token`, init)).status).toBe(404)
  expect((await get("/console/development/organizations", HTML, "GET", production)).status).toBe(404)
})

test("in development a role is needed that people have, an organization and a name", async () => {
  const ask = async (body: object) => {
    const headers = { "content-type": "application/json" }
    const response = await fetch(`${ledger.opened.url}/console/development/token`, { method: "POST", headers, body: JSON.stringify(body) })
    return { status: response.status, ...((await response.json()) as { message?: string; token?: string }) }
  }
  const right = { role: "AUDITOR", organization: "org_demo", subject: "aart" }
  expect(await ask(right)).toEqual({ status: 200, token: expect.stringMatching(/^eyJ/), expiresIn: 43_200 })
  expect(await ask({ ...right, role: "VENDOR" })).toMatchObject({ status: 400, message: expect.stringContaining("role") })
  expect(await ask({ ...right, organization: "noordster" })).toMatchObject({
    status: 400,
    message: expect.stringContaining("organization"),
  })
  expect(await ask({ ...right, subject: " " })).toMatchObject({ status: 400, message: expect.stringContaining("subject") })
  expect(await ask([])).toMatchObject({ status: 400 })
})
