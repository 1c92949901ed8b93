/** Signing in: at an identity provider (OpenID Connect, authorization code with PKCE), and by picking a role in development. */
import type { Page } from "playwright-core"
import type { OrganizationId } from "../../src/domain/ids"
import { RunningLedger } from "../support/running-ledger"
import { until } from "../support/until"
import { untilInPage, violations } from "./support/accessibility"
import { type Opening, openConsoles } from "./support/browser"
import { type OpenIdProvider, openProvider } from "./support/openid-provider"

const ORGANIZATION = "org_signin"
const consoles = openConsoles()

describe("at the identity provider", () => {
  let provider: OpenIdProvider
  let ledger: RunningLedger
  let visiting: Opening
  beforeAll(async () => {
    provider = await openProvider({ sub: "grace", organization: ORGANIZATION, roles: ["GLOBAL_ADMIN"] })
    ledger = await RunningLedger.start({
      SEATLEDGER_AUTH: "jwks",
      SEATLEDGER_JWKS_URL: provider.jwksUrl,
      SEATLEDGER_ISSUER: provider.issuer,
      SEATLEDGER_AUDIENCE: "seatledger-api",
      SEATLEDGER_CLOCK_TOLERANCE: "0",
    })
    await ledger.opened.commands.organization(
      undefined,
      "createOrganization",
      { name: "Sign-in & Sons", organizationId: ORGANIZATION as OrganizationId },
      { requester: { type: "USER", subject: "operator", role: "OPERATOR" }, correlationId: "sign-in" },
    )
    visiting = { alsoAsks: provider.issuer }
  })
  beforeEach(() => {
    Object.assign(provider, { lifetime: 300, renews: true, logsOut: true, isReachable: true })
    provider.asked.length = 0
  })
  afterAll(async () => {
    await ledger.stop()
    await provider.close()
  })

  async function signIn(path: string, opening: Opening = {}): Promise<Page> {
    const page = await consoles.open(ledger, path, { ...visiting, ...opening })
    await page.getByRole("button", { name: "Sign in" }).click()
    await page.getByRole("link", { name: "Continue as grace" }).click()
    await page.getByText("Sign-in & Sons").waitFor()
    return page
  }

  test("whoever signs in comes back to the page that the link meant, and stays signed in when the page is loaded anew", async () => {
    const page = await signIn("/users?search=jansen")
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe("/users?search=jansen")
    expect(provider.asked).toContain("authorization_code")

    await page.reload()
    await page.getByText("Sign-in & Sons").waitFor()
    expect(provider.asked.filter((asked) => asked === "authorization_code")).toHaveLength(1)
  })

  test("the token is kept in the tab, and nowhere that outlives it", async () => {
    const page = await signIn("/licenses")
    expect(await page.evaluate<string[]>("Object.keys(localStorage)")).not.toContainEqual(expect.stringContaining("oidc"))
    expect(await page.context().cookies()).toEqual([])
    expect(await page.evaluate<string>("document.documentElement.outerHTML + location.href")).not.toContain("eyJ")
  })

  test("the address of the return does not sign in twice", async () => {
    const page = await signIn("/licenses")
    const callbacks = consoles.asked.filter((url) => url.includes("/signed-in?"))
    expect(callbacks).toHaveLength(1)
    await page.goto(callbacks[0] ?? "")
    await page.getByText("Sign-in & Sons").waitFor() // still signed in from before

    const stranger = await consoles.open(ledger, callbacks[0] ?? "", visiting)
    await stranger
      .getByRole("alert")
      .getByText(/Signing in did not work/)
      .waitFor()
    await stranger.getByRole("button", { name: "Sign in" }).waitFor()
  })

  test("whoever is refused by the provider is told why, and may try again", async () => {
    const page = await consoles.open(ledger, "/licenses", visiting)
    await page.getByRole("button", { name: "Sign in" }).click()
    await page.getByRole("link", { name: "Refuse" }).click()
    await page.getByRole("alert").getByText("You are not in the group of admins.").waitFor()
    await page.getByRole("button", { name: "Sign in" }).click()
    await page.getByRole("link", { name: "Continue as grace" }).click()
    await page.getByText("Sign-in & Sons").waitFor()
  })

  test("a token that runs out is renewed without a word, and the live connection goes on with the new one", async () => {
    provider.lifetime = 10 // far more than a page takes to get the next one, however busy the machine is
    const page = await signIn("/licenses", { tolerated: /WebSocket/ })
    await until(async () => provider.asked.includes("refresh_token"))
    await page.waitForEvent("websocket") // the server closes the one of the token before
    await page.getByRole("img", { name: /^Live/ }).waitFor()
    await page.getByRole("link", { name: "Users" }).click()
    await page.getByRole("heading", { level: 1, name: "Users" }).waitFor()
  })

  test("a token that runs out and cannot be renewed ends the sign-in, and the way back leads to the same page", async () => {
    Object.assign(provider, { lifetime: 3, renews: false })
    const page = await consoles.open(ledger, "/groups", { ...visiting, tolerated: /WebSocket|401/ })
    await page.getByRole("button", { name: "Sign in" }).click()
    // On a slow machine it has run out before anything of the page was seen.
    await page.getByRole("link", { name: "Continue as grace" }).click()
    await page.getByText("Your sign-in has ended.").waitFor()
    await page.getByRole("button", { name: "Sign in" }).click()
    provider.lifetime = 300
    await page.getByRole("link", { name: "Continue as grace" }).click()
    await page.getByRole("heading", { level: 1, name: "Groups" }).waitFor()
  })

  test("a provider that is out of reach for a while ends no sign-in: what is being typed stays", async () => {
    provider.lifetime = 20 // renewed every second, so that it does not run out on a slow machine
    const page = await signIn("/users", { tolerated: /WebSocket|ERR_/ })
    await page.getByRole("button", { name: "Add a user" }).click()
    await page.getByRole("textbox", { name: "Display name" }).fill("Ada Lovelace")
    provider.lifetime = 4
    provider.asked.length = 0
    await until(() => provider.asked.includes("refresh_token"))
    provider.isReachable = false
    const expiry = `JSON.parse(sessionStorage.getItem(Object.keys(sessionStorage).find((key) => key.startsWith("oidc.user")))).expires_at`
    await until(async () => (await page.evaluate<number>(expiry)) * 1_000 < Date.now())
    await page.waitForRequest((request) => request.url().endsWith("/token"))
    await page.waitForRequest((request) => request.url().endsWith("/token"))
    Object.assign(provider, { isReachable: true, lifetime: 300 })
    await page.locator("[aria-label^='Live']").waitFor()
    expect(await page.getByRole("textbox", { name: "Display name" }).inputValue()).toBe("Ada Lovelace")
    await page.getByRole("textbox", { name: "User name" }).fill("ada@example.com")
    await page.getByRole("dialog").getByRole("button", { name: "Add", exact: true }).click()
    await page.getByText("Ada Lovelace was added").first().waitFor()
  })

  test("signing out signs out at the provider too, and comes back to the console", async () => {
    const page = await signIn("/licenses")
    await page.getByRole("button", { name: "Account of grace" }).click()
    await page.getByRole("menuitem", { name: "Sign out" }).click()
    await page.getByRole("heading", { name: "Signed out" }).waitFor()
    await page.getByRole("link", { name: "Back" }).click()
    await page.getByRole("button", { name: "Sign in" }).waitFor()
  })

  test("where the provider offers no way out, the console forgets the token", async () => {
    provider.logsOut = false
    const page = await signIn("/licenses")
    await page.getByRole("button", { name: "Account of grace" }).click()
    await page.getByRole("menuitem", { name: "Sign out" }).click()
    await page.getByRole("button", { name: "Sign in" }).waitFor()
    await page.reload()
    await page.getByRole("button", { name: "Sign in" }).waitFor()
    expect(provider.asked).not.toContain("GET /logout")
  })

  test("where the provider cannot be reached, the console forgets the token all the same", async () => {
    const page = await signIn("/licenses", { tolerated: /ERR_|Failed to fetch/ })
    await page.reload() // what was known of the provider is gone with the page
    await page.getByText("Sign-in & Sons").waitFor()
    provider.isReachable = false
    await page.getByRole("button", { name: "Account of grace" }).click()
    await page.getByRole("menuitem", { name: "Sign out" }).click()
    await page.getByRole("button", { name: "Sign in" }).waitFor()
    await untilInPage(page, "!Object.keys(sessionStorage).some((key) => key.startsWith('oidc.user'))")
    await page.reload()
    await page.getByRole("button", { name: "Sign in" }).waitFor()
  })
})

