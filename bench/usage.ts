/** A year of a large license, day by day, with the shares of its groups; and what other requests feel of it. */
import { Client, type Target } from "./load"
import type { WrittenOrganization } from "./log-writer"
import { type Benchmark, figure, grouped, median } from "./measure"
import { withServer } from "./server"

const PEOPLE = 100_000
const DAYS = 365
/** Who leaves the large group on a day and comes back on the next. */
const MOVING = 100
const ROUNDS = 5
const DAY_MS = 86_400_000

const USAGE = `query Usage($id: ID!, $from: Date!, $to: Date!) {
  seatUsage(licenseId: $id, from: $from, to: $to, timeZone: "Europe/Amsterdam") {
    intervals { from purchased { peak } seated { peak average } waiting { peak } overassignedDays seatDays sources { type group { id } seatDays } }
  }
}`
const COUNTERS = USAGE.replace(/sources {.*} seatDays }/, "")
const CHANGES = `query Changes($id: ID!, $from: DateTime!, $to: DateTime!) {
  changesBetween(from: { at: $from }, to: { at: $to }, licenseId: $id) {
    licenses { nodes { seated { average } gained lost deactivationToRelease { longestSeconds } } }
    changes { totalCount nodes { change user { displayName } entry { summary } sources { type } } }
  }
}`
const OTHER = "{ viewer { organization { revision } } }"

export const usage: Benchmark = {
  rows: ["usage"],
  async run(say) {
    say(`${grouped(PEOPLE)} seats, ${DAYS} days of ${MOVING} people who leave and come back`)
    return withServer(someYear, async (server, { license, from, to }) => {
      const client = await Client.open(server)
      const time = async (query: string, variables: object, isRight: (body: string) => boolean) => {
        const times: number[] = []
        for (let round = 0; round <= ROUNDS; round++) {
          const began = performance.now()
          const body = await client.ask(JSON.stringify({ query, variables }))
          if (round > 0) times.push(performance.now() - began) // the first warms up
          if (!isRight(body)) throw new Error(`this is not what was asked for: ${body.slice(0, 500)}`)
        }
        return median(times)
      }
      const days = { id: license, from: date(from), to: date(to) }
      const allDays = (body: string) => body.split(`"from":"`).length - 1 === DAYS
      say("counters")
      const counters = await time(COUNTERS, days, allDays)
      say("shares")
      const [value, others] = await withOthers(server, () => time(USAGE, days, (body) => allDays(body) && body.includes("GROUP")))
      say("changes")
      const between = { id: license, from: new Date(from).toISOString(), to: new Date(to).toISOString() }
      const changes = await time(CHANGES, between, (body) => body.includes("LOST"))
      client.close()
      const note = `ms for a year by day over HTTP, with the shares of two groups and direct assignments; without shares ${counters.toFixed(0)} ms; other requests meanwhile: median ${others.median.toFixed(1)}, longest ${others.longest.toFixed(0)} ms; changesBetween over the year ${changes.toFixed(0)} ms`
      return [figure("usage", "ms", { value }, { atMost: 5_000 }, note)]
    })
  },
}

/** Asks for something small, again and again, while the work is done. */
async function withOthers(server: Target, work: () => Promise<number>): Promise<[number, { median: number; longest: number }]> {
  const client = await Client.open(server)
  const times: number[] = []
  let isDone = false
  const asking = (async () => {
    while (!isDone) {
      const began = performance.now()
      await client.ask(JSON.stringify({ query: OTHER }))
      times.push(performance.now() - began)
    }
  })()
  const value = await work()
  isDone = true
  await asking
  client.close()
  return [value, { median: median(times), longest: Math.max(...times) }]
}

/** Everybody by one group, a fifth by a second one too, a thousand directly; then people leave and come back, day by day. */
async function someYear(written: WrittenOrganization): Promise<{ license: string; from: number; to: number }> {
  const { organization } = written
  const users = written.people(PEOPLE)
  const license = organization.license(PEOPLE)
  const everybody = organization.group(users)
  organization.assign(license, everybody)
  organization.finish()
  organization.assign(license, organization.group(users.slice(0, PEOPLE / 5)))
  for (let n = 0; n < 1_000; n++) {
    organization.now += 1_000
    organization.assign(license, users[n * 100] as string) // there are as many
  }
  organization.finish()
  const from = organization.now
  for (let day = 0; day < DAYS - 1; day++) {
    organization.now = from + (day + 1) * DAY_MS
    const some = users.slice(PEOPLE / 5 + day * MOVING, PEOPLE / 5 + (day + 1) * MOVING)
    organization.must({ type: "ChangeGroupMembers", groupId: everybody, add: [], remove: some })
    organization.finish()
    for (const userId of some) {
      organization.now += 60_000
      organization.must({ type: "ChangeGroupMembers", groupId: everybody, add: [userId], remove: [] })
    }
    organization.finish()
  }
  return { license, from, to: from + (DAYS - 1) * DAY_MS }
}

function date(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10)
}
