/** Erasing a person's data (rule 28), for who has the right to it. */
import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from "type-graphql"
import type { Context } from "../context"
import { CommandInput, carryOut, ownOrganization, Payload } from "./command"

@InputType({ description: "The person to erase." })
export class EraseUserInput extends CommandInput {
  @Field(() => ID, { description: "The person, deleted or not." })
  userId: string

  @Field(() => String, {
    description: "Why, such as the number of the request. It stays in the history for good, so it must not name the person.",
  })
  reason: string

  @Field(() => [String], {
    nullable: true,
    description:
      "What else the person is called in reasons, such as a nickname: texts that hold one of these are erased too. At most 20. For somebody erased before, the texts written since are looked through again.",
  })
  otherNames?: string[] | null
}

@ObjectType({ simpleResolvers: true, description: "The answer to eraseUser." })
export class EraseUserPayload extends Payload {
  @Field(() => ID, { nullable: true, description: "Who was erased." })
  erasedId?: string

  @Field(() => Int, { nullable: true, description: "How many reasons and statements named the person and are unreadable now." })
  textsErased?: number
}

@Resolver()
export class EraseUser {
  @Mutation(() => EraseUserPayload, {
    description:
      "Destroys a person's data for good: names, mail address, external id and every reason that holds one of them are gone from all views and all revisions, and nobody can bring them back. Somebody still in the directory is deleted first. Ids, seats, counts and proofs stay.",
  })
  async eraseUser(
    @Arg("input", () => EraseUserInput, { description: "Who, and why." }) input: EraseUserInput,
    @Ctx() context: Context,
  ): Promise<EraseUserPayload> {
    const payload = new EraseUserPayload()
    const { userId, reason, otherNames } = input
    const request = { userId, reason, otherNames: otherNames ?? [] }
    const accepted = await carryOut(context, payload, "eraseUser", ownOrganization(context), request, input)
    if (!accepted) return payload
    payload.erasedId = userId
    payload.textsErased = accepted.events.reduce(
      (sum, event) => sum + (event.type === "UserErased" ? (event.data.texts?.length ?? 0) : 0),
      0,
    )
    return payload
  }
}
