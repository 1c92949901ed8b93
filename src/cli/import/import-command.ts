/** `seatledger import users|members FILE`. */
import { parseId } from "../../domain/ids"
import { CliError, EXIT } from "../cli-error"
import { type ConnectionOptions, connect } from "../connection"
import type { LedgerClient } from "../ledger-client"
import { progressOn } from "../progress"
import { openCsv } from "./csv-file"
import { Directory } from "./directory"
import { groupNamed, importMembers } from "./import-members"
import type { ImportRun } from "./import-run"
import { importUsers } from "./import-users"
import { ImportReport } from "./report"

export interface ImportOptions extends ConnectionOptions {
  readonly organization: string
  readonly dryRun?: boolean
  readonly report?: string
  readonly group?: string
  readonly createGroup?: boolean
}

export async function importFile(kind: "users" | "members", path: string, options: ImportOptions): Promise<void> {
  if (!parseId("org", options.organization)) {
    throw new CliError(`"${options.organization}" is no organization id; they look like org_demo`, { exitCode: EXIT.usage })
  }
  const file = await openCsv(path)
  const report = await ImportReport.open(options.report)
  const connection = await connect(options, { subject: "import", organizationId: options.organization, roles: ["USER_ADMIN"] })
  const progress = progressOn(process.stderr, `import ${kind}`)
  const note = (words: string) => {
    progress.end()
    process.stderr.write(`${words}\n`)
  }
  const run: ImportRun = { directory: new Directory(connection.client), report, progress, dryRun: options.dryRun ?? false, note }
  try {
    const name = await organizationName(connection.client, options.organization)
    note(`${options.dryRun ? "Trying" : "Importing"} ${path} into ${name} (${connection.where})`)
    if (kind === "users") await importUsers(file, path, run)
    else await importMembers(file, path, await groupNamed(options.group ?? "", options.createGroup ?? false, run), run)
  } finally {
    progress.end()
    await report.close()
    await connection.close()
  }
  tell(kind, run, options)
}

async function organizationName(client: LedgerClient, organization: string): Promise<string> {
  const { viewer } = await client.ask<{ viewer: { organization: { name: string } | null } }>(
    "query Who { viewer { organization { name } } }",
    {},
  )
  if (!viewer.organization) throw new CliError(`there is no organization ${organization} in this ledger, or the token is not for it`)
  return viewer.organization.name
}

function tell(kind: "users" | "members", { report, dryRun }: ImportRun, { report: reportFile }: ImportOptions): void {
  for (const line of report.badRows()) process.stderr.write(`${line}\n`)
  if (report.skipped > 0) process.stderr.write(`rows of examples passed over: ${report.skipped}\n`)
  if (report.bad > 0 && reportFile !== undefined) process.stderr.write(`all bad rows are in ${reportFile}\n`)
  const kinds = kind === "users" ? ["created", "changed", "unchanged"] : ["added", "unchanged"]
  process.stdout.write(`${report.summary(kinds)}${dryRun ? " (dry run: nothing was written)" : ""}\n`)
  if (report.bad > 0) process.exitCode = EXIT.badRows
}
