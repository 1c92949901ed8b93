/** Simulations as objects of the API. */

import type { Moment } from "../../../projections/catalog/moment"
import { momentOfRevision } from "../../../projections/catalog/moment"
import type { Supposed } from "../../commands/requests"
import type { Role } from "../../domain/events"
import { CHANGES, type Simulated } from "../../domain/organization/simulate"
import type { Context } from "./context"
import { requester } from "./mutations/command"
import { memberWarnings } from "./mutations/results"
import { toldRefusal } from "./refusals"
import { SimulatedCounts, SimulatedLicense, SimulatedSeats, Simulation } from "./types/simulation"

export interface TriedOut {
  readonly simulated: Simulated
  readonly simulation: Simulation
  /** The moment that it was worked out on; absent while it cannot be read yet. */
  readonly at: Moment | undefined
}

/** @param what at least one, all of one operation */
export async function tryOut(context: Context, organizationId: string, what: readonly Supposed[], role: Role): Promise<TriedOut> {
  const simulated = await context.commands.simulate(organizationId, what, requester(context.viewer, role))
  const { revision, refusal } = simulated
  const shown = await context.projecting.waitFor(`organization-${organizationId}`, revision, context.visibleWithinMs)
  const at = shown === "visible" ? await momentOfRevision(context.readStore, organizationId, revision) : undefined

  const simulation = new Simulation()
  simulation.revision = revision
  simulation.visible = at !== undefined
  simulation.refusal = refusal ? await toldRefusal(context, refusal, what[0]?.operation ?? "", async () => at) : null
  simulation.warnings = memberWarnings(simulated.drafts, simulated.skipped)
  simulation.licenses = simulated.licenses.map((license) => {
    const told = new SimulatedLicense()
    told.at = at
    told.revision = revision
    told.licenseId = license.licenseId
    told.before = Object.assign(new SimulatedSeats(), license.before)
    told.after = Object.assign(new SimulatedSeats(), license.after)
    told.effects = license.people
    told.counts = countsOf(license.people)
    return told
  })
  return { simulated, simulation, at }
}

function countsOf(people: SimulatedLicense["effects"]): SimulatedCounts {
  const number = Object.fromEntries(CHANGES.map((change) => [change, 0])) as Record<(typeof CHANGES)[number], number> // one per change
  for (const { change } of people) number[change]++
  return Object.assign(new SimulatedCounts(), {
    losesSeat: number.LOSES_SEAT,
    gainsSeat: number.GAINS_SEAT,
    movesUp: number.MOVES_UP,
    waits: number.WAITS,
    leavesWaitlist: number.LEAVES_WAITLIST,
    keepsSeat: number.KEEPS_SEAT,
    keepsPlace: number.KEEPS_PLACE,
  })
}
