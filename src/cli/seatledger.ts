/** The command line: what can be asked for, with its help. What is done stands in one file per command. */
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { Argument, Command, InvalidArgumentError, Option } from "commander"
import { EXPORTS } from "../audit/export-format"
import { WrongConfiguration } from "../config"
import { DataFolderInUse } from "../eventstore/writer-lock"
import type { AskedPlaces } from "../migrate/places"
import { CliError, EXIT } from "./cli-error"
import type { ConnectionOptions } from "./connection"
import type { EraseUserOptions } from "./erase-user"
import type { EventsOptions } from "./events"
import type { ExportOptions } from "./export"
import type { ImportOptions } from "./import/import-command"
import type { OfOrganization, ProveOptions } from "./proof"
import { GROUPS, type SkipOptions } from "./skip-options"
import { ROLES, seconds, type TokenOptions } from "./token-options"
import type { CreateOptions, RotateOptions } from "./vendor-secret"
import type { VerifyExportOptions } from "./verify-export"

/** Runs one command line and sets the exit code; never throws. */
export async function main(argv: readonly string[]): Promise<void> {
  // `seatledger events | head` closes the pipe: that is no failure, and nobody is left to tell.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(EXIT.done)
    throw error
  })
  try {
    await commandLine().parseAsync(argv)
  } catch (error) {
    process.exitCode = error instanceof CliError ? error.exitCode : EXIT.failed
    process.stderr.write(`seatledger: ${wordsFor(error)}\n`)
  }
}

