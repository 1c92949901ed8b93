import { generateKeyPairSync, type KeyObject } from "node:crypto"
import { mkdtemp, readdir, rm, stat } from "node:fs/promises"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type JWTPayload, SignJWT, UnsecuredJWT } from "jose"
import { developmentKey, signDevelopmentToken } from "../../src/auth/development-key"
import { openTokens } from "../../src/auth/jwt"
import { InvalidToken, KeysUnavailable, type Tokens } from "../../src/auth/tokens"
import { type Config, readConfig } from "../../src/config"

const ISSUER = "https://login.example.com/"
const AUDIENCE = "seatledger"

/** An identity provider: keys that can be added and withdrawn, published over real HTTP. */
class Provider {
  readonly keys = new Map<string, { privateKey: KeyObject; publicKey: KeyObject; alg: string }>()
  fetches = 0
  failing = false
  private readonly server: Server = createServer((_request, response) => {
    this.fetches++
    response.statusCode = this.failing ? 503 : 200
    response.setHeader("content-type", "application/json")
    const published = [...this.keys].map(([kid, { publicKey, alg }]) => ({ ...publicKey.export({ format: "jwk" }), kid, alg, use: "sig" }))
    response.end(JSON.stringify({ keys: published }))
  })
  async listen(): Promise<void> {
    await new Promise<void>((listening) => this.server.listen(0, "127.0.0.1", listening))
  }
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/keys`
  }
  addKey(kid: string, alg: "RS256" | "PS256" | "ES256" | "EdDSA" = "ES256"): void {
    const pair =
      alg === "RS256" || alg === "PS256"
        ? generateKeyPairSync("rsa", { modulusLength: 2048 })
        : alg === "ES256"
          ? generateKeyPairSync("ec", { namedCurve: "P-256" })
          : generateKeyPairSync("ed25519")
    this.keys.set(kid, { ...pair, alg })
  }
  async sign(kid: string, claims: object = {}): Promise<string> {
    const key = this.keys.get(kid)
    if (!key) throw new Error(`no key ${kid}`)
    return new SignJWT({ ...GOOD, ...claims }).setProtectedHeader({ alg: key.alg, kid }).sign(key.privateKey)
  }
  async close(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((closed) => this.server.close(closed))
  }
}

let clock = Date.now()
const seconds = () => Math.floor(clock / 1000)
const GOOD: JWTPayload = {
  iss: ISSUER,
  aud: AUDIENCE,
  sub: "adele",
  organization: "org_contoso",
  roles: ["LICENSE_ADMIN"],
  exp: Math.floor(clock / 1000) + 3600,
}

let provider: Provider
beforeEach(async () => {
  clock = Date.now()
  provider = new Provider()
  provider.addKey("first")
  await provider.listen()
})
afterEach(() => provider.close())

function settings(env: Record<string, string> = {}): Config {
  return readConfig({
    SEATLEDGER_AUTH: "jwks",
    SEATLEDGER_JWKS_URL: provider.url,
    SEATLEDGER_ISSUER: ISSUER,
    SEATLEDGER_AUDIENCE: AUDIENCE,
    ...env,
  })
}
function open(env: Record<string, string> = {}): Promise<Tokens> {
  return openTokens(settings(env), () => clock)
}

describe("tokens of an identity provider", () => {
  test.each(["RS256", "ES256", "EdDSA"] as const)("a good token signed with %s says who asks", async (alg) => {
    provider.addKey("strong", alg)
    const tokens = await open()
    const { viewer, expiresAt } = await tokens.verify(await provider.sign("strong"))
    expect(viewer).toEqual({ subject: "adele", organizationId: "org_contoso", roles: ["LICENSE_ADMIN"] })
    expect(expiresAt).toBe(Number(GOOD.exp) * 1000)
  })

  test("a token without signature (alg none) is refused", async () => {
    const tokens = await open()
    await expect(tokens.verify(new UnsecuredJWT(GOOD).encode())).rejects.toThrow(InvalidToken)
  })

  test("HS256 with the published key as its secret is refused", async () => {
    const tokens = await open()
    const published = provider.keys.get("first")?.publicKey.export({ format: "pem", type: "spki" }) as string
    const forged = await new SignJWT(GOOD).setProtectedHeader({ alg: "HS256", kid: "first" }).sign(new TextEncoder().encode(published))
    await expect(tokens.verify(forged)).rejects.toThrow(InvalidToken)
  })

  test("an algorithm that is not on the list is refused, also with a published key", async () => {
    provider.addKey("pss", "PS256")
    const tokens = await open()
    await expect(tokens.verify(await provider.sign("pss"))).rejects.toThrow(InvalidToken)
  })

  test("a key id that nobody published is refused", async () => {
    const tokens = await open()
    provider.addKey("secret")
    const token = await provider.sign("secret")
    provider.keys.delete("secret")
    await expect(tokens.verify(token)).rejects.toThrow("not signed by a key that is trusted here")
  })

  test("another key under a published key id is refused", async () => {
    const tokens = await open()
    const token = await provider.sign("first")
    provider.addKey("first")
    await expect(tokens.verify(token)).rejects.toThrow(InvalidToken)
  })

  test.each<[string, object, string]>([
    ["issuer", { iss: "https://elsewhere.example.com/" }, "claim iss"],
    ["audience", { aud: "another-app" }, "claim aud"],
    ["missing expiry", { exp: undefined }, "claim exp"],
    ["missing subject", { sub: undefined }, "has no sub"],
    ["expiry in the past", { exp: seconds() - 60 }, "expired"],
    ["not yet valid", { nbf: seconds() + 600 }, "claim nbf"],
  ])("wrong %s is refused", async (_name, claims, message) => {
    const tokens = await open()
    await expect(tokens.verify(await provider.sign("first", claims))).rejects.toThrow(message)
  })

  test.each(["", "abc", "a.b.c", "eyJhbGciOiJFUzI1NiJ9..", "Bearer x"])("text that is no token is refused: %j", async (text) => {
    const tokens = await open()
    await expect(tokens.verify(text)).rejects.toThrow(InvalidToken)
  })

  test("the message of a refusal holds nothing of the token", async () => {
    const tokens = await open()
    const token = await provider.sign("first", { aud: "another-app", sub: "very-private" })
    const refusal: unknown = await tokens.verify(token).catch((error: unknown) => error)
    expect((refusal as Error).message).not.toMatch(/very-private|another-app|eyJ/)
  })

  test("strangers' key ids do not make us ask for the keys again and again", async () => {
    const tokens = await open()
    await tokens.verify(await provider.sign("first"))
    provider.addKey("second")
    await expect(tokens.verify(await provider.sign("second"))).rejects.toThrow(InvalidToken)
    expect(provider.fetches).toBe(1)
  })

  test("keys rotate: a key published later is found once keys may be fetched again", async () => {
    const tokens = await openTokens(settings(), () => clock, 0)
    await tokens.verify(await provider.sign("first"))
    provider.addKey("second")
    expect((await tokens.verify(await provider.sign("second"))).viewer.subject).toBe("adele")
    expect(provider.fetches).toBe(2)
  })

  test("a provider that cannot be reached is no proof against the token", async () => {
    provider.failing = true
    const tokens = await open()
    await expect(tokens.verify(await provider.sign("first"))).rejects.toThrow(KeysUnavailable)
    provider.failing = false
    await expect(tokens.verify(await provider.sign("first"))).resolves.toBeDefined()
  })
})

describe("verified tokens are remembered", () => {
  test("the same answer without looking at the signature again, but not beyond the expiry", async () => {
    const tokens = await open()
    const token = await provider.sign("first", { exp: seconds() + 60 })
    const first = await tokens.verify(token)
    expect(await tokens.verify(token)).toBe(first)
    clock += 66_000 // past the expiry and the clock tolerance
    await expect(tokens.verify(token)).rejects.toThrow("expired")
  })

  test("after five minutes the signature is looked at again, so that a withdrawn key stops counting", async () => {
    const tokens = await open()
    const token = await provider.sign("first")
    const first = await tokens.verify(token)
    clock += 4 * 60_000
    expect(await tokens.verify(token)).toBe(first)
    clock += 2 * 60_000
    expect(await tokens.verify(token)).not.toBe(first)
  })
})

describe("claims fit the identity provider by configuration", () => {
  test("Keycloak: realm roles in realm_access.roles, the organization as a list of one", async () => {
    const tokens = await open({ SEATLEDGER_CLAIM_ROLES: "realm_access.roles", SEATLEDGER_CLAIM_SUBJECT: "preferred_username" })
    const token = await provider.sign("first", {
      preferred_username: "adele.vance",
      realm_access: { roles: ["offline_access", "AUDITOR", "MEMBER"] },
      organization: ["org_contoso"],
      roles: ["GLOBAL_ADMIN"],
    })
    expect((await tokens.verify(token)).viewer).toEqual({
      subject: "adele.vance",
      organizationId: "org_contoso",
      roles: ["AUDITOR", "MEMBER"],
    })
  })

  test("Entra: app roles and groups through the role map, the tenant through the organization map", async () => {
    const tokens = await open({
      SEATLEDGER_CLAIM_ROLES: "roles,groups",
      SEATLEDGER_CLAIM_ORGANIZATION: "tid",
      SEATLEDGER_ROLE_MAP: "seat-admins=LICENSE_ADMIN,b1f0=AUDITOR",
      SEATLEDGER_ORGANIZATION_MAP: "72f9=org_contoso",
    })
    const token = await provider.sign("first", { organization: undefined, tid: "72f9", roles: ["seat-admins"], groups: ["b1f0", "c2e1"] })
    expect((await tokens.verify(token)).viewer).toMatchObject({ organizationId: "org_contoso", roles: ["LICENSE_ADMIN", "AUDITOR"] })
  })

  test("a claim whose very name holds dots is found before a path", async () => {
    const tokens = await open({ SEATLEDGER_CLAIM_ROLES: "https://seats.example.com/roles" })
    const token = await provider.sign("first", { "https://seats.example.com/roles": ["USER_ADMIN"] })
    expect((await tokens.verify(token)).viewer.roles).toEqual(["USER_ADMIN"])
  })

  test.each([
    ["names nobody knows", ["KING", "license_admin", "toString", "__proto__"]],
    ["things that are no names", [1, null, { role: "GLOBAL_ADMIN" }, ["GLOBAL_ADMIN"]]],
    ["an object", { GLOBAL_ADMIN: true }],
  ])("roles that are %s are passed over", async (_name, roles) => {
    const tokens = await open()
    expect((await tokens.verify(await provider.sign("first", { roles }))).viewer.roles).toEqual([])
  })

  test.each([
    ["two organizations", ["org_contoso", "org_fabrikam"]],
    ["no organization id", "contoso"],
    ["a path", "org_a/../org_b"],
  ])("an organization claim with %s means none", async (_name, organization) => {
    const tokens = await open()
    expect((await tokens.verify(await provider.sign("first", { organization }))).viewer.organizationId).toBeUndefined()
  })

  test("vendors and provisioning clients", async () => {
    const tokens = await open()
    const vendor = await tokens.verify(
      await provider.sign("first", { sub: "fabrikam-api", organization: undefined, vendor: "vnd_fabrikam", roles: "VENDOR" }),
    )
    expect(vendor.viewer).toEqual({ subject: "fabrikam-api", vendorId: "vnd_fabrikam", roles: ["VENDOR"] })
    const client = await tokens.verify(await provider.sign("first", { identity_provider: true, roles: ["USER_ADMIN"] }))
    expect(client.viewer.identityProvider).toBe(true)
    const pretender = await tokens.verify(await provider.sign("first", { identity_provider: "no" }))
    expect(pretender.viewer.identityProvider).toBeUndefined()
  })
})

describe("development sign-in", () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "seatledger-tokens-"))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  test("a token signed for this data folder says who asks, also with the provider's claim names configured", async () => {
    const viewer = { subject: "adele", organizationId: "org_demo", roles: ["LICENSE_ADMIN"] as const }
    const tokens = await openTokens(readConfig({ SEATLEDGER_DATA: folder, SEATLEDGER_CLAIM_ROLES: "groups" }), Date.now)
    expect((await tokens.verify(await signDevelopmentToken(folder, viewer))).viewer).toEqual(viewer)
  })

  test("the key is made once, for its owner's eyes only", async () => {
    await developmentKey(folder)
    expect((await stat(join(folder, "dev-key.json"))).mode & 0o777).toBe(0o600)
    expect(await readdir(folder)).toEqual(["dev-key.json"])
  })

  test("many who start at once agree on one key", async () => {
    const tokens = await openTokens(readConfig({ SEATLEDGER_DATA: folder }), Date.now)
    const signed = await Promise.all(Array.from({ length: 8 }, () => signDevelopmentToken(folder, { subject: "adele", roles: [] })))
    for (const token of signed) await expect(tokens.verify(token)).resolves.toBeDefined()
  })

  test("a token of another data folder is refused", async () => {
    const elsewhere = join(folder, "elsewhere")
    const tokens = await openTokens(readConfig({ SEATLEDGER_DATA: folder }), Date.now)
    await expect(tokens.verify(await signDevelopmentToken(elsewhere, { subject: "adele", roles: [] }))).rejects.toThrow(InvalidToken)
  })

  test("a token ends: a week after it was signed, or as told", async () => {
    let now = Date.now()
    const tokens = await openTokens(readConfig({ SEATLEDGER_DATA: folder }), () => now)
    const week = await signDevelopmentToken(folder, { subject: "adele", roles: [] })
    now += 8 * 24 * 3600 * 1000
    await expect(tokens.verify(week)).rejects.toThrow("expired")
  })
})
