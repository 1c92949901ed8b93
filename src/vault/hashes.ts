/** What is made of the vault's own secret: hashes by which something is found again, and nothing can be read. */
import { createHmac } from "node:crypto"
import type { ActorId } from "../domain/ids"
import { normalised } from "./names"
import type { IdentityKind } from "./vault"

export class Hashes {
  constructor(private readonly secret: Buffer) {}

  /** Base64url. */
  of(text: string): string {
    return this.#hmac("hash\0").update(text).digest("base64url")
  }

  /** Cut to 128 bits: enough that two names never meet, and half the index. */
  ofName(organizationId: string, kind: IdentityKind, value: string): Buffer {
    return this.#hmac(`name\0${organizationId}\0${kind}\0${normalised(kind, value)}`)
      .digest()
      .subarray(0, 16)
  }

  /**
   * The id follows from the subject, so every node mints the same; after an erasure another one, which is nobody's yet.
   * @param erased how many ids of this subject were erased
   */
  actorId(organizationId: string, subject: string, erased: number): ActorId {
    const text = `actor\0${organizationId}\0${subject}${erased === 0 ? "" : `\0${erased}`}`
    return `act_${this.#hmac(text).digest("hex").slice(0, 24)}` as ActorId
  }

  #hmac(text: string) {
    return createHmac("sha256", this.secret).update(text)
  }
}
