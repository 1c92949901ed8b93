/** Sends a message to each of these addresses, all of which lead to this machine, and writes what became of it. */
import { openSender } from "../../src/webhooks/send"

async function main(): Promise<void> {
  const sender = openSender({ privateNetworks: true, resolve: async () => ["127.0.0.1"], now: Date.now })
  for (const url of process.argv.slice(2)) {
    const { status, problem } = await sender.send(url, { "content-type": "application/json" }, "{}")
    process.stdout.write(`${JSON.stringify({ status, problem })}\n`)
  }
  sender.close()
}

void main()
