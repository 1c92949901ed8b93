import type { Page } from "playwright-core"

/** Types into the field as a person does, and takes the result of that name. */
export async function pick(page: Page, field: string, typed: string, name: string): Promise<void> {
  const input = page.getByRole("combobox", { name: field })
  await input.click()
  await input.pressSequentially(typed)
  await page.getByRole("listbox", { name: field }).getByRole("option", { name }).click()
}
