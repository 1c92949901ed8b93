/** The console: who is signed in, and which page the address means. */
import { LockClosed24Regular, PersonSearch24Regular } from "@fluentui/react-icons"
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from "react"
import { BrowserRouter, Navigate, Outlet, Route, Routes } from "react-router"
import { Provider } from "urql"
import { openClient } from "./api/client"
import { Live } from "./api/live"
import { LicensesPage } from "./licenses/licenses-page"
import { PageLink } from "./parts/page-link"
import { Loading, Missing, State } from "./parts/states"
import { type Begun, type Session, SIGNED_IN, type SignIn, takeReturnTo } from "./session/session"
import { SignedIn, useViewer } from "./session/viewer"
import { Shell } from "./shell/shell"
import { type TextKey, useText } from "./texts/texts"

// What most people open first comes with the first download, everything else when it is asked for.
const EntryPage = lazy(async () => ({ default: (await import("./history/entry-page")).EntryPage }))
const GroupPage = lazy(async () => ({ default: (await import("./groups/group-page")).GroupPage }))
const GroupsPage = lazy(async () => ({ default: (await import("./groups/groups-page")).GroupsPage }))
const HistoryPage = lazy(async () => ({ default: (await import("./history/history-page")).HistoryPage }))
const loadLicensePage = async () => ({ default: (await import("./licenses/license-page")).LicensePage })
const LicensePage = lazy(loadLicensePage)
const SignInPage = lazy(async () => ({ default: (await import("./session/sign-in-page")).SignInPage }))
const UserPage = lazy(async () => ({ default: (await import("./users/user-page")).UserPage }))
const UsersPage = lazy(async () => ({ default: (await import("./users/users-page")).UsersPage }))

/** The page of the address is downloaded beside the texts, and while it is found out who is signed in. */
export function downloadAhead(): void {
  // Not there is no fault yet: the page itself says so when it is shown.
  if (/^\/licenses\/./.test(location.pathname)) loadLicensePage().catch(() => {})
}

interface AppProps {
  readonly ways: SignIn
  readonly begun: Begun
}

interface Signed {
  readonly session: Session | undefined
  /** The token has run out, or the server no longer took it. */
  readonly hasEnded: boolean
}

export function App({ ways, begun }: AppProps) {
  const [{ session, hasEnded }, set] = useState<Signed>({ session: begun.session, hasEnded: false })
  const ended = useCallback(() => {
    session?.forget().catch(console.error)
    set({ session: undefined, hasEnded: true })
  }, [session])
  const signOut = useCallback(() => {
    session?.signOut().catch(console.error)
    set({ session: undefined, hasEnded: false })
  }, [session])
  useEffect(() => session?.onEnd(ended), [session, ended])
  return (
    <BrowserRouter>
      {session ? (
        <SignedInApp session={session} ended={ended} signOut={signOut} />
      ) : (
        <Suspense fallback={<Loading />}>
          <SignInPage
            ways={ways}
            hasEnded={hasEnded}
            cameBackWith={begun.problem}
            onSession={(opened) => set({ session: opened, hasEnded: false })}
          />
        </Suspense>
      )}
    </BrowserRouter>
  )
}

interface SignedInAppProps {
  readonly session: Session
  readonly ended: () => void
  readonly signOut: () => void
}

function SignedInApp({ session, ended, signOut }: SignedInAppProps) {
  const client = useMemo(() => openClient(session.token, ended), [session, ended])
  return (
    <Provider value={client}>
      <SignedIn signOut={signOut}>
        <Live token={session.token} ended={ended}>
          <Routes>
            <Route element={<Shell />}>
              <Route index element={<Home />} />
              <Route path={SIGNED_IN} element={<Return />} />
              <Route element={<ForReaders />}>
                <Route path="licenses" element={<LicensesPage />} />
                <Route path="licenses/:licenseId/:tab?" element={<LicensePage />} />
                <Route path="users" element={<UsersPage />} />
                <Route path="groups" element={<GroupsPage />} />
                <Route path="groups/:groupId/:tab?" element={<GroupPage />} />
                <Route path="history" element={<HistoryPage />} />
                <Route path="history/:revision" element={<EntryPage />} />
              </Route>
              <Route path="users/:userId/:tab?" element={<UserPage />} />
              <Route path="*" element={<Missing />} />
            </Route>
          </Routes>
        </Live>
      </SignedIn>
    </Provider>
  )
}

/** Admins begin at the licenses; a member sees the own page and nothing else (rule 38). */
function Home() {
  const { may, userId, subject, organization } = useViewer()
  const t = useText()
  if (may("read")) return <Navigate to="/licenses" replace />
  if (userId !== undefined) return <Navigate to={`/users/${userId}`} replace />
  return (
    <State
      isPage
      icon={<PersonSearch24Regular />}
      title={t("user.missing")}
      hint={t("user.missing.hint", { organization: organization.name, subject })}
    />
  )
}

/** Back to where the person was going when the sign-in began. */
function Return() {
  const [to] = useState(takeReturnTo)
  return <Navigate to={to} replace />
}

/** The pages of the whole organization; who may not see it is told so, and where the own page is. */
function ForReaders() {
  const { may, userId, roles } = useViewer()
  const t = useText()
  if (may("read")) return <Outlet />
  const held = roles.map((role) => t(`role.${role}` satisfies TextKey)).join(", ")
  return (
    <State isPage icon={<LockClosed24Regular />} title={t("state.forbidden")} hint={t("state.forbidden.hint", { roles: held })}>
      {userId === undefined ? null : <PageLink to={`/users/${userId}`}>{t("nav.own")}</PageLink>}
    </State>
  )
}
