/** Adding and removing members in commands of a hundred, one after the other, that can be stopped in between. */
import { useCallback, useRef, useState } from "react"
import { newKey, useCommand } from "../api/command"
import { ChangeGroupMembersDocument } from "../api/operations"
import { useNotices } from "../parts/notices"
import { type Trouble, useTrouble } from "../parts/refusals"
import { useText } from "../texts/texts"

const AT_ONCE = 100

type Kind = "add" | "remove"

export interface Changed {
  /** Of the ids given, from the first: these are done. */
  readonly done: number
  /** Who joined or left by it; not who was a member already, or was none. */
  readonly changed: readonly string[]
  /** How many are not in the directory any more. */
  readonly skipped: number
  /** Why it ended early; undefined when all is done, and when it was stopped. */
  readonly trouble: Trouble | undefined
}

interface Group {
  readonly id: string
  readonly displayName: string
}

interface MemberChanges {
  readonly isRunning: boolean
  /** How many ids have been sent and answered. */
  readonly done: number
  readonly change: (kind: Kind, userIds: readonly string[]) => Promise<Changed>
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
    async (kind: Kind, userIds: readonly string[]): Promise<Changed> => {
      const key = newKey()
      const changed: string[] = []
      let skipped = 0
      isStopped.current = false
      setDone(0)
      setRunning(true)
      try {
        let from = 0
        while (from < userIds.length && !isStopped.current) {
          const some = userIds.slice(from, from + AT_ONCE)
          const sent = await send({ groupId, [kind]: some }, `${key} ${from}`)
          if (sent.kind !== "done") return { done: from, changed, skipped, trouble: troubleOf(sent) }
          changed.push(...(kind === "add" ? sent.payload.added : sent.payload.removed))
          skipped += sent.payload.warnings.filter((warning) => warning.startsWith("UNKNOWN_MEMBER_SKIPPED")).length
          from += some.length
          setDone(from)
        }
        return { done: from, changed, skipped, trouble: undefined }
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

/** Says who joined or left, with the way back within reach for a while. */
export function useMemberNotice(group: Group, { change }: MemberChanges, onChanged: () => void): (kind: Kind, changed: Changed) => void {
  const t = useText()
  const say = useNotices()
  const words = (kind: Kind, count: number) => t(kind === "add" ? "members.added" : "members.removed", { count, group: group.displayName })
  const undo = async (kind: Kind, userIds: readonly string[]) => {
    const opposite = kind === "add" ? "remove" : "add"
    if (userIds.length > AT_ONCE) say({ text: t("members.undoing", { count: userIds.length }) })
    const { done, changed, trouble } = await change(opposite, userIds)
    const undone = words(opposite, changed.length)
    onChanged()
    if (trouble) {
      const rest = userIds.slice(done)
      const detail = changed.length > 0 ? { detail: undone } : {}
      return say({ text: trouble.words, intent: "error", ...detail, ...(trouble.mayRepeat ? { undo: () => void undo(kind, rest) } : {}) })
    }
    say({ text: undone, ...(opposite === "add" ? { detail: t("members.backAtTheEnd") } : {}) })
  }
  return (kind, { changed, skipped }) =>
    say({
      text: words(kind, changed.length),
      ...(skipped > 0 ? { detail: t("members.skipped", { count: skipped }), intent: "warning" } : {}),
      ...(changed.length > 0 ? { undo: () => void undo(kind, changed) } : {}),
    })
}
