/** `seatledger erase-user`: destroys a person's data for good. Nobody can undo it, so it asks first. */
import { randomUUID } from "node:crypto"
import { createInterface } from "node:readline/promises"
import { parseId } from "../domain/ids"
import { CliError, EXIT } from "./cli-error"
import { type Connection, type ConnectionOptions, connect } from "./connection"
import type { ToldRefusal } from "./ledger-client"

export interface EraseUserOptions extends ConnectionOptions {
  readonly organization: string
  readonly user: string
  readonly reason: string
  readonly otherName?: readonly string[]
  readonly yes?: boolean
}

interface Erased {
  readonly revision: number
  readonly textsErased: number | null
  readonly visible: boolean
  readonly refusal: ToldRefusal | null
}

export async function eraseUser({ organization, user, reason, otherName = [], yes = false, ...options }: EraseUserOptions): Promise<void> {
  if (!parseId("org", organization))
    throw new CliError(`"${organization}" is no organization id; they look like org_demo`, { exitCode: EXIT.usage })
  if (!parseId("usr", user)) throw new CliError(`"${user}" is no user id; they look like usr_…`, { exitCode: EXIT.usage })
  const connection = await connect(options, { subject: "command line", roles: ["GLOBAL_ADMIN"], organizationId: organization })
  try {
    if (!yes && !(await confirmed(await named(connection, user)))) throw new CliError("nothing was erased")
    const { answer } = await connection.client.ask<{ answer: Erased }>(
      `mutation ($input: EraseUserInput!) { answer: eraseUser(input: $input) { revision textsErased visible refusal { code message } } }`,
      { input: { userId: user, reason, otherNames: otherName, idempotencyKey: randomUUID() } },
    )
    if (answer.refusal) throw new CliError(answer.refusal.message)
    const texts = answer.textsErased === 1 ? "1 reason or statement" : `${answer.textsErased ?? 0} reasons and statements`
    process.stderr.write(
      `${user} is erased at revision ${answer.revision}, with ${texts} by name. Backups made before still hold the key: docs/erasure.md\n`,
    )
  } finally {
    await connection.close()
  }
}

/** So that whoever is asked sees who it is; a person who was deleted has no present name. */
async function named({ client, where }: Connection, user: string): Promise<string> {
  const { person } = await client.ask<{ person: { readonly displayName: string; readonly userName: string } | null }>(
    "query ($id: ID!) { person: user(id: $id) { displayName userName } }",
    { id: user },
  )
  const who = person ? `${person.displayName} (${person.userName}, ${user}), who is still in the directory and will be deleted,` : user
  return `Erase the personal data of ${who} from ${where}? Nobody can undo this.`
}

async function confirmed(question: string): Promise<boolean> {
  if (!process.stdin.isTTY)
    throw new CliError("nobody is there to confirm: give --yes to erase without being asked", { exitCode: EXIT.usage })
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return (await terminal.question(`${question} Type "erase" to go on: `)).trim() === "erase"
  } finally {
    terminal.close()
  }
}
