/** A page of the documentation whose commands a test runs: its `sh` blocks, by bash in one shell, as a reader does. */
import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { readFile } from "node:fs/promises"
import { join } from "node:path"

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
  const shell = spawn("bash", ["-euo", "pipefail"], { cwd: ROOT, env, stdio: ["pipe", "pipe", "pipe"] })
  const said = { out: "", err: "" }
  shell.stdout.setEncoding("utf8").on("data", (text: string) => {
    said.out += text
  })
  shell.stderr.setEncoding("utf8").on("data", (text: string) => {
    said.err += text
  })
  shell.stdin.end(script)
  const [code] = await once(shell, "close")
  if (code !== 0) throw new Error(`bash ended with ${code}: ${said.out}${said.err}`)
  const parts = said.out.split(/^=== (.*)\n/m).slice(1)
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

/** Resolves once the process has said so; its output is read on, so that it can say more. */
export function saysOn(child: ChildProcess, text: string): Promise<void> {
  let said = ""
  return new Promise((resolve, reject) => {
    const hear = (part: string) => {
      said += part
      if (said.includes(text)) resolve()
    }
    child.stdout?.setEncoding("utf8").on("data", hear)
    child.stderr?.setEncoding("utf8").on("data", hear)
    child.once("close", () => reject(new Error(`it ended after: ${said}`)))
  })
}
