/** A page of the documentation whose commands a test runs: its `sh` blocks, by bash in one shell, as a reader does. */
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { start } from "./program"

const ROOT = join(__dirname, "../..")

/**
 * What each block printed, by the heading above it and its number below that, such as "1. Get a secret (1)". Fails at the
 * first command that fails, so that a page cannot be half right.
 * @param sections only the blocks below these headings
 */
export async function runPage(page: string, env: NodeJS.ProcessEnv, sections?: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const all = shellBlocks(await readFile(join(ROOT, page), "utf8"))
  const blocks = sections === undefined ? all : all.filter(({ heading }) => sections.includes(heading))
  const missing = sections?.filter((section) => !blocks.some(({ heading }) => heading === section)) ?? []
  if (missing.length > 0) throw new Error(`${page} has no commands under ${missing.join(", ")}`)
  const script = blocks.map(({ name, commands }) => `echo '=== ${name}'\n${commands}`).join("\n")
  const { code, out, err } = await start("bash", ["-euo", "pipefail", "-c", script], { cwd: ROOT, env }).ended
  if (code !== 0) throw new Error(`bash ended with ${code}: ${out}${err}`)
  const parts = out.split(/^=== (.*)\n/m).slice(1)
  return new Map(blocks.map(({ name }) => [name, parts[parts.indexOf(name) + 1] ?? ""]))
}

interface Block {
  readonly heading: string
  readonly name: string
  readonly commands: string
}

function shellBlocks(markdown: string): Block[] {
  return markdown.split(/^###? /m).flatMap((section) => {
    const heading = section.slice(0, section.indexOf("\n"))
    return [...section.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, commands = ""], n) => ({
      heading,
      name: `${heading} (${n + 1})`,
      commands,
    }))
  })
}
