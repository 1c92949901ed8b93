/** The organizations that the nodes are given to work on, founded over the API. */
import { type Client, clientFor, type NodeProcess } from "./three-nodes"

export interface Place {
  readonly organizationId: string
  readonly admin: Client
  readonly vendor: Client
  readonly licenses: readonly string[]
  readonly groups: readonly string[]
  readonly users: readonly string[]
  /** More people than one append seats (rule 39), in a group that gets and loses a license of its own. */
  readonly crowd?: { readonly licenseId: string; readonly groupId: string }
}

const USERS = 10
/** As many as an append names, and as one command takes into a group, and some more. */
const [CROWD_FIRST, CROWD_MORE] = [1_000, 50]
/** Not for all of them. */
const CROWD_SEATS = 1_020
const AT_ONCE = 50

/** An organization and its vendor. */
export async function found(nodes: readonly NodeProcess[], folder: string, n: number, hasCrowd: boolean): Promise<Place> {
  const operator = await clientFor(nodes, folder, "OPERATOR")
  const { data } = await operator.send(
    `mutation ($name: String!, $key: String!) {
      createOrganization(input: { name: $name, idempotencyKey: $key }) { organization { id } }
      registerVendor(input: { name: $name, idempotencyKey: $key }) { vendor { id } }
    }`,
    { name: `Company ${n}`, key: `found-${n}` },
  )
  const [organizationId, vendorId] = [data.createOrganization.organization.id, data.registerVendor.vendor.id]
  const vendor = await clientFor(nodes, folder, "VENDOR", { vendorId })
  const admin = await clientFor(nodes, folder, "GLOBAL_ADMIN", { organizationId })
  const listed = await vendor.send(`mutation { listProduct(input: { name: "App", idempotencyKey: "app" }) { product { id } } }`, {})
  const license = async (seats: number): Promise<string> => {
    const input = { productId: listed.data.listProduct.product.id, organizationId, seats, vendorEventId: `register-${seats}` }
    const query = "mutation ($input: RegisterLicenseInput!) { registerLicense(input: $input) { license { id } } }"
    return (await vendor.send(query, { input })).data.registerLicense.license.id
  }
  const licenses = [await license(3), await license(6)]
  const users = await createUsers(admin, "u", USERS)
  const groups: string[] = []
  for (const [i, licenseId] of licenses.entries()) {
    const groupId = await createGroup(admin, `G${i}`, users.slice(i, i + 3))
    groups.push(groupId)
    const assigned = { licenseId, principalIds: [groupId], onShortage: "WAITLIST", idempotencyKey: `assign-${i}` }
    await admin.send("mutation ($input: AssignLicensesInput!) { assignLicenses(input: $input) { revision } }", { input: assigned })
  }
  const place = { organizationId, admin, vendor, licenses, groups, users }
  if (!hasCrowd) return place
  // Through one node: nobody comes second in a thousand races.
  const members = await createUsers(
    await clientFor(nodes.slice(0, 1), folder, "GLOBAL_ADMIN", { organizationId }),
    "c",
    CROWD_FIRST + CROWD_MORE,
  )
  const groupId = await createGroup(admin, "Crowd", members.slice(0, CROWD_FIRST))
  const joining = { groupId, add: members.slice(CROWD_FIRST), idempotencyKey: "crowd" }
  await admin.send("mutation ($input: ChangeGroupMembersInput!) { changeGroupMembers(input: $input) { revision } }", { input: joining })
  return { ...place, crowd: { licenseId: await license(CROWD_SEATS), groupId } }
}

async function createUsers(admin: Client, prefix: string, count: number): Promise<readonly string[]> {
  const ids: string[] = []
  for (let from = 0; from < count; from += AT_ONCE) {
    const created = Array.from({ length: Math.min(AT_ONCE, count - from) }, async (_, n): Promise<string> => {
      const name = `${prefix}${from + n}`
      const input = { userName: `${name}@example.com`, displayName: name, idempotencyKey: `user-${name}` }
      const query = "mutation ($input: CreateUserInput!) { createUser(input: $input) { user { id } } }"
      return (await admin.send(query, { input })).data.createUser.user.id
    })
    ids.push(...(await Promise.all(created)))
  }
  return ids
}

async function createGroup(admin: Client, displayName: string, memberIds: readonly string[]): Promise<string> {
  const input = { displayName, memberIds, idempotencyKey: `group-${displayName}` }
  const query = "mutation ($input: CreateGroupInput!) { createGroup(input: $input) { group { id } } }"
  return (await admin.send(query, { input })).data.createGroup.group.id
}
