/**
 * A real browser for the console's tests: one Chromium for a file, a context of its own for every test. After each test it
 * is told what no page may ever do: throw, write errors to its console (a breach of the Content-Security-Policy is one), or
 * ask another host for anything.
 */
import { existsSync } from "node:fs"
import { delimiter, join } from "node:path"
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core"
import type { Role } from "../../../src/domain/events"
import type { RunningLedger } from "../../support/running-ledger"

/** STACK.md: headless in containers, and nothing of its own over the network. The ledger is the only host there is. */
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
/** However busy the machine is: what has not come by then does not come. Below the time that jest gives a test. */
const WITHIN_MS = 90_000
const NAMES = ["chromium", "chromium-browser", "google-chrome"]

export type Language = "en" | "nl"

export interface Opening {
  /** Nobody is signed in without a role. */
  readonly role?: Role
  readonly organization?: string
  readonly subject?: string
  readonly language?: Language
  readonly scheme?: "light" | "dark"
  readonly width?: number
  readonly height?: number
  /** Complaints that belong to what is tested, such as those about a connection that was cut. */
  readonly tolerated?: RegExp
  /** Another host that may be asked: the identity provider. */
  readonly alsoAsks?: string
}

export interface Consoles {
  /** A page of the console, signed in. */
  open(ledger: RunningLedger, path: string, opening?: Opening): Promise<Page>
  /** Closes all pages: before the ledger that they look at, whose absence they would complain about. */
  close(): Promise<void>
  /** Addresses asked for in this test so far, by all pages. */
  readonly asked: readonly string[]
}

/** For the top of a test file. */
export function openConsoles(): Consoles {
  let browser: Browser | undefined
  const contexts: BrowserContext[] = []
  const asked: string[] = []
  const complaints: string[] = []
  const close = async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()))
  }
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: chromiumPath(), args: FLAGS, timeout: WITHIN_MS })
  })
  afterEach(async () => {
    await close()
    asked.length = 0
    expect(complaints.splice(0)).toEqual([])
  })
  afterAll(async () => {
    await browser?.close()
  })

  const open: Consoles["open"] = async (ledger, path, opening = {}) => {
    const { role, organization, subject, language = "en", scheme = "light", width = 1280, height = 800, tolerated, alsoAsks } = opening
    if (!browser) throw new Error("no browser runs")
    const origin = ledger.opened.url
    const context = await browser.newContext({
      baseURL: origin,
      locale: language === "nl" ? "nl-NL" : "en-GB",
      timezoneId: "Europe/Amsterdam",
      colorScheme: scheme,
      viewport: { width, height },
      reducedMotion: "reduce",
    })
    contexts.push(context)
    const complain = (what: string) => {
      if (tolerated?.test(what) !== true) complaints.push(what)
    }
    context.on("request", (request) => {
      const url = request.url()
      asked.push(url)
      const isOurs = [origin, origin.replace(/^http/, "ws"), alsoAsks, "data:", "blob:"].some(
        (allowed) => allowed !== undefined && url.startsWith(allowed),
      )
      if (!isOurs) complain(`asked another host: ${url}`)
    })
    context.on("console", (message) => {
      if (message.type() === "error") complain(`console: ${message.text()}`)
    })
    context.on("weberror", (error) => complain(`thrown: ${error.error().stack ?? error.error().message}`))
    if (role) {
      const { token } = await ledger.as(role, { ...(organization && { organization }), ...(subject && { subject }) })
      // Runs in every document, also in those of other sites, which are not to have it.
      await context.addInitScript(
        `if (location.origin === "${origin}") sessionStorage.setItem("seatledger.token", ${JSON.stringify(token)})`,
      )
    }
    const page = await context.newPage()
    page.setDefaultTimeout(WITHIN_MS)
    await page.goto(path)
    return page
  }
  return { open, close, asked }
}

/** CHROMIUM, or the first of the usual names on the path. A test without a browser fails; it is not left out. */
export function chromiumPath(): string {
  const given = process.env.CHROMIUM
  if (given) return given
  const folders = (process.env.PATH ?? "").split(delimiter)
  const found = NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path))
  if (found) return found
  throw new Error("the console's tests need Chromium: install it (`apt-get install chromium`), or set CHROMIUM to its path")
}
