/** Secrets by file, as Docker and Kubernetes hand them over: `NAME_FILE` names a file that holds the value of `NAME`. */
import { readFileSync } from "node:fs"

export type Environment = Readonly<Record<string, string | undefined>>

/**
 * The environment with the contents of the named files in it, and without their names. What cannot be read is a problem
 * that names the file and never its content.
 * @param secrets variables that may be given by file
 */
export function withSecretFiles(env: Environment, secrets: Iterable<string>): { readonly env: Environment; readonly problems: string[] } {
  const read: Record<string, string | undefined> = { ...env }
  const problems: string[] = []
  for (const name of secrets) {
    const variable = `${name}_FILE`
    const file = env[variable]?.trim()
    delete read[variable]
    if (!file) continue // compose files pass "" for what is not set
    if (env[name]?.trim()) {
      problems.push(`${variable}: ${name} is set as well; set one of the two`)
      continue
    }
    try {
      const content = readFileSync(file, "utf8").trim() // an editor ends the last line
      if (content === "") problems.push(`${variable}=${file}: the file is empty`)
      read[name] = content
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException // what the file system throws
      problems.push(`${variable}=${file}: cannot be read (${code ?? message})`)
    }
  }
  return { env: read, problems }
}
