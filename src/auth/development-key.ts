/** Sign-in for development: a key made on first start in the data folder, and tokens signed with it. Refused in production. */
import { randomUUID } from "node:crypto"
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from "jose"
import type { Viewer } from "./viewer"

export const DEVELOPMENT = {
  algorithm: "ES256",
  claims: { issuer: "seatledger-development", audience: "seatledger" },
} as const

/** Reads the key of this data folder, or makes it. Two processes at once end up with the same key. */
export async function developmentKey(dataFolder: string): Promise<{ privateKey: CryptoKey; publicKey: CryptoKey }> {
  const file = join(dataFolder, "dev-key.json")
  const jwk = (await readJwk(file)) ?? (await makeJwk(dataFolder, file))
  const { d: _secret, ...publicJwk } = jwk
  return { privateKey: await importKey(jwk, file), publicKey: await importKey(publicJwk, file) }
}

/**
 * A token for the development server of this data folder, with the claims that `viewer` needs under their default names.
 * `lifetimeSeconds` is a week unless told otherwise.
 */
export async function signDevelopmentToken(dataFolder: string, viewer: Viewer, lifetimeSeconds = 7 * 24 * 3600): Promise<string> {
  const { privateKey } = await developmentKey(dataFolder)
  const issued = Math.floor(Date.now() / 1000)
  return new SignJWT({
    roles: [...viewer.roles],
    ...(viewer.organizationId !== undefined && { organization: viewer.organizationId }),
    ...(viewer.vendorId !== undefined && { vendor: viewer.vendorId }),
    ...(viewer.identityProvider && { identity_provider: true }),
  })
    .setProtectedHeader({ alg: DEVELOPMENT.algorithm, typ: "JWT" })
    .setSubject(viewer.subject)
    .setIssuer(DEVELOPMENT.claims.issuer)
    .setAudience(DEVELOPMENT.claims.audience)
    .setIssuedAt(issued)
    .setExpirationTime(issued + lifetimeSeconds)
    .sign(privateKey)
}

async function readJwk(file: string): Promise<JWK | undefined> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as JWK // importKey checks it
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined
    throw new Error(`${file} is not a key; remove it, and a new one is made (tokens signed so far stop working)`, { cause: error })
  }
}

async function makeJwk(dataFolder: string, file: string): Promise<JWK> {
  await mkdir(dataFolder, { recursive: true })
  const { privateKey } = await generateKeyPair(DEVELOPMENT.algorithm, { extractable: true })
  const jwk = { ...(await exportJWK(privateKey)), alg: DEVELOPMENT.algorithm }
  // Written aside and linked: `link` fails when the file is there already, and nobody ever reads half a key.
  const aside = `${file}.${randomUUID()}`
  await writeFile(aside, `${JSON.stringify(jwk)}\n`, { mode: 0o600, flag: "wx" })
  try {
    await link(aside, file)
    return jwk
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error
    return (await readJwk(file)) ?? jwk
  } finally {
    await rm(aside, { force: true })
  }
}

async function importKey(jwk: JWK, file: string): Promise<CryptoKey> {
  try {
    const key = await importJWK(jwk, DEVELOPMENT.algorithm)
    if (key instanceof Uint8Array) throw new Error("a symmetric key")
    return key
  } catch (error) {
    throw new Error(`${file} holds no ${DEVELOPMENT.algorithm} key; remove it, and a new one is made`, { cause: error })
  }
}
