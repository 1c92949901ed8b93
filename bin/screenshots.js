#!/usr/bin/env node
// Takes the pictures of the console in docs/screenshots: the demonstration company on a day that never changes, in a browser
// that believes it is that day. Ids differ from run to run, and with them the colors of faces.
// `screenshots.js NAME …` takes only those; `screenshots.js --all FOLDER` takes every page, wide and narrow, light and dark,
// for looking at before a release.
const { mkdirSync, mkdtempSync, readdirSync, rmSync } = require("node:fs")
const { tmpdir } = require("node:os")
const { join, relative, resolve } = require("node:path")
const { chromium } = require("playwright-core")
const { build } = require("./build")
const { buildConsoleIfStale } = require("./build-console")

const root = resolve(__dirname, "..")
const TARGET = join(root, "docs", "screenshots")
const TODAY = Date.parse("2026-11-20T09:30:00Z")
const DAY_MS = 86_400_000
const WIDE = { width: 1280, height: 800 }
const NARROW = { width: 360, height: 720 }
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--force-color-profile=srgb"]

/** Name, where, how, and what is done there first. `{app}` is the id of the license of that name. */
const PICTURES = [
  { name: "licenses", path: "/licenses" },
  { name: "licenses-narrow-dark", path: "/licenses", size: NARROW, scheme: "dark", language: "nl-NL" },
  { name: "license", path: "/licenses/{Kestrelle Insight}?order=name" },
  { name: "license-dark", path: "/licenses/{Lumenforge Atelier}?order=name", scheme: "dark" },
  { name: "license-narrow", path: "/licenses/{Kestrelle Insight}/waitlist", size: NARROW },
  { name: "assign", path: "/licenses/{Halyardic Canvas}?order=name", language: "nl-NL", prepare: assign },
  { name: "unassign", path: "/licenses/{Halyardic Canvas}/assigned", prepare: unassign },
  { name: "person", path: "/users?search=adele", prepare: whyOfFirst },
  { name: "usage", path: "/licenses/{Kestrelle Insight}/usage" },
  { name: "users", path: "/users" },
  { name: "groups", path: "/groups", scheme: "dark" },
  { name: "group", path: "/groups?search=fin", prepare: first },
  { name: "history", path: "/history", scheme: "dark", language: "nl-NL" },
  { name: "past", path: "/licenses/{Kestrelle Insight}?asOf=2026-07-01T10:00:00Z&order=name" },
]

/** Every page, for `--all`. */
const PAGES = [
  { name: "sign-in", path: "/licenses", isSignedOut: true },
  { name: "licenses", path: "/licenses" },
  { name: "license-people", path: "/licenses/{Kestrelle Insight}" },
  { name: "license-assigned", path: "/licenses/{Kestrelle Insight}/assigned" },
  { name: "license-waitlist", path: "/licenses/{Kestrelle Insight}/waitlist" },
  { name: "license-history", path: "/licenses/{Kestrelle Insight}/history" },
  { name: "license-usage", path: "/licenses/{Kestrelle Insight}/usage" },
  { name: "license-past", path: "/licenses/{Kestrelle Insight}?asOf=2026-07-01T10:00:00Z" },
  { name: "assign", path: "/licenses/{Halyardic Canvas}", language: "nl-NL", prepare: assign },
  { name: "unassign", path: "/licenses/{Halyardic Canvas}/assigned", prepare: unassign },
  { name: "users", path: "/users" },
  { name: "person", path: "/users?search=adele", prepare: whyOfFirst },
  { name: "person-groups", path: "/users?search=adele", prepare: tabOfFirst("Groups") },
  { name: "person-history", path: "/users?search=adele", prepare: tabOfFirst("History") },
  { name: "groups", path: "/groups" },
  { name: "group", path: "/groups?search=fin", prepare: first },
  { name: "group-licenses", path: "/groups?search=fin", prepare: tabOfFirst("Licenses") },
  { name: "group-history", path: "/groups?search=fin", prepare: tabOfFirst("History") },
  { name: "history", path: "/history" },
  { name: "history-entry", path: "/history/700" },
  { name: "missing", path: "/nothing" },
]

function everyWay({ name, ...page }) {
  return [WIDE, NARROW].flatMap((size) =>
    ["light", "dark"].map((scheme) => ({ ...page, size, scheme, name: `${name}-${size === WIDE ? "wide" : "narrow"}-${scheme}` })),
  )
}

async function first(page) {
  await page.getByRole("table").getByRole("link").first().click()
  await page.getByRole("tablist").waitFor()
}

function tabOfFirst(name) {
  return async (page) => {
    await first(page)
    await page.getByRole("tab", { name }).click()
  }
}

