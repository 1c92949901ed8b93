/** The console: who is signed in, and which page the address means. */
import { ApolloProvider } from "@apollo/client/react"
import { useCallback, useEffect, useMemo, useState } from "react"
import { BrowserRouter, Navigate, Route, Routes } from "react-router"
import { openClient } from "./api/client"
import { Live } from "./api/live"
import { GroupPage } from "./groups/group-page"
import { GroupsPage } from "./groups/groups-page"
import { HistoryPage } from "./history/history-page"
import { LicensePage } from "./licenses/license-page"
import { LicensesPage } from "./licenses/licenses-page"
import { Missing } from "./parts/states"
import { type Session, SIGNED_IN, type SignIn, takeReturnTo } from "./session/session"
import { SignInPage } from "./session/sign-in-page"
import { SignedIn } from "./session/viewer"
import { Shell } from "./shell/shell"
import { UserPage } from "./users/user-page"
import { UsersPage } from "./users/users-page"

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
        <SignInPage ways={ways} hasEnded={hasEnded} onSession={(opened) => set({ session: opened, hasEnded: false })} />
      )}
    </BrowserRouter>
  )
}

function SignedInApp({ session, end }: { readonly session: Session; readonly end: (byServer: boolean) => void }) {
  const ended = useCallback(() => end(true), [end])
  const client = useMemo(() => openClient(session.token, ended), [session, ended])
  useEffect(() => () => client.stop(), [client])
  return (
    <ApolloProvider client={client}>
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
    </ApolloProvider>
  )
}
