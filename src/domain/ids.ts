/**
 * Opaque, prefixed ids. They never carry a name or a mail address, so they may stand in the log for ever.
 * A brand keeps a user id from being passed where a license id is meant; it costs nothing at run time.
 */
declare const brand: unique symbol
type Id<Kind extends string> = string & { readonly [brand]: Kind }

export type OrganizationId = Id<"org">
export type VendorId = Id<"vnd">
export type ProductId = Id<"prd">
export type LicenseId = Id<"lic">
export type UserId = Id<"usr">
export type GroupId = Id<"grp">
export type WebhookId = Id<"whk">
/** Of an access review that was signed off. */
export type ReviewId = Id<"rev">
/** Of a secret that signs what a vendor sends; never the secret itself. */
export type SecretId = Id<"sec">
export type PrincipalId = UserId | GroupId
/** Who acted, when that is nobody in the organization's own directory. */
export type ActorId = Id<"act">

interface IdOf {
  org: OrganizationId
  vnd: VendorId
  prd: ProductId
  lic: LicenseId
  usr: UserId
  grp: GroupId
  whk: WebhookId
  sec: SecretId
  rev: ReviewId
  act: ActorId
}
export type IdPrefix = keyof IdOf

const SHAPE = /^[a-z]{3}_[A-Za-z0-9]{1,60}$/

/** True when `value` looks like an id with this prefix; says nothing about whether the object exists. */
export function isId<P extends IdPrefix>(prefix: P, value: string): value is IdOf[P] {
  return value.startsWith(`${prefix}_`) && SHAPE.test(value)
}

/** The id with its brand, or undefined when the text is not an id of that kind. For boundaries. */
export function parseId<P extends IdPrefix>(prefix: P, value: string): IdOf[P] | undefined {
  return isId(prefix, value) ? value : undefined
}
