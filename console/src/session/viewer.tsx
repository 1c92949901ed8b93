/** Who is signed in, for every page: asked once, before the first page. */
import { createContext, type ReactNode, useContext } from "react"
import { useQuery } from "urql"
import { codeOf } from "../api/client"
import { type Role, ViewerDocument } from "../api/operations"
import { Failed, Loading } from "../parts/states"
import { NothingForYou } from "./nothing-for-you"
import { type Action, may } from "./permissions"

export interface Viewer {
  readonly subject: string
  readonly roles: readonly Role[]
  /** The own account in the directory, if there is one. */
  readonly userId: string | undefined
  /** `revision`: the newest when the viewer was asked for. */
  readonly organization: { readonly id: string; readonly name: string; readonly revision: number }
  readonly may: (action: Action) => boolean
  readonly signOut: () => void
}
const TheViewer = createContext<Viewer | undefined>(undefined)

export function useViewer(): Viewer {
  const viewer = useContext(TheViewer)
  if (!viewer) throw new Error("useViewer is for pages inside SignedIn")
  return viewer
}

export function SignedIn({ signOut, children }: { readonly signOut: () => void; readonly children: ReactNode }) {
  const [{ data, error }, again] = useQuery({ query: ViewerDocument })
  // The API does not even say to them who they are.
  if (error && !data && codeOf(error) === "FORBIDDEN") return <NothingForYou roles={[]} signOut={signOut} />
  if (error && !data) return <Failed error={error} retry={again} />
  if (!data) return <Loading />
  const { subject, roles, organization, user } = data.viewer
  if (!organization || !hasPages(roles)) return <NothingForYou roles={roles} signOut={signOut} />
  const viewer: Viewer = {
    subject,
    roles,
    userId: user?.id,
    organization,
    may: (action) => may(roles, action),
    signOut,
  }
  return <TheViewer value={viewer}>{children}</TheViewer>
}

/** Members have the own page. Vendors and operators work by the API and the command line. */
function hasPages(roles: readonly Role[]): boolean {
  return may(roles, "read") || roles.includes("MEMBER")
}
