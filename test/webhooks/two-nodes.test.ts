/** Two nodes that share PostgreSQL, of which one delivers; its way to the database is cut. */
import { type Leading, together } from "../../src/leading"
import type { AttemptOutcome, DeliveryState } from "../../src/webhooks/delivery-state"
import { openPostgresDeliveryState } from "../../src/webhooks/postgres-delivery-state"
import { openWebhooks, type Webhooks } from "../../src/webhooks/webhooks"
import type { Gate } from "../support/gate"
import { startPostgres, type TestPostgres } from "../support/postgres"
import { until } from "../support/until"
import { Receiver, status } from "./receiver"
import { SECOND, Sending } from "./sending"

interface Node {
  readonly webhooks: Webhooks
  readonly leading: Leading
  readonly state: DeliveryState
  /** One for each time that it was its turn: how that ended. */
  readonly turns: Promise<void>[]
  readonly attempts: AttemptOutcome[]
  readonly faults: unknown[]
}

let postgres: TestPostgres
let sending: Sending
let gate: Gate
const nodes: Node[] = []
beforeAll(async () => {
  postgres = await startPostgres(["fsync=off", "full_page_writes=off"])
  sending = await Sending.start()
})
afterAll(async () => {
  for (const { leading, webhooks, state } of nodes) {
    await leading.close()
    await webhooks.close()
    await state.close()
  }
  await gate.refuse()
  await sending.stop()
  await postgres.stop()
})

/** Everything but the log and the keys lies in PostgreSQL: so it can be out of reach for one of them. */
async function openNode(url: string): Promise<Node> {
  const [turns, attempts, faults]: [Promise<void>[], AttemptOutcome[], unknown[]] = [[], [], []]
  const leading = await together(url, (error) => faults.push(error))
  const state = await openPostgresDeliveryState({ url })
  const webhooks = openWebhooks({
    eventStore: sending.store,
    vault: sending.vault,
    state,
    now: () => sending.now,
    random: () => 0,
    privateNetworks: true,
    standFor: (lead) =>
      leading.standFor("webhooks", (lost) => {
        const turn = lead(lost)
        turns.push(turn)
        return turn
      }),
    disable: async () => {},
    observe: { attempted: (outcome) => attempts.push(outcome), failed: (error) => faults.push(error) },
  })
  const node = { webhooks, leading, state, turns, attempts, faults }
  nodes.push(node)
  return node
}

const headOf = async (): Promise<number> => {
  let revision = 0
  for await (const page of sending.store.read(`organization-${sending.organizationId}`, 0)) revision += page.length
  return revision
}

test("when the node that delivers loses the database, another goes on where it was, and the first sends nothing more", async () => {
  const gated = await postgres.gated()
  gate = gated.gate
  const first = await openNode(gated.url)
  await until(() => first.leading.leads("webhooks"))
  const second = await openNode(postgres.url)
  const to = (await Receiver.start()).next(status(200), status(500))
  const { id } = await sending.add(to.url)
  await sending.webhooks.close() // they are two, not three

  const stream = `organization-${sending.organizationId}`
  const isAsTheLog = async ({ webhooks }: Node) => expect(await webhooks.waitFor(stream, await headOf(), 60_000)).toBe(true)
  const endpoint = () => second.state.endpoint(id)
  await sending.happen(3)
  await isAsTheLog(first)
  await until(async () => (await endpoint())?.failures === 1)
  await until(() => first.attempts.length === 2) // the answer to what it wrote reaches itself last
  expect(first.attempts).toEqual(["DELIVERED", "FAILED"])
  // It has read further than it has noted: it tries to note that when it stops, and cannot.
  await sending.users(2)
  await isAsTheLog(first)
  const position = await second.state.position()

  await gate.refuse()
  await until(() => second.leading.leads("webhooks"))
  await first.turns[0]
  expect(first.faults.length).toBeGreaterThan(0)
  await gate.open()

  await sending.happen(2)
  await isAsTheLog(second)
  sending.now += 5 * SECOND
  for (const { webhooks } of nodes) webhooks.wake()
  await until(async () => (await endpoint())?.waiting === 0)
  expect(to.received.map(({ event }) => event.data.seats)).toEqual([101, 102, 102, 103, 104, 105])
  expect(first.attempts).toHaveLength(2)
  expect(await second.state.position()).toBeGreaterThan(position)

  // It stands by again, and has the next turn.
  await second.leading.close()
  await until(() => first.leading.leads("webhooks"))
  await sending.happen(1)
  await to.wait(7)
  expect([first.turns.length, second.attempts.length]).toEqual([2, 4])
  await to.down()
})
