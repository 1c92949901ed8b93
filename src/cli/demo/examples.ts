/** Questions to paste into a shell. */

interface Example {
  readonly about: string
  readonly token: string
  readonly query: string
}

export function examples(url: string, tokens: { readonly licenseAdmin: string; readonly auditor: string }): string[] {
  const all: readonly Example[] = [
    {
      about: "What was bought, and how many seats are left",
      token: tokens.licenseAdmin,
      query:
        "{ licenses { nodes { product { name vendor { name } } status seats { purchased seated available waitlisted overassignedBy } } } }",
    },
    {
      about: "Who waits for a seat of Kestrelle Insight, and why they are entitled to one",
      token: tokens.licenseAdmin,
      query:
        '{ licenses(search: "Insight") { nodes { users(first: 5, state: WAITLISTED) { totalCount nodes { waitlistPosition user { displayName } sources { type group { displayName } } } } } } }',
    },
    {
      about: "What happened last, who did it, and what brought it about",
      token: tokens.auditor,
      query: "{ history(first: 5) { nodes { revision recordedAt type summary actor { type displayName } causedBy { revision type } } } }",
    },
  ]
  return all.map(({ about, token, query }) => `# ${about}\n${curl(url, token, query)}`)
}

/** A command line for any POSIX shell: single quotes, of which the JSON holds none. */
export function curl(url: string, token: string, query: string): string {
  const body = JSON.stringify({ query }).replaceAll("'", "\\u0027")
  return `curl -s ${url}/graphql -H 'content-type: application/json' -H 'authorization: Bearer ${token}' -d '${body}'`
}
