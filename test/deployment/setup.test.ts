/** deploy/setup.sh: the passwords and certificates that the stores of docker-compose.yml start with. */
import { execFileSync } from "node:child_process"
import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { readConfig } from "../../src/config"
import { openKurrentEventStore } from "../../src/eventstore/kurrentdb"
import { readConnectionString } from "../../src/eventstore/kurrentdb-connection"
import { startNode } from "../kurrentdb-server/node"
import { temporaryFolder } from "../support/temporary-folder"
import { compose, ROOT, text } from "./files"

const NODES = ["kurrentdb", "kurrentdb-1", "kurrentdb-2", "kurrentdb-3"]
let folder: Awaited<ReturnType<typeof temporaryFolder>>
let first: string
const made = (...path: string[]) => join(folder.path, ...path)
const content = (...path: string[]) => readFileSync(made(...path), "utf8").trim()
const run = () => execFileSync("sh", [join(ROOT, "deploy/setup.sh"), folder.path], { encoding: "utf8" })
const openssl = (...args: string[]) => execFileSync("openssl", args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] })

beforeAll(async () => {
  folder = await temporaryFolder()
  first = run()
}, 120_000)
afterAll(() => folder.remove())

test("every node has a certificate of the authority with its own name, one common name, and both uses", () => {
  expect(first).toMatch(/an authority was made/)
  for (const node of NODES) {
    const certificate = made("kurrentdb", node, "node.crt")
    expect(openssl("verify", "-CAfile", made("authority/ca.crt"), "-verify_hostname", node, certificate)).toMatch(/OK/)
    const shown = openssl("x509", "-in", certificate, "-noout", "-subject", "-ext", "extendedKeyUsage")
    expect(shown).toMatch(/CN = kurrentdb-node/)
    expect(shown).toMatch(/TLS Web Server Authentication, TLS Web Client Authentication/)
  }
})

test("nobody but the owner reads a password or a key; everybody may read the authority's certificate", () => {
  const secrets = [
    "authority-key/ca.key",
    "postgres/password",
    "kurrentdb/admin_password",
    "kurrentdb/kurrentdb-1/node.key",
    "seatledger/postgres_url",
  ]
  for (const secret of secrets) expect((statSync(made(secret)).mode & 0o777).toString(8)).toBe("600")
  expect((statSync(made("authority/ca.crt")).mode & 0o777).toString(8)).toBe("644")
})

test("a second start makes nothing anew, and a certificate that is gone is made again", () => {
  const before = content("postgres/password") + content("kurrentdb/kurrentdb/node.crt")
  expect(run()).toBe("")
  expect(content("postgres/password") + content("kurrentdb/kurrentdb/node.crt")).toBe(before)
  rmSync(made("kurrentdb/kurrentdb-2/node.crt"))
  expect(run()).toBe("a certificate for kurrentdb-2 was made\n")
})

test("a password that was changed is written to its file, and the next start puts it into the addresses", () => {
  writeFileSync(made("postgres/password"), "changed1")
  writeFileSync(made("kurrentdb/admin_password"), "changed2")
  expect(run()).toBe("")
  expect(new URL(content("seatledger/postgres_url")).password).toBe("changed1")
  for (const file of ["kurrentdb_url", "kurrentdb_cluster_url"])
    expect(readConnectionString(content("seatledger", file)).credentials).toEqual({ username: "admin", password: "changed2" })
})

test("the addresses name services that docker-compose.yml has", () => {
  const { services } = compose()
  expect(Object.keys(services)).toContain(new URL(content("seatledger/postgres_url")).hostname)
  for (const file of ["kurrentdb_url", "kurrentdb_cluster_url"]) {
    const url = content("seatledger", file)
    expect(Object.keys(services)).toEqual(expect.arrayContaining(hostsOf(url)))
    const { credentials } = readConnectionString(url)
    expect(credentials).toEqual({ username: "admin", password: content("kurrentdb/admin_password") })
  }
})

test("a server with that certificate and password is reached by that address, over TLS", async () => {
  const certificates = {
    authorityFile: made("authority/ca.crt"),
    certificate: readFileSync(made("kurrentdb/kurrentdb/node.crt")),
    key: readFileSync(made("kurrentdb/kurrentdb/node.key")),
    remove: () => {},
  }
  const node = await startNode({ certificates, users: { admin: content("kurrentdb/admin_password") } })
  // Outside of its container the server has another name, and the certificate lies elsewhere.
  const url = content("seatledger/kurrentdb_url")
    .replace("kurrentdb:2113", node.address)
    .replace("/authority/ca.crt", certificates.authorityFile)
  const store = await openKurrentEventStore({ url })
  try {
    for await (const _page of store.read("nothing", 0)) throw new Error("there is nothing to read")
    expect(node.calls.read).toBeGreaterThan(0)
  } finally {
    await store.close()
    await node.stop()
  }
})

test("each choice of stores in .env.example is taken by the program, starts the stores it needs, and asks for secrets that were made", () => {
  const choices = text(".env.example")
    .split(/^# \d\. /m)
    .slice(2)
  expect(choices).toHaveLength(3)
  for (const choice of choices) {
    const [part = ""] = choice.split(/^# More/m)
    const env = Object.fromEntries([...part.matchAll(/^#([A-Z_]+)=(.*)$/gm)].map(([, name = "", value = ""]) => [name, value]))
    const { services } = compose(env)
    const given = Object.entries(services.seatledger?.environment ?? {})
    const here = given.map(([name, value]) => [name, value.replace("/run/secrets", made("seatledger"))] as const)
    const { eventStore, readStore, postgresUrl, kurrentdbUrl } = readConfig(Object.fromEntries(here))
    const hosts = [
      ...(eventStore === "kurrentdb" ? hostsOf(kurrentdbUrl ?? "") : []),
      ...(readStore === "postgres" ? [new URL(postgresUrl ?? "").hostname] : []),
    ]
    const profiles = new Set(env.COMPOSE_PROFILES?.split(","))
    const started = Object.entries(services).filter(([, service]) => service.profiles?.some((profile) => profiles.has(profile)))
    expect(started.map(([name]) => name).sort()).toEqual(["setup", ...hosts].sort())
  }
})

function hostsOf(kurrentdbUrl: string): string[] {
  return [...readConnectionString(kurrentdbUrl).shown.matchAll(/[\w-]+(?=:2113)/g)].map(([host]) => host)
}
