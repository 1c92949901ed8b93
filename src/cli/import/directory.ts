/** The directory behind the API, as the imports compare and change it. */
import { randomUUID } from "node:crypto"
import type { LedgerClient, ToldRefusal } from "../ledger-client"

export interface KnownUser {
  readonly id: string
  readonly userName: string
  readonly displayName: string
  readonly mail: string | null
  readonly externalId: string | null
  readonly active: boolean
}
export interface KnownGroup {
  readonly id: string
  readonly displayName: string
  readonly memberCount: number
}
export interface NewUser {
  readonly userName: string
  readonly displayName: string
  readonly mail?: string
  readonly externalId?: string
  readonly active: boolean
}
export interface UserChange {
  readonly userId: string
  readonly profile?: { readonly userName?: string; readonly displayName?: string; readonly mail?: string }
  readonly active?: boolean
}

/** What `usersByIdentity` and a page of the API take at once. */
export const PAGE = 100
/** Members of one command (`MAX_MEMBERS` of the domain). */
export const MEMBERS_AT_ONCE = 1_000

const USER = "id userName displayName mail externalId active"
const REFUSAL = "refusal { code message }"
const FIND = `query Find($externalIds: [String!], $userNames: [String!]) {
  usersByIdentity(externalIds: $externalIds, userNames: $userNames) { ${USER} }
}`
const CREATE_USER = `mutation CreateUser($input: CreateUserInput!) { createUser(input: $input) { ${REFUSAL} } }`
const UPDATE_USER = `mutation UpdateUser($profile: UpdateUserInput!) { updateUser(input: $profile) { ${REFUSAL} } }`
const SET_ACTIVE = `mutation SetUserActive($active: SetUserActiveInput!) { setUserActive(input: $active) { ${REFUSAL} } }`
const GROUP = "... on Group { id displayName memberCount }"
const GROUP_BY_ID = `query GroupById($id: ID!) { group(id: $id) { ${GROUP} } }`
const GROUPS_BY_NAME = `query GroupsByName($search: String!, $after: String) {
  groups(first: 100, search: $search, after: $after) { nodes { ${GROUP} } pageInfo { hasNextPage endCursor } }
}`
const CREATE_GROUP = `mutation CreateGroup($input: CreateGroupInput!) { createGroup(input: $input) { ${REFUSAL} group { ${GROUP} } } }`
const CHANGE_MEMBERS = `mutation ChangeMembers($input: ChangeGroupMembersInput!) { changeGroupMembers(input: $input) { ${REFUSAL} } }`
const MEMBERS = `query Members($id: ID!, $after: String) {
  group(id: $id) { members(first: 100, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }
}`

interface Answer {
  readonly refusal: ToldRefusal | null
}
interface Page<Node> {
  readonly nodes: readonly Node[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
}

export class Directory {
  /** Makes the keys of this run its own: a request that is sent again after a lost answer is done once. */
  readonly #run = randomUUID()
  #commands = 0

  constructor(private readonly client: LedgerClient) {}

  async find(externalIds: readonly string[], userNames: readonly string[]): Promise<readonly KnownUser[]> {
    if (externalIds.length === 0 && userNames.length === 0) return []
    const data = await this.client.ask<{ usersByIdentity: readonly KnownUser[] }>(FIND, { externalIds, userNames })
    return data.usersByIdentity
  }

  /** The refusal, or undefined when it was done. */
  async createUser(user: NewUser): Promise<ToldRefusal | undefined> {
    const data = await this.client.ask<{ createUser: Answer }>(CREATE_USER, { input: { ...user, ...this.#key() } })
    return data.createUser.refusal ?? undefined
  }

  async changeUser({ userId, profile, active }: UserChange): Promise<ToldRefusal | undefined> {
    if (profile) {
      const variables = { profile: { userId, ...profile, ...this.#key() } }
      const { updateUser } = await this.client.ask<{ updateUser: Answer }>(UPDATE_USER, variables)
      if (updateUser.refusal) return updateUser.refusal
    }
    if (active === undefined) return undefined
    const variables = { active: { userId, active, ...this.#key() } }
    const { setUserActive } = await this.client.ask<{ setUserActive: Answer }>(SET_ACTIVE, variables)
    return setUserActive.refusal ?? undefined
  }

  async groupById(id: string): Promise<KnownGroup | undefined> {
    return (await this.client.ask<{ group: KnownGroup | null }>(GROUP_BY_ID, { id })).group ?? undefined
  }

  /** Groups of exactly this name, without regard to case. */
  async groupsByName(name: string): Promise<readonly KnownGroup[]> {
    const same: KnownGroup[] = []
    let after: string | null = null
    do {
      const { groups }: { groups: Page<KnownGroup> } = await this.client.ask(GROUPS_BY_NAME, { search: name, after })
      same.push(...groups.nodes.filter(({ displayName }) => displayName.toLowerCase() === name.toLowerCase()))
      after = groups.pageInfo.hasNextPage ? groups.pageInfo.endCursor : null
    } while (after !== null)
    return same
  }

  async createGroup(displayName: string): Promise<KnownGroup | ToldRefusal> {
    type Data = { createGroup: Answer & { readonly group: KnownGroup | null } }
    const { createGroup } = await this.client.ask<Data>(CREATE_GROUP, { input: { displayName, ...this.#key() } })
    if (createGroup.refusal) return createGroup.refusal
    if (createGroup.group) return createGroup.group
    return { code: "NOT_VISIBLE", message: "the group was made and cannot be read yet; run the import again" }
  }

  async addMembers(groupId: string, add: readonly string[]): Promise<ToldRefusal | undefined> {
    const variables = { input: { groupId, add, ...this.#key() } }
    const { changeGroupMembers } = await this.client.ask<{ changeGroupMembers: Answer }>(CHANGE_MEMBERS, variables)
    return changeGroupMembers.refusal ?? undefined
  }

  /** Ids of everybody in the group. */
  async membersOf(groupId: string): Promise<Set<string>> {
    const ids = new Set<string>()
    let after: string | null = null
    do {
      const { group }: { group: { readonly members: Page<{ readonly id: string }> } | null } = await this.client.ask(MEMBERS, {
        id: groupId,
        after,
      })
      for (const { id } of group?.members.nodes ?? []) ids.add(id)
      after = group?.members.pageInfo.hasNextPage ? group.members.pageInfo.endCursor : null
    } while (after !== null)
    return ids
  }

  #key(): { readonly idempotencyKey: string } {
    this.#commands += 1
    return { idempotencyKey: `import:${this.#run}:${this.#commands}` }
  }
}
