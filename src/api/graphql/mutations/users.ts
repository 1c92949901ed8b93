/** People of the organization, as an admin or an identity provider keeps them. */
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from "type-graphql"
import type { Context } from "../context"
import { loadUser } from "../load"
import { User } from "../types/user"
import { CommandInput, carryOut, ownOrganization, Payload, SimulatedCommandInput, written } from "./command"
import { DeletePayload } from "./delete-payload"

@InputType({ description: "A new user." })
export class CreateUserInput extends CommandInput {
  @Field(() => String, { description: "The sign-in name; unique in the organization, without regard to case." })
  userName: string

  @Field(() => String, { description: "The name that people read." })
  displayName: string

  @Field(() => String, { nullable: true, description: "The mail address." })
  mail?: string | null

  @Field(() => String, { nullable: true, description: "The identity provider's own id of this user; unique in the organization." })
  externalId?: string | null

  @Field(() => Boolean, { nullable: true, defaultValue: true, description: "Only active users take seats." })
  active?: boolean | null
}

@InputType({ description: "Changes of a user's profile; what is left out stays as it is." })
export class UpdateUserInput extends CommandInput {
  @Field(() => ID, { description: "The user." })
  userId: string

  @Field(() => String, { nullable: true, description: "The new sign-in name; unique in the organization, without regard to case." })
  userName?: string | null

  @Field(() => String, { nullable: true, description: "The new name that people read." })
  displayName?: string | null

  @Field(() => String, { nullable: true, description: "The new mail address; null removes it." })
  mail?: string | null
}

@InputType({ description: "Whether a user is active." })
export class SetUserActiveInput extends SimulatedCommandInput {
  @Field(() => ID, { description: "The user." })
  userId: string

  @Field(() => Boolean, { description: "False gives the user's seats back; true is a new claim, at the end of every waitlist." })
  active: boolean
}

@InputType({ description: "The user to delete." })
export class DeleteUserInput extends SimulatedCommandInput {
  @Field(() => ID, { description: "The user." })
  userId: string
}

@ObjectType({ simpleResolvers: true, description: "The answer to createUser, updateUser and setUserActive." })
export class UserPayload extends Payload {
  userId?: string

  @Field(() => User, { nullable: true, description: "The user as it is now: at `revision` or later." })
  user(@Ctx() context: Context): Promise<User | undefined> | undefined {
    return this.at && this.userId !== undefined ? loadUser(context, this.userId) : undefined
  }
}

@Resolver()
export class Users {
  @Mutation(() => UserPayload, { description: "Adds a person to the organization. Takes no seat: that is what assignLicenses is for." })
  async createUser(
    @Arg("input", () => CreateUserInput, { description: "The person." }) input: CreateUserInput,
    @Ctx() context: Context,
  ): Promise<UserPayload> {
    const payload = new UserPayload()
    const { userName, displayName, mail, externalId, active } = input
    const request = { userName, displayName, active: active ?? true, ...(mail && { mail }), ...(externalId && { externalId }) }
    const accepted = await carryOut(context, payload, "createUser", ownOrganization(context), request, input)
    if (accepted) payload.userId = written(accepted, "UserProvisioned").userId
    return payload
  }

  @Mutation(() => UserPayload, { description: "Changes a person's names or mail address. No effect on licenses." })
  async updateUser(
    @Arg("input", () => UpdateUserInput, { description: "What changes." }) input: UpdateUserInput,
    @Ctx() context: Context,
  ): Promise<UserPayload> {
    const payload = new UserPayload()
    const { userId, userName, displayName, mail } = input
    const request = {
      userId,
      // A user always has both names: null says no more than leaving them out does.
      ...(userName !== undefined && userName !== null && { userName }),
      ...(displayName !== undefined && displayName !== null && { displayName }),
      ...(mail !== undefined && { mail }),
    }
    await carryOut(context, payload, "updateUser", ownOrganization(context), request, input)
    payload.userId = userId
    return payload
  }

  @Mutation(() => UserPayload, {
    description:
      "Deactivates or reactivates a person. Deactivating gives the seats back at once; assignments and memberships stay, without effect.",
  })
  async setUserActive(
    @Arg("input", () => SetUserActiveInput, { description: "Who, and how." }) input: SetUserActiveInput,
    @Ctx() context: Context,
  ): Promise<UserPayload> {
    const payload = new UserPayload()
    const { userId, active } = input
    await carryOut(context, payload, "setUserActive", ownOrganization(context), { userId, active }, input)
    payload.userId = userId
    return payload
  }

  @Mutation(() => DeletePayload, {
    description: "Deletes a person: direct assignments and memberships end, seats are given back, and the id is never used again.",
  })
  async deleteUser(
    @Arg("input", () => DeleteUserInput, { description: "Who." }) input: DeleteUserInput,
    @Ctx() context: Context,
  ): Promise<DeletePayload> {
    const payload = new DeletePayload()
    const { userId } = input
    const accepted = await carryOut(context, payload, "deleteUser", ownOrganization(context), { userId }, input)
    if (accepted) payload.deletedId = userId
    return payload
  }
}
