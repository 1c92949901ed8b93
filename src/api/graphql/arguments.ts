/** Arguments that many fields take. */
import { Arg, Int } from "type-graphql"
import { badUserInput } from "./faults"
import { AsOf } from "./types/as-of"

export const LARGEST_PAGE = 100

type ArgumentDecorator = ReturnType<typeof Arg>

export function First(standard = 50): ArgumentDecorator {
  return Arg("first", () => Int, {
    nullable: true,
    defaultValue: standard,
    description: `How many at most, from 1 to ${LARGEST_PAGE}.`,
  })
}

export function After(): ArgumentDecorator {
  return Arg("after", () => String, { nullable: true, description: "Goes on after this cursor of the same list, filter and order." })
}

export function Skip(): ArgumentDecorator {
  return Arg("skip", () => Int, {
    nullable: true,
    description:
      "Leaves out so many entries first: to go right to the middle or the end of a long list. Not with `after`, which alone neither repeats nor misses an entry when others come or go meanwhile.",
  })
}

export function Search(what: string): ArgumentDecorator {
  return Arg("search", () => String, { nullable: true, description: what })
}

export function AsOfArg(description = "The moment that is shown, with everything below; left out: now."): ArgumentDecorator {
  return Arg("asOf", () => AsOf, { nullable: true, description })
}

/** For what vendors ask too: their products have a history of their own, and no organization's revisions. */
export function AsOfOfAnybodyArg(): ArgumentDecorator {
  return AsOfArg("The moment that is shown, with everything below; left out: now. Vendors and operators name an instant or a day.")
}

/** @throws GraphQLError BAD_USER_INPUT naming the argument */
export function pageSize(first: number | null | undefined, standard = 50, name = "first"): number {
  if (first === undefined || first === null) return standard
  if (first >= 1 && first <= LARGEST_PAGE) return first
  throw badUserInput(name, `must be from 1 to ${LARGEST_PAGE}, not ${first}`)
}

const MOST_SKIPPED = 10_000_000

/** @throws GraphQLError BAD_USER_INPUT naming the argument */
export function toSkip(skip: number | null | undefined, after: string | null | undefined): number {
  if (skip === undefined || skip === null) return 0
  if (skip < 0 || skip > MOST_SKIPPED) throw badUserInput("skip", `must be from 0 to ${MOST_SKIPPED}, not ${skip}`)
  if (after !== undefined && after !== null) throw badUserInput("skip", "takes no `after` beside it: give one of the two")
  return skip
}

/** What a connection costs: its page times what is asked of each entry. */
export function costOfPage({ args, childComplexity }: { args: { first?: number | null }; childComplexity: number }): number {
  const size = args.first ?? 50
  return 2 + Math.min(Math.max(size, 1), LARGEST_PAGE) * childComplexity
}
