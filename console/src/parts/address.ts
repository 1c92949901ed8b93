/** What stands behind the `?` of the address, and the one way to change it. */
import { useCallback, useRef } from "react"
import { type NavigateOptions, useNavigate, useSearchParams } from "react-router"

export type ChangeAddress = (change: (params: URLSearchParams) => void, options?: NavigateOptions) => void

/**
 * The parameters, and a function that stays the same and changes the address as it is when it is called. (The setter of
 * `useSearchParams` begins with the address of the drawing that it comes from: kept for later, it takes back what was
 * changed since.)
 */
export function useAddress(): readonly [URLSearchParams, ChangeAddress] {
  const [params] = useSearchParams()
  const navigate = useNavigate()
  const latest = useRef(navigate)
  latest.current = navigate
  const change = useCallback<ChangeAddress>((apply, options) => {
    const next = new URLSearchParams(location.search)
    apply(next)
    void latest.current({ pathname: location.pathname, search: next.toString() }, options)
  }, [])
  return [params, change]
}

/** The text of the parameter `name`, and the way to set it, which stays the same; an empty one is left out. */
export function useAddressText(name: string): readonly [string, (text: string) => void] {
  const [params, change] = useAddress()
  const set = useCallback(
    (text: string) =>
      change(
        (next) => {
          if (text === "") next.delete(name)
          else next.set(name, text)
        },
        { replace: true },
      ),
    [change, name],
  )
  return [params.get(name) ?? "", set]
}
