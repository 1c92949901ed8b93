/** Relay connections: https://relay.dev/graphql/connections.htm, with `nodes` for who needs no cursors. */
import { Field, Int, ObjectType } from "type-graphql"
import { encodeCursor, type Place } from "../cursor"
import { asksBelow, asksFor, type Selected } from "../selection"

@ObjectType({ simpleResolvers: true, description: "Where a page stands in its list." })
export class PageInfo {
  @Field(() => Boolean, { description: "True when there is more after this page." })
  hasNextPage!: boolean

  @Field(() => Boolean, { description: "True when this page was asked for with a cursor or `skip`, so that there is more before it." })
  hasPreviousPage!: boolean

  @Field(() => String, { nullable: true, description: "The cursor of the first entry." })
  startCursor!: string | null

  @Field(() => String, { nullable: true, description: "The cursor of the last entry: pass it as `after` for the next page." })
  endCursor!: string | null
}

export interface Edge<Item> {
  readonly cursor: string
  readonly node: Item
}

export interface Connection<Item> {
  readonly edges: readonly Edge<Item>[]
  readonly nodes: readonly Item[]
  readonly pageInfo: PageInfo
  readonly totalCount: number
}

/** The object types `<name>Connection` and `<name>Edge`. */
export function connectionOf<Item>(name: string, item: () => object, what: string) {
  @ObjectType(`${name}Edge`, { simpleResolvers: true, description: `One entry of a list of ${what}.` })
  class ItemEdge implements Edge<Item> {
    @Field(() => String, { description: "Where this entry stands in its list." })
    cursor!: string

    @Field(item, { description: "The entry itself." })
    node!: Item
  }

  @ObjectType(`${name}Connection`, { simpleResolvers: true, description: `A page of ${what}.` })
  class ItemConnection implements Connection<Item> {
    @Field(() => [ItemEdge], { description: "The entries with their cursors." })
    edges!: readonly Edge<Item>[]

    @Field(() => [item()], { description: "The entries alone." })
    nodes!: readonly Item[]

    @Field(() => PageInfo, { description: "Where this page stands in its list." })
    pageInfo!: PageInfo

    @Field(() => Int, { complexity: 10, description: "How many entries the list has, on all pages together. Only counted when asked for." })
    totalCount!: number
  }
  return ItemConnection
}

export interface PageOf<Row, Item> {
  /** The list's name, which its cursors carry. */
  readonly list: string
  /** One more row than the page has, when there is a next page. */
  readonly rows: readonly Row[]
  readonly first: number
  readonly after: Place | undefined
  readonly item: (row: Row) => Item
  readonly place: (row: Row) => Place
  readonly totalCount: number
}

/** A page from its rows; edges and their cursors are only made when asked for. */
export function pageOf<Row, Item>(
  info: Selected,
  { list, rows, first, after, item, place, totalCount }: PageOf<Row, Item>,
): Connection<Item> {
  const shown = rows.length > first ? rows.slice(0, first) : rows
  const nodes = shown.map(item)
  const cursorOf = (row: Row) => encodeCursor(list, place(row))
  const [start, end] = [shown[0], shown.at(-1)]
  const pageInfo = new PageInfo()
  pageInfo.hasNextPage = rows.length > first
  pageInfo.hasPreviousPage = after !== undefined
  pageInfo.startCursor = start === undefined ? null : cursorOf(start)
  pageInfo.endCursor = end === undefined ? null : cursorOf(end)
  return {
    edges: asksFor(info, "edges") ? edgesOf(shown, nodes, asksBelow(info, "cursor") ? cursorOf : () => "") : [],
    nodes,
    pageInfo,
    totalCount,
  }
}

function edgesOf<Row, Item>(rows: readonly Row[], nodes: readonly Item[], cursorOf: (row: Row) => string): Edge<Item>[] {
  return rows.map((row, i) => ({ cursor: cursorOf(row), node: nodes[i] as Item })) // one node per row
}
