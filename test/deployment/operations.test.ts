/** docs/operations.md: the commands of the page, run by bash beside a real server, as an operator does. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { basename, join } from "node:path"
import { openMetrics } from "../../src/api/http/metrics"
import { runPage } from "../support/page"
import { binaries, startPostgres } from "../support/postgres"
import { environment, type Program, seatledger, startSeatledger } from "../support/program"
import { temporaryFolder } from "../support/temporary-folder"
import { until } from "../support/until"
import { ROOT, text } from "./files"

const PAGE = "docs/operations.md"

let folder: Awaited<ReturnType<typeof temporaryFolder>>
beforeAll(async () => {
  folder = await temporaryFolder()
})
afterAll(() => folder.remove())

async function started(command: "demo" | "serve", settings: Readonly<Record<string, string>>): Promise<Program> {
  const program = startSeatledger([command], { PORT: "0", ...settings })
  await program.says(command === "demo" ? /Ctrl-C stops the server/ : /Seatledger listens on/)
  return program
}
async function stopped({ process, ended }: Program): Promise<void> {
  process.kill("SIGTERM")
  await ended
}

function urlOf(data: string): string {
  return JSON.parse(readFileSync(join(data, "server.json"), "utf8")).url
}
/** What a server on this data folder answers. */
async function ask(data: string, query: string): Promise<Record<string, unknown>> {
  const url = urlOf(data)
  const { out } = await seatledger(["token", "--organization", "org_demo", "--role", "GLOBAL_ADMIN"], { SEATLEDGER_DATA: data })
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${out.trim()}` },
    body: JSON.stringify({ query }),
  })
  const { data: answer, errors } = (await response.json()) as { data: Record<string, unknown>; errors?: unknown }
  if (errors) throw new Error(JSON.stringify(errors))
  return answer
}

/**
 * For PATH: a folder with a program that stops before it touches the vault, until something was recorded. So the copy of the
 * vault is later than that of the log, as it may be at any backup of a server that runs.
 */
function recordBefore(
  program: string,
  isVault: string,
  record: () => Promise<void>,
): { readonly path: string; readonly recorded: Promise<void> } {
  const path = mkdtempSync(join(folder.path, "path-"))
  const [reached, recordedFile] = [join(path, "reached"), join(path, "recorded")]
  const script = `#!/bin/sh
case "$*" in *${isVault}*) touch '${reached}'; while [ ! -e '${recordedFile}' ]; do sleep 0.1; done;; esac
exec '${program}' "$@"
`
  writeFileSync(join(path, basename(program)), script, { mode: 0o755 })
  const recorded = until(() => existsSync(reached))
    .then(record)
    .finally(() => writeFileSync(recordedFile, ""))
  return { path, recorded }
}

interface Person {
  readonly id: string
  readonly displayName: string
}
async function create(data: string, userName: string): Promise<unknown> {
  const { createUser } = await ask(
    data,
    `mutation { createUser(input: { userName: "${userName}", displayName: "Newcomer" }) { refusal { code } } }`,
  )
  return createUser
}
async function erase(data: string, { id }: Person): Promise<void> {
  await ask(data, `mutation { eraseUser(input: { userId: "${id}", reason: "asked" }) { refusal { code } } }`)
}
async function people(data: string): Promise<Person[]> {
  return ((await ask(data, "{ users(first: 100) { nodes { id displayName } } }")).users as { nodes: Person[] }).nodes
}
async function namesOf(data: string, { id }: Person): Promise<unknown> {
  return (await ask(data, `{ user(id: "${id}") { displayName userName mail } }`)).user
}

/** What came between the copies of log and vault: somebody new, and somebody who was erased. */
async function between(data: string): Promise<Person> {
  const [first] = await people(data)
  if (!first) throw new Error("the demonstration has nobody in it")
  expect(await create(data, "between@example.com")).toEqual({ refusal: null })
  await erase(data, first)
  return first
}
/** On the ledger that was put back: names and erasures are as its own log says. */
async function isRight(data: string, erasedBetween: Person): Promise<void> {
  expect(await create(data, "between@example.com")).toEqual({ refusal: null })
  expect(await create(data, "Between@Example.com")).toEqual({ refusal: { code: "ALREADY_EXISTS" } })
  const other = (await people(data)).find(({ id, displayName }) => id !== erasedBetween.id && displayName !== "Newcomer")
  if (!other) throw new Error("the demonstration has nobody else in it")
  expect(await namesOf(data, other)).toMatchObject({ displayName: other.displayName })
  await erase(data, other)
  for (const one of [other, erasedBetween]) await until(async () => !JSON.stringify(await namesOf(data, one)).includes(one.displayName))
}

const NAMES = `{ users(first: 3) { totalCount nodes { displayName } } licenses(first: 3) { nodes { seats { seated available } } } }`

test("embedded: a backup beside the running server is restored, and an upgrade is prepared beside it", async () => {
  const [data, backup, restored] = ["data", "backup", "restored"].map((name) => join(folder.path, name)) as [string, string, string] // as many
  const demo = await started("demo", { SEATLEDGER_DATA: data })
  let [erased, before]: [Person | undefined, unknown] = [undefined, undefined]
  const { path, recorded } = recordBefore(process.execPath, "/data/vault.sqlite", async () => {
    erased = await between(data)
    before = await ask(data, NAMES)
  })
  const PATH = `${path}:${process.env.PATH}`
  const running = runPage(PAGE, environment({ PATH, DATA: data, BACKUP: backup, RESTORED: restored, SERVER: String(demo.process.pid) }), [
    "Backup and restore: embedded",
    "Upgrade",
    "The projector stopped at an event",
    "Something looks wrong",
  ])
  const [printed] = await Promise.all([running, recorded])
  expect(readdirSync(backup).sort()).toEqual(["audit.sqlite", "events.sqlite", "operations.sqlite", "vault.sqlite"])
  expect(printed.get("Backup and restore: embedded (2)")).toMatch(/^rebuilt from [\d,]+ events\nequal: [\d,]+ rows/)
  // An event was passed over on purpose, by both.
  expect(printed.get("Something looks wrong (1)")).toMatch(/^rebuilt from [\d,]+ events\nequal: [\d,]+ rows/)

  // On the folder that was upgraded, and on the restored one, the same as before: names are readable, seats are counted.
  expect((await demo.ended).code).toBe(0)
  const upgraded = await started("serve", { SEATLEDGER_DATA: data })
  expect(await ask(data, NAMES)).toEqual(before)
  await stopped(upgraded)
  const server = await started("serve", { SEATLEDGER_DATA: restored })
  await isRight(restored, erased as unknown as Person)
  await stopped(server)
})

test("PostgreSQL: log, state and vault are dumped apart beside the running node, and restored into an empty database", async () => {
  const postgres = await startPostgres()
  try {
    const [source, empty] = [postgres.url, await postgres.database()]
    const node = (name: string, url: string) => ({
      SEATLEDGER_DATA: join(folder.path, name),
      EVENT_STORE: "postgres",
      READ_STORE: "postgres",
      POSTGRES_URL: url,
    })
    const demo = await started("demo", node("node", source))
    const before = await ask(join(folder.path, "node"), NAMES)
    let erased: Person | undefined
    const { path, recorded } = recordBefore(join(binaries(), "pg_dump"), "seatledger_vault", async () => {
      erased = await between(join(folder.path, "node"))
    })
    const PATH = `${path}:${binaries()}:${process.env.PATH}`
    const env = environment({ PATH, POSTGRES_URL: source, EMPTY_URL: empty, BACKUP: join(folder.path, "dumps") })
    await Promise.all([runPage(PAGE, env, ["Backup and restore: PostgreSQL"]), recorded])
    await stopped(demo)

    const restored = await started("serve", { ...node("restored-node", empty), SEATLEDGER_READY_LAG: "0" })
    await until(async () => (await fetch(`${urlOf(join(folder.path, "restored-node"))}/readyz`)).ok)
    // All but the name of who was erased after the log was copied.
    const counts = ({ users, licenses }: Record<string, unknown>) => [(users as { totalCount: number }).totalCount, licenses]
    expect(counts(await ask(join(folder.path, "restored-node"), NAMES))).toEqual(counts(before))
    await isRight(join(folder.path, "restored-node"), erased as unknown as Person)
    expect((await seatledger(["verify"], node("restored-node", empty))).out).toMatch(/^equal: /)
    await stopped(restored)
  } finally {
    await postgres.stop()
  }
})

test("a ledger moves to PostgreSQL and back, and nobody who asks it notices", async () => {
  const postgres = await startPostgres()
  try {
    const [data, back] = [join(folder.path, "moved"), join(folder.path, "moved-back")]
    const demo = await started("demo", { SEATLEDGER_DATA: data })
    const before = await ask(data, NAMES)
    await stopped(demo)
    const printed = await runPage(PAGE, environment({ DATA: data, BACK: back, POSTGRES_URL: postgres.url }), ["Moving to other stores"])
    expect(printed.get("Moving to other stores (1)")).toMatch(
      /: 0 copied, \d+ there already; every one compared\n.*\nstate: there already\nroot of org_demo at /,
    )
    const moved = await started("serve", { SEATLEDGER_DATA: back, SEATLEDGER_READY_LAG: "0" })
    await until(async () => (await fetch(`${urlOf(back)}/readyz`)).ok)
    expect(await ask(back, NAMES)).toEqual(before)
    await stopped(moved)
  } finally {
    await postgres.stop()
  }
})

describe("the page", () => {
  const page = text(PAGE)

  test("names alerts that there are, and every alert is on the page", () => {
    const alerts = [...text("deploy/alerts.yml").matchAll(/- alert: (\w+)/g)].map(([, name = ""]) => name)
    const named = [...page.matchAll(/`((?:Seatledger|KurrentDB)[A-Z]\w+)`/g)].map(([, name = ""]) => name)
    expect([...new Set(named)].sort()).toEqual([...alerts].sort())
  })

  test("links to headings and files that there are", () => {
    const headings = [...page.matchAll(/^##+ (.*)$/gm)].map(([, heading = ""]) =>
      heading
        .toLowerCase()
        .replace(/[^\w -]/g, "")
        .replaceAll(" ", "-"),
    )
    for (const [, target = ""] of page.matchAll(/\]\(([^)]+)\)/g)) {
      if (target.startsWith("#")) expect(headings).toContain(target.slice(1))
      else if (!target.startsWith("https://")) expect(`${target} ${existsSync(join(ROOT, "docs", target))}`).toBe(`${target} true`)
    }
  })
})

test("alerts and the page ask for metrics that there are", async () => {
  const metrics = openMetrics({ status: () => [{ name: "ledger", position: 1, lag: 0 }] })
  metrics.watchWebhooks(async () => ({ dead: 0 }))
  metrics.watchCheckpoints(async () => ({ waiting: 0, rewritten: 0 }))
  const { text: shown } = await metrics.page()
  const there = new Set([...shown.matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name))
  const asked = `${text("deploy/alerts.yml")}${text(PAGE)}`.matchAll(/seatledger_(?!read|vault)[a-z_]+[a-z]/g)
  for (const [name] of asked) expect([...there]).toContain(name.replace(/_bucket$/, ""))
})
