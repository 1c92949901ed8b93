/** Signing in without an identity provider: a role is picked, and the ledger signs the token itself. Refused in production (config.ts). */
import type { FastifyInstance } from "fastify"
import { signDevelopmentToken } from "../../auth/development-key"
import type { Role } from "../../domain/events"
import { isId } from "../../domain/ids"

export interface OrganizationName {
  readonly id: string
  readonly name: string
}

/** Roles of people; vendors and operators have no console. */
const ROLES: readonly Role[] = ["GLOBAL_ADMIN", "LICENSE_ADMIN", "USER_ADMIN", "BILLING_ADMIN", "AUDITOR", "MEMBER"]
const LIFETIME_SECONDS = 12 * 3_600

export function developmentSignIn(
  app: FastifyInstance,
  dataFolder: string,
  organizations: () => Promise<readonly OrganizationName[]>,
): void {
  app.get("/console/development/organizations", async () => ({ organizations: await organizations() }))

  app.post("/console/development/token", async (request, reply) => {
    const { role, organization, subject } = asked(request.body)
    const known = ROLES.find((candidate) => candidate === role)
    if (!known) return reply.code(400).send({ message: `role: one of ${ROLES.join(", ")} is needed` })
    if (!isId("org", organization)) return reply.code(400).send({ message: "organization: an id such as org_demo is needed" })
    if (subject === "" || subject.length > 256) return reply.code(400).send({ message: "subject: a name of 1 to 256 characters is needed" })
    const viewer = { subject, roles: [known], organizationId: organization }
    return { token: await signDevelopmentToken(dataFolder, viewer, LIFETIME_SECONDS), expiresIn: LIFETIME_SECONDS }
  })
}

function asked(body: unknown): { role: string; organization: string; subject: string } {
  const given = typeof body === "object" && body !== null ? body : {}
  const text = (name: string) => {
    const value: unknown = Reflect.get(given, name)
    return typeof value === "string" ? value.trim() : ""
  }
  return { role: text("role"), organization: text("organization"), subject: text("subject") }
}
