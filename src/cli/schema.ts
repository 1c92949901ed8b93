/** `seatledger schema`: the public API as SDL. Needs no data folder. */
import { writeFile } from "node:fs/promises"
import { printedSchema } from "../api/graphql/schema"
import { CliError } from "./cli-error"

export async function schema(out: string | undefined): Promise<void> {
  const text = await printedSchema()
  if (out === undefined) {
    process.stdout.write(text)
    return
  }
  await writeFile(out, text).catch((cause: Error) => {
    throw new CliError(`cannot write ${out}: ${cause.message}`, { cause })
  })
}
