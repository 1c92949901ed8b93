/** `seatledger migrate`: a ledger to other stores. */
import { nameOfLog } from "../eventstore/event-log"
import { OutcomeUnknown } from "../eventstore/event-store"
import { Told, Unanswered } from "../eventstore/kurrentdb-calls"
import { type Migrated, migrate } from "../migrate/migrate"
import { type AskedPlaces, type LedgerPlaces, nameOfState, readPlaces } from "../migrate/places"
import { MigrationFailed, MigrationRefused } from "../migrate/refused"
import { DatabaseFault } from "../postgres/faults"
import { withSecretFiles } from "../secret-files"
import { CliError } from "./cli-error"
import { type Progress, progressOn } from "./progress"

const STORES_SAY = [DatabaseFault, Unanswered, Told, OutcomeUnknown]
const TITLES = { comparing: "Compare", copying: "Copy", verifying: "Verify" } as const

export async function migrateLedger(asked: AskedPlaces): Promise<void> {
  try {
    const { env, problems } = withSecretFiles(process.env, ["POSTGRES_URL", "KURRENTDB_URL"])
    if (problems.length > 0) throw new CliError(problems.join("\n"))
    const { source, target } = readPlaces(asked, env)
    process.stderr.write(`${announcement(source, target)}\n`)
    const bars = new Map<string, Progress>()
    let shown: Progress | undefined
    const migrated = await migrate(source, target, ({ phase, done, total }) => {
      const bar = bars.get(phase) ?? progressOn(process.stderr, TITLES[phase])
      if (bar !== shown) shown?.end()
      shown = bar
      bars.set(phase, bar)
      bar.show(total === 0 ? 1 : done / total, `${done} events`)
    })
    shown?.end()
    process.stdout.write(report(migrated))
  } catch (error) {
    if (error instanceof MigrationRefused || error instanceof MigrationFailed) throw new CliError(error.message, { cause: error })
    const said = saidByStore(error)
    throw said === undefined
      ? error
      : new CliError(`${said}. Run it again when that is mended: it goes on where it stopped.`, { cause: error })
  }
}

/** In a sentence, when it was a store that could not be reached or said no; anything else is a fault of ours, with its trace. */
function saidByStore(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause)
    if (STORES_SAY.some((kind) => cause instanceof kind)) return error.message
  return undefined
}

function announcement(source: LedgerPlaces, target: LedgerPlaces): string {
  const elsewhere = [source, target].some(({ log, state }) => typeof log !== "string" || typeof state !== "string")
  return [
    `log:   ${nameOfLog(source.log)} → ${nameOfLog(target.log)}`,
    `state: ${nameOfState(source.state)} → ${nameOfState(target.state)}`,
    ...(elsewhere ? ["Nothing may write to either place meanwhile: stop every server on it. Data folders are locked."] : []),
  ].join("\n")
}

function report({ events, copied, roots, signed, parts }: Migrated): string {
  const count = (number: number, one: string, many: string) => `${number} ${number === 1 ? one : many}`
  const lines = [
    `${count(events, "event", "events")} in ${count(roots.size, "stream", "streams")}: ${copied} copied, ${events - copied} there already; every one compared`,
    signed === 0
      ? "no checkpoint was ever signed"
      : `${count(signed, "organization has", "organizations have")} the root that was signed last`,
    parts.length === 0 ? "state: there already" : `state copied and compared: ${parts.map(({ words }) => words).join("; ")}`,
  ]
  for (const [stream, { size, root }] of roots) {
    if (stream.startsWith("organization-"))
      lines.push(`root of ${stream.slice("organization-".length)} at revision ${size}: ${root.toString("base64")}`)
  }
  return `${lines.join("\n")}\n`
}
