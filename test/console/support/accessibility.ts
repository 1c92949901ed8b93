/** What axe finds against WCAG 2.2, levels A and AA. */
import AxeBuilder from "@axe-core/playwright"
import type { Page } from "playwright-core"

const RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]

/** Each violation as a line: the rule, what it wants, and the elements. */
export async function violations(page: Page): Promise<readonly string[]> {
  const { violations: found } = await new AxeBuilder({ page }).withTags(RULES).analyze()
  return found.map(
    ({ id, help, nodes }) => `${id}: ${help}\n${nodes.map(({ html, failureSummary }) => `  ${html}\n  ${failureSummary}`).join("\n")}`,
  )
}
