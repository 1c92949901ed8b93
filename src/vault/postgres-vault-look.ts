/** What is wanted of the vault, collected and asked for in one statement. */
import type { Sealed } from "../domain/events"
import type { GroupId, UserId } from "../domain/ids"
import type { Param, Queries } from "../postgres/database"
import type { KeyCache } from "./key-cache"
import { type AtHandForSealing, placeOfPerson, placeOfText } from "./keys"
import { hasOwnKey, textIdOf } from "./sealing"
import type { IdentityKind, Wanted } from "./vault"

interface Row {
  readonly what: keyof typeof LOOKS
  readonly organization_id: string
  readonly id: string
  readonly key: Buffer | null
  readonly text: string | null
}

/** Each takes two lists of the same length: organizations, and what is wanted of them. */
const LOOKS = {
  person: `select 'person' as what, k.organization_id, k.user_id as id, k.key, null::text as text
    from unnest($1::text[], $2::text[]) as wanted (organization_id, id)
    join person_key k on k.organization_id = wanted.organization_id and k.user_id = wanted.id`,
  organization: `select 'organization' as what, k.organization_id, '' as id, k.key, null::text as text
    from unnest($1::text[], $2::text[]) as wanted (organization_id, id) join organization_key k on k.organization_id = wanted.organization_id`,
  text: `select 'text' as what, k.organization_id, k.text_id as id, k.key, null::text as text
    from unnest($1::text[], $2::text[]) as wanted (organization_id, id)
    join text_key k on k.organization_id = wanted.organization_id and k.text_id = wanted.id`,
  erasedText: `select 'erasedText' as what, k.organization_id, k.text_id as id, null::bytea as key, null::text as text
    from unnest($1::text[], $2::text[]) as wanted (organization_id, id)
    join erased_text k on k.organization_id = wanted.organization_id and k.text_id = wanted.id`,
  actor: `select 'actor' as what, k.organization_id, k.actor_id as id, null::bytea as key, k.subject as text
    from unnest($1::text[], $2::text[]) as wanted (organization_id, id)
    join actor k on k.organization_id = wanted.organization_id and k.actor_id = wanted.id`,
  // Wanted as "kind hexadecimal-digest".
  name: `select 'name' as what, k.organization_id, wanted.id, null::bytea as key, k.owner as text
    from unnest($1::text[], $2::text[]) as wanted (organization_id, id)
    join name k on k.organization_id = wanted.organization_id and k.kind = split_part(wanted.id, ' ', 1)
      and k.digest = decode(split_part(wanted.id, ' ', 2), 'hex')`,
} as const
type What = keyof typeof LOOKS

export class Look implements AtHandForSealing {
  readonly #wanted = new Map<What, Map<string, readonly [organizationId: string, id: string]>>()
  readonly #keys = new Map<string, Buffer>()
  readonly #erasedTexts = new Set<string>()
  /** Sealed subjects, and owners of names. */
  readonly #texts = new Map<string, string>()

  constructor(private readonly cache: KeyCache) {}

  want(wanted: Wanted): void {
    const { organizationId } = wanted
    if ("userId" in wanted) this.wantPerson(organizationId, wanted.userId)
    else if ("actorId" in wanted) this.wantActor(organizationId, wanted.actorId)
    else this.wantText(organizationId, wanted.text)
  }
  wantText(organizationId: string, text: Sealed): void {
    const textId = textIdOf(text)
    if (hasOwnKey(text)) {
      this.#wantKey(placeOfTextKey(organizationId, textId), "text", organizationId, textId)
    } else {
      this.#want("erasedText", organizationId, textId)
      this.wantOrganization(organizationId)
    }
  }
  wantPerson(organizationId: string, userId: string): void {
    this.#wantKey(placeOfPerson(organizationId, userId), "person", organizationId, userId)
  }
  wantOrganization(organizationId: string): void {
    this.#wantKey(placeOfText(organizationId), "organization", organizationId, "")
  }
  wantActor(organizationId: string, actorId: string): void {
    this.#want("actor", organizationId, actorId)
    this.wantOrganization(organizationId)
  }
  wantName(organizationId: string, kind: IdentityKind, digest: Buffer): void {
    this.#want("name", organizationId, nameId(kind, digest))
  }

  /** Asks for what has been wanted since the last time; nothing when all of it is known. */
  async ask(database: Queries): Promise<void> {
    const looks = [...this.#wanted]
    if (looks.length === 0) return
    const { erasures } = this.cache
    const params: Param[] = []
    const parts = looks.map(([what, wanted]) => {
      const [organizations, ids] = [`$${params.length + 1}`, `$${params.length + 2}`]
      const pairs = [...wanted.values()]
      params.push(
        pairs.map(([organizationId]) => organizationId),
        pairs.map(([, id]) => id),
      )
      return LOOKS[what].replace("$1", organizations).replace("$2", ids)
    })
    const found: [string, Buffer][] = []
    for (const row of await database.rows<Row>(parts.join("\nunion all\n"), params)) {
      if (row.key !== null) found.push([placeOf(row), row.key])
      else if (row.what === "erasedText") this.#erasedTexts.add(idOf(row))
      else if (row.text !== null) this.#texts.set(`${row.what} ${idOf(row)}`, row.text)
    }
    for (const [place, key] of found) this.#keys.set(place, key)
    this.cache.keep(found, erasures)
    this.#wanted.clear() // not before: what was asked in vain is asked again
  }

  personKey(organizationId: string, userId: string): Buffer | undefined {
    return this.#keys.get(placeOfPerson(organizationId, userId))
  }
  organizationKey(organizationId: string): Buffer | undefined {
    return this.#keys.get(placeOfText(organizationId))
  }
  textKey(organizationId: string, textId: string): Buffer | undefined {
    return this.#keys.get(placeOfTextKey(organizationId, textId))
  }
  isTextErased(organizationId: string, textId: string): boolean {
    return this.#erasedTexts.has(`${organizationId} ${textId}`)
  }
  subject(organizationId: string, actorId: string): string | undefined {
    return this.#texts.get(`actor ${organizationId} ${actorId}`)
  }
  nameOwner(organizationId: string, kind: IdentityKind, digest: Buffer): UserId | GroupId | undefined {
    const owner = this.#texts.get(`name ${organizationId} ${nameId(kind, digest)}`)
    return owner as UserId | GroupId | undefined // nothing else is written there
  }

  #wantKey(place: string, what: What, organizationId: string, id: string): void {
    if (this.#keys.has(place)) return
    const known = this.cache.get(place)
    if (known) this.#keys.set(place, known)
    else this.#want(what, organizationId, id)
  }
  #want(what: What, organizationId: string, id: string): void {
    const wanted = this.#wanted.get(what) ?? new Map()
    this.#wanted.set(what, wanted.set(`${organizationId} ${id}`, [organizationId, id]))
  }
}

function nameId(kind: IdentityKind, digest: Buffer): string {
  return `${kind} ${digest.toString("hex")}`
}
function idOf({ organization_id, id }: Row): string {
  return `${organization_id} ${id}`
}
function placeOf({ what, organization_id, id }: Row): string {
  if (what === "person") return placeOfPerson(organization_id, id)
  return what === "text" ? placeOfTextKey(organization_id, id) : placeOfText(organization_id)
}
export function placeOfTextKey(organizationId: string, textId: string): string {
  return `text key ${organizationId} ${textId}`
}
