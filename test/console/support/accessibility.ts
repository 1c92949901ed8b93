/** What axe finds against WCAG 2.2, levels A and AA. */
import AxeBuilder from "@axe-core/playwright"
import type { Page } from "playwright-core"

const RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]

/** In light and, as far as colors go, in dark. Each violation with the rule, what it wants, and the elements. */
export async function violations(page: Page): Promise<readonly string[]> {
  const inLight = await found(page, (axe) => axe.withTags(RULES))
  await page.emulateMedia({ colorScheme: "dark" })
  await untilInPage(page, `document.documentElement.style.colorScheme === "dark"`)
  const inDark = await found(page, (axe) => axe.withRules(["color-contrast"]))
  await page.emulateMedia({ colorScheme: "light" })
  await untilInPage(page, `document.documentElement.style.colorScheme === "light"`)
  return [...inLight, ...inDark.map((violation) => `dark: ${violation}`)]
}

async function found(page: Page, asked: (axe: AxeBuilder) => AxeBuilder): Promise<readonly string[]> {
  await untilInPage(page, `document.getAnimations().every(({ playState }) => playState !== "running")`) // colors fade over
  // Tabster (Fluent's) stands such an element at each end of a pane or dialog to keep the focus in: nobody ever stays on it.
  // Legacy is what runs in the page itself; otherwise each look opens another page to put the frames together, of which there is one.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] })
  const { violations } = await asked(axe).exclude("[data-tabster-dummy]").analyze()
  return violations.map(
    ({ id, help, nodes }) => `${id}: ${help}\n${nodes.map(({ html, failureSummary }) => `  ${html}\n  ${failureSummary}`).join("\n")}`,
  )
}

/** Waits, frame by frame, until the expression is true in the page. (Playwright's own way needs `eval`, which the policy forbids.) */
export async function untilInPage(page: Page, expression: string): Promise<void> {
  await page.evaluate(`new Promise((resolve) => {
    const look = () => ((${expression}) ? resolve() : requestAnimationFrame(look))
    look()
  })`)
}
