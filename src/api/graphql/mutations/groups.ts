/** Groups of the organization, as an admin or an identity provider keeps them. */
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from "type-graphql"
import type { OrganizationEvent } from "../../../domain/events"
import type { Context } from "../context"
import { loadGroup } from "../load"
import { Group } from "../types/group"
import { type Accepted, CommandInput, carryOut, ownOrganization, Payload, SimulatedCommandInput, written } from "./command"
import { DeletePayload } from "./delete-payload"
import { memberChanges, memberWarnings } from "./results"

@InputType({ description: "A new group." })
export class CreateGroupInput extends CommandInput {
  @Field(() => String, { description: "The name that people read; need not be unique." })
  displayName: string

  @Field(() => String, { nullable: true, description: "The identity provider's own id of this group; unique in the organization." })
  externalId?: string | null

  @Field(() => [ID], {
    nullable: true,
    description: "Its first members, in the order in which they find seats. Unknown ids are left out with a warning.",
  })
  memberIds?: string[] | null
}

@InputType({ description: "A new name for a group." })
export class RenameGroupInput extends CommandInput {
  @Field(() => ID, { description: "The group." })
  groupId: string

  @Field(() => String, { description: "The new name that people read." })
  displayName: string
}

@InputType({ description: "Who joins and who leaves a group: one change, removals first. An id in both lists stays as it is." })
export class ChangeGroupMembersInput extends SimulatedCommandInput {
  @Field(() => ID, { description: "The group." })
  groupId: string

  @Field(() => [ID], {
    nullable: true,
    description: "Who joins, in the order in which they find seats. Unknown ids are left out with a warning.",
  })
  add?: string[] | null

  @Field(() => [ID], { nullable: true, description: "Who leaves." })
  remove?: string[] | null
}

@InputType({ description: "The group to delete." })
export class DeleteGroupInput extends SimulatedCommandInput {
  @Field(() => ID, { description: "The group." })
  groupId: string

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: "Delete it although licenses are assigned to it. An identity provider need not confirm.",
  })
  confirm?: boolean | null
}

@ObjectType({ simpleResolvers: true, description: "The answer to createGroup, renameGroup and changeGroupMembers." })
export class GroupPayload extends Payload {
  groupId?: string

  @Field(() => Group, { nullable: true, description: "The group as it is now: at `revision` or later." })
  group(@Ctx() context: Context): Promise<Group | undefined> | undefined {
    return this.at && this.groupId !== undefined ? loadGroup(context, this.groupId) : undefined
  }

  @Field(() => [String], {
    description: "Unknown ids (skipped, UNKNOWN_MEMBER_SKIPPED) and nested groups (stored, not expanded, NESTED_GROUP_IGNORED).",
  })
  warnings: string[] = []

  @Field(() => [ID], { description: "Who became a member by this command, in order; not who was one already." })
  added: string[] = []

  @Field(() => [ID], { description: "Who was a member and is none any more by this command." })
  removed: string[] = []

  /** What the command wrote. */
  tell({ events, skipped }: Accepted<OrganizationEvent>): void {
    this.warnings = memberWarnings(events, skipped)
    Object.assign(this, memberChanges(events))
  }
}

@Resolver()
export class Groups {
  @Mutation(() => GroupPayload, { description: "Adds a group to the organization, with members if you like." })
  async createGroup(
    @Arg("input", () => CreateGroupInput, { description: "The group." }) input: CreateGroupInput,
    @Ctx() context: Context,
  ): Promise<GroupPayload> {
    const payload = new GroupPayload()
    const { displayName, externalId, memberIds } = input
    const request = { displayName, memberIds: memberIds ?? [], ...(externalId && { externalId }) }
    const accepted = await carryOut(context, payload, "createGroup", ownOrganization(context), request, input)
    if (!accepted) return payload
    payload.groupId = written(accepted, "GroupProvisioned").groupId
    payload.tell(accepted)
    return payload
  }

  @Mutation(() => GroupPayload, { description: "Gives a group another name. No effect on licenses." })
  async renameGroup(
    @Arg("input", () => RenameGroupInput, { description: "Which group gets which name." }) input: RenameGroupInput,
    @Ctx() context: Context,
  ): Promise<GroupPayload> {
    const payload = new GroupPayload()
    const { groupId, displayName } = input
    await carryOut(context, payload, "renameGroup", ownOrganization(context), { groupId, displayName }, input)
    payload.groupId = groupId
    return payload
  }

  @Mutation(() => GroupPayload, {
    description: "Adds and removes members, and with that gives and takes the licenses of the group. At most 1000 ids in one command.",
  })
  async changeGroupMembers(
    @Arg("input", () => ChangeGroupMembersInput, { description: "Who joins and who leaves." }) input: ChangeGroupMembersInput,
    @Ctx() context: Context,
  ): Promise<GroupPayload> {
    const payload = new GroupPayload()
    const { groupId, add, remove } = input
    const request = { groupId, add: add ?? [], remove: remove ?? [] }
    const accepted = await carryOut(context, payload, "changeGroupMembers", ownOrganization(context), request, input)
    payload.groupId = groupId
    if (accepted) payload.tell(accepted)
    return payload
  }

  @Mutation(() => DeletePayload, {
    description:
      "Deletes a group: its assignments end, and members keep only what they have otherwise. While licenses are assigned to it, an admin must confirm.",
  })
  async deleteGroup(
    @Arg("input", () => DeleteGroupInput, { description: "Which group." }) input: DeleteGroupInput,
    @Ctx() context: Context,
  ): Promise<DeletePayload> {
    const payload = new DeletePayload()
    const { groupId, confirm } = input
    const accepted = await carryOut(
      context,
      payload,
      "deleteGroup",
      ownOrganization(context),
      { groupId, confirm: confirm ?? false },
      input,
    )
    if (accepted) payload.deletedId = groupId
    return payload
  }
}
