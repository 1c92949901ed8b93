/** Keeps every page up with what others do: pages say which changes concern them, and read again when one comes. */
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react"
import { useClient } from "urql"
import { useViewer } from "../session/viewer"
import { useMoment } from "../shell/moment"
import { type Change, type ConnectionState, followChanges, type Missed } from "./changes"
import { NewestRevisionDocument } from "./operations"

type Listener = (changes: readonly Change[], missed: Missed | undefined) => void

interface Feed {
  readonly listeners: Set<Listener>
  readonly state: () => ConnectionState
  readonly onState: (listener: () => void) => () => void
}
const TheFeed = createContext<Feed | undefined>(undefined)

/** Changes of one command come one by one: they are handed on together, so that a page reads once. */
const GATHER_MS = 100

interface LiveProps {
  readonly token: () => Promise<string>
  readonly ended: () => void
  readonly children: ReactNode
}

export function Live({ token, ended, children }: LiveProps) {
  const [{ feed, publish, is }] = useState(openFeed)
  const { organization, may } = useViewer()
  const client = useClient()
  const from = useRef(organization.revision)
  // A member sees no trail (rule 38): the own page is read again when the person comes back to it.
  const follows = may("read")
  useEffect(() => {
    if (!follows) return
    let gathered: Change[] = []
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = followChanges({
      token,
      afterRevision: from.current,
      async newestRevision() {
        const { data } = await client.query(NewestRevisionDocument, {}, { requestPolicy: "network-only" }).toPromise()
        return data?.viewer.organization?.revision
      },
      ended,
      onState: is,
      onMissed: (missed) => publish([], missed),
      onChange(change) {
        gathered.push(change)
        timer ??= setTimeout(() => {
          const changes = gathered
          gathered = []
          timer = undefined
          publish(changes)
        }, GATHER_MS)
      },
    })
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [client, token, ended, is, publish, follows])
  return <TheFeed value={feed}>{children}</TheFeed>
}

function openFeed() {
  let state: ConnectionState = "connecting"
  const stateListeners = new Set<() => void>()
  const feed: Feed = {
    listeners: new Set(),
    state: () => state,
    onState(listener) {
      stateListeners.add(listener)
      return () => stateListeners.delete(listener)
    },
  }
  return {
    feed,
    publish: (changes: readonly Change[], missed?: Missed) => {
      for (const listener of feed.listeners) listener(changes, missed)
    },
    is: (next: ConnectionState) => {
      state = next
      for (const listener of stateListeners) listener()
    },
  }
}

function useFeed(): Feed {
  const feed = useContext(TheFeed)
  if (!feed) throw new Error("changes are for pages inside Live")
  return feed
}

export function useConnectionState(): ConnectionState {
  const feed = useFeed()
  return useSyncExternalStore(feed.onState, feed.state)
}

/**
 * Calls `onChanges` with those changes that `concerns` says yes to, and when so many were missed that nobody was told which;
 * never while the past is shown, which does not change.
 */
export function useChanges(concerns: (change: Change) => boolean, onChanges: Listener): void {
  const feed = useFeed()
  const { isPast } = useMoment()
  const latest = useRef({ concerns, onChanges })
  latest.current = { concerns, onChanges }
  const listener = useMemo(
    (): Listener => (changes, missed) => {
      const mine = changes.filter((change) => latest.current.concerns(change))
      if (mine.length > 0 || missed) latest.current.onChanges(mine, missed)
    },
    [],
  )
  useEffect(() => {
    if (isPast) return
    feed.listeners.add(listener)
    return () => {
      feed.listeners.delete(listener)
    }
  }, [feed, isPast, listener])
}