/** What somebody can act on is said in a sentence; anything else is a fault of ours and needs its trace. */
function wordsFor(error: unknown): string {
  if (error instanceof CliError || error instanceof DataFolderInUse || error instanceof WrongConfiguration) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

function commandLine(): Command {
  const { version, description } = JSON.parse(readFileSync(join(__dirname, "../../../package.json"), "utf8"))
  const program = new Command("seatledger")
    .description(description)
    .version(version)
    .showHelpAfterError("(--help shows what there is)")
    .configureHelp({ showGlobalOptions: true, sortSubcommands: false })
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? EXIT.done : EXIT.usage))
    .addHelpText(
      "after",
      "\nSettings come from the environment; the README lists them.\nExit codes: 0 done, 1 failed, 2 wrong usage, 3 an import had bad rows.",
    )

  // Each command loads what it needs when it runs (`import()` wants the extension), so that `token` need not wait for the server's code.
  withData(program.command("serve"))
    .description("Start the server on the data folder.")
    .addHelpText("after", examples("seatledger serve", "PORT=8080 seatledger serve --data /var/lib/seatledger"))
    .action(async (options: DataOption) => (await import("./serve.js")).serve(options.data))

  withData(program.command("demo"))
    .description("Start the server, and fill an empty ledger with a demonstration company.")
    .addHelpText("after", examples("seatledger demo", "seatledger demo --data ./demo-data"))
    .action(async (options: DataOption) => (await import("./demo/demo.js")).demo(options.data))

  withData(program.command("token"))
    .description("Print a token for development: one line on standard output, nothing else.")
    .addOption(new Option("--role <ROLE...>", "what the token may do; several are allowed").choices(ROLES).makeOptionMandatory())
    .option("--organization <ID>", "the organization (org_…), for every role but VENDOR and OPERATOR")
    .option("--vendor <ID>", "the vendor (vnd_…), for the role VENDOR")
    .option("--subject <NAME>", "who it is: an external id or user name of the directory, or any name")
    .option("--identity-provider", "the token of a client that provisions people and groups")
    .option("--expires <TIME>", "how long it is good for: 30m, 12h, 7d", option(seconds), seconds("12h"))
    .addHelpText(
      "after",
      examples(
        "seatledger token --organization org_demo --role LICENSE_ADMIN --subject adele",
        "seatledger token --vendor vnd_halyardic --role VENDOR",
        "seatledger token --role OPERATOR --expires 15m",
      ),
    )
    .action(async (options: TokenOptions) => (await import("./token.js")).token(options))

  const imports = program
    .command("import")
    .description("Bring the directory to what a CSV file of the admin center says.")
    .addHelpText("after", examples("seatledger import users users.csv --organization org_demo --dry-run"))
  importing(imports.command("users <FILE>"))
    .description("People: the file of Users > Download users, or a bulk create template.")
    .addHelpText(
      "after",
      examples(
        "seatledger import users users.csv --organization org_demo --dry-run",
        "seatledger import users users.csv --organization org_demo --report bad-rows.csv",
      ),
    )
    .action(async (file: string, options: ImportOptions) => (await import("./import/import-command.js")).importFile("users", file, options))
  importing(imports.command("members <FILE>"))
    .description("Members of a group: the file of Members > Download members, or the import template. Nobody is removed.")
    .requiredOption("--group <NAME|ID>", "the group: its name or its id (grp_…)")
    .option("--create-group", "make the group when there is none of this name")
    .addHelpText("after", examples('seatledger import members design.csv --organization org_demo --group "Brand & Design" --create-group'))
    .action(async (file: string, options: ImportOptions) =>
      (await import("./import/import-command.js")).importFile("members", file, options),
    )

  connecting(program.command("erase-user"))
    .description("Destroy a person's personal data for good (GDPR): name, mail and user name, and the reasons that name the person.")
    .requiredOption("--organization <ID>", "the organization (org_…)")
    .requiredOption("--user <ID>", "the person (usr_…); somebody still in the directory is deleted first")
    .requiredOption("--reason <TEXT>", "why, such as the number of the request; it stays, so it must not name the person")
    .option("--other-name <NAME...>", "what else the person is called in reasons, such as a nickname")
    .option("--yes", "do not ask for confirmation")
    .addHelpText(
      "after",
      examples(
        'seatledger erase-user --organization org_demo --user usr_… --reason "Request 4711 of 3 May"',
        'seatledger erase-user --organization org_demo --user usr_… --reason "Request 4711" --other-name Ada --yes',
      ),
    )
    .action(async (options: EraseUserOptions) => (await import("./erase-user.js")).eraseUser(options))

  const secrets = program
    .command("vendor")
    .description("What vendors need to connect.")
    .command("secret")
    .description("The secrets that sign what a vendor sends.")
    .addHelpText(
      "after",
      examples("seatledger vendor secret create --vendor vnd_halyardic", "seatledger vendor secret list --vendor vnd_halyardic"),
    )
  connecting(secrets.command("create"))
    .description("Make a secret: printed once on standard output, nothing else, and never shown again.")
    .requiredOption("--vendor <ID>", "the vendor (vnd_…)")
    .addOption(
      new Option("--type <TYPE>", "how it signs: hmac (v1, whsec_…) or ed25519 (v1a, whsk_…)").choices(["hmac", "ed25519"]).default("hmac"),
    )
    .addHelpText(
      "after",
      examples(
        "seatledger vendor secret create --vendor vnd_halyardic",
        "seatledger vendor secret create --vendor vnd_halyardic --type ed25519 > key",
      ),
    )
    .action(async (options: CreateOptions) => (await import("./vendor-secret.js")).createSecret(options))
  connecting(secrets.command("list"))
    .description("Secrets of a vendor, when and how often they were used; never the secrets themselves.")
    .requiredOption("--vendor <ID>", "the vendor (vnd_…)")
    .addHelpText("after", examples("seatledger vendor secret list --vendor vnd_halyardic"))
    .action(async (options: ConnectionOptions & { vendor: string }) => (await import("./vendor-secret.js")).listSecrets(options))
  connecting(secrets.command("rotate <SECRET>"))
    .description("Make a new secret in place of one (sec_…): printed once. Both are good for a while.")
    .option("--overlap <HOURS>", "how many more hours the old one is good for", option(wholeNumber), 24)
    .addHelpText("after", examples("seatledger vendor secret rotate sec_…", "seatledger vendor secret rotate sec_… --overlap 1"))
    .action(async (secret: string, options: RotateOptions) => (await import("./vendor-secret.js")).rotateSecret(secret, options))
  connecting(secrets.command("revoke <SECRET>"))
    .description("Refuse what is signed with a secret (sec_…) from now on.")
    .addHelpText("after", examples("seatledger vendor secret revoke sec_…"))
    .action(async (secret: string, options: ConnectionOptions) => (await import("./vendor-secret.js")).revokeSecret(secret, options))

  ofOrganization(connecting(program.command("checkpoint")))
    .description("Print the signed head of an organization's log (a C2SP checkpoint): keep it, and the past cannot be changed unseen.")
    .option("--revision <N>", "after this many events (default: all)", option(wholeNumber))
    .addHelpText("after", examples("seatledger checkpoint --organization org_demo > org_demo.checkpoint"))
    .action(async (options: OfOrganization & { revision?: number }) => (await import("./proof.js")).checkpoint(options))
  ofOrganization(connecting(program.command("checkpoint-key")))
    .description("Print the public key that checks the signatures of an organization's checkpoints.")
    .addHelpText("after", examples("seatledger checkpoint-key --organization org_demo > org_demo.vkey"))
    .action(async (options: OfOrganization) => (await import("./proof.js")).checkpointKey(options))
  ofOrganization(connecting(program.command("prove")))
    .description("Print a proof as JSON: that an event is in the log, or with --from that the log only grew.")
    .requiredOption("--revision <N>", "the event; with --from the later revision", option(wholeNumber))
    .option("--tree-size <N>", "in the log after this many events (default: all)", option(wholeNumber))
    .addOption(new Option("--from <N>", "the earlier revision").argParser(option(wholeNumber)).conflicts("treeSize"))
    .addHelpText(
      "after",
      examples(
        "seatledger prove --organization org_demo --revision 42 > event-42.json",
        "seatledger prove --organization org_demo --from 42 --revision 1204 > growth.json",
      ),
    )
    .action(async (options: ProveOptions) => (await import("./proof.js")).prove(options))
  program
    .command("verify-proof <FILE>")
    .description("Check what `prove` printed, offline (- reads standard input).")
    .requiredOption("--key <KEY|FILE>", "the key that `checkpoint-key` printed, or a file that holds it, from whoever you trust with it")
    .addHelpText("after", examples("seatledger verify-proof event-42.json --key org_demo.vkey"))
    .action(async (file: string, options: { readonly key: string }) => (await import("./proof.js")).verifyProof(file, options))

  connecting(program.command("export"))
    .description(
      "Write a file with all there is of one kind, at one revision: history (with proofs), seats, assignments, usage, entitlements.",
    )
    .addArgument(new Argument("<WHAT>", "what to export").choices(EXPORTS))
    .requiredOption("--organization <ID>", "the organization (org_…)")
    .requiredOption("--out <FILE>", "the file to write; nothing is overwritten without --force")
    .addOption(new Option("--format <FORMAT>", "JSON lines, which can be verified, or CSV").choices(["jsonl", "csv"]).default("jsonl"))
    .option("--license <ID>", "only of this license (lic_…)")
    .addOption(new Option("--revision <N>", "as of this revision (default: the newest)").conflicts("at"))
    .option("--at <TIME>", "as of an instant (2026-03-31T18:00:00Z), or the end of a day (2026-03-31)")
    .option("--from <TIME>", "history: recorded then or later; usage: the first day")
    .option("--to <TIME>", "history: recorded before this instant, or up to the end of this day; usage: the last day")
    .option("--time-zone <NAME>", "in which days are days (default: UTC)")
    .option("--resume", "go on with FILE.part, where an export was cut off")
    .option("--force", "overwrite FILE, and begin anew")
    .addHelpText(
      "after",
      examples(
        "seatledger export history --organization org_demo --out history.jsonl",
        "seatledger export seats --organization org_demo --at 2026-03-31 --time-zone Europe/Amsterdam --format csv --out seats.csv",
        "seatledger export usage --organization org_demo --from 2026-01-01 --to 2026-03-31 --format csv --out usage.csv",
        "seatledger export history --organization org_demo --out history.jsonl --resume",
      ),
    )
    .action(async (what: string, options: ExportOptions) => (await import("./export.js")).exportToFile(what, options))

  program
    .command("verify-export <FILE>")
    .description(
      "Check an export offline, and name the first event that was changed, removed, inserted or reordered. Ends with 1 if any was.",
    )
    .requiredOption("--key <KEY|FILE>", "the verifier key of the organization's log, from somewhere else than the export")
    .option("--previous <FILE>", "an earlier export, or checkpoint, of the same log: show that this history goes on from it")
    .addHelpText(
      "after",
      examples(
        "seatledger verify-export history.jsonl --key seatledger.example/org_demo+1a2b3c4d+AX…",
        "seatledger verify-export history.jsonl --key log.key --previous history-of-last-year.jsonl",
      ),
    )
    .action(async (file: string, options: VerifyExportOptions) => (await import("./verify-export.js")).verifyExportFile(file, options))

  withData(program.command("verify"))
    .description("Rebuild the read models aside and compare them with those in use, row by row.")
    .addHelpText("after", examples("seatledger verify", "seatledger verify --data /var/lib/seatledger"))
    .action(async (options: DataOption) => (await import("./read-models.js")).verify(options.data))

  withData(program.command("rebuild"))
    .description("Build the read models anew from the event log, and switch over to them.")
    .addHelpText("after", examples("seatledger rebuild"))
    .action(async (options: DataOption) => (await import("./read-models.js")).rebuild(options.data))

  withData(program.command("skips"))
    .description("List the events that operators chose to pass over.")
    .addHelpText("after", examples("seatledger skips", "seatledger skips --data /var/lib/seatledger"))
    .action(async (options: DataOption) => (await import("./skips.js")).listSkips(options.data))

  withData(program.command("skip-event"))
    .description("Pass over an event at which read models stopped: they are then wrong about what it says, and go on.")
    .addOption(new Option("--projection <GROUP>", "which read models stopped, as /readyz names them").choices(GROUPS).makeOptionMandatory())
    .addOption(new Option("--organization <ID>", "the event is in the stream of this organization").conflicts("vendor"))
    .addOption(new Option("--vendor <ID>", "the event is in the stream of this vendor").conflicts("organization"))
    .requiredOption("--revision <N>", "the revision of the event in its stream", option(wholeNumber))
    .addOption(new Option("--reason <TEXT>", "why; kept beside the decision").conflicts("takeBack"))
    .option("--by <NAME>", "who decided it; the user of this computer unless told otherwise")
    .option("--take-back", "take the event in again; `seatledger rebuild` then brings in what it says")
    .addHelpText(
      "after",
      examples(
        'seatledger skip-event --projection ledger --organization org_demo --revision 42 --reason "ticket 4711"',
        "seatledger skip-event --projection ledger --organization org_demo --revision 42 --take-back",
      ),
    )
    .action(async (options: SkipOptions) => (await import("./skips.js")).skipEvent(options))

  withData(program.command("events"))
    .description("Print events as JSON lines: one stream in order, or the whole log in commit order.")
    .addOption(new Option("--organization <ID>", "the stream of an organization").conflicts(["vendor", "stream"]))
    .addOption(new Option("--vendor <ID>", "the stream of a vendor").conflicts(["organization", "stream"]))
    .addOption(new Option("--stream <NAME>", "any stream").conflicts(["organization", "vendor"]))
    .option("--after <N>", "only what follows this revision of the stream (or this position of the log)", option(wholeNumber), 0)
    .addHelpText(
      "after",
      examples("seatledger events --organization org_demo --after 1200", "seatledger events --vendor vnd_halyardic | jq -c .data"),
    )
    .action(async (options: EventsOptions) => (await import("./events.js")).events(options))

  program
    .command("migrate")
    .description("Copy a ledger to other stores, and compare every event in the end. Run again, it goes on where it stopped.")
    .requiredOption("--from <PLACE>", "where it is: a data folder, postgres://…, kurrentdb://… or esdb://…")
    .requiredOption("--to <PLACE>", "where it goes: the same")
    .option("--from-state <PLACE>", "where all but the log is, when it is elsewhere: a data folder or postgres://…")
    .option("--to-state <PLACE>", "where all but the log goes, when it goes elsewhere")
    .addHelpText(
      "after",
      `${examples(
        "seatledger migrate --from ./data --to POSTGRES_URL",
        "seatledger migrate --from ./data --to KURRENTDB_URL --to-state POSTGRES_URL",
        "seatledger migrate --from KURRENTDB_URL --from-state POSTGRES_URL --to ./data",
      )}\n\nPOSTGRES_URL and KURRENTDB_URL stand for what these settings hold, so that no password is on the command line.\nStop every server on both places first. More: docs/operations.md`,
    )
    .action(async (options: AskedPlaces) => (await import("./migrate.js")).migrateLedger(options))

  program
    .command("schema")
    .description("Print the GraphQL schema (SDL).")
    .option("--out <FILE>", "write it to a file instead")
    .addHelpText("after", examples("seatledger schema", "seatledger schema --out schema/schema.graphql"))
    .action(async (options: { readonly out?: string }) => (await import("./schema.js")).schema(options.out))

  return program
}

