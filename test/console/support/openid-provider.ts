/**
 * A small OpenID provider on loopback: discovery, authorization code with PKCE, refresh tokens that count once, keys, logout.
 * It checks what a real one checks, so that a client that forgets something is not signed in.
 */
import { createHash, randomUUID } from "node:crypto"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { exportJWK, generateKeyPair, SignJWT } from "jose"

export interface Claims {
  readonly sub: string
  readonly organization: string
  readonly roles: readonly string[]
}

export interface OpenIdProvider {
  readonly issuer: string
  readonly jwksUrl: string
  /** Seconds for which tokens are good from now on. */
  lifetime: number
  /** Whether new sign-ins get a refresh token. */
  renews: boolean
  /** Whether discovery offers a logout address. */
  logsOut: boolean
  /** Whether it answers at all. */
  isReachable: boolean
  /** What was asked of it, in order, as `METHOD path`; tokens say what for. */
  readonly asked: string[]
  close(): Promise<void>
}

const KEY = "k1"
const CLIENT = "seatledger"

interface Code {
  readonly challenge: string
  readonly redirectUri: string
  readonly nonce: string | null
}

export async function openProvider(claims: Claims): Promise<OpenIdProvider> {
  const { publicKey, privateKey } = await generateKeyPair("RS256", { extractable: true })
  const key = { ...(await exportJWK(publicKey)), kid: KEY, alg: "RS256", use: "sig" }
  const codes = new Map<string, Code>()
  const refreshTokens = new Set<string>()

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.writeHead(400, { "content-type": "application/json", "access-control-allow-origin": "*" })
      response.end(JSON.stringify({ error: "invalid_request", error_description: error instanceof Error ? error.message : String(error) }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const provider: OpenIdProvider = {
    issuer,
    jwksUrl: `${issuer}/keys`,
    lifetime: 300,
    renews: true,
    logsOut: true,
    isReachable: true,
    asked: [],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!provider.isReachable) return void request.socket.destroy()
    const url = new URL(request.url ?? "/", issuer)
    provider.asked.push(`${request.method} ${url.pathname}`)
    switch (url.pathname) {
      case "/.well-known/openid-configuration":
        return json(response, {
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/keys`,
          ...(provider.logsOut && { end_session_endpoint: `${issuer}/logout` }),
        })
      case "/keys":
        return json(response, { keys: [key] })
      case "/authorize":
        return authorize(url.searchParams, response)
      case "/token":
        return json(response, await tokens(new URLSearchParams(await bodyOf(request))))
      case "/logout":
        return page(response, `<h1>Signed out</h1><a href="${escaped(given(url.searchParams, "post_logout_redirect_uri"))}">Back</a>`)
      default:
        throw new Error(`no such page: ${url.pathname}`)
    }
  }

  /** The provider's own page: the person agrees or not. */
  function authorize(asked: URLSearchParams, response: ServerResponse): void {
    check(given(asked, "client_id") === CLIENT, "unknown client")
    check(given(asked, "response_type") === "code", "only the code flow is offered")
    check(given(asked, "code_challenge_method") === "S256", "PKCE with S256 is needed")
    check(given(asked, "scope").split(" ").includes("openid"), "the scope openid is needed")
    const redirectUri = given(asked, "redirect_uri")
    const code = randomUUID()
    codes.set(code, { challenge: given(asked, "code_challenge"), redirectUri, nonce: asked.get("nonce") })
    const back = (answer: Record<string, string>) =>
      escaped(`${redirectUri}?${new URLSearchParams({ ...answer, state: given(asked, "state"), iss: issuer })}`)
    const refusal = { error: "access_denied", error_description: "You are not in the group of admins." }
    page(response, `<h1>Provider</h1><a href="${back({ code })}">Continue as ${claims.sub}</a> <a href="${back(refusal)}">Refuse</a>`)
  }

  async function tokens(form: URLSearchParams): Promise<object> {
    check(given(form, "client_id") === CLIENT, "unknown client")
    const kind = given(form, "grant_type")
    provider.asked.push(kind)
    if (kind === "refresh_token") {
      check(refreshTokens.delete(given(form, "refresh_token")), "this refresh token is not known, or was used")
      return issued(null)
    }
    check(kind === "authorization_code", "no such grant")
    const code = codes.get(given(form, "code"))
    check(codes.delete(given(form, "code")), "this code is not known, or was used")
    const challenge = createHash("sha256").update(given(form, "code_verifier")).digest("base64url")
    check(challenge === code?.challenge, "the verifier does not fit the challenge")
    check(given(form, "redirect_uri") === code.redirectUri, "another redirect address")
    return issued(code.nonce)
  }

  async function issued(nonce: string | null): Promise<object> {
    const sign = (audience: string, more: object) =>
      new SignJWT({ ...claims, ...more })
        .setProtectedHeader({ alg: "RS256", kid: KEY })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(claims.sub)
        .setIssuedAt()
        .setJti(randomUUID())
        .setExpirationTime(Math.floor(Date.now() / 1000) + provider.lifetime)
        .sign(privateKey)
    const refreshToken = randomUUID()
    if (provider.renews) refreshTokens.add(refreshToken)
    return {
      token_type: "Bearer",
      access_token: await sign("seatledger-api", {}),
      id_token: await sign(CLIENT, nonce === null ? {} : { nonce }),
      expires_in: provider.lifetime,
      ...(provider.renews && { refresh_token: refreshToken }),
    }
  }
  return provider
}

function check(holds: boolean, problem: string): asserts holds {
  if (!holds) throw new Error(problem)
}

function given(params: URLSearchParams, name: string): string {
  const value = params.get(name)
  if (value === null) throw new Error(`${name} is missing`)
  return value
}

function json(response: ServerResponse, body: object): void {
  response.writeHead(200, { "content-type": "application/json", "access-control-allow-origin": "*" })
  response.end(JSON.stringify(body))
}

function page(response: ServerResponse, body: string): void {
  response.writeHead(200, { "content-type": "text/html; charset=utf-8", "x-frame-options": "DENY" })
  response.end(`<!doctype html><html lang="en"><title>Provider</title><link rel="icon" href="data:,"><body>${body}</body></html>`)
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;")
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(Buffer.from(part))
  return Buffer.concat(parts).toString("utf8")
}
