/** Why a person does not have some license: any of the organization's, which is then explained as those are that the person has. */
import { Card, makeStyles, mergeClasses, tokens } from "@fluentui/react-components"
import { useClient, useQuery } from "urql"
import { FindLicensesDocument, LicenseCountDocument, NamedLicenseDocument } from "../api/operations"
import { TypeAhead } from "../history/type-ahead"
import { PAGE_ROWS } from "../parts/pages"
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
  /** The licenses that the person has or waits for, as far as they have been read. */
  readonly held: readonly string[]
  /** How many there are, read or not. */
  readonly heldCount: number
  readonly chosen: string
  readonly onChoose: (licenseId: string) => void
}

export function WhyNot({ userId, held, heldCount, chosen, onChoose }: WhyNotProps) {
  const styles = useStyles()
  const t = useText()
  const client = useClient()
  const { asOf } = useMoment()
  const [{ data }] = useQuery({ query: LicenseCountDocument, variables: { asOf } })
  const isOther = chosen !== "" && !held.includes(chosen)
  const [named] = useQuery({ query: NamedLicenseDocument, variables: { id: chosen, asOf }, pause: !isOther })
  // What another choice left behind is not this license.
  const license = isOther && !named.fetching ? named.data?.license : undefined
  const find = async (search: string) => {
    const { data: found } = await client.query(FindLicensesDocument, { search, first: PAGE_ROWS, asOf }).toPromise()
    return (found?.licenses.nodes ?? []).filter(({ id }) => !held.includes(id)).map(({ id, product: { name } }) => ({ id, name }))
  }
  if (!data || data.licenses.totalCount <= heldCount) return null
  return (
    <Card className={styles.card}>
      <div className={styles.choice}>
        <TypeAhead
          label={t("why.not")}
          placeholder={t("why.not.choose")}
          chosen={license ? { id: chosen, name: license.product.name } : undefined}
          find={find}
          onChoose={onChoose}
        />
      </div>
      <div aria-live="polite" className={mergeClasses(license ? styles.why : undefined)}>
        {license ? <Why licenseId={chosen} userId={userId} /> : null}
      </div>
    </Card>
  )
}
