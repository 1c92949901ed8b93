/** A search that asks once the typing rests, and keeps its words in the address. */
import { makeStyles, SearchBox } from "@fluentui/react-components"
import { useEffect, useRef, useState } from "react"
import { useSearchParams } from "react-router"

const RESTING_MS = 200

const useStyles = makeStyles({ field: { width: "min(18rem, 100%)" } })

/** The text of the address's parameter `name`, and the way to set it; empty ones are left out. */
export function useAddressText(name: string): readonly [string, (text: string) => void] {
  const [search, setSearch] = useSearchParams()
  return [
    search.get(name) ?? "",
    (text) =>
      setSearch(
        (current) => {
          const changed = new URLSearchParams(current)
          if (text === "") changed.delete(name)
          else changed.set(name, text)
          return changed
        },
        { replace: true },
      ),
  ]
}

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
