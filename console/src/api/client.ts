/** The console's way to the API: queries and commands over HTTP. What others change comes by `changes.ts`. */
import { Client, type CombinedError, fetchExchange, mapExchange } from "urql"
import { keptAnswers } from "./kept-answers"

/** `token` is asked anew for every request; `ended` is told when the server no longer takes it. */
export function openClient(token: () => Promise<string>, ended: () => void): Client {
  return new Client({
    url: "/graphql",
    preferGetMethod: false,
    async fetch(input, init) {
      const headers = new Headers(init?.headers)
      headers.set("authorization", `Bearer ${await token()}`)
      return fetch(input, { ...init, headers })
    },
    requestPolicy: "cache-and-network",
    exchanges: [
      mapExchange({
        onError(error) {
          if (codeOf(error) === "UNAUTHENTICATED") ended()
        },
      }),
      keptAnswers,
      fetchExchange,
    ],
  })
}

/** What the server calls the problem: `FORBIDDEN`, `UNAUTHENTICATED`, …; undefined when it was not reached. */
export function codeOf({ graphQLErrors }: CombinedError): string | undefined {
  const code = graphQLErrors[0]?.extensions.code
  return typeof code === "string" ? code : undefined
}

/** Under this number the server's log says what happened. */
export function traceIdOf({ graphQLErrors }: CombinedError): string | undefined {
  const traceId = graphQLErrors[0]?.extensions.traceId
  return typeof traceId === "string" ? traceId : undefined
}

/** The server's sentence, without urql's prefix. */
export function sentenceOf(error: CombinedError): string {
  return error.graphQLErrors[0]?.message ?? error.networkError?.message ?? error.message
}
