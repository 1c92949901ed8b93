/** Adding and removing members in commands of a hundred, one after the other, that can be stopped in between. */
import { useCallback, useRef, useState } from "react"
import { newKey, useCommand } from "../api/command"
import { ChangeGroupMembersDocument } from "../api/operations"
import { type Trouble, useTrouble } from "../parts/refusals"

const AT_ONCE = 100

export interface Changed {
  /** Of the ids given, from the first: these are done. */
  readonly done: number
  readonly warnings: readonly string[]
  /** Why it ended early; undefined when all is done, and when it was stopped. */
  readonly trouble: Trouble | undefined
}

interface MemberChanges {
  readonly isRunning: boolean
  /** How many ids have been sent and answered. */
  readonly done: number
  readonly change: (kind: "add" | "remove", userIds: readonly string[]) => Promise<Changed>
  /** After the command that is on its way. */
  readonly stop: () => void
}

export function useMemberChanges(groupId: string): MemberChanges {
  const troubleOf = useTrouble()
  const { send } = useCommand(ChangeGroupMembersDocument, ({ changeGroupMembers }) => changeGroupMembers)
  const [isRunning, setRunning] = useState(false)
  const [done, setDone] = useState(0)
  const isStopped = useRef(false)
  const change = useCallback(
    async (kind: "add" | "remove", userIds: readonly string[]): Promise<Changed> => {
      const key = newKey()
      const warnings: string[] = []
      isStopped.current = false
      setDone(0)
      setRunning(true)
      try {
        let from = 0
        while (from < userIds.length && !isStopped.current) {
          const some = userIds.slice(from, from + AT_ONCE)
          const sent = await send({ groupId, [kind]: some }, `${key} ${from}`)
          if (sent.kind !== "done") return { done: from, warnings, trouble: troubleOf(sent) }
          warnings.push(...sent.payload.warnings)
          from += some.length
          setDone(from)
        }
        return { done: from, warnings, trouble: undefined }
      } finally {
        setRunning(false)
      }
    },
    [groupId, send, troubleOf],
  )
  const stop = useCallback(() => {
    isStopped.current = true
  }, [])
  return { isRunning, done, change, stop }
}
