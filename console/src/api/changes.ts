/** The audit trail as it grows, over one WebSocket, from a revision on and without a gap, however often the connection breaks. */

import { createClient } from "graphql-ws"
import { stringifyDocument } from "urql"
import { ChangesDocument, type ChangesSubscription } from "./operations"

export type Change = ChangesSubscription["historyAppended"]
export type ConnectionState = "connecting" | "live" | "lost"

/** Whether a person or a group may be called otherwise now, or have other people in it: lists of many kinds show that. */
export function isOfNames({ type }: Change): boolean {
  return type === "UserProfileChanged" || type === "UserErased" || type === "GroupRenamed" || type === "GroupMembersChanged"
}

/** Changes that were not told one by one: what is shown must be read again. */
export interface Missed {
  readonly count: number
  /** The last of them. */
  readonly newest: number
}

interface Following {
  readonly token: () => Promise<string>
  readonly afterRevision: number
  /** The newest there is; undefined when it cannot be asked. */
  readonly newestRevision: () => Promise<number | undefined>
  readonly onChange: (change: Change) => void
  readonly onMissed: (missed: Missed) => void
  readonly onState: (state: ConnectionState) => void
  /** The server no longer takes the token. */
  readonly ended: () => void
}

const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 10_000
const PING_MS = 10_000
/** A connection that a laptop slept through, or whose network is gone, ends without a word: it is dead when a ping has no answer. */
const ANSWER_MS = 5_000
/** After a night without a connection nobody wants to be told of every change in between. */
const FAR_BEHIND = 200
/** graphql-ws: how a server closes when the token is not good (any more). */
const FORBIDDEN = 4403

/**
 * Follows until the returned function is called. After a lost connection it goes on behind the last change that came, or, when
 * that is far behind, at the newest.
 */
export function followChanges({ token, afterRevision, newestRevision, onChange, onMissed, onState, ended }: Following): () => void {
  let last = afterRevision
  let tries = 0
  let isOver = false
  let wake = () => {}
  let unanswered: ReturnType<typeof setTimeout> | undefined
  /** The token of the connection: it ends when that runs out, also when there is a newer one by then. */
  let used = ""
  const socket = createClient({
    url: `${location.origin.replace(/^http/, "ws")}/graphql`,
    async connectionParams() {
      used = await token()
      return { authorization: `Bearer ${used}` }
    },
    keepAlive: PING_MS,
    retryAttempts: 0, // a retry of the library's would begin at the first revision again
    on: {
      connected() {
        tries = 0
        onState("live")
      },
      ping(isReceived) {
        if (!isReceived) unanswered = setTimeout(() => socket.terminate(), ANSWER_MS)
      },
      pong: () => clearTimeout(unanswered),
      closed(event) {
        clearTimeout(unanswered)
        if (event instanceof CloseEvent && event.code === FORBIDDEN) void refused()
      },
    },
  })
  const query = stringifyDocument(ChangesDocument)
  const refused = async () => {
    // Without a way to the identity provider it is not known: the next try to connect asks again.
    const now = await token().catch(() => undefined)
    if (now === used && !isOver) ended()
  }

  const once = () =>
    new Promise<void>((resolve) => {
      socket.subscribe<ChangesSubscription>(
        { query, variables: { afterRevision: last } },
        {
          next({ data }) {
            if (!data) return
            last = data.historyAppended.revision
            onChange(data.historyAppended)
          },
          error: () => resolve(),
          complete: () => resolve(),
        },
      )
    })
  const leapAhead = async () => {
    const newest = (await within(ANSWER_MS, newestRevision())) ?? last
    const count = newest - last
    if (count <= FAR_BEHIND || isOver) return
    last = newest
    onMissed({ count, newest })
  }
  const run = async () => {
    onState("connecting")
    while (!isOver) {
      await once()
      if (isOver) return
      onState("lost")
      const wait = Math.min(FIRST_WAIT_MS * 2 ** tries, LONGEST_WAIT_MS) * (0.75 + Math.random() / 2)
      tries += 1
      await new Promise<void>((resolve) => {
        wake = resolve
        setTimeout(resolve, wait)
      })
      await leapAhead()
    }
  }
  const online = () => wake()
  const offline = () => socket.terminate()
  addEventListener("online", online)
  addEventListener("offline", offline)
  void run()
  return () => {
    isOver = true
    removeEventListener("online", online)
    removeEventListener("offline", offline)
    clearTimeout(unanswered)
    wake()
    void socket.dispose()
  }
}

/** Undefined when it takes longer, such as on a network that is gone without a word. */
function within<Value>(ms: number, answer: Promise<Value>): Promise<Value | undefined> {
  return Promise.race([answer, new Promise<undefined>((resolve) => setTimeout(resolve, ms))])
}
