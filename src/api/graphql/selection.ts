/** Which fields a client asked for below a field, so that what costs a statement of its own is only read when wanted. */
import { type FieldNode, type GraphQLResolveInfo, Kind, type SelectionSetNode } from "graphql"

/** The part of the resolve info that this needs; the compiled executor gives it as well. */
export type Selected = Pick<GraphQLResolveInfo, "fieldNodes" | "fragments">

interface Names {
  readonly direct: ReadonlySet<string>
  readonly below: ReadonlySet<string>
}

/** By the node of the parsed document, which is kept and used again for every request with the same text. */
const known = new WeakMap<FieldNode, Names>()

/** Whether the field is asked for directly below; `@skip` and `@include` are not looked at, so it may be asked for in vain. */
export function asksFor(info: Selected, name: string): boolean {
  return info.fieldNodes.some((node) => namesBelow(node, info).direct.has(name))
}

/** The same, at any depth. */
export function asksBelow(info: Selected, name: string): boolean {
  return info.fieldNodes.some((node) => namesBelow(node, info).below.has(name))
}

/** Whether nothing but these is asked for directly below, which the caller knows without reading anything. */
export function asksOnlyFor(info: Selected, ...names: readonly string[]): boolean {
  return info.fieldNodes.every((node) => [...namesBelow(node, info).direct].every((name) => names.includes(name)))
}

function namesBelow(node: FieldNode, { fragments }: Selected): Names {
  const found = known.get(node)
  if (found) return found
  const direct = new Set<string>()
  const below = new Set<string>()
  const walk = (set: SelectionSetNode | undefined, depth: number): void => {
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FIELD) {
        below.add(selection.name.value)
        if (depth === 0) direct.add(selection.name.value)
        walk(selection.selectionSet, depth + 1)
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        walk(selection.selectionSet, depth)
      } else {
        // A valid document has no fragment that spreads itself.
        walk(fragments[selection.name.value]?.selectionSet, depth)
      }
    }
  }
  walk(node.selectionSet, 0)
  const names = { direct, below }
  known.set(node, names)
  return names
}
