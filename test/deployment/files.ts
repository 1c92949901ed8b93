/** The files that put Seatledger into containers, as Docker would read them. */
import { readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { parse } from "yaml"

export const ROOT = join(__dirname, "../..")

export function text(file: string): string {
  return readFileSync(join(ROOT, file), "utf8")
}

export interface Service {
  readonly image?: string
  readonly build?: { readonly context: string; readonly target: string }
  readonly user?: string
  readonly read_only?: boolean
  readonly cap_drop?: readonly string[]
  readonly cap_add?: readonly string[]
  readonly security_opt?: readonly string[]
  readonly restart?: string
  readonly profiles?: readonly string[]
  readonly healthcheck?: { readonly test: readonly string[] }
  readonly environment?: Readonly<Record<string, string>>
  readonly volumes?: readonly string[]
  readonly networks?: readonly string[]
  readonly network_mode?: string
  readonly ports?: readonly string[]
  readonly depends_on?: Readonly<Record<string, { readonly condition: string; readonly required?: boolean }>>
  readonly configs?: readonly { readonly source: string; readonly target: string }[]
  readonly deploy?: { readonly resources?: { readonly limits?: Readonly<Record<string, string>> } }
}

export interface Compose {
  readonly services: Readonly<Record<string, Service>>
  readonly volumes: Readonly<Record<string, unknown>>
  readonly networks: Readonly<Record<string, unknown>>
  readonly configs: Readonly<Record<string, { readonly file: string }>>
}

/** Compose's own file, with what `.env` would put in. */
export function compose(env: Readonly<Record<string, string>> = {}): Compose {
  return interpolated(parse(text("docker-compose.yml"), { merge: true }), env) as Compose // held to the schema by a test
}

/** As Compose does, in every string after the file was read: ${NAME:-otherwise}, the only form that is used; $$ is a dollar. */
function interpolated(value: unknown, env: Readonly<Record<string, string>>): unknown {
  if (typeof value === "string") {
    return value.replace(/\$\$|\$\{(\w+)(?::-([^}]*))?\}/g, (whole, name?: string, otherwise = "") =>
      name === undefined ? whole.slice(1) : env[name] || otherwise,
    )
  }
  if (Array.isArray(value)) return value.map((item) => interpolated(item, env))
  if (typeof value !== "object" || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, interpolated(item, env)]))
}

/** Variables that docker-compose.yml takes from `.env`. */
export function taken(): ReadonlySet<string> {
  return new Set([...text("docker-compose.yml").matchAll(/(?<!\$)\$\{(\w+)/g)].map(([, name = ""]) => name))
}

/** NAME → value of every line of .env.example, those included that stand there as a comment. */
export function examples(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const [, name = "", value = ""] of text(".env.example").matchAll(/^#?([A-Z_]+)=(.*)$/gm)) {
    found.set(name, [...(found.get(name) ?? []), value])
  }
  return found
}

/** The schema of the Compose specification, as the package `dclint` ships it beside its entry. */
export function composeSchema(): object {
  const folder = dirname(require.resolve("dclint/package.json"))
  // Its `$schema` names draft 7 by an address that validators do not know (https, without a # in the end).
  const { $schema: _, ...schema } = JSON.parse(readFileSync(join(folder, "schemas/compose.schema.json"), "utf8"))
  return schema
}