async function assign(page) {
  await page.getByRole("button", { name: "Licenties toewijzen" }).click()
  const who = page.getByRole("combobox", { name: "Gebruikers of groepen" })
  for (const [typed, name] of [
    ["fin", "Finance"],
    ["hoekstra", /Hoekstra/],
  ]) {
    await who.click()
    await who.pressSequentially(typed)
    await page.getByRole("listbox", { name: "Gebruikers of groepen" }).getByRole("option", { name }).first().click()
  }
  await who.click()
  await who.pressSequentially("visser")
  await page
    .getByRole("listbox", { name: "Gebruikers of groepen" })
    .getByRole("option", { name: /Visser/ })
    .first()
    .waitFor()
}

async function unassign(page) {
  for (const row of [1, 2, 4]) await page.getByRole("row").nth(row).getByRole("checkbox").click()
  await page.getByRole("button", { name: "Unassign licenses" }).click()
  await page.getByRole("dialog").getByRole("button", { name: "Unassign", exact: true }).waitFor()
}

async function whyOfFirst(page) {
  await page.getByRole("table").getByRole("link").first().click()
  await page.getByRole("button", { name: "Why does this person have it?" }).first().click()
  await page.getByRole("heading", { name: "What entitles" }).waitFor()
  await page.getByRole("combobox", { name: "Why not another license?" }).waitFor()
}

async function main() {
  build()
  if (!buildConsoleIfStale()) throw new Error("the console could not be built")
  const { readConfig } = require("../dist/src/config")
  const { openLedger } = require("../dist/src/main")
  const { fillDemo } = require("../dist/src/cli/demo/fill")
  const { signDevelopmentToken } = require("../dist/src/auth/development-key")

  const data = mkdtempSync(join(tmpdir(), "seatledger-screenshots-"))
  let daysBack = 0
  const config = readConfig({ PORT: "0", SEATLEDGER_DATA: data, SEATLEDGER_LOG_LEVEL: "error" })
  const ledger = await openLedger(config, { now: () => TODAY - daysBack * DAY_MS })
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS })
  try {
    const { licenses } = await fillDemo(ledger.commands, { onProgress: () => {}, daysAgo: (days) => (daysBack = days) })
    const { APPS } = require("../dist/src/cli/demo/catalog")
    const idOf = new Map(APPS.map(({ key, name }) => [name, licenses.get(key)]))
    const viewer = { subject: "grace", roles: ["GLOBAL_ADMIN"], organizationId: "org_demo" }
    const token = await signDevelopmentToken(data, viewer, 3_600)

    const [option, folder] = process.argv.slice(2)
    const isAll = option === "--all"
    if (isAll && folder === undefined) throw new Error("--all needs a folder: screenshots.js --all pictures")
    const only = isAll ? [] : process.argv.slice(2)
    const target = isAll ? resolve(folder) : TARGET
    const wanted = isAll ? PAGES.flatMap(everyWay) : PICTURES.filter(({ name }) => only.length === 0 || only.includes(name))
    mkdirSync(target, { recursive: true })
    for (const { name, path, size = WIDE, scheme = "light", language = "en-GB", isSignedOut = false, prepare } of wanted) {
      const context = await browser.newContext({
        baseURL: ledger.url,
        viewport: size,
        colorScheme: scheme,
        locale: language,
        timezoneId: "Europe/Amsterdam",
        reducedMotion: "reduce",
      })
      await context.clock.setFixedTime(TODAY)
      if (!isSignedOut) await context.addInitScript(`sessionStorage.setItem("seatledger.token", ${JSON.stringify(token)})`)
      const page = await context.newPage()
      await page.goto(path.replace(/\{(.+)\}/, (_, app) => idOf.get(app)))
      await page.getByRole("heading", { level: 1 }).waitFor()
      await page.waitForLoadState("networkidle")
      await prepare?.(page)
      await page.mouse.move(0, 0)
      await page.waitForLoadState("networkidle")
      await settled(page)
      await page.screenshot({ path: join(target, `${name}.png`), caret: "hide" })
      await context.close()
      process.stderr.write(`${join(relative(process.cwd(), target), name)}.png\n`)
    }
    if (!isAll && only.length === 0) removeOthers()
  } finally {
    await browser.close()
    await ledger.close()
    rmSync(data, { recursive: true, force: true })
  }
}

/** Nothing fades, moves or loads any more. */
async function settled(page) {
  await page.evaluate(`new Promise((resolve) => {
    const isMoving = () => document.getAnimations().some(({ playState }) => playState === "running")
    const look = () => (isMoving() ? requestAnimationFrame(look) : resolve())
    requestAnimationFrame(look)
  })`)
}

/** Pictures of an earlier list. */
function removeOthers() {
  const names = new Set(PICTURES.map(({ name }) => `${name}.png`))
  for (const file of readdirSync(TARGET)) if (!names.has(file)) rmSync(join(TARGET, file))
}

main().catch((error) => {
  process.stderr.write(`screenshots: ${error instanceof Error ? error.stack : error}\n`)
  process.exitCode = 1
})
