import { createUnionType } from "type-graphql"
import { Group } from "./group"
import { User } from "./user"

export type Principal = User | Group
export const Principal = createUnionType({
  name: "Principal",
  description: "A user or a group: what a license is assigned to.",
  types: () => [User, Group] as const,
})
