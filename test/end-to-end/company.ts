/** A small company made through the public API: what every end-to-end test begins with. */
import type { Caller, RunningLedger } from "../support/running-ledger"

export interface Company {
  readonly organizationId: string
  readonly vendorId: string
  readonly productId: string
  readonly licenseId: string
  readonly admin: Caller
  readonly vendor: Caller
  readonly operator: Caller
  /** Ids of the users by their names. */
  readonly users: Readonly<Record<string, string>>
}

let companies = 0

export async function company(ledger: RunningLedger, { seats, users }: { seats: number; users: readonly string[] }): Promise<Company> {
  const name = `Company ${++companies}`
  const operator = await ledger.as("OPERATOR")
  const { createOrganization, registerVendor } = await operator.ask(
    `mutation ($name: String!) {
      createOrganization(input: { name: $name }) { organization { id } refusal { message } }
      registerVendor(input: { name: $name, contact: "sales@vendor.example" }) { vendor { id } refusal { message } }
    }`,
    { name },
  )
  const organizationId: string = createOrganization.organization.id
  const vendorId: string = registerVendor.vendor.id
  const vendor = await ledger.as("VENDOR", { vendor: vendorId, subject: vendorId })
  const { listProduct } = await vendor.ask(
    `mutation { listProduct(input: { name: "CRM", installUrl: "https://vendor.example/install" }) { product { id } refusal { message } } }`,
  )
  const productId: string = listProduct.product.id
  const { registerLicense } = await vendor.ask(
    `mutation ($input: RegisterLicenseInput!) { registerLicense(input: $input) { license { id } refusal { message } } }`,
    { input: { productId, organizationId, seats, vendorEventId: `register-${companies}` } },
  )
  const admin = await ledger.as("GLOBAL_ADMIN", { organization: organizationId, subject: "chief" })
  const ids: Record<string, string> = {}
  for (const user of users) {
    const { createUser } = await admin.ask(
      `mutation ($input: CreateUserInput!) { createUser(input: $input) { user { id } refusal { message } } }`,
      { input: { userName: `${user}@example.com`, displayName: user.toUpperCase(), mail: `${user}@example.com` } },
    )
    if (!createUser.user) throw new Error(`${user} was not created: ${JSON.stringify(createUser)}`)
    ids[user] = createUser.user.id
  }
  return { organizationId, vendorId, productId, licenseId: registerLicense.license.id, admin, vendor, operator, users: ids }
}
