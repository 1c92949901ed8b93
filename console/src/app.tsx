/** The console: who is signed in, and which page the address means. */
import { lazy, Suspense, useCallback, useMemo, useState } from "react"
import { BrowserRouter, Navigate, Route, Routes } from "react-router"
import { Provider } from "urql"
import { openClient } from "./api/client"
import { Live } from "./api/live"
import { LicensesPage } from "./licenses/licenses-page"
import { Loading, Missing } from "./parts/states"
import { type Session, SIGNED_IN, type SignIn, takeReturnTo } from "./session/session"
import { SignedIn } from "./session/viewer"
import { Shell } from "./shell/shell"

// What most people open first comes with the first download, everything else when it is asked for.
const GroupPage = lazy(async () => ({ default: (await import("./groups/group-page")).GroupPage }))
const GroupsPage = lazy(async () => ({ default: (await import("./groups/groups-page")).GroupsPage }))
const HistoryPage = lazy(async () => ({ default: (await import("./history/history-page")).HistoryPage }))
const LicensePage = lazy(async () => ({ default: (await import("./licenses/license-page")).LicensePage }))
const SignInPage = lazy(async () => ({ default: (await import("./session/sign-in-page")).SignInPage }))
const UserPage = lazy(async () => ({ default: (await import("./users/user-page")).UserPage }))
const UsersPage = lazy(async () => ({ default: (await import("./users/users-page")).UsersPage }))

interface AppProps {
  readonly ways: SignIn
  /** The one that this tab has already. */
  readonly session: Session | undefined
}

export function App({ ways, session: first }: AppProps) {
  const [{ session, hasEnded }, set] = useState<{ session: Session | undefined; hasEnded: boolean }>({ session: first, hasEnded: false })
  const end = useCallback((byServer: boolean) => {
    set(({ session: ending }) => {
      void ending?.signOut()
      return { session: undefined, hasEnded: byServer }
    })
  }, [])
  return (
    <BrowserRouter>
      {session ? (
        <SignedInApp key={session.token()} session={session} end={end} />
      ) : (
        <Suspense fallback={<Loading />}>
          <SignInPage ways={ways} hasEnded={hasEnded} onSession={(opened) => set({ session: opened, hasEnded: false })} />
        </Suspense>
      )}
    </BrowserRouter>
  )
}

function SignedInApp({ session, end }: { readonly session: Session; readonly end: (byServer: boolean) => void }) {
  const ended = useCallback(() => end(true), [end])
  const client = useMemo(() => openClient(session.token, ended), [session, ended])
  return (
    <Provider value={client}>
      <SignedIn signOut={() => end(false)}>
        <Live token={session.token} ended={ended}>
          <Routes>
            <Route element={<Shell />}>
              <Route index element={<Navigate to="/licenses" replace />} />
              <Route path={SIGNED_IN} element={<Navigate to={takeReturnTo()} replace />} />
              <Route path="licenses" element={<LicensesPage />} />
              <Route path="licenses/:licenseId/:tab?" element={<LicensePage />} />
              <Route path="users" element={<UsersPage />} />
              <Route path="users/:userId" element={<UserPage />} />
              <Route path="groups" element={<GroupsPage />} />
              <Route path="groups/:groupId" element={<GroupPage />} />
              <Route path="history" element={<HistoryPage />} />
              <Route path="*" element={<Missing />} />
            </Route>
          </Routes>
        </Live>
      </SignedIn>
    </Provider>
  )
}
