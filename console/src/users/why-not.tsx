/** Why a person does not have some license: any of the organization's, which is then explained as those are that the person has. */
import { Field, makeStyles, mergeClasses, tokens } from "@fluentui/react-components"
import { useEffect } from "react"
import { LicenseNamesDocument } from "../api/operations"
import { Card } from "../parts/card"
import { OneOf } from "../parts/one-of"
import { usePages } from "../parts/pages"
import { useMoment } from "../shell/moment"
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
  const { asOf } = useMoment()
  const { rows, hasMore, more } = usePages(LicenseNamesDocument, { asOf }, ({ licenses }) => licenses)
  // All of them can be chosen, however many pages they are.
  useEffect(() => {
    if (rows && hasMore) more()
  }, [rows, hasMore, more])
  const others = (rows ?? []).filter(({ id }) => !held.includes(id))
  const shown = others.find(({ id }) => id === chosen)
  if (others.length === 0) return null
  return (
    <Card className={styles.card}>
      <Field label={t("why.not")} className={styles.choice}>
        <OneOf
          placeholder={t("why.not.choose")}
          value={shown?.id ?? ""}
          options={others.map(({ id, product }) => ({ value: id, name: product.name }))}
          onChoose={onChoose}
        />
      </Field>
      <div aria-live="polite" className={mergeClasses(shown && styles.why)}>
        {shown ? <Why key={shown.id} licenseId={shown.id} userId={userId} /> : null}
      </div>
    </Card>
  )
}
