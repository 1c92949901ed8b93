/** What a command would do, asked of the ledger before it is given. */
import { useEffect, useState } from "react"
import { useClient } from "urql"
import { SimulateDocument, type SimulateQuery, type SimulationInput } from "../api/operations"

export type Simulation = SimulateQuery["simulate"]

/** Undefined until it is there, and when it cannot be had: then the command is decided without. `undefined`: not to be asked. */
export function useSimulation(input: SimulationInput | undefined): Simulation | undefined {
  const client = useClient()
  const [simulation, setSimulation] = useState<Simulation>()
  const key = JSON.stringify(input)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` is the input.
  useEffect(() => {
    setSimulation(undefined)
    if (!input) return
    let isLate = false
    client
      .query(SimulateDocument, { input }, { requestPolicy: "network-only" })
      .toPromise()
      .then(({ data }) => {
        if (!isLate) setSimulation(data?.simulate)
      }, console.error)
    return () => {
      isLate = true
    }
  }, [client, key])
  return simulation
}
