/** The console's way to the API: queries and commands over HTTP. What others change comes by `changes.ts`. */
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from "@apollo/client"
import { CombinedGraphQLErrors, ServerError } from "@apollo/client/errors"
import { SetContextLink } from "@apollo/client/link/context"
import { ErrorLink } from "@apollo/client/link/error"

/** `token` is asked anew for every request; `ended` is told when the server no longer takes it. */
export function openClient(token: () => string, ended: () => void): ApolloClient {
  const authorized = new SetContextLink(({ headers }) => ({ headers: { ...headers, authorization: `Bearer ${token()}` } }))
  const signedOut = new ErrorLink(({ error }) => {
    if (isUnauthenticated(error)) ended()
  })
  return new ApolloClient({
    // Objects are not merged by their ids: a license as of last month is another answer than today's.
    cache: new InMemoryCache({ dataIdFromObject: () => undefined }),
    link: ApolloLink.from([signedOut, authorized, new HttpLink({ uri: "/graphql" })]),
    defaultOptions: { watchQuery: { fetchPolicy: "cache-and-network" } },
  })
}

function isUnauthenticated(error: unknown): boolean {
  if (ServerError.is(error)) return error.statusCode === 401
  return CombinedGraphQLErrors.is(error) && error.errors.some(({ extensions }) => extensions?.code === "UNAUTHENTICATED")
}
