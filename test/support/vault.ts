/** One thing asked of a vault, or sealed in it. The program asks for many at once. */
import type { Profile, Sealed } from "../../src/domain/events"
import type { ActorId, GroupId, UserId } from "../../src/domain/ids"
import type { SqliteVault } from "../../src/vault/sqlite"
import { type Identity, type Opener, type Sealer, type SealerWants, actorFor as savedActorFor, type Vault } from "../../src/vault/vault"

/** Seals in a vault that lies in a file or in memory, for whoever makes up a history: saved when it returns. */
export function sealNow<T>(vault: SqliteVault, ownerId: string, seal: (sealer: Sealer) => T): T {
  const sealer = vault.sealerFor(ownerId)
  const result = seal(sealer)
  void sealer.save()
  return result
}

export async function sealed<T>(vault: Vault, ownerId: string, wants: SealerWants, seal: (sealer: Sealer) => T): Promise<T> {
  const sealer = await vault.sealer(ownerId, wants)
  const result = seal(sealer)
  await sealer.save()
  return result
}

export function sealProfile(vault: Vault, organizationId: string, userId: UserId, profile: Partial<Profile>): Promise<Sealed> {
  return sealed(vault, organizationId, { people: [userId] }, (sealer) => sealer.sealProfile(userId, profile))
}
export function sealText(vault: Vault, ownerId: string, text: string): Promise<Sealed> {
  return sealed(vault, ownerId, { secrets: true }, (sealer) => sealer.sealText(text))
}
export function sealReason(vault: Vault, ownerId: string, text: string): Promise<Sealed> {
  return sealed(vault, ownerId, {}, (sealer) => sealer.sealReason(text))
}

export async function openProfile(vault: Opener, organizationId: string, userId: string, profile: Sealed) {
  return (await vault.load([{ organizationId, userId }])).openProfile(organizationId, userId, profile)
}
export async function openText(vault: Opener, organizationId: string, text: Sealed) {
  return (await vault.load([{ organizationId, text }])).openText(organizationId, text)
}
export async function subjectOf(vault: Opener, organizationId: string, actorId: string) {
  return (await vault.load([{ organizationId, actorId }])).subjectOf(organizationId, actorId)
}

export async function find(vault: Vault, organizationId: string, identity: Identity): Promise<UserId | GroupId | undefined> {
  return (await vault.sealer(organizationId, { names: [identity] })).find(identity)
}
export function actorFor(vault: Vault, organizationId: string, subject: string): Promise<UserId | ActorId> {
  return savedActorFor(vault, { scope: organizationId, subject })
}
