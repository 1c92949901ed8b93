/** What narrows the history down: reasons at once, everything else in a panel; what is set shows as tags that can be taken away. */
import { Button, CounterBadge, makeStyles, Tag, TagGroup, Text, tokens } from "@fluentui/react-components"
import { Filter20Regular } from "@fluentui/react-icons"
import { type ReactNode, useId, useState } from "react"
import { useIntl } from "react-intl"
import { downloaded } from "../parts/downloaded"
import { whenNear } from "../parts/on-demand"
import { OneOf } from "../parts/one-of"
import { SearchField } from "../parts/search-field"
import { Tools } from "../parts/tools"
import { type TextKey, useText } from "../texts/texts"
import { type AddressFilters, FILTERS, type FilterName, NO_FILTERS, typesOf } from "./address"
import { useChosenNames } from "./chosen-names"
import { isKnown } from "./event-types"

const loadPanel = async () => (await import("./filter-panel")).FilterPanel
const FilterPanel = downloaded(loadPanel)

const useStyles = makeStyles({
  tags: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalXS, paddingBottom: tokens.spacingVerticalS },
})

interface FiltersProps {
  readonly address: AddressFilters
  /** The name of the chosen actor: the entries know it. */
  readonly actorName: string | undefined
  readonly count: number | undefined
}

export function Filters({ address, actorName, count }: FiltersProps) {
  const t = useText()
  const panelId = useId()
  const { filters, oldestFirst, set } = address
  const inPanel = FILTERS.filter((name) => name !== "text" && filters[name] !== "").length
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Tools label={t("history.tools")}>
        <SearchField label={t("history.search")} text={filters.text} onSearch={(text) => set({ text })} />
        <Button
          icon={<Filter20Regular />}
          aria-expanded={isOpen}
          aria-controls={panelId}
          onClick={() => setOpen(!isOpen)}
          {...whenNear(loadPanel)}
        >
          {t("filter.open")}
          {inPanel > 0 ? <CounterBadge count={inPanel} size="small" style={{ marginLeft: tokens.spacingHorizontalXS }} /> : null}
        </Button>
        <OneOf
          label={t("history.order")}
          value={oldestFirst ? "oldest" : "newest"}
          options={[
            { value: "newest", name: t("history.newest") },
            { value: "oldest", name: t("history.oldest") },
          ]}
          onChoose={(order) => set({ oldestFirst: order === "oldest" })}
        />
        <Text role="status">{count === undefined ? "" : t("history.count", { count })}</Text>
      </Tools>
      {isOpen ? <FilterPanel id={panelId} address={address} actorName={actorName} /> : null}
      <Chosen address={address} actorName={actorName} />
    </>
  )
}

/** The conditions as tags. */
function Chosen({ address: { filters, set }, actorName }: Omit<FiltersProps, "count">) {
  const styles = useStyles()
  const t = useText()
  const intl = useIntl()
  const names = useChosenNames(filters, actorName)
  const day = (text: string) => intl.formatDate(`${text}T12:00:00`, { dateStyle: "medium" })
  const tags: { readonly name: FilterName; readonly words: ReactNode }[] = [
    { name: "text", words: t("filter.tag.text", { text: filters.text }) },
    { name: "licenseId", words: names.licenseId },
    { name: "userId", words: names.userId },
    { name: "groupId", words: names.groupId },
    { name: "actor", words: t("filter.tag.actor", { actor: names.actor }) },
    {
      name: "types",
      words: intl.formatList(
        typesOf(filters).map((type) => (isKnown(type) ? t(`event.${type}` satisfies TextKey) : type)),
        { type: "disjunction" },
      ),
    },
    { name: "from", words: filters.from ? t("filter.tag.from", { day: day(filters.from) }) : "" },
    { name: "to", words: filters.to ? t("filter.tag.to", { day: day(filters.to) }) : "" },
  ]
  const shown = tags.filter(({ name }) => filters[name] !== "")
  if (shown.length === 0) return null
  return (
    <TagGroup className={styles.tags} aria-label={t("filter.chosen")} onDismiss={(_, { value }) => set({ [String(value)]: "" })}>
      {shown.map(({ name, words }) => (
        <Tag key={name} value={name} dismissible size="small" dismissIcon={{ "aria-label": t("filter.remove") }}>
          {words}
        </Tag>
      ))}
      <Button size="small" appearance="transparent" onClick={() => set(NO_FILTERS)}>
        {t("filter.clear")}
      </Button>
    </TagGroup>
  )
}
