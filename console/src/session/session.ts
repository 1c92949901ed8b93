/** Who is signed in, in this tab. */
import type { User, UserManager } from "oidc-client-ts"

/** What GET /console/sign-in answers (src/api/console). */
export type SignIn =
  | { readonly auth: "development" }
  | { readonly auth: "oidc"; readonly issuer: string; readonly clientId: string; readonly scope: string }

export interface Session {
  /** The token of now; empty when nobody is signed in. */
  token(): string
  signOut(): Promise<void>
}

const KEPT = "seatledger.token"

export async function signInWays(): Promise<SignIn> {
  const response = await fetch("/console/sign-in", { headers: { accept: "application/json" } })
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`)
  return (await response.json()) as SignIn // what our own server answers
}

/** The session that this tab already has, if any. */
export async function currentSession(ways: SignIn): Promise<Session | undefined> {
  if (ways.auth === "development") {
    const token = sessionStorage.getItem(KEPT)
    return token === null ? undefined : developmentSession(token)
  }
  const manager = await userManager(ways)
  const user = location.pathname === SIGNED_IN ? await manager.signinRedirectCallback() : await manager.getUser()
  return user && !user.expired ? oidcSession(manager, user) : undefined
}

export function keepDevelopmentToken(token: string): Session {
  sessionStorage.setItem(KEPT, token)
  return developmentSession(token)
}

/** Leaves for the identity provider (OpenID Connect, authorization code with PKCE) and comes back to `SIGNED_IN`. */
export async function signInAtProvider(ways: Extract<SignIn, { auth: "oidc" }>, returnTo: string): Promise<void> {
  await (await userManager(ways)).signinRedirect({ state: returnTo })
}

/** Where the identity provider sends people back to. */
export const SIGNED_IN = "/signed-in"
const RETURN_TO = "seatledger.returnTo"

/** Where the person was going when the sign-in began. */
export function takeReturnTo(): string {
  const kept = sessionStorage.getItem(RETURN_TO) ?? "/"
  sessionStorage.removeItem(RETURN_TO)
  return kept.startsWith("/") && !kept.startsWith("//") ? kept : "/"
}

function developmentSession(token: string): Session {
  return {
    token: () => token,
    async signOut() {
      sessionStorage.removeItem(KEPT)
    },
  }
}

function oidcSession(manager: UserManager, first: User): Session {
  let user = first
  if (typeof first.state === "string") sessionStorage.setItem(RETURN_TO, first.state)
  manager.events.addUserLoaded((renewed) => {
    user = renewed
  })
  return {
    token: () => user.access_token,
    async signOut() {
      await manager.removeUser()
    },
  }
}

let opened: UserManager | undefined

async function userManager({ issuer, clientId, scope }: Extract<SignIn, { auth: "oidc" }>): Promise<UserManager> {
  if (opened) return opened
  const { UserManager, WebStorageStateStore } = await import("oidc-client-ts")
  opened = new UserManager({
    authority: issuer,
    client_id: clientId,
    scope,
    redirect_uri: `${location.origin}${SIGNED_IN}`,
    response_type: "code",
    automaticSilentRenew: true,
    userStore: new WebStorageStateStore({ store: sessionStorage }),
  })
  return opened
}
