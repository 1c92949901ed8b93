/** Why a person does not have some license: any of the organization's, which is then explained as those are that the person has. */
import { Card, Dropdown, Field, makeStyles, mergeClasses, Option, tokens } from "@fluentui/react-components"
import { useQuery } from "urql"
import { LicenseNamesDocument } from "../api/operations"
import { useText } from "../texts/texts"
import { Why } from "./why"

const useStyles = makeStyles({
  card: { marginTop: tokens.spacingVerticalL, gap: 0 },
  why: { paddingTop: tokens.spacingVerticalM },
  choice: { maxWidth: "24rem" },
})

interface WhyNotProps {
  readonly userId: string
  /** The licenses that the person has or waits for. */
  readonly held: readonly string[]
  readonly chosen: string
  readonly onChoose: (licenseId: string) => void
}

export function WhyNot({ userId, held, chosen, onChoose }: WhyNotProps) {
  const styles = useStyles()
  const t = useText()
  const [{ data }] = useQuery({ query: LicenseNamesDocument })
  const others = (data?.licenses.nodes ?? []).filter(({ id }) => !held.includes(id))
  const shown = others.find(({ id }) => id === chosen)
  if (others.length === 0) return null
  return (
    <Card className={styles.card}>
      <Field label={t("why.not")} className={styles.choice}>
        <Dropdown
          placeholder={t("why.not.choose")}
          value={shown?.product.name ?? ""}
          selectedOptions={shown ? [shown.id] : []}
          onOptionSelect={(_, { optionValue }) => onChoose(optionValue ?? "")}
        >
          {others.map(({ id, product }) => (
            <Option key={id} value={id}>
              {product.name}
            </Option>
          ))}
        </Dropdown>
      </Field>
      <div aria-live="polite" className={mergeClasses(shown && styles.why)}>
        {shown ? <Why key={shown.id} licenseId={shown.id} userId={userId} /> : null}
      </div>
    </Card>
  )
}
