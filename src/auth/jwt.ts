/** Bearer tokens → who is asking. Tokens come from an identity provider (its keys at a JWKS address) or, in development, from `signDevelopmentToken`. */
import { hash as digest } from "node:crypto"
import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, type JWTVerifyOptions, jwtVerify } from "jose"
import type { Role } from "../domain/events"
import { parseId } from "../domain/ids"
import { DEVELOPMENT, developmentKey } from "./development-key"
import { InvalidToken, KeysUnavailable, type Tokens, type Verified } from "./tokens"
import type { Viewer } from "./viewer"

/** Where a token says what; dots lead into objects. */
export interface ClaimSettings {
  readonly claimSubject: string
  readonly claimOrganization: string
  readonly claimRoles: readonly string[]
  readonly claimVendor: string
  readonly claimIdentityProvider: string
  readonly roleMap: ReadonlyMap<string, Role>
  readonly organizationMap: ReadonlyMap<string, string>
}

/** The settings that tokens need (src/config.ts). The claims are those of the identity provider; development tokens have their own. */
export interface TokenSettings extends ClaimSettings {
  readonly auth: "development" | "jwks"
  readonly dataFolder: string
  readonly jwksUrl: URL | undefined
  readonly issuer: string | undefined
  readonly audience: readonly string[] | undefined
  readonly clockToleranceSeconds: number
}

const ALGORITHMS = ["RS256", "ES256", "EdDSA"]
/** Tokens with key ids that nobody published must not make us ask the identity provider for each of them. */
const KEYS_AGAIN_AFTER_MS = 30_000
const CACHED_TOKENS = 10_000
/** Longest time for which a verified token is not looked at again, so that a key the provider withdraws stops counting. */
const CACHED_FOR_MS = 5 * 60_000

const DEVELOPMENT_CLAIMS: ClaimSettings = {
  claimSubject: "sub",
  claimOrganization: "organization",
  claimRoles: ["roles"],
  claimVendor: "vendor",
  claimIdentityProvider: "identity_provider",
  roleMap: new Map(),
  organizationMap: new Map(),
}

/** @param keysAgainAfterMs how long after fetching the keys an unknown key id is not asked about; by the clock of the key set */
export async function openTokens(settings: TokenSettings, now: () => number, keysAgainAfterMs = KEYS_AGAIN_AFTER_MS): Promise<Tokens> {
  const { key, options } = await trust(settings, keysAgainAfterMs)
  const claimSettings = settings.auth === "development" ? DEVELOPMENT_CLAIMS : settings
  const verified = new Map<string, Verified & { readonly until: number }>()

  return {
    async verify(token) {
      // Verifying costs about 200 µs, more than most operations: once per token. The hash keeps tokens out of memory dumps.
      const hash = digest("sha256", token, "base64")
      const known = verified.get(hash)
      if (known && known.until > now()) return known

      const claims = await claimsOf(token, key, { ...options, currentDate: new Date(now()) })
      const expiresAt = (claims.exp ?? 0) * 1000 // `exp` is required below
      const entry = { viewer: viewerOf(claims, claimSettings), expiresAt, until: Math.min(expiresAt, now() + CACHED_FOR_MS) }
      verified.delete(hash)
      for (const oldest of verified.keys()) {
        if (verified.size < CACHED_TOKENS) break
        verified.delete(oldest)
      }
      verified.set(hash, entry)
      return entry
    },
  }
}

async function trust(settings: TokenSettings, cooldownDuration: number): Promise<{ key: JWTVerifyGetKey; options: JWTVerifyOptions }> {
  const { auth, jwksUrl, issuer, audience, clockToleranceSeconds: clockTolerance } = settings
  if (auth === "development") {
    const { publicKey } = await developmentKey(settings.dataFolder)
    return {
      key: async () => publicKey,
      options: { ...DEVELOPMENT.claims, algorithms: [DEVELOPMENT.algorithm], clockTolerance, requiredClaims: ["exp"] },
    }
  }
  if (!jwksUrl || !issuer || !audience)
    throw new Error("openTokens: jwks needs an address, an issuer and an audience (readConfig checks this)")
  // Only public-key algorithms: with HS256 allowed, anybody could sign with the published key as the secret.
  return {
    key: createRemoteJWKSet(jwksUrl, { cooldownDuration, cacheMaxAge: CACHED_FOR_MS, timeoutDuration: 5_000 }),
    options: { issuer, audience: [...audience], algorithms: ALGORITHMS, clockTolerance, requiredClaims: ["exp"] },
  }
}

