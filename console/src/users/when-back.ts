/** For whoever is told no changes: calls `reload` when the person comes back to the page, and once a minute while it is in sight. */
import { useEffect, useRef } from "react"
import { useViewer } from "../session/viewer"

const EVERY_MS = 60_000

export function useWhenBack(reload: () => void): void {
  const { may } = useViewer()
  const isTold = may("read")
  const latest = useRef(reload)
  latest.current = reload
  useEffect(() => {
    if (isTold) return
    const look = () => {
      if (document.visibilityState === "visible") latest.current()
    }
    const timer = setInterval(look, EVERY_MS)
    document.addEventListener("visibilitychange", look)
    return () => {
      clearInterval(timer)
      document.removeEventListener("visibilitychange", look)
    }
  }, [isTold])
}
