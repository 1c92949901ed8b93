/** What a command would do, asked of the ledger before it is given. */
import { useEffect, useState } from "react"
import { useClient } from "urql"
import { SimulateDocument, type SimulateQuery, type SimulationInput } from "../api/operations"

export type Simulation = SimulateQuery["simulate"]

export interface Foretold {
  /** Undefined until it is there, and when it cannot be had: then the command is decided without. */
  readonly simulation: Simulation | undefined
  readonly isAsking: boolean
}

/** `undefined`: not to be asked. Another number of `looks` asks again. */
export function useSimulation(input: SimulationInput | undefined, looks = 0): Foretold {
  const client = useClient()
  const [foretold, setForetold] = useState<Foretold>({ simulation: undefined, isAsking: input !== undefined })
  const key = JSON.stringify(input)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` is the input, and `looks` asks again.
  useEffect(() => {
    setForetold({ simulation: undefined, isAsking: input !== undefined })
    if (!input) return
    let isLate = false
    client
      .query(SimulateDocument, { input }, { requestPolicy: "network-only" })
      .toPromise()
      .then(({ data }) => {
        if (!isLate) setForetold({ simulation: data?.simulate, isAsking: false })
      }, console.error)
    return () => {
      isLate = true
    }
  }, [client, key, looks])
  return foretold
}
