/** docker-compose.yml, as far as it can be judged without Docker. */
import { existsSync } from "node:fs"
import { join } from "node:path"
import Ajv from "ajv"
import addFormats from "ajv-formats"
import { parse } from "yaml"
import { readConfig, SETTINGS } from "../../src/config"
import { type Compose, compose, composeSchema, examples, ROOT, type Service, taken, text } from "./files"

const { services, volumes, networks, configs } = compose()
const all = Object.entries(services)
/** Runs for a moment, as root and without a network: its comment says why. */
const lasting = all.filter(([name]) => name !== "setup")

const ajv = new Ajv({ strict: false, allErrors: true, allowUnionTypes: true })
addFormats(ajv)
ajv.addFormat("duration", true) // Docker's: 30s, 5m
const isCompose = ajv.compile(composeSchema())

describe("the file", () => {
  test.each([
    ["as it is written", () => parse(text("docker-compose.yml"), { merge: true }) as Compose],
    ["without a .env", () => compose()],
    [
      "with every line of .env.example",
      () => compose(Object.fromEntries([...examples()].map(([name, values]) => [name, values.at(-1) ?? ""]))),
    ],
  ])("is one of the Compose specification %s", (_how, read) => {
    isCompose(read())
    expect(isCompose.errors ?? []).toEqual([])
  })

  test("a mistyped key would be noticed", () => {
    expect(isCompose({ services: { seatledger: { image: "seatledger", read_onyl: true } } })).toBe(false)
  })

  test("names only volumes, networks, configs and services that there are, and files of this repository", () => {
    for (const [name, service] of all) {
      for (const volume of service.volumes ?? []) {
        const [source = ""] = volume.split(":")
        if (source.startsWith("./")) expect(`${name} ${source} ${existsSync(join(ROOT, source))}`).toBe(`${name} ${source} true`)
        else expect(Object.keys(volumes)).toContain(source)
      }
      for (const network of service.networks ?? []) expect(Object.keys(networks)).toContain(network)
      for (const { source } of service.configs ?? []) expect(Object.keys(configs)).toContain(source)
      for (const other of Object.keys(service.depends_on ?? {})) expect(Object.keys(services)).toContain(other)
    }
    for (const { file } of Object.values(configs)) expect(existsSync(join(ROOT, file))).toBe(true)
  })

  test("whoever waits for a service of a profile runs in that profile too, or does without", () => {
    for (const [, { profiles = [], depends_on = {} }] of all) {
      for (const [other, { required = true }] of Object.entries(depends_on)) {
        const needed = services[other]?.profiles
        if (required && needed !== undefined) expect(needed).toEqual(expect.arrayContaining([...profiles]))
      }
    }
  })
})

describe("every service", () => {
  test.each(all)("%s has an image of one version, limits, and a root file system that cannot be written", (_name, service) => {
    if (service.build) expect(text("Dockerfile")).toMatch(new RegExp(`^FROM \\S+ AS ${service.build.target}$`, "m"))
    else expect(service.image).toMatch(/^[\w./-]+:v?\d+\.\d+[\w.-]*$/)
    expect(service.read_only).toBe(true)
    expect(service.deploy?.resources?.limits).toMatchObject({
      cpus: expect.any(String),
      memory: expect.any(String),
      pids: expect.any(Number),
    })
  })

  test.each(lasting)("%s runs without root and capabilities, comes back, and says whether it is well", (_name, service) => {
    expect(service.user).toMatch(/^[1-9]\d*:[1-9]\d*$/)
    expect(service).toMatchObject({ restart: "unless-stopped", cap_drop: ["ALL"], security_opt: ["no-new-privileges:true"] })
    expect(service.cap_add ?? []).toEqual([])
    expect(service.healthcheck?.test.length).toBeGreaterThan(1)
  })

  test("setup is root for a moment, and then has no network and three capabilities", () => {
    expect(services.setup).toMatchObject({
      restart: "no",
      network_mode: "none",
      cap_drop: ["ALL"],
      cap_add: ["CHOWN", "DAC_OVERRIDE", "FOWNER"],
    })
  })

  test("only the proxy and Prometheus can be reached from outside, and by themselves only from this machine", () => {
    const published = all.flatMap(([name, { ports = [] }]) => ports.map((port) => `${name} ${port}`))
    expect(published).toEqual(["proxy 127.0.0.1:4000:8080", "proxy 127.0.0.1:4443:8443", "prometheus 127.0.0.1:9090:9090"])
  })

  test("the stores are on a network without a way out", () => {
    expect(networks.stores).toEqual({ internal: true })
    const stores = all.filter(([name]) => /^(postgres|kurrentdb)/.test(name))
    expect(stores.map(([, { networks: on }]) => on)).toEqual(stores.map(() => ["stores"]))
  })
})

