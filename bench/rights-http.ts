/** The right check of a vendor's sign-in (rule 25) over HTTP, against an endpoint of the same server that does nothing. */
import { Client, type Load, loadFor, type Target } from "./load"
import type { WrittenOrganization } from "./log-writer"
import { type Benchmark, figure, interleaved, type Pairs } from "./measure"
import { VENDOR } from "./organization"
import { withPlainServer, withServer } from "./server"

const PEOPLE = 20_000
const SEATS = 10_000
/** As long as a real answer. */
const ANSWER = JSON.stringify({ licenseId: "lic_aaaaaaaaaaaaaaaaaaaa", user: "usr_aaaaaaaaaaaaaaaaaaaa", right: "ACTIVE", mayUse: true })
const CONNECTIONS = 64
const ROUNDS = 9
const ROUND_MS = 1_000

interface Filled {
  readonly license: string
  readonly users: readonly string[]
}

export const rightsHttp: Benchmark = {
  rows: ["rights-http"],
  async run(say) {
    const viewer = { subject: "bench-vendor", vendorId: VENDOR, roles: ["VENDOR"] } as const
    return withServer(
      soldLicense,
      async ({ url, token }, { license, users }) => {
        const right = (person: string): Target => ({
          url: new URL(`/vendor/v1/rights/${license}/${person}`, url).href,
          ...(token === undefined ? {} : { token }),
        })
        // Each connection asks for another person; half of them have a seat.
        const spread = (connection: number) => Math.floor((connection * PEOPLE) / CONNECTIONS)
        const people = {
          id: (connection: number) => right(users[spread(connection)] ?? ""),
          "external id": (connection: number) => right(`external-${spread(connection) + 1}`),
          "user name": (connection: number) => right(`person${spread(connection) + 1}@bench.example`),
        }
        say(`${PEOPLE} people, ${SEATS} seats, ${CONNECTIONS} connections, ${ROUNDS} rounds`)
        const nothing = () => rate(() => ({ url: new URL("/livez", url).href }), '"alive"')
        const measured: (Pairs & { readonly by: string })[] = []
        for (const [by, target] of Object.entries(people)) {
          await sample(target(0), '"right":"ACTIVE","mayUse":true')
          await sample(target(CONNECTIONS - 1), '"right":"INACTIVE","mayUse":false')
          measured.push({ by, ...(await interleaved(ROUNDS, () => rate(target, '"right":'), nothing)) })
        }
        const plain = await withPlainServer(ANSWER, (target) => rate(() => target, '"right":'))
        measured.sort((one, other) => one.ratio - other.ratio)
        const [slowest, ...others] = measured
        if (!slowest) throw new Error("nothing was measured")
        const told = others.map(({ by, value, ratio }) => `by ${by} ${Math.round(value)} (${ratio.toFixed(2)})`).join(", ")
        const note = `by ${slowest.by}, the slowest way; ${told}; ${CONNECTIONS} connections, a license with ${SEATS} seats; limit: /livez of the same server; plain Fastify with such an answer from memory, without token, limits and headers: ${Math.round(plain)}`
        return [figure("rights-http", "requests/s", slowest, { atLeast: 0.6 }, note)]
      },
      viewer,
    )
  },
}

async function rate(target: (connection: number) => Target, expected: string): Promise<number> {
  const load: Load = {
    connections: CONNECTIONS,
    body: () => "",
    check(body) {
      if (!body.includes(expected)) throw new Error(`another answer than expected: ${body.slice(0, 500)}`)
    },
  }
  return (await loadFor(ROUND_MS, target, load)).perSecond
}

async function sample(target: Target, expected: string): Promise<void> {
  const client = await Client.open(target)
  const body = await client.ask("")
  client.close()
  if (!body.includes(expected)) throw new Error(`${target.url} answers ${body}`)
}

/** The first half of the people by a group, so that seats lie side by side as in life. */
async function soldLicense(written: WrittenOrganization): Promise<Filled> {
  const { organization } = written
  const users = written.people(PEOPLE)
  const license = organization.license(SEATS)
  organization.assign(license, organization.group(users.slice(0, SEATS)))
  organization.finish()
  return { license, users }
}
