/** The organization's trail: everything that happened, narrowed down by what stands in the address. */
import { Text, tokens } from "@fluentui/react-components"
import { useState } from "react"
import type { EntryFragment } from "../api/operations"
import { Page } from "../parts/page"
import { useText } from "../texts/texts"
import { FILTERS, filterOf, NO_FILTERS, useAddressFilters } from "./address"
import { useActorName } from "./entry-line"
import { Filters } from "./filters"
import { HistoryTable } from "./history-table"

interface Read {
  readonly count: number
  readonly first: EntryFragment | undefined
}

export function HistoryPage() {
  const t = useText()
  const actorName = useActorName()
  const address = useAddressFilters()
  const [read, setRead] = useState<Read>()
  const { filters, oldestFirst } = address
  const actor = read?.first?.actor.id === filters.actor ? read.first.actor : undefined
  return (
    <Page title={t("nav.history")}>
      <Text as="p" block style={{ margin: `0 0 ${tokens.spacingVerticalM}` }}>
        {t("history.about")}
      </Text>
      <Filters address={address} actorName={actor && actorName(actor)} count={read?.count} />
      <HistoryTable
        filter={filterOf(filters)}
        oldestFirst={oldestFirst}
        onClear={FILTERS.some((name) => filters[name] !== "") ? () => address.set(NO_FILTERS) : undefined}
        onRead={setRead}
      />
    </Page>
  )
}
