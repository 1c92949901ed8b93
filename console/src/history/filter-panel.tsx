/** Every condition of the history, to choose from. Downloaded when somebody is about to open it. */
import { Dropdown, Field, Input, makeStyles, Option, OptionGroup, Text, tokens } from "@fluentui/react-components"
import { useRef } from "react"
import { useClient } from "urql"
import { FindLicensesDocument, FindPrincipalsDocument, type PrincipalType } from "../api/operations"
import { PAGE_ROWS, readAllRows } from "../parts/pages"
import { useMoment } from "../shell/moment"
import { type TextKey, useText } from "../texts/texts"
import { type AddressFilters, typesOf } from "./address"
import { useChosenNames } from "./chosen-names"
import { isKnown, THEMES, type Theme } from "./event-types"
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
})

interface FilterPanelProps {
  /** What the button names that opens it. */
  readonly id: string
  readonly address: AddressFilters
  /** The name of the chosen actor: the entries know it. */
  readonly actorName: string | undefined
}

export function FilterPanel({ id, address: { filters, set }, actorName }: FilterPanelProps) {
  const styles = useStyles()
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
    const read = await readAllRows(
      client,
      FindLicensesDocument,
      { asOf },
      ({ licenses }) => licenses,
      () => {},
    )
    return new Map(read.map(({ product: { vendor } }) => [vendor.id, vendor.name]))
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
    <section id={id} aria-label={t("filter.open")} className={styles.panel}>
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
    </section>
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