describe("secrets", () => {
  test("none stands in a file that is kept: no password, no key, no address with a password", () => {
    for (const file of [
      "docker-compose.yml",
      ".env.example",
      "Dockerfile",
      "deploy/kurrentdb.conf",
      "deploy/haproxy.cfg",
      "deploy/prometheus.yml",
    ]) {
      expect(text(file)).not.toMatch(/:\/\/[^\s/$]+:[^\s/$@]+@|BEGIN [A-Z ]*PRIVATE KEY|changeit/)
      for (const [, name = "", value = ""] of text(file).matchAll(/^[#\s]*(\w*(?:PASSWORD|SECRET|TOKEN)\w*)[:=]\s*(.+)$/gm)) {
        const isFile = name.endsWith("_FILE") && value.startsWith("/")
        const isNumber = /^\d+$/.test(value) || value.startsWith("$")
        expect(`${file}: ${name} ${isFile || isNumber || name.startsWith("SEATLEDGER_MAX_")}`).toBe(`${file}: ${name} true`)
      }
    }
  })

  test("each service sees those it needs, and only setup the authority's key", () => {
    const seeing = (volume: string) =>
      all.filter(([, { volumes: seen = [] }]) => seen.some((one) => one.startsWith(`${volume}:`))).map(([name]) => name)
    expect(seeing("authority-key")).toEqual(["setup"])
    expect(seeing("postgres-password")).toEqual(["setup", "postgres"])
    expect(seeing("seatledger-secrets")).toEqual(["seatledger", "setup"])
    expect(seeing("kurrentdb-certificates")).toEqual(["setup", "kurrentdb", "kurrentdb-1", "kurrentdb-2", "kurrentdb-3"])
    const reading = lasting.flatMap(([, { volumes: seen = [] }]) =>
      seen.filter((one) => /secrets|password|certificates|authority/.test(one)),
    )
    expect(reading.every((one) => one.endsWith(":ro"))).toBe(true)
  })
})

describe("settings", () => {
  /** Settings that docker-compose.yml does not set, and why. */
  const LEFT_OUT: Readonly<Record<string, string>> = {
    PORT: "the Dockerfile's, and the proxy's",
    HOST: "the Dockerfile's",
    SEATLEDGER_DATA: "the Dockerfile's, and the volume's",
    POSTGRES_URL: "holds a password: only POSTGRES_URL_FILE",
    KURRENTDB_URL: "the same",
    SEATLEDGER_CHECKPOINTS_AUTHORIZATION: "a secret: only its …_FILE",
    SEATLEDGER_ONLY_PROCESS: "with KurrentDB there are always several nodes, and READ_STORE=postgres",
  }
  const settings = Object.values(SETTINGS).map(({ name }): string => name)
  const given = Object.keys((services.seatledger as Service).environment ?? {})

  test("docker-compose.yml sets every setting but those left out for a reason, and no other", () => {
    const byFile = given.filter((name) => name.endsWith("_FILE")).map((name) => name.replace(/_FILE$/, ""))
    const set = given.filter((name) => !name.endsWith("_FILE"))
    expect([...set, ...Object.keys(LEFT_OUT)].sort()).toEqual([...settings].sort())
    expect(Object.keys(LEFT_OUT)).toEqual(expect.arrayContaining(byFile))
  })

  test("the Dockerfile sets settings that there are", () => {
    const [, env = ""] = /^ENV (.*)$/m.exec(text("Dockerfile")) ?? []
    const names = env.split(" ").map((pair) => pair.split("=")[0] ?? "")
    expect(names.length).toBeGreaterThan(0)
    expect(settings).toEqual(expect.arrayContaining(names))
  })

  test(".env.example names exactly what docker-compose.yml takes from it", () => {
    const others = new Set(["COMPOSE_PROFILES"]) // read by Compose itself
    expect([...examples().keys()].filter((name) => !others.has(name)).sort()).toEqual([...taken()].sort())
  })

  test("its examples that repeat a default say the default as it is", () => {
    for (const { name, fallback } of Object.values(SETTINGS)) {
      const shown = examples().get(name)?.at(-1)
      if (shown === undefined || fallback === undefined || shown === fallback) continue
      expect(["EVENT_STORE", "READ_STORE", "NODE_ENV", "SEATLEDGER_AUTH", "SEATLEDGER_LOG_ORIGIN", "SEATLEDGER_TRUSTED_PROXIES"]).toContain(
        name,
      )
    }
  })

  const environment = (env: Readonly<Record<string, string>>) => compose(env).services.seatledger?.environment ?? {}

  test("what a container is given without a .env, and with sign-in by an identity provider, is taken by the program", () => {
    expect(readConfig(environment({}))).toMatchObject({ eventStore: "sqlite", readStore: "sqlite", production: false })
    const signIn = [...examples()].filter(([name]) => /^(NODE_ENV|SEATLEDGER_(?!CHECKPOINTS))/.test(name))
    const production = readConfig(environment(Object.fromEntries(signIn.map(([name, [value = ""]]) => [name, value]))))
    expect(production).toMatchObject({ production: true, auth: "jwks" })
  })
})