interface DataOption {
  readonly data?: string
}

function withData(command: Command): Command {
  return command.option("--data <DIR>", "the data folder (default: SEATLEDGER_DATA, else ./data)")
}

/** A command that changes the ledger, or asks it, through its API. */
function connecting(command: Command): Command {
  return withData(command)
    .addOption(new Option("--server <URL>", "a server elsewhere, instead of the one of the data folder"))
    .addOption(new Option("--token-file <FILE>", "a file with the token to use; needed with --server and with an identity provider"))
    .addHelpText("after", "\nGoes through the server of the data folder when one runs, and starts one for the time being when none does.")
}

function ofOrganization(command: Command): Command {
  return command.requiredOption("--organization <ID>", "the organization (org_…)")
}

function importing(command: Command): Command {
  return connecting(
    command
      .requiredOption("--organization <ID>", "the organization (org_…)")
      .option("--dry-run", "say what would be done, and change nothing")
      .option("--report <FILE>", "write the rows that could not be used to this CSV file"),
  ).addHelpText("after", "A second run of the same file changes nothing. Formats: docs/import.md")
}

function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join("\n")}`
}

/** Commander reports an InvalidArgumentError beside the option's name. */
function option<T>(parse: (value: string) => T): (value: string) => T {
  return (value) => {
    try {
      return parse(value)
    } catch (error) {
      throw new InvalidArgumentError((error as Error).message) // every parse here throws Error
    }
  }
}

function wholeNumber(value: string): number {
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN
  if (!Number.isSafeInteger(number)) throw new Error("A whole number is needed.")
  return number
}
