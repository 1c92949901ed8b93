/** The schema of the whole public API. `schema/schema.graphql` is its printed form. */
import "reflect-metadata"
import { GraphQLInputObjectType, type GraphQLSchema, lexicographicSortSchema, printSchema } from "graphql"
import { buildSchema as buildFromClasses, type PubSub } from "type-graphql"
import { mutations } from "./mutations/mutations"
import { AccessDriftResolver, AccessReviewResolver } from "./resolvers/access-reviews"
import { AssignmentResolver } from "./resolvers/assignment"
import { Comparisons, SeatChanges } from "./resolvers/comparison"
import { GroupResolver, UserResolver } from "./resolvers/directory"
import { HistoryResolver } from "./resolvers/history"
import { LicenseResolver } from "./resolvers/license"
import { ProofResolver } from "./resolvers/proof"
import { QueryResolver, ViewerResolver } from "./resolvers/query"
import { SeatUsages } from "./resolvers/seat-usage"
import { UsersByIdentity } from "./resolvers/users-by-identity"
import { VendorEvents } from "./resolvers/vendor-events"
import { Webhooks } from "./resolvers/webhooks"
import { WhyResolver } from "./resolvers/why"
import { Subscriptions } from "./subscriptions"

/** Classes keep their resolvers for the life of the process, so the schema is built once. */
let built: Promise<GraphQLSchema> | undefined

export function buildSchema(): Promise<GraphQLSchema> {
  built ??= build()
  return built
}

async function build(): Promise<GraphQLSchema> {
  // What is valid is decided by the domain, whose refusals are typed.
  const schema = await buildFromClasses({
    resolvers: [
      QueryResolver,
      ViewerResolver,
      UsersByIdentity,
      LicenseResolver,
      AssignmentResolver,
      UserResolver,
      GroupResolver,
      HistoryResolver,
      WhyResolver,
      Comparisons,
      SeatChanges,
      SeatUsages,
      ProofResolver,
      AccessReviewResolver,
      AccessDriftResolver,
      VendorEvents,
      Webhooks,
      ...mutations,
      Subscriptions,
    ],
    validate: false,
    pubSub: FED_FROM_THE_LOG,
  })
  const asOf = schema.getType("AsOf")
  // type-graphql has no @oneOf; set on the built type it holds for literals, for variables and in the printed schema.
  if (asOf instanceof GraphQLInputObjectType) asOf.isOneOf = true
  for (const [type, description] of [
    [schema.getQueryType(), "What can be read. Business refusals are no errors: those are for faults and for what a caller may not do."],
    [schema.getMutationType(), "What can be changed. A mutation answers when its effect can be read, or says that it cannot be yet."],
    [schema.getSubscriptionType(), "What can be followed as it happens, over WebSocket or server-sent events."],
  ] as const) {
    if (type) type.description = description
  }
  return schema
}

/** type-graphql asks for one as soon as there are subscriptions; ours are fed from the log and have no topics. */
const FED_FROM_THE_LOG: PubSub = {
  publish() {},
  subscribe(topic) {
    throw new Error(`no subscription listens to a topic, and none to ${topic}`)
  },
}

/** What stands in `schema/schema.graphql`: sorted, so that a change of the code's order is no change of the API. */
export async function printedSchema(): Promise<string> {
  return `${printSchema(lexicographicSortSchema(await buildSchema()))}\n`
}
