/** The right check of a vendor's sign-in (rule 25) over HTTP, against an endpoint of the same server that does nothing. */
import { Client, type Load, loadFor, type Target } from "./load"
import type { WrittenOrganization } from "./log-writer"
import { type Benchmark, figure, interleaved, type Pairs } from "./measure"
import { VENDOR } from "./organization"
import { withServer } from "./server"

const PEOPLE = 20_000
const SEATS = 10_000
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
        const address = (path: string): Target => ({ url: new URL(path, url).href, ...(token === undefined ? {} : { token }) })
        const right = (name: string) => address(`/vendor/v1/rights/${license}/${name}`)
        // Each connection asks for another person; half of them have a seat.
        const spread = (n: number) => Math.floor((n * PEOPLE) / CONNECTIONS)
        const byId = (n: number) => right(users[spread(n)] ?? "")
        const byName = (n: number) => right(`person${spread(n) + 1}@bench.example`)
        await sample(byId(0), '"right":"ACTIVE","mayUse":true')
        await sample(byName(CONNECTIONS - 1), '"right":"INACTIVE","mayUse":false')
        say(`${PEOPLE} people, ${SEATS} seats, ${CONNECTIONS} connections, ${ROUNDS} rounds`)
        const nothing = () =>
          rate(
            () => address("/livez"),
            (body) => body.includes("alive"),
          )
        const compared = (target: (connection: number) => Target): Promise<Pairs> =>
          interleaved(ROUNDS, () => rate(target, (body) => body.includes('"right":')), nothing)
        const names = await compared(byName)
        const ids = await compared(byId)
        const note = `against /livez of the same server, ${CONNECTIONS} connections, a license with ${SEATS} seats; by user name ${Math.round(names.value)} (${names.ratio.toFixed(2)})`
        return [figure("rights-http", "requests/s", ids, { atLeast: 0.6 }, note)]
      },
      viewer,
    )
  },
}

async function rate(target: (connection: number) => Target, isRight: (body: string) => boolean): Promise<number> {
  const load: Load = {
    connections: CONNECTIONS,
    body: () => "",
    check(body) {
      if (!isRight(body)) throw new Error(`another answer than expected: ${body.slice(0, 500)}`)
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
