/** A page of group-expanded users costs the same however large the license is and however old the revision is. */
import { Client, type Target } from "./load"
import type { WrittenOrganization } from "./log-writer"
import { type Benchmark, figure, grouped, interleaved, median, type Pairs } from "./measure"
import { withServer } from "./server"

const LARGE = 100_000
const SMALL = 1_000
/** People of the license with a past, and how often each of their rows has ended. */
const PAST = { people: 4_000, closed: 10 }
const ROUNDS = 15
const PAGES_PER_ROUND = 20
/** How far a list is walked to find where pages begin. */
const MOST_PAGES = 400

const PAGE = `query Page($id: ID!, $after: String, $orderBy: LicensedUserOrder, $asOf: AsOf) {
  license(id: $id, asOf: $asOf) {
    users(first: 50, after: $after, orderBy: $orderBy) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges { node { state entitledSince seatedSince user { id displayName userName mail } sources { type since group { id displayName } } } }
    }
  }
}`

interface Listing {
  readonly id: string
  readonly orderBy: { readonly field: "STATE_THEN_PLACE" | "DISPLAY_NAME" }
  readonly asOf?: { readonly revision: number }
}

export const expandedPage: Benchmark = {
  rows: ["expanded-page"],
  async run(say) {
    say(`licenses of ${grouped(LARGE)} and ${grouped(SMALL)} seats`)
    return withServer(
      async (written) => {
        const users = written.people(LARGE)
        const filled = (seats: number) => {
          const license = written.organization.license(seats)
          written.organization.assign(license, written.organization.group(users.slice(0, seats)))
          written.organization.finish()
          return license
        }
        return { large: filled(LARGE), small: filled(SMALL) }
      },
      async (server, { large, small }) => {
        say("paging")
        const byPlace = await compared(server, { id: large, orderBy: PLACE }, { id: small, orderBy: PLACE })
        const byName = await compared(server, { id: large, orderBy: NAME }, { id: small, orderBy: NAME })
        const note = `ms for 50 people with sources over HTTP, pages all over licenses of ${grouped(LARGE)} (its first ${grouped(50 * MOST_PAGES)}) and ${grouped(SMALL)} seats; by name ${byName.value.toFixed(1)} against ${byName.limit.toFixed(1)} ms (${byName.ratio.toFixed(2)})`
        return [figure("expanded-page", "ms", byPlace, { atMost: 1.5 }, note)]
      },
    )
  },
}

export const asOfPage: Benchmark = {
  rows: ["as-of-page"],
  async run(say) {
    say(`${grouped(PAST.people)} people with ${PAST.closed} closed spans each`)
    return withServer(withPast, async (server, { license, revision }) => {
      say("paging")
      const then = { asOf: { revision } }
      const byPlace = await compared(server, { id: license, orderBy: PLACE, ...then }, { id: license, orderBy: PLACE })
      const byName = await compared(server, { id: license, orderBy: NAME, ...then }, { id: license, orderBy: NAME })
      const note = `ms for 50 people; seats, names and memberships have ${PAST.closed} closed spans per open one, the revision lies in the middle; by name ${byName.value.toFixed(1)} against ${byName.limit.toFixed(1)} ms (${byName.ratio.toFixed(2)})`
      return [figure("as-of-page", "ms", byPlace, { atMost: 1.5 }, note)]
    })
  },
}

const PLACE = { field: "STATE_THEN_PLACE" } as const
const NAME = { field: "DISPLAY_NAME" } as const

/** Everybody is renamed, leaves the group and comes back, and the license is taken from the group and given back. */
async function withPast(written: WrittenOrganization): Promise<{ license: string; revision: number }> {
  const { organization } = written
  const users = written.people(PAST.people)
  const license = organization.license(PAST.people)
  const groupId = organization.group(users)
  organization.assign(license, groupId)
  organization.finish()
  let revision = 0
  for (let cycle = 0; cycle < PAST.closed; cycle++) {
    organization.now += 86_400_000
    if (cycle === PAST.closed / 2) revision = organization.state.revision
    organization.must({ type: "UnassignLicenses", licenseId: license, principalIds: [groupId] })
    organization.finish()
    written.sealing(() => {
      for (const [n, userId] of users.entries()) {
        const profile = written.seal(userId, { displayName: `Person ${n} in year ${cycle}` })
        organization.must({ type: "ChangeUserProfile", userId, profile })
      }
    })
    for (let from = 0; from < users.length; from += 500) {
      const some = users.slice(from, from + 500)
      organization.must({ type: "ChangeGroupMembers", groupId, add: [], remove: some })
      organization.must({ type: "ChangeGroupMembers", groupId, add: some, remove: [] })
    }
    organization.assign(license, groupId)
    organization.finish()
    await written.flush()
  }
  return { license, revision }
}

/** The median time of a page of each, in ms, on one connection. */
async function compared(server: Target, one: Listing, other: Listing): Promise<Pairs> {
  const client = await Client.open(server)
  const time = async (listing: Listing) => {
    const cursors = await spreadCursors(client, listing)
    let next = 0
    return async () => {
      const times: number[] = []
      for (let n = 0; n < PAGES_PER_ROUND; n++) {
        const began = performance.now()
        await page(client, listing, cursors[next++ % cursors.length])
        times.push(performance.now() - began)
      }
      return median(times)
    }
  }
  const pairs = await interleaved(ROUNDS, await time(one), await time(other))
  client.close()
  return pairs
}

/** Where pages begin: the first page, and every so many of those that follow it. */
async function spreadCursors(client: Client, listing: Listing): Promise<readonly (string | undefined)[]> {
  const all: (string | undefined)[] = [undefined]
  while (all.length < MOST_PAGES) {
    const { endCursor, hasNextPage } = await page(client, listing, all.at(-1))
    if (!hasNextPage) break
    all.push(endCursor)
  }
  const step = Math.ceil(all.length / PAGES_PER_ROUND)
  return all.filter((_, n) => n % step === 0)
}

async function page(client: Client, listing: Listing, after: string | undefined): Promise<{ endCursor: string; hasNextPage: boolean }> {
  const body = await client.ask(JSON.stringify({ query: PAGE, operationName: "Page", variables: { ...listing, after } }))
  const { data } = JSON.parse(body) as {
    data: { license: { users: { pageInfo: { endCursor: string; hasNextPage: boolean }; edges: unknown[] } } | null } | null
  }
  const users = data?.license?.users
  if (users?.edges.length !== 50) throw new Error(`this is no page of 50: ${body.slice(0, 500)}`)
  return users.pageInfo
}
