/** `seatledger demo`: the server, with a demonstration company in an empty ledger, and what to try with it. */
import { signDevelopmentToken } from "../../auth/development-key"
import { SETTINGS } from "../../config"
import type { Ledger } from "../../main"
import { CliError } from "../cli-error"
import { announceServer, configFor, reachable } from "../data-folder"
import { progressOn } from "../progress"
import { opened, stopped } from "../serve"
import { type TokenOptions, viewerFor } from "../token-options"
import { ORGANIZATION } from "./company"
import { examples } from "./examples"
import { fillDemo, isFilled } from "./fill"

const DAY_MS = 86_400_000
const WEEK_SECONDS = 7 * 24 * 3_600

export async function demo(data: string | undefined): Promise<void> {
  const config = configFor(data)
  if (config.auth !== "development") {
    throw new CliError("the demonstration signs in with development tokens: leave SEATLEDGER_AUTH and NODE_ENV unset for it")
  }
  let daysBack = 0
  // A line of log per request would bury what there is to read here.
  const logLevel = process.env[SETTINGS.logLevel.name] ? config.logLevel : "warn"
  const ledger = await opened({ ...config, logLevel }, { now: () => Date.now() - daysBack * DAY_MS })
  if (!(await isFilled(ledger.eventStore))) {
    const progress = progressOn(process.stderr, `Filling the ledger with ${ORGANIZATION.name}`)
    await fillDemo(ledger.commands, {
      onProgress: (done, total) => progress.show(done / total, `${done} commands`),
      daysAgo: (days) => {
        daysBack = days
      },
    })
    progress.end()
  }
  await shown(ledger)
  const url = reachable(ledger.url)
  await announceServer(config.dataFolder, { pid: process.pid, url })
  process.stdout.write(await welcome(url, config.dataFolder))
  await stopped(ledger, config)
}

/** The tokens are printed when what they lead to can be seen. */
async function shown({ eventStore, services }: Ledger): Promise<void> {
  const stream = `organization-${ORGANIZATION.id}`
  let revision = 0
  for await (const page of eventStore.read(stream, 0)) revision = page.at(-1)?.revision ?? revision
  await services.projecting.waitFor(stream, revision, 60_000)
}

/** Whom the printed tokens are for. */
const TOKENS: readonly Omit<TokenOptions, "expires" | "data">[] = [
  { role: ["GLOBAL_ADMIN"], organization: ORGANIZATION.id, subject: "grace" },
  { role: ["LICENSE_ADMIN"], organization: ORGANIZATION.id, subject: "adele" },
  { role: ["USER_ADMIN"], organization: ORGANIZATION.id, subject: "ulrich" },
  { role: ["BILLING_ADMIN"], organization: ORGANIZATION.id, subject: "bella" },
  { role: ["AUDITOR"], organization: ORGANIZATION.id, subject: "aart" },
  { role: ["MEMBER"], organization: ORGANIZATION.id, subject: "adele" },
  { role: ["VENDOR"], vendor: "vnd_kestrelle" },
  { role: ["OPERATOR"] },
]

async function welcome(url: string, folder: string): Promise<string> {
  const tokens = await Promise.all(
    TOKENS.map(async (options) => ({ options, token: await signDevelopmentToken(folder, viewerFor(options), WEEK_SECONDS) })),
  )
  const tokenOf = (role: string) => tokens.find(({ options }) => options.role.some((held) => held === role))?.token ?? ""
  const lines = tokens.map(
    ({ options: { role, subject, vendor }, token }) => `${role.join()} (${subject ?? vendor ?? "operator"})\n${token}\n`,
  )
  return `
${ORGANIZATION.name} (${ORGANIZATION.id}) is ready.

The console, in which you pick who you are: ${url}/
GraphQL: ${url}/graphql

Tokens for a week; more by \`npx seatledger token --help\`:

${lines.join("\n")}
Three questions to paste into another terminal:

${examples(url, { licenseAdmin: tokenOf("LICENSE_ADMIN"), auditor: tokenOf("AUDITOR") }).join("\n\n")}

Ctrl-C stops the server; the data stay in ${folder}, and the next start finds them there.
`
}
