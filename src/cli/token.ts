/** `seatledger token`: a token for development, from the key of the data folder. Works beside a running server and before its first start. */
import { signDevelopmentToken } from "../auth/development-key"
import { CliError } from "./cli-error"
import { configFor } from "./data-folder"
import { type TokenOptions, viewerFor } from "./token-options"

export async function token(options: TokenOptions): Promise<void> {
  if (process.env.NODE_ENV === "production") {
    throw new CliError(
      "tokens for development are refused with NODE_ENV=production; sign in at the identity provider (SEATLEDGER_AUTH=jwks)",
    )
  }
  const config = configFor(options.data)
  if (config.auth !== "development") {
    throw new CliError(
      `this ledger takes the tokens of ${config.issuer ?? "an identity provider"} (SEATLEDGER_AUTH=${config.auth}); get one there`,
    )
  }
  const viewer = viewerFor(options)
  process.stdout.write(`${await signDevelopmentToken(config.dataFolder, viewer, options.expires)}\n`)
}
