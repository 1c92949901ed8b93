/** The right check (rule 25) as one short GET, for a vendor's app to ask at every sign-in. */
import type { FastifyInstance } from "fastify"
import { type Person, rightOf } from "../../../projections/seats/right"
import { isId } from "../../domain/ids"
import { vendorOf } from "./bearer"
import { wrongField } from "./problem"
import { isCurrent, ofLicense, type PullDeps, revalidated } from "./reading"

/** No browser shows this answer, so it goes without the dozen headers that tell a browser what a page may do. */
const FOR_PROGRAMS = { helmet: false } as const

interface Asked {
  readonly licenseId: string
  /** Our user id, or the external id or user name that the organization's directory has. */
  readonly user: string
}

/**
 * GET rights/{licenseId}/{user} below /vendor/v1. Whoever is not known has no right, so that an answer tells nothing of who is
 * in the directory, and of people a vendor sees nothing but the right (rule 38).
 */
export function rightsRoute(app: FastifyInstance, deps: PullDeps): void {
  app.get<{ Params: Asked }>("/rights/:licenseId/:user", FOR_PROGRAMS, async (request, reply) => {
    const { headers, params } = request
    const vendorId = await vendorOf(headers.authorization, deps.tokens)
    if (params.user.trim() === "") throw wrongField("user", "must be a user id, an external id or a user name")
    const { licenseId } = params
    const right = await ofLicense(deps, licenseId, () => rightOf(deps.readStore, { vendorId }, licenseId, personOf(params.user)))
    // The right is all that can change at one address.
    const tag = `"${right}"`
    revalidated(reply, tag)
    if (isCurrent(headers["if-none-match"], tag)) return reply.code(304).send()
    const mayUse = right === "ACTIVE" || right === "WARNING"
    // By hand: what is written is fixed but for the name.
    const json = `{"licenseId":"${licenseId}","user":${JSON.stringify(params.user)},"right":"${right}","mayUse":${mayUse}}`
    return reply.header("x-content-type-options", "nosniff").type("application/json; charset=utf-8").send(json)
  })
}

/** What looks like an id of ours is one: nobody else's name can be taken for somebody's id. */
function personOf(user: string): Person {
  return isId("usr", user) ? { userId: user } : { name: user }
}
