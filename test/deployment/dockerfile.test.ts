/** The Dockerfile, as far as it can be judged without Docker; and the files that it puts into the image, which are started here. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs"
import { builtinModules } from "node:module"
import { dirname, join } from "node:path"
import { environment, start } from "../support/program"
import { temporaryFolder } from "../support/temporary-folder"
import { until } from "../support/until"
import { ROOT, text } from "./files"

/** The linter of the Dockerfile language server; of its findings what is read here. */
const {
  validate,
}: { validate(dockerfile: string): { message: string; range: { start: { line: number } } }[] } = require("dockerfile-utils")

const dockerfile = text("Dockerfile")
/** [instruction, arguments] per line, comments left out and continued lines joined. */
const lines = dockerfile
  .replace(/^#.*\n/gm, "")
  .replace(/\\\n/g, " ")
  .split("\n")
  .flatMap((line) => (line.trim() === "" ? [] : [/^(\S+)\s+(.*)$/.exec(line.trim())?.slice(1) ?? [line, ""]])) as [string, string][] // two groups
const stages: { name: string; image: string; lines: [string, string][] }[] = []
for (const line of lines) {
  const [, image = "", name = ""] = line[0] === "FROM" ? (/^(\S+) AS (\S+)$/.exec(line[1]) ?? []) : []
  if (line[0] === "FROM") stages.push({ image, name, lines: [] })
  else stages.at(-1)?.lines.push(line)
}
const image = last(stages)

function last<T>(list: readonly T[]): T {
  const item = list.at(-1)
  if (item === undefined) throw new Error("there is none")
  return item
}
function argumentsOf(instruction: string, stage = image): string[] {
  return stage.lines.filter(([name]) => name === instruction).map(([, rest]) => rest)
}

test("the linter has nothing to say", () => {
  expect(validate(dockerfile).map(({ message, range }) => `${range.start.line + 1}: ${message}`)).toEqual([])
})

test("it has stages, each on an image of one version; the last is Seatledger", () => {
  expect(stages.map(({ name }) => name)).toEqual(["build", "setup", "seatledger"])
  for (const stage of stages) expect(stage.image).toMatch(/^[\w./-]+:\d+\.\d+\.\d+-[\w-]+$/)
})

test("nothing is added from elsewhere, and what is copied is in the repository or in the stage it is copied from", () => {
  expect(lines.map(([name]) => name)).not.toContain("ADD")
  const ignored = text(".dockerignore").trim().split("\n")
  for (const { name, lines: own } of stages) {
    for (const [, rest] of own.filter(([instruction]) => instruction === "COPY")) {
      const from = /^--from=(\S+) /.exec(rest)?.[1]
      const sources = rest
        .replace(/^--from=\S+ /, "")
        .split(" ")
        .slice(0, -1)
      if (from !== undefined)
        expect(
          stages
            .map((stage) => stage.name)
            .slice(
              0,
              stages.findIndex((stage) => stage.name === name),
            ),
        ).toContain(from)
      else
        for (const source of sources)
          expect(`${source} ${existsSync(join(ROOT, source)) && !ignored.includes(source)}`).toBe(`${source} true`)
    }
  }
})

test("only what a production installation holds gets into the image", () => {
  expect(argumentsOf("RUN", stages[0]).at(-1)).toMatch(/npm run build && npm prune --omit=dev/)
  expect(argumentsOf("COPY").every((rest) => rest.startsWith("--from=build /app/"))).toBe(true)
  expect(argumentsOf("COPY").join("\n")).not.toMatch(/src|test|bench|console|docs/)
})

test("it runs without root, stops in its own time, and says whether it is well", () => {
  const order = image.lines.map(([name]) => name)
  expect(argumentsOf("USER")).toEqual(["node"])
  expect(order.indexOf("USER")).toBeGreaterThan(order.lastIndexOf("RUN")) // what follows needs no root
  expect(argumentsOf("STOPSIGNAL")).toEqual(["SIGTERM"])
  expect(argumentsOf("HEALTHCHECK")[0]).toContain("/readyz")
  expect(argumentsOf("ENTRYPOINT")[0]).toMatch(/^\["node",/) // a shell in between would keep the signal
})

test("the program asks for no package that only development has", () => {
  const { dependencies, optionalDependencies } = JSON.parse(text("package.json"))
  const there = new Set([...Object.keys(dependencies), ...Object.keys(optionalDependencies), ...builtinModules])
  for (const folder of ["src", "projections"]) {
    for (const file of readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"))) {
      const source = readFileSync(join(ROOT, folder, file), "utf8")
      for (const [, kind, name = ""] of source.matchAll(/^import (type )?[^;"]*"([^."][^"]*)"$/gm)) {
        const bare = name
          .replace(/^node:/, "")
          .split("/")
          .slice(0, name.startsWith("@") ? 2 : 1)
          .join("/")
        if (kind === undefined) expect(`${file}: ${bare} ${there.has(bare)}`).toBe(`${file}: ${bare} true`)
      }
    }
  }
})

test("what is copied is enough: the entry point serves, the health check passes, and SIGTERM ends it", async () => {
  const { path, remove } = await temporaryFolder()
  const cwd = join(path, "app")
  try {
    for (const rest of argumentsOf("COPY")) {
      const [source = "", target = ""] = rest.replace(/^--from=build \/app\//, "").split(" ")
      const to = join(cwd, target.endsWith("/") ? join(target, source) : target)
      mkdirSync(dirname(to), { recursive: true })
      if (source === "node_modules") linkProductionPackages(to)
      else cpSync(join(ROOT, source), to, { recursive: true })
    }
    const [, ...entry] = [...words("ENTRYPOINT"), ...words("CMD")]
    const [given = ""] = argumentsOf("ENV")
    const settings = Object.fromEntries(given.split(" ").map((pair) => pair.split("=") as [string, string])) // NAME=VALUE, in this file
    // A package finds others where it is linked, not where it lies: there all of development's are beside it.
    const here = {
      NODE_ENV: "development",
      HOST: "127.0.0.1",
      PORT: "0",
      SEATLEDGER_DATA: join(path, "data"),
      NODE_OPTIONS: "--preserve-symlinks",
    }
    const loads = (name: string) => start(process.execPath, ["-e", `require("${name}")`], { cwd, env: environment(here) }).ended
    for (const later of ["pg", "@kurrent/kurrentdb-client"]) expect(await loads(later)).toMatchObject({ code: 0, err: "" })
    expect((await loads("typescript")).code).toBe(1)
    const server = start(process.execPath, entry, { cwd, env: environment({ ...settings, ...here }) })
    await server.says(/Seatledger listens on/)
    const { url } = JSON.parse(readFileSync(join(path, "data/server.json"), "utf8"))
    const [, command = ""] = /CMD (\[.*)$/.exec(argumentsOf("HEALTHCHECK")[0] ?? "") ?? []
    const [, ...check] = JSON.parse(command) as string[] // the exec form
    await until(async () => (await start(process.execPath, check, { cwd, env: environment({ PORT: new URL(url).port }) }).ended).code === 0)
    server.process.kill("SIGTERM")
    expect((await server.ended).code).toBe(0)
  } finally {
    await remove()
  }
})

/** Those that `npm prune --omit=dev` leaves there; the packages inside of a package come with it. */
function linkProductionPackages(to: string): void {
  const { packages } = JSON.parse(text("package-lock.json")) as { packages: Record<string, { dev?: true; link?: true }> }
  for (const [place, { dev }] of Object.entries(packages)) {
    const [, name] = /^node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(place) ?? []
    if (name === undefined || dev || !existsSync(join(ROOT, place))) continue // other platforms' are not there
    mkdirSync(dirname(join(to, name)), { recursive: true })
    symlinkSync(join(ROOT, place), join(to, name))
  }
}

function words(instruction: string): string[] {
  return JSON.parse(argumentsOf(instruction)[0] ?? "[]")
}