async function claimsOf(token: string, key: JWTVerifyGetKey, options: JWTVerifyOptions): Promise<JWTPayload> {
  try {
    return (await jwtVerify(token, key, options)).payload
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw new InvalidToken("the token has expired", { cause: error })
    if (error instanceof errors.JWTClaimValidationFailed)
      throw new InvalidToken(`the token's claim ${error.claim} is not right`, { cause: error })
    if (isInvalid(error)) throw new InvalidToken("the token is not signed by a key that is trusted here", { cause: error })
    throw new KeysUnavailable("the identity provider's keys could not be fetched", { cause: error })
  }
}

/** What jose reports of the token itself; all else (network, an answer that is no key set) is about the provider. */
function isInvalid(error: unknown): boolean {
  return [
    errors.JWSInvalid,
    errors.JWTInvalid,
    errors.JWSSignatureVerificationFailed,
    errors.JOSEAlgNotAllowed,
    errors.JOSENotSupported,
    errors.JWKSNoMatchingKey,
    errors.JWKSMultipleMatchingKeys,
  ].some((kind) => error instanceof kind)
}

function viewerOf(claims: JWTPayload, settings: ClaimSettings): Viewer {
  const subject = claim(claims, settings.claimSubject)
  if (typeof subject !== "string" || subject === "") throw new InvalidToken(`the token has no ${settings.claimSubject}`)
  const organization = single(claim(claims, settings.claimOrganization)) ?? ""
  const organizationId = parseId("org", settings.organizationMap.get(organization) ?? organization)
  const vendorId = parseId("vnd", single(claim(claims, settings.claimVendor)) ?? "")
  const roles = settings.claimRoles.flatMap((name) => rolesOf(claim(claims, name), settings.roleMap))
  return {
    subject,
    roles: [...new Set(roles)],
    ...(organizationId !== undefined && { organizationId }),
    ...(vendorId !== undefined && { vendorId }),
    ...(claim(claims, settings.claimIdentityProvider) === true && { identityProvider: true }),
  }
}

/** `a.b` is the claim of that very name (namespaced claims hold dots) or else the member b of the claim a. */
function claim(claims: object, name: string): unknown {
  if (Object.hasOwn(claims, name)) return (claims as Record<string, unknown>)[name] // claims are JSON
  const dot = name.indexOf(".")
  if (dot < 0) return undefined
  const outer: unknown = Object.hasOwn(claims, name.slice(0, dot)) ? (claims as Record<string, unknown>)[name.slice(0, dot)] : undefined
  return typeof outer === "object" && outer !== null ? claim(outer, name.slice(dot + 1)) : undefined
}

/** Keycloak writes a person's only organization as a list of one. Of several, none is meant. */
function single(value: unknown): string | undefined {
  const only: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value
  return typeof only === "string" && only !== "" ? only : undefined
}

const ROLE_NAMES = {
  OPERATOR: true,
  GLOBAL_ADMIN: true,
  LICENSE_ADMIN: true,
  USER_ADMIN: true,
  BILLING_ADMIN: true,
  AUDITOR: true,
  MEMBER: true,
  VENDOR: true,
} satisfies Record<Role, true>

/** Providers put every role and group of a person into the token; those that mean nothing here are passed over. */
function rolesOf(value: unknown, roleMap: ReadonlyMap<string, Role>): Role[] {
  const names = typeof value === "string" ? value.split(/[\s,]+/) : Array.isArray(value) ? value : []
  return names.flatMap((name: unknown) => {
    if (typeof name !== "string") return []
    const mapped = roleMap.get(name)
    if (mapped) return [mapped]
    return Object.hasOwn(ROLE_NAMES, name) ? [name as Role] : [] // hasOwn just said so
  })
}
