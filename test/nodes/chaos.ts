/** Random commands against three nodes while nodes are killed and connections cut. */
import { randomBytes } from "node:crypto"
import { setTimeout as pause } from "node:timers/promises"
import type { Place } from "./places"

/** A command that was answered. */
export interface Done {
  readonly place: Place
  readonly traceId: string
  readonly what: Command["what"]
  readonly variables: Readonly<Record<string, unknown>>
  readonly revision: number
  readonly refusal: string | undefined
  readonly inVain: number
}

interface Command {
  readonly what: "assign" | "unassign" | "join" | "leave" | "seats" | "create"
  readonly by: "admin" | "vendor"
  readonly mutation: string
  readonly input: Readonly<Record<string, unknown>>
}

const WORKERS = 6

/** Of a place with a crowd, one command in so many is about it. */
const CROWD_EVERY = 12

export interface ChaosOptions {
  readonly places: readonly Place[]
  /** What goes wrong, in turn; each says what it did. */
  readonly kinds: readonly (() => Promise<string>)[]
  /** True when enough was done, by the number of answered commands and of things that went wrong. */
  readonly enough: (commands: number, troubles: number) => boolean
  /** At least so long between two things that go wrong. */
  readonly pauseMs: number
}

export interface Chaos {
  /** What was answered. */
  readonly done: readonly Done[]
  readonly troubles: readonly string[]
}

/** @throws when a command is never answered, or with a fault */
export async function chaos({ places, kinds, enough, pauseMs }: ChaosOptions): Promise<Chaos> {
  const done: Done[] = []
  const troubles: string[] = []
  let sequence = 0
  const isEnough = () => enough(done.length, troubles.length)
  const work = async (n: number) => {
    const place = places[n % places.length] as Place
    // In every run there is a crowd that is being seated when the first node is killed.
    if (n < places.length && place.crowd) done.push(await carryOut(place, aboutCrowd(place.crowd, "assign")))
    while (!isEnough()) {
      const command = randomCommand(place, () => ++sequence)
      done.push(await carryOut(place, command))
    }
  }
  const makeTrouble = async () => {
    for (let n = 0; !isEnough(); n++) {
      await pause(pauseMs)
      const make = kinds[n % kinds.length]
      if (make && !isEnough()) troubles.push(await make())
    }
  }
  await Promise.all([makeTrouble(), ...Array.from({ length: WORKERS }, (_, n) => work(n))])
  return { done, troubles }
}

function randomCommand({ licenses, groups, users, crowd }: Place, nextSequence: () => number): Command {
  const one = <T>(of: readonly T[]): T => of[Math.floor(Math.random() * of.length)] as T // none is empty
  if (crowd && Math.random() * CROWD_EVERY < 1) return aboutCrowd(crowd, one(["assign", "unassign"]))
  const what = one(["assign", "assign", "assign", "unassign", "unassign", "join", "leave", "seats", "create"] as const)
  const idempotencyKey = newKey()
  const license = { licenseId: one(licenses), principalIds: [one(users)], idempotencyKey }
  const group = { groupId: one(groups), idempotencyKey }
  switch (what) {
    case "assign":
      return { what, by: "admin", mutation: "assignLicenses", input: { ...license, onShortage: one(["REJECT", "WAITLIST"]) } }
    case "unassign":
      return { what, by: "admin", mutation: "unassignLicenses", input: license }
    case "join":
      return { what, by: "admin", mutation: "changeGroupMembers", input: { ...group, add: [one(users)] } }
    case "leave":
      return { what, by: "admin", mutation: "changeGroupMembers", input: { ...group, remove: [one(users)] } }
    case "seats": {
      const sequence = nextSequence()
      const input = { licenseId: one(licenses), seats: Math.floor(Math.random() * 9), sequence, vendorEventId: `seats-${sequence}` }
      return { what, by: "vendor", mutation: "changeVendorSeats", input }
    }
    case "create":
      return {
        what,
        by: "admin",
        mutation: "createUser",
        input: { userName: `${idempotencyKey}@example.com`, displayName: "New", idempotencyKey },
      }
    default:
      return what satisfies never
  }
}

function aboutCrowd({ licenseId, groupId }: NonNullable<Place["crowd"]>, what: "assign" | "unassign"): Command {
  const mutation = what === "assign" ? "assignLicenses" : "unassignLicenses"
  return { what, by: "admin", mutation, input: { licenseId, principalIds: [groupId], idempotencyKey: newKey() } }
}

function newKey(): string {
  return randomBytes(8).toString("hex")
}

async function carryOut(place: Place, { what, by, mutation, input }: Command): Promise<Done> {
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`
  const traceId = randomBytes(16).toString("hex")
  const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { revision refusal { code } } }`
  const { data, inVain } = await place[by].send(query, { input }, traceId)
  const { revision, refusal } = data[mutation]
  return { place, traceId, what, variables: input, revision, refusal: refusal?.code, inVain }
}
