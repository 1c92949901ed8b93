/** Started by evolve.ts. */
import type { GroupId, LicenseId, UserId } from "../src/domain/ids"
import { interleaved, median, type Pairs } from "./measure"
import { BenchOrganization } from "./organization"

const CLAIMS = 1_000_000
const MEMBERS = 100_000
const ROUNDS = 15
const JOINING = 400

interface Subject {
  readonly organization: BenchOrganization
  readonly license: LicenseId
  readonly group: GroupId
  readonly newcomers: readonly UserId[]
}

/** Groups of `MEMBERS` on one license, as many as it takes for the claims. */
function filled(claims: number): Subject {
  const organization = new BenchOrganization(() => {})
  const people = (count: number) => Array.from({ length: count }, () => organization.user())
  const license = organization.license(2 * CLAIMS)
  let group = organization.group([])
  if (claims === 0) organization.assign(license, group)
  for (let count = 0; count < claims; count += MEMBERS) {
    group = organization.group(people(MEMBERS))
    organization.assign(license, group)
    organization.finish()
  }
  return { organization, license, group, newcomers: people((ROUNDS + 1) * JOINING) }
}

/** Microseconds per command: the median of a round, so that a garbage collection does not count for either. */
function joining({ organization, license, group, newcomers }: Subject): () => number {
  let next = 0
  return () => {
    const before = organization.state.licenses.get(license)?.seated ?? 0
    const times: number[] = []
    for (let count = 0; count < JOINING; count++) {
      const newcomer = newcomers[next++] as UserId // enough came
      const began = performance.now()
      organization.must({ type: "ChangeGroupMembers", groupId: group, add: [newcomer], remove: [] })
      times.push((performance.now() - began) * 1000)
    }
    const seated = (organization.state.licenses.get(license)?.seated ?? 0) - before
    if (seated !== JOINING) throw new Error(`${seated} of ${JOINING} newcomers were seated`)
    return median(times)
  }
}

async function main(): Promise<void> {
  const measured: Pairs = await interleaved(ROUNDS, joining(filled(CLAIMS)), joining(filled(0)))
  process.send?.(measured)
}

void main()
