/**
 * The revision that somebody decides on (rule 35): the one that was shown when the question was asked, however much the page
 * behind it keeps up since. Told that something changed, the person looks again, and decides on what is shown then.
 */
import { useCallback, useState } from "react"

export function useSeenRevision(shown: number | undefined): { readonly seen: number | null; readonly lookAgain: () => void } {
  const [first, setFirst] = useState(shown)
  const lookAgain = useCallback(() => setFirst(undefined), [])
  return { seen: first ?? shown ?? null, lookAgain }
}
