/**
 * The web console: the files that `npm run build` made of console/, and what the page asks before anybody has signed in.
 * Every page answers with the same document; which page it is, the address in the browser says.
 */
import { randomBytes } from "node:crypto"
import { existsSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import fastifyStatic from "@fastify/static"
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import type { Config } from "../../config"
import { developmentSignIn, type OrganizationName } from "./development-sign-in"

export interface ConsoleParts {
  readonly config: Config
  /** Where the built files lie; `consoleFolder()` unless told otherwise. */
  readonly folder?: string
  /** Those that exist, for the choice of a role in development. */
  readonly organizations: () => Promise<readonly OrganizationName[]>
}

/** What the page must know to sign somebody in. Nothing in it is secret. */
export type SignIn =
  | { readonly auth: "development" }
  | { readonly auth: "oidc"; readonly issuer: string; readonly clientId: string; readonly scope: string }

/** The page puts styles into the document while it runs (Griffel); the server marks it with this, once a response. */
const NONCE = "__NONCE__"
/** File names in there carry a hash of their content. */
const HASHED = "assets"
const YEAR_SECONDS = 31_536_000
/**
 * Any path but those of programs. They are kept out by the route, not by its handler: what is not there below /vendor is
 * then answered as everything below /vendor is.
 */
const PAGE = "/:page(^(?!(?:graphql|vendor|export|console|livez|readyz|metrics)$).+$)"

export async function consoleRoutes(app: FastifyInstance, parts: ConsoleParts): Promise<void> {
  const { config, folder = consoleFolder() } = parts
  app.get("/console/sign-in", async (): Promise<SignIn> => signInOf(config))
  if (config.auth === "development") developmentSignIn(app, config.dataFolder, parts.organizations)

  const page = join(folder, "index.html")
  if (!existsSync(page)) {
    app.get("/", async (_request, reply) => notBuilt(reply))
    return
  }
  await app.register(async (files) => {
    // Not by the plugin's own setHeaders: the server's `no-store` would win over it.
    files.addHook("onSend", async (_request, reply) => {
      if (reply.statusCode >= 400) return
      reply.header("cache-control", `public, max-age=${YEAR_SECONDS}, immutable`).header("vary", "accept-encoding")
    })
    await files.register(fastifyStatic, {
      root: join(folder, HASHED),
      prefix: `/${HASHED}/`,
      cacheControl: false,
      preCompressed: true, // bin/build-console.js puts .br and .gz beside the files
    })
  })
  const policyFor = securityPolicy(config)
  const sendPage = async (request: FastifyRequest, reply: FastifyReply) => {
    if (!wantsPage(request)) return reply.callNotFound()
    // Read anew: a build beside the running server has put other files there, and taken away those that the old page names.
    const html = await readFile(page, "utf8").catch(() => undefined)
    if (html === undefined) return notBuilt(reply)
    const nonce = randomBytes(16).toString("base64")
    return reply.type("text/html; charset=utf-8").header("content-security-policy", policyFor(nonce)).send(html.replaceAll(NONCE, nonce))
  }
  app.get("/", sendPage)
  app.get(PAGE, sendPage)
  app.get(`${PAGE}/*`, sendPage)
}

/** Beside the compiled server: <root>/dist/console, whether this file runs compiled or from the sources. */
export function consoleFolder(): string {
  let folder = __dirname
  while (!existsSync(join(folder, "package.json")) && folder !== dirname(folder)) folder = dirname(folder)
  return join(folder, "dist", "console")
}

function notBuilt(reply: FastifyReply) {
  return reply.code(503).type("text/plain").send("The console is not built: run `npm run build`.\n")
}

function wantsPage({ headers: { accept } }: FastifyRequest): boolean {
  return accept?.includes("text/html") === true
}

function signInOf({ auth, issuer, oidcClientId, oidcScope }: Config): SignIn {
  if (auth === "development") return { auth }
  return { auth: "oidc", issuer: issuer ?? "", clientId: oidcClientId, scope: oidcScope }
}

/** Nothing from any other host; only the identity provider is spoken to, and not even that in a frame. */
function securityPolicy({ auth, issuer }: Config): (nonce: string) => string {
  const provider = auth === "jwks" && issuer !== undefined && URL.canParse(issuer) ? ` ${new URL(issuer).origin}` : ""
  return (nonce) =>
    [
      "default-src 'none'",
      "script-src 'self'",
      `style-src 'self' 'nonce-${nonce}'`,
      "img-src 'self' data:",
      "font-src 'self'",
      `connect-src 'self'${provider}`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join("; ")
}
