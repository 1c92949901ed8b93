/** A search that asks once the typing rests. */
import { makeStyles, SearchBox } from "@fluentui/react-components"
import { useEffect, useRef, useState } from "react"

const RESTING_MS = 200

const useStyles = makeStyles({ field: { width: "min(18rem, 100%)" } })

interface SearchFieldProps {
  readonly label: string
  readonly text: string
  readonly onSearch: (text: string) => void
}

export function SearchField({ label, text, onSearch }: SearchFieldProps) {
  const styles = useStyles()
  const [typed, setTyped] = useState(text)
  const asked = useRef(text)
  // biome-ignore lint/correctness/useExhaustiveDependencies: only typing asks.
  useEffect(() => {
    const next = typed.trim()
    if (next === asked.current) return
    const timer = setTimeout(() => {
      asked.current = next
      onSearch(next)
    }, RESTING_MS)
    return () => clearTimeout(timer)
  }, [typed])
  // Another address, such as by the Back button, is another search.
  useEffect(() => {
    if (text === asked.current) return
    asked.current = text
    setTyped(text)
  }, [text])
  return (
    <SearchBox className={styles.field} aria-label={label} placeholder={label} value={typed} onChange={(_, { value }) => setTyped(value)} />
  )
}
