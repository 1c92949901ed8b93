/** What narrows the history down: reasons at once, everything else in a panel; what is set shows as tags that can be taken away. */
import {
  Button,
  CounterBadge,
  Dropdown,
  Field,
  Input,
  makeStyles,
  Option,
  OptionGroup,
  Tag,
  TagGroup,
  Text,
  tokens,
} from "@fluentui/react-components"
import { Filter20Regular } from "@fluentui/react-icons"
import { type ReactNode, useId, useRef, useState } from "react"
import { useIntl } from "react-intl"
import { useClient } from "urql"
import { FindLicensesDocument, FindPrincipalsDocument, type PrincipalType } from "../api/operations"
import { PAGE_ROWS, readAllRows } from "../parts/pages"
import { SearchField } from "../parts/search-field"
import { Tools } from "../parts/tools"
import { useMoment } from "../shell/moment"
import { type TextKey, useText } from "../texts/texts"
import { type AddressFilters, FILTERS, type FilterName, NO_FILTERS, typesOf } from "./address"
import { isKnown, THEMES, type Theme } from "./event-types"
import { useNameOf } from "./named"
import { type Choice, TypeAhead } from "./type-ahead"

const useStyles = makeStyles({
  panel: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fill, minmax(min(14rem, 100%), 1fr))",
    gap: tokens.spacingHorizontalM,
    padding: tokens.spacingHorizontalL,
    marginBottom: tokens.spacingVerticalM,
    backgroundColor: tokens.colorNeutralBackground2,
    borderRadius: tokens.borderRadiusLarge,
  },
  field: { minWidth: 0 },
  tags: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalXS, paddingBottom: tokens.spacingVerticalS },
})

interface FiltersProps {
  readonly address: AddressFilters
  /** The name of the chosen actor: the entries know it. */
  readonly actorName: string | undefined
  readonly count: number | undefined
}

export function Filters({ address, actorName, count }: FiltersProps) {
  const styles = useStyles()
  const t = useText()
  const panelId = useId()
  const { filters, oldestFirst, set } = address
  const inPanel = FILTERS.filter((name) => name !== "text" && filters[name] !== "").length
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Tools label={t("history.tools")}>
        <SearchField label={t("history.search")} text={filters.text} onSearch={(text) => set({ text })} />
        <Button icon={<Filter20Regular />} aria-expanded={isOpen} aria-controls={panelId} onClick={() => setOpen(!isOpen)}>
          {t("filter.open")}
          {inPanel > 0 ? <CounterBadge count={inPanel} size="small" style={{ marginLeft: tokens.spacingHorizontalXS }} /> : null}
        </Button>
        <Dropdown
          aria-label={t("history.order")}
          style={{ minWidth: "9rem" }}
          value={t(oldestFirst ? "history.oldest" : "history.newest")}
          selectedOptions={[oldestFirst ? "oldest" : "newest"]}
          onOptionSelect={(_, { optionValue }) => set({ oldestFirst: optionValue === "oldest" })}
        >
          <Option value="newest">{t("history.newest")}</Option>
          <Option value="oldest">{t("history.oldest")}</Option>
        </Dropdown>
        <Text role="status">{count === undefined ? "" : t("history.count", { count })}</Text>
      </Tools>
      {isOpen ? (
        <section id={panelId} aria-label={t("filter.open")} className={styles.panel}>
          <Panel address={address} actorName={actorName} />
        </section>
      ) : null}
      <Chosen address={address} actorName={actorName} />
    </>
  )
}

type PanelProps = Omit<FiltersProps, "count">

