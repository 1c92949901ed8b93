/** Billing > Licenses: every product with its seats and what needs attention. */
import { useQuery } from "urql"
import { useChanges } from "../api/live"
import { LicensesDocument } from "../api/operations"
import { Page } from "../parts/page"
import { PageLink } from "../parts/page-link"
import { Failed, Loading } from "../parts/states"
import { useMoment } from "../shell/moment"
import { useText } from "../texts/texts"

export function LicensesPage() {
  const t = useText()
  const { asOf } = useMoment()
  const [{ data, error }, again] = useQuery({ query: LicensesDocument, variables: { first: 100, asOf } })
  useChanges(({ license }) => license !== null, again)
  return (
    <Page title={t("nav.licenses")}>
      {error ? <Failed error={error} retry={again} /> : null}
      {!data && !error ? <Loading /> : null}
      <ul>
        {data?.licenses.nodes.map(({ id, product }) => (
          <li key={id}>
            <PageLink to={`/licenses/${id}`}>{product.name}</PageLink>
          </li>
        ))}
      </ul>
    </Page>
  )
}
