/** Who is signed in, in this tab. Tokens are kept in the tab's own storage and go with it. */
import type { User, UserManager } from "oidc-client-ts"

type Provider = {
  readonly auth: "oidc"
  readonly issuer: string
  readonly clientId: string
  readonly scope: string
}
/** What GET /console/sign-in answers (src/api/console). */
export type SignIn = { readonly auth: "development" } | Provider

export interface Session {
  /**
   * The token of now: a new one when the old has run out and the provider gives one without asking the person.
   * @throws Error while the provider cannot be reached
   */
  token(): Promise<string>
  /** Told when the token has run out for good. Returns the way to call it off. */
  onEnd(listener: () => void): () => void
  /** Forgets the token in this tab. */
  forget(): Promise<void>
  /** Forgets it, and signs out at the provider where that is offered, which leaves this page. */
  signOut(): Promise<void>
}

export interface Begun {
  readonly session?: Session
  /** Why the provider sent the person back without one. */
  readonly problem?: string
}

const KEPT = "seatledger.token"

export async function signInWays(): Promise<SignIn> {
  const response = await fetch("/console/sign-in", { headers: { accept: "application/json" } })
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`)
  return (await response.json()) as SignIn // what our own server answers
}

/** The session that this tab has already, or with which the provider has just sent the person back. */
export async function begin(ways: SignIn): Promise<Begun> {
  if (ways.auth === "development") {
    const token = sessionStorage.getItem(KEPT)
    return token === null ? {} : { session: developmentSession(token) }
  }
  const manager = await userManager(ways)
  try {
    const user = isComingBack() ? await comeBack(manager) : await kept(manager)
    return user ? { session: oidcSession(manager, user) } : {}
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
}

export function keepDevelopmentToken(token: string): Session {
  sessionStorage.setItem(KEPT, token)
  return developmentSession(token)
}

/** Leaves for the identity provider (OpenID Connect, authorization code with PKCE) and comes back to `SIGNED_IN`. */
export async function signInAtProvider(provider: Provider): Promise<void> {
  const { pathname, search } = location
  const state = pathname === SIGNED_IN ? "/" : pathname + search
  await (await userManager(provider)).signinRedirect({ state })
}

/** Where the identity provider sends people back to. */
export const SIGNED_IN = "/signed-in"
const RETURN_TO = "seatledger.returnTo"

/** Where the person was going when the sign-in began. */
export function takeReturnTo(): string {
  const returnTo = sessionStorage.getItem(RETURN_TO) ?? "/"
  sessionStorage.removeItem(RETURN_TO)
  return returnTo.startsWith("/") && !returnTo.startsWith("//") ? returnTo : "/"
}

function developmentSession(token: string): Session {
  const forget = async () => sessionStorage.removeItem(KEPT)
  return { token: async () => token, onEnd: () => () => {}, forget, signOut: forget }
}

function isComingBack(): boolean {
  const { pathname, search } = location
  const params = new URLSearchParams(search)
  return pathname === SIGNED_IN && (params.has("code") || params.has("error"))
}

/** The answer counts once: somebody who reloads the page, or comes to it by the Back button, may be signed in all the same. */
async function comeBack(manager: UserManager): Promise<User | undefined> {
  try {
    const user = await manager.signinRedirectCallback()
    if (typeof user.state === "string") sessionStorage.setItem(RETURN_TO, user.state)
    return user
  } catch (error) {
    const user = await kept(manager)
    if (user) return user
    throw error
  }
}

/** Also one whose token has run out while the provider cannot be reached: that is no refusal, and it may be renewed later. */
async function kept(manager: UserManager): Promise<User | undefined> {
  const user = await manager.getUser()
  if (!user?.expired) return user ?? undefined
  const renewal = await renewed(manager)
  if (renewal.kind === "renewed") return renewal.user
  return renewal.kind === "unreachable" ? user : undefined
}

type Renewal = { readonly kind: "renewed"; readonly user: User } | { readonly kind: "refused" | "unreachable" }

/** By the refresh token only: a hidden frame would need the provider's cookies, which browsers keep from frames of other sites. */
async function renewed(manager: UserManager): Promise<Renewal> {
  try {
    const old = await manager.getUser()
    const user = old?.refresh_token === undefined ? null : await manager.signinSilent()
    return user ? { kind: "renewed", user } : { kind: "refused" }
  } catch (error) {
    return { kind: isRefusal(error) ? "refused" : "unreachable" }
  }
}

/** The provider's own word (RFC 6749, section 5.2); anything else is the way to it, or a provider that is out of order. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof Error && error.name === "ErrorResponse" && "error" in error)) return false
  return error.error !== "server_error" && error.error !== "temporarily_unavailable"
}

const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 30_000

function oidcSession(manager: UserManager, first: User): Session {
  let user = first
  let renewal: Promise<Renewal["kind"]> | undefined
  let isForgotten = false
  const listeners = new Set<() => void>()
  /** One at a time: a refresh token counts once. */
  const renew = (): Promise<Renewal["kind"]> => {
    renewal ??= renewed(manager).then((next) => {
      renewal = undefined
      if (next.kind === "renewed") user = next.user
      return next.kind
    })
    return renewal
  }
  manager.events.addAccessTokenExpiring(() => void renew())
  // A laptop wakes up before its network does: only the provider's refusal ends the sign-in, and what is being typed stays.
  manager.events.addAccessTokenExpired(async () => {
    for (let wait = FIRST_WAIT_MS; !isForgotten; wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
      const came = await renew()
      if (came === "renewed") return
      if (came === "refused") {
        for (const listener of listeners) listener()
        return
      }
      await untilOnline(wait)
    }
  })
  return {
    async token() {
      // With a token that has run out the server would end the sign-in.
      if (user.expired && (await renew()) === "unreachable") throw new Error("The identity provider cannot be reached.")
      return user.access_token
    },
    onEnd(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    forget() {
      isForgotten = true
      return manager.removeUser()
    },
    async signOut() {
      isForgotten = true
      try {
        // Not every provider has a way out (RP-initiated logout is optional).
        if (await manager.metadataService.getEndSessionEndpoint()) return await manager.signoutRedirect()
      } finally {
        // Nor can each be reached: whoever signs out of this tab is signed out of it.
        await manager.removeUser()
      }
    },
  }
}

/** Until the network is back, or so much time has gone by. */
function untilOnline(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const over = () => {
      removeEventListener("online", over)
      clearTimeout(timer)
      resolve()
    }
    const timer = setTimeout(over, ms)
    addEventListener("online", over)
  })
}

let opened: UserManager | undefined

async function userManager({ issuer, clientId, scope }: Provider): Promise<UserManager> {
  if (opened) return opened
  const { UserManager, WebStorageStateStore } = await import("oidc-client-ts")
  const store = new WebStorageStateStore({ store: sessionStorage })
  opened = new UserManager({
    authority: issuer,
    client_id: clientId,
    scope,
    redirect_uri: `${location.origin}${SIGNED_IN}`,
    post_logout_redirect_uri: `${location.origin}/`,
    response_type: "code",
    automaticSilentRenew: false, // `renewed` does it
    userStore: store,
    stateStore: store,
  })
  return opened
}
