/** A search that asks once the typing rests, and keeps its words in the address. */
import { SearchBox } from "@fluentui/react-components"
import { useEffect, useState } from "react"
import { useSearchParams } from "react-router"

const RESTING_MS = 200

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
  const [typed, setTyped] = useState(text)
  // biome-ignore lint/correctness/useExhaustiveDependencies: only typing asks.
  useEffect(() => {
    if (typed.trim() === text) return
    const timer = setTimeout(() => onSearch(typed.trim()), RESTING_MS)
    return () => clearTimeout(timer)
  }, [typed])
  return <SearchBox aria-label={label} placeholder={label} value={typed} onChange={(_, { value }) => setTyped(value)} />
}