describe("in development", () => {
  test("a role is picked, and the console opens for it; signing out leads back to the choice", async () => {
    const ledger = await RunningLedger.start()
    try {
      const operator = await ledger.as("OPERATOR")
      await operator.ask(`mutation { createOrganization(input: { name: "Picked" }) { organization { id } } }`)
      const page = await consoles.open(ledger, "/licenses")
      await page.getByRole("combobox", { name: "Role" }).selectOption("License admin")
      await page.getByRole("button", { name: "Sign in" }).click()
      await page.getByRole("banner").getByText("Picked").waitFor()
      await page.getByRole("button", { name: "Account of adele" }).click()
      await page.getByRole("menuitem", { name: "Sign out" }).click()
      await page.getByRole("button", { name: "Sign in" }).waitFor()
    } finally {
      await consoles.close()
      await ledger.stop()
    }
  })

  test.each([
    ["no role", [], /Your sign-in has no role in an organization/],
    ["a role that has no pages", ["OPERATOR"], /Your role \(Operator\) has no pages in the console/],
  ] as const)("whoever has %s is told so, and what to do about it, and can sign out", async (_, roles, why) => {
    const ledger = await RunningLedger.start()
    try {
      const { token } = await ledger.as(roles, { subject: "oscar" })
      const page = await consoles.open(ledger, "/licenses")
      await page.getByRole("button", { name: "Sign in" }).waitFor()
      await page.evaluate(`sessionStorage.setItem("seatledger.token", "${token}")`)
      await page.reload()
      await page.getByRole("heading", { level: 1, name: "There is nothing here for your sign-in" }).waitFor()
      await page.getByText(why).waitFor()
      expect(await page.title()).toBe("There is nothing here for your sign-in · Seatledger")
      expect(await violations(page)).toEqual([])
      await page.getByRole("button", { name: "Sign out" }).click()
      await page.getByRole("button", { name: "Sign in" }).waitFor()
    } finally {
      await consoles.close()
      await ledger.stop()
    }
  })

  test("a member who is not in the directory is told so, and can sign out", async () => {
    const ledger = await RunningLedger.start()
    try {
      const operator = await ledger.as("OPERATOR")
      const { createOrganization } = await operator.ask(
        `mutation { createOrganization(input: { name: "Picked" }) { organization { id } } }`,
      )
      const opening = { role: "MEMBER", organization: createOrganization.organization.id, subject: "nobody" } as const
      const page = await consoles.open(ledger, "/licenses", opening)
      await page.getByRole("heading", { name: "You may not see this" }).waitFor()
      await page.getByRole("link", { name: "My licenses" }).first().click()
      await page.getByText("Nobody in the directory of Picked has your user name (nobody).").waitFor()
      await page.getByRole("button", { name: "Account of nobody" }).click()
      await page.getByRole("menuitem", { name: "Sign out" }).waitFor()
    } finally {
      await consoles.close()
      await ledger.stop()
    }
  })

  test("a token that the server no longer takes ends the sign-in", async () => {
    const ledger = await RunningLedger.start()
    try {
      const page = await consoles.open(ledger, "/licenses", { tolerated: /401|WebSocket/ })
      // A console that is still starting would find the token, try it, and forget it before the page is loaded anew.
      await page.getByRole("button", { name: "Sign in" }).waitFor()
      await page.evaluate(`sessionStorage.setItem("seatledger.token", "old")`)
      await page.reload()
      await page.getByText("Your sign-in has ended.").waitFor()
    } finally {
      await consoles.close()
      await ledger.stop()
    }
  })
})
