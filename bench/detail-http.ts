/** A license with 50 of its users, over HTTP, against the very same JSON from memory by plain Fastify. */
import { Client, type Load, loadFor, type Target } from "./load"
import type { WrittenOrganization } from "./log-writer"
import { type Benchmark, figure, interleaved } from "./measure"
import { withPlainServer, withServer } from "./server"

const CONNECTIONS = 64
const ROUNDS = 7
const ROUND_MS = 1_500

const DETAIL = `query Detail($id: ID!) {
  license(id: $id) {
    id
    product { name vendor { name } }
    status
    seats { purchased seated available waitlisted overassignedBy }
    users(first: 50) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges { node { state user { id displayName userName mail } sources { type group { id displayName } } } }
    }
  }
}`

export const detailHttp: Benchmark = {
  rows: ["detail-http"],
  async run(say) {
    return withServer(someLicense, async (server, licenseId) => {
      const body = JSON.stringify({ query: DETAIL, operationName: "Detail", variables: { id: licenseId } })
      const client = await Client.open(server)
      const json = (await client.ask(body)).trimEnd()
      client.close()
      if (json.split(`"state":"SEATED"`).length !== 51) throw new Error(`these are not 50 users: ${json.slice(0, 500)}`)
      return withPlainServer(json, async (plain) => {
        say(`${CONNECTIONS} connections, ${ROUNDS} rounds of ${json.length} bytes`)
        const rate = async (target: Target, text: string) => (await loadFor(ROUND_MS, target, load(text, json))).perSecond
        const measured = await interleaved(
          ROUNDS,
          () => rate(server, body),
          () => rate(plain, ""),
        )
        const note = `${(json.length / 1024).toFixed(1)} KB of JSON, ${CONNECTIONS} connections; nothing is cached but the plan`
        return [figure("detail-http", "requests/s", measured, { atLeast: 0.2 }, note)]
      })
    })
  },
}

function load(text: string, json: string): Load {
  return {
    connections: CONNECTIONS,
    body: () => text,
    check(body) {
      if (body.trimEnd() !== json) throw new Error(`another answer than the first time: ${body.slice(0, 500)}`)
    },
  }
}

/** 400 people by three groups, some of them in two, and 40 assigned directly too. */
async function someLicense(written: WrittenOrganization): Promise<string> {
  const { organization } = written
  const license = organization.license(1_000)
  const users = written.people(400)
  for (const [from, to] of [
    [0, 200],
    [150, 300],
    [280, 400],
  ] as const)
    organization.assign(license, organization.group(users.slice(from, to)))
  for (let n = 0; n < users.length; n += 10) organization.assign(license, users[n] ?? "")
  return license
}
