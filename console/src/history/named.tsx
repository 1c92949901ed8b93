/** The names behind ids, as of a moment; the id itself where there is nobody of it. */
import { useQuery } from "urql"
import { type AsOf, NamedLicenseDocument, NamedPrincipalDocument } from "../api/operations"
import { PageLink } from "../parts/page-link"

/** What an id is of; undefined for what has no page. */
export function kindOf(id: string): "user" | "group" | "license" | undefined {
  if (/^usr_\w+$/.test(id)) return "user"
  if (/^grp_\w+$/.test(id)) return "group"
  return /^lic_\w+$/.test(id) ? "license" : undefined
}

/** "" until the answer is there, and for no id. */
export function useNameOf(id: string, asOf: AsOf | undefined): string {
  const kind = kindOf(id)
  const [principal] = useQuery({
    query: NamedPrincipalDocument,
    variables: { id, isGroup: kind === "group", asOf },
    pause: kind !== "user" && kind !== "group",
    requestPolicy: "cache-first",
  })
  const [license] = useQuery({
    query: NamedLicenseDocument,
    variables: { id, asOf },
    pause: kind !== "license",
    requestPolicy: "cache-first",
  })
  if (kind === undefined) return id
  const { data, fetching } = kind === "license" ? license : principal
  if (fetching && !data) return ""
  return principal.data?.user?.displayName ?? principal.data?.group?.displayName ?? license.data?.license?.product.name ?? id
}

export function Named({ id, asOf }: { readonly id: string; readonly asOf: AsOf }) {
  const name = useNameOf(id, asOf)
  const kind = kindOf(id)
  if (kind === undefined) return id
  return <PageLink to={`/${kind}s/${id}`}>{name || id}</PageLink>
}
