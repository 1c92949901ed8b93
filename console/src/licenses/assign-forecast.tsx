/** Under the names in the pane: how many would get a seat, and how many would wait. */
import { Text } from "@fluentui/react-components"
import { useEffect, useState } from "react"
import { useClient } from "urql"
import { SimulateCountsDocument } from "../api/operations"
import { useRefusalWords } from "../parts/refusals"
import { useText } from "../texts/texts"

/** Choosing goes on: a large group takes the ledger a moment to work out. */
const RESTING_MS = 400

interface AssignForecastProps {
  readonly licenseId: string
  readonly principalIds: readonly string[]
}

export function AssignForecast({ licenseId, principalIds }: AssignForecastProps) {
  const t = useText()
  const client = useClient()
  const refusalWords = useRefusalWords()
  const [words, setWords] = useState("")
  const key = principalIds.join(" ")
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` is the ids; the words are those of the time.
  useEffect(() => {
    setWords("")
    if (principalIds.length === 0) return
    let isLate = false
    const timer = setTimeout(async () => {
      const input = { assign: { licenseId, principalIds: [...principalIds], onShortage: "REJECT" as const } }
      const { data } = await client.query(SimulateCountsDocument, { input }, { requestPolicy: "network-only" }).toPromise()
      if (isLate || !data) return
      const { refusal, licenses } = data.simulate
      const counts = licenses.find((one) => one.licenseId === licenseId)?.counts
      if (refusal?.__typename === "NotEnoughSeats") {
        setWords(t("assign.forecastShort", { available: refusal.available, required: refusal.required }))
      } else if (refusal) setWords(refusalWords(refusal))
      else setWords(t("assign.forecast", { seats: counts?.gainsSeat ?? 0, waits: counts?.waits ?? 0 }))
    }, RESTING_MS)
    return () => {
      isLate = true
      clearTimeout(timer)
    }
  }, [client, licenseId, key])
  return (
    <Text role="status" block style={{ minHeight: "1.25rem" }}>
      {words}
    </Text>
  )
}
