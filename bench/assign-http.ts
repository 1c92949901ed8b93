/** Assigning a user over HTTP, from the token to the answer that is visible to everybody, against an empty mutation of the same server. */
import { type Load, loadFor, type Target } from "./load"
import { type Benchmark, figure, grouped, interleaved, percentile } from "./measure"
import { withServer } from "./server"

const CONNECTIONS = 64
const ROUNDS = 7
const ROUND_MS = 1_500
const USERS = 10_000
const LICENSES = 20

const ASSIGN = `mutation Assign($input: AssignLicensesInput!) {
  assignLicenses(input: $input) {
    revision
    refusal { code message }
    results { outcome seated waitlisted principal { __typename ... on User { id } ... on Group { id } } }
  }
}`

export const assignHttp: Benchmark = {
  rows: ["assign-http"],
  async run(say) {
    say(`filling an organization of ${grouped(USERS)}`)
    return withServer(
      async (written) => ({
        licenses: Array.from({ length: LICENSES }, () => written.organization.license(USERS)),
        users: written.people(USERS),
      }),
      async (server, { licenses, users }) => {
        say(`${CONNECTIONS} connections, ${ROUNDS} rounds`)
        const latencies: number[] = []
        const assigning = assignments(licenses, users)
        const rate = async (load: Load, kept: number[] = []) => {
          const measured = await loadFor(ROUND_MS, server, load)
          for (const latency of measured.latencies) kept.push(latency)
          return measured.perSecond
        }
        const measured = await interleaved(
          ROUNDS,
          () => rate(assigning, latencies),
          () => rate(nothing),
        )
        await everybodySees(server, licenses[0] ?? "", users.length)
        const note = `${CONNECTIONS} connections; p50 ${percentile(latencies, 0.5).toFixed(0)} ms, p99 ${percentile(latencies, 0.99).toFixed(0)} ms; limit: \`mutation { __typename }\``
        return [figure("assign-http", "assignments/s", measured, { atLeast: 0.6 }, note)]
      },
    )
  },
}

const nothing: Load = {
  connections: CONNECTIONS,
  body: () => JSON.stringify({ query: "mutation Nothing { __typename }", operationName: "Nothing" }),
  check(body) {
    if (!body.includes(`"__typename":"Mutation"`)) throw new Error(`an empty mutation was answered with ${body}`)
  },
}

/** Every user once on every license; the count goes on from round to round. */
export function assignments(licenses: readonly string[], users: readonly string[]): Load {
  let next = 0
  return {
    connections: CONNECTIONS,
    body() {
      const [licenseId, userId] = [licenses[Math.floor(next / users.length)], users[next % users.length]]
      next += 1
      if (licenseId === undefined) throw new Error("this machine is so fast that the benchmark needs more licenses")
      return JSON.stringify({ query: ASSIGN, operationName: "Assign", variables: { input: { licenseId, principalIds: [userId] } } })
    },
    check(body) {
      if (!body.includes(`"outcome":"ASSIGNED","seated":1`)) throw new Error(`an assignment was answered with ${body}`)
    },
  }
}

/** The first license was assigned to everybody long ago: the read model must say so. */
async function everybodySees({ url, token }: Target, licenseId: string, users: number): Promise<void> {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: "query Seats($id: ID!) { license(id: $id) { seats { seated } } }", variables: { id: licenseId } }),
  })
  const text = await answer.text()
  const seated = Number(/"seated":(\d+)/.exec(text)?.[1])
  if (!(seated > 0 && seated <= users)) throw new Error(`the assignments cannot be seen: ${text}`)
}