function Panel({ address: { filters, set }, actorName }: PanelProps) {
  const t = useText()
  const client = useClient()
  const { asOf } = useMoment()
  const chosen = useChosenNames(filters, actorName)
  const choice = (name: "licenseId" | "userId" | "groupId" | "actor") =>
    filters[name] === "" ? undefined : { id: filters[name], name: chosen[name] }

  const people =
    (type: PrincipalType) =>
    async (search: string): Promise<readonly Choice[]> => {
      if (search === "") return []
      const { data } = await client.query(FindPrincipalsDocument, { search, types: [type] }).toPromise()
      return (data?.principals.nodes ?? []).map((one) => ({
        id: one.id,
        name: one.displayName,
        second: one.__typename === "User" ? (one.mail ?? one.userName) : t("group.members", { count: one.memberCount }),
      }))
    }
  const findLicenses = async (search: string) => {
    const { data } = await client.query(FindLicensesDocument, { search, first: PAGE_ROWS, asOf }).toPromise()
    return (data?.licenses.nodes ?? []).map(({ id, product }) => ({ id, name: product.name, second: product.vendor.name }))
  }
  /** Of all licenses, which are searched by their products only; read once, when somebody first asks. */
  const vendors = useRef<Promise<ReadonlyMap<string, string>>>(undefined)
  const readVendors = async () => {
    const licenses = await readAllRows(
      client,
      FindLicensesDocument,
      { asOf },
      ({ licenses: found }) => found,
      () => {},
    )
    return new Map(licenses.map(({ product: { vendor } }) => [vendor.id, vendor.name]))
  }
  /** Seatledger itself and the vendors stand there before anybody types; people are found by their names. */
  const findActors = async (search: string): Promise<readonly Choice[]> => {
    vendors.current ??= readVendors()
    const known = await vendors.current.catch(() => {
      vendors.current = undefined
      return new Map<string, string>()
    })
    const others = [{ id: "system", name: t("actor.SYSTEM") }, ...[...known].map(([id, name]) => ({ id, name, second: t("actor.VENDOR") }))]
    const matches = others.filter(({ name }) => name.toLowerCase().includes(search.toLowerCase()))
    return [...(await people("USER")(search)), ...matches]
  }
  return (
    <>
      <TypeAhead
        label={t("history.license")}
        chosen={choice("licenseId")}
        find={findLicenses}
        onChoose={(licenseId) => set({ licenseId })}
      />
      <TypeAhead label={t("filter.user")} chosen={choice("userId")} find={people("USER")} onChoose={(userId) => set({ userId })} />
      <TypeAhead label={t("filter.group")} chosen={choice("groupId")} find={people("GROUP")} onChoose={(groupId) => set({ groupId })} />
      <TypeAhead label={t("filter.actor")} chosen={choice("actor")} find={findActors} onChoose={(actor) => set({ actor })} />
      <Types types={typesOf(filters)} onChoose={(types) => set({ types: types.join(",") })} />
      <Field label={t("filter.from")}>
        <Input type="date" value={filters.from} max={filters.to} onChange={(_, { value }) => set({ from: value })} />
      </Field>
      <Field label={t("filter.to")}>
        <Input type="date" value={filters.to} min={filters.from} onChange={(_, { value }) => set({ to: value })} />
      </Field>
      {asOf ? <Text>{t("filter.past")}</Text> : null}
    </>
  )
}

function Types({ types, onChoose }: { readonly types: readonly string[]; readonly onChoose: (types: readonly string[]) => void }) {
  const t = useText()
  const name = (type: string) => (isKnown(type) ? t(`event.${type}` satisfies TextKey) : type)
  return (
    <Field label={t("history.what")}>
      <Dropdown
        multiselect
        clearable
        style={{ minWidth: 0 }}
        placeholder={t("filter.any")}
        value={types.map(name).join(", ")}
        selectedOptions={[...types]}
        onOptionSelect={(_, { selectedOptions }) => onChoose(selectedOptions)}
      >
        {(Object.keys(THEMES) as Theme[]).map((theme) => (
          <OptionGroup key={theme} label={t(`events.${theme}` satisfies TextKey)}>
            {THEMES[theme].map((type) => (
              <Option key={type} value={type}>
                {name(type)}
              </Option>
            ))}
          </OptionGroup>
        ))}
      </Dropdown>
    </Field>
  )
}

function useChosenNames({ licenseId, userId, groupId, actor }: AddressFilters["filters"], actorName: string | undefined) {
  const t = useText()
  const { asOf } = useMoment()
  const person = useNameOf(actor, asOf)
  return {
    licenseId: useNameOf(licenseId, asOf),
    userId: useNameOf(userId, asOf),
    groupId: useNameOf(groupId, asOf),
    actor: actor === "system" ? t("actor.SYSTEM") : (actorName ?? person),
  }
}

/** The conditions as tags. */
function Chosen({ address: { filters, set }, actorName }: PanelProps) {
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
