/** Pages of the trail of a million entries, whatever the filter leaves of it: the slowest beside a page of everything. */
import { Client } from "./load"
import { writeLongHistory } from "./long-history"
import { type Benchmark, figure, grouped, interleaved, median } from "./measure"
import { withServer } from "./server"

const EVENTS = 1_000_000
const ROUNDS = 9
const PAGES_PER_ROUND = 10

const PAGE = `query Page($filter: HistoryFilter, $after: String, $oldestFirst: Boolean) {
  history(filter: $filter, first: 50, after: $after, oldestFirst: $oldestFirst) {
    pageInfo { hasNextPage endCursor }
    nodes { revision type recordedAt summary reason actor { displayName } }
  }
}`
const COUNT = "query Count($filter: HistoryFilter) { history(filter: $filter, first: 1) { totalCount } }"
const FACTS = `{
  newest: history(first: 1) { nodes { revision } }
  middle: history(first: 1, filter: { toRevision: ${EVENTS / 2} }) { nodes { recordedAt } }
  later: history(first: 1, filter: { toRevision: ${EVENTS / 2 + 1_000} }) { nodes { recordedAt } }
  bought: history(first: 20, oldestFirst: true, filter: { types: ["LicenseRegistered"] }) { nodes { license { id } } }
  moved: history(first: 1, filter: { types: ["GroupMembersChanged"] }) { nodes { data } }
}`

type Filter = Readonly<Record<string, unknown>>

export const historyPage: Benchmark = {
  rows: ["history-page", "history-count"],
  async run(say) {
    say(`writing ${grouped(EVENTS)} events`)
    return withServer(
      (written) => writeLongHistory(written, EVENTS),
      async (server, facts) => {
        say("building the read models")
        const client = await Client.open(server)
        const filters = filtersOf(await factsOf(client, facts.count), facts)
        say(`paging through ${Object.keys(filters).length} filters`)
        await medianOf(async () => void (await ask(client, PAGE, {})))
        const slowest = { name: "", ms: 0 }
        const longest = { name: "", ms: 0 }
        for (const [name, filter] of Object.entries(filters)) {
          for (const oldestFirst of [false, true]) {
            for (const depth of ["first page", "from the middle"]) {
              // A cursor says where a page ends: from the middle on is the same walk as from a cursor there.
              const bound = oldestFirst ? { fromRevision: EVENTS / 2 } : { toRevision: EVENTS / 2 }
              const asked = depth === "first page" ? filter : { ...filter, ...bound }
              const ms = await medianOf(async () => void (await ask(client, PAGE, { filter: asked, oldestFirst })))
              if (ms > slowest.ms) Object.assign(slowest, { name: `${name}, ${oldestFirst ? "oldest" : "newest"} first, ${depth}`, ms })
            }
          }
          const ms = await medianOf(async () => void (await ask(client, COUNT, { filter })))
          if (ms > longest.ms) Object.assign(longest, { name, ms })
        }
        const [filter, ...others] = slowest.name.split(", ")
        const worst = { filter: filters[filter ?? ""] ?? {}, oldestFirst: others[0] === "oldest first" }
        const paged = await interleaved(
          ROUNDS,
          () => medianOf(async () => void (await ask(client, PAGE, worst))),
          () => medianOf(async () => void (await ask(client, PAGE, {}))),
        )
        const counted = await interleaved(
          ROUNDS,
          () => medianOf(async () => void (await ask(client, COUNT, { filter: filters[longest.name] }))),
          () => medianOf(async () => void (await ask(client, PAGE, {}))),
        )
        client.close()
        const all = `the slowest of ${Object.keys(filters).length} filters over ${grouped(facts.count)} events, both directions, first page and from the middle: ${slowest.name}; against the newest entries of all`
        return [
          figure("history-page", "ms", paged, { atMost: 3 }, all),
          figure("history-count", "ms", counted, { atMost: 10 }, `totalCount of the filter that takes longest: ${longest.name}`),
        ]
      },
    )
  },
}

/** Single filters and combinations, of what is frequent, rare and nowhere. */
function filtersOf(
  found: Json,
  { provider, admin, rareAdmin }: { provider: string; admin: string; rareAdmin: string },
): Record<string, Filter> {
  const bought = found.bought.nodes as readonly Json[]
  const [small, large] = [bought[0]?.license.id, bought.at(-1)?.license.id]
  const { groupId, added, removed } = found.moved.nodes[0].data as Json
  const userId = [...added, ...removed][0] as string
  const [from, to] = [found.middle.nodes[0].recordedAt, found.later.nodes[0].recordedAt]
  return {
    license: { licenseId: large },
    user: { userId },
    group: { groupId },
    "frequent actor": { actor: provider },
    "rare actor": { actor: rareAdmin },
    "frequent type": { types: ["SeatsGranted"] },
    "rare type": { types: ["LicenseRegistered"] },
    "five types": { types: ["SeatsGranted", "SeatsReleased", "LicenseAssigned", "GroupRenamed", "UserDeleted"] },
    "a thousand of the time": { from, to },
    "half of the time": { from },
    "frequent word": { text: "project" },
    "rare word": { text: "merger" },
    "one letter": { text: "a" },
    "ticket number": { text: "inc15" },
    "no such word": { text: "zzz" },
    "user + type": { userId, types: ["SeatsGranted"] },
    "license + type": { licenseId: large, types: ["SeatsReleased"] },
    "license + type that it never has": { licenseId: large, types: ["UserDeleted"] },
    "license + rare actor": { licenseId: small, actor: rareAdmin },
    "actor + type": { actor: admin, types: ["LicenseAssigned"] },
    "actor + type that it never does": { actor: provider, types: ["SeatsGranted"] },
    "text + license": { text: "audit year", licenseId: large },
    "text + actor + type": { text: "manager", actor: admin, types: ["LicenseUnassigned"] },
    "group + user": { groupId, userId },
    "type + rare actor + half of the time": { types: ["SeatsGranted"], actor: rareAdmin, from },
  }
}

/** A server is handed out once its read models have caught up (server-child.ts); by then it may have ended grace periods that are over. */
async function factsOf(client: Client, events: number): Promise<Json> {
  const found = await ask(client, FACTS, {})
  const shown = found.newest.nodes[0]?.revision
  if (!(shown >= events)) throw new Error(`the server shows ${shown} of ${events} events`)
  return found
}

async function medianOf(work: () => Promise<void>): Promise<number> {
  const times: number[] = []
  for (let n = 0; n < PAGES_PER_ROUND; n++) {
    const began = performance.now()
    await work()
    times.push(performance.now() - began)
  }
  return median(times)
}

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into field by field.
type Json = any

async function ask(client: Client, query: string, variables: object): Promise<Json> {
  const body = await client.ask(JSON.stringify({ query, variables }))
  const { data } = JSON.parse(body) as { data: Json }
  if (!data) throw new Error(`this is no answer: ${body.slice(0, 500)}`)
  return data
}
