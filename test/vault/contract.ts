/** What every vault holds to. Two openers are two nodes. */
import type { ActorId, GroupId, UserId } from "../../src/domain/ids"
import { textIdOf } from "../../src/vault/sealing"
import { KeyRaced, type Vault } from "../../src/vault/vault"
import { until } from "../support/until"
import { actorFor, find, openProfile, openText, sealed, sealProfile, sealReason, sealText, subjectOf } from "../support/vault"

export const ORG = "org_acme"
export const ADA = "usr_ada" as UserId
export const BO = "usr_bo" as UserId
export const STAFF = "grp_staff" as GroupId
export const profile = { userName: "ada@example.com", displayName: "Ada Lovelace", mail: null }

/** A place for a vault, in which it is opened more than once. */
export interface VaultPlace {
  open(): Promise<Vault>
}

export function vaultContract(newPlace: () => Promise<VaultPlace>): void {
  let place: VaultPlace
  let vault: Vault
  const opened: Vault[] = []
  const another = async () => {
    const made = await place.open()
    opened.push(made)
    return made
  }
  beforeEach(async () => {
    place = await newPlace()
    vault = await another()
  })
  afterEach(async () => {
    for (const each of opened.splice(0)) await each.close()
  })

  describe("sealing", () => {
    test("what was sealed opens again, also after a restart, and is another text every time", async () => {
      const text = await sealProfile(vault, ORG, ADA, profile)
      const secret = await sealText(vault, ORG, "whsec_1")
      expect(await sealProfile(vault, ORG, ADA, profile)).not.toBe(text)
      expect(text).toMatch(/^v1\.[\w-]{16}\.[\w-]+$/)

      const again = await another()
      expect(await openProfile(again, ORG, ADA, text)).toEqual(profile)
      expect(await openText(again, ORG, secret)).toBe("whsec_1")
    })

    test("a sealed text that was changed, or moved to another person or organization, is a fault", async () => {
      await sealProfile(vault, ORG, BO, profile)
      await sealProfile(vault, "org_other", ADA, profile)
      const text = await sealProfile(vault, ORG, ADA, profile)
      const [version, iv, ciphertext = ""] = text.split(".")
      const changed = `${version}.${iv}.${ciphertext.startsWith("A") ? "B" : "A"}${ciphertext.slice(1)}`
      await expect(openProfile(vault, ORG, ADA, changed)).rejects.toThrow("was changed")
      await expect(openProfile(vault, ORG, BO, text)).rejects.toThrow("does not belong to")
      await expect(openProfile(vault, "org_other", ADA, text)).rejects.toThrow("does not belong to")
      await expect(openProfile(vault, ORG, ADA, "v9.what")).rejects.toThrow("known format")
      await expect(openProfile(vault, ORG, ADA, text.slice(0, 30))).rejects.toThrow("cut off")
    })

    test("what many events hold is opened with one look", async () => {
      const [ada, bo] = [await sealProfile(vault, ORG, ADA, profile), await sealProfile(vault, "org_other", BO, profile)]
      const [reason, secret] = [await sealReason(vault, ORG, "a reason"), await sealText(vault, "vnd_x", "whsec_1")]
      const carol = await actorFor(vault, ORG, "carol")
      const keys = await (await another()).load([
        { organizationId: ORG, userId: ADA },
        { organizationId: "org_other", userId: BO },
        { organizationId: ORG, text: reason },
        { organizationId: "vnd_x", text: secret },
        { organizationId: ORG, actorId: carol },
      ])
      expect([keys.openProfile(ORG, ADA, ada), keys.openProfile("org_other", BO, bo)]).toEqual([profile, profile])
      expect([keys.openText(ORG, reason), keys.openText("vnd_x", secret)]).toEqual(["a reason", "whsec_1"])
      expect(keys.subjectOf(ORG, carol)).toBe("carol")
    })

    test("hashes differ by vault, so that bodies cannot be guessed from a log alone, and are the same on every node", async () => {
      expect(vault.hash("body")).toBe((await another()).hash("body"))
      expect(vault.hash("body")).not.toBe(vault.hash("Body"))
      const elsewhere = await (await newPlace()).open()
      expect(vault.hash("body")).not.toBe(elsewhere.hash("body"))
      await elsewhere.close()
    })
  })

  describe("what a sealer made", () => {
    test("is there for everybody once it was saved, and not before", async () => {
      const other = await another()
      const sealer = await vault.sealer(ORG, { people: [ADA], secrets: true, actors: [{ scope: ORG, subject: "carol" }] })
      const [text, secret, reason] = [sealer.sealProfile(ADA, profile), sealer.sealText("whsec_1"), sealer.sealReason("a reason")]
      const carol = sealer.actorFor({ scope: ORG, subject: "carol" })
      // The sealer itself opens it: its events are folded before they are written.
      expect(sealer.openProfile(ORG, ADA, text)).toEqual(profile)
      const seen = async () => [
        await openProfile(other, ORG, ADA, text),
        await openText(other, ORG, secret),
        await openText(other, ORG, reason),
        await subjectOf(other, ORG, carol),
      ]
      expect(await seen()).toEqual([undefined, undefined, undefined, undefined])
      await sealer.save()
      expect(await seen()).toEqual([profile, "whsec_1", "a reason", "carol"])
      await sealer.save() // once more, as after an answer that was lost
      expect(await seen()).toEqual([profile, "whsec_1", "a reason", "carol"])
    })

    test("and was never saved, because of a crash or a refusal, is as if it had never been", async () => {
      const lost = (await vault.sealer(ORG, { people: [ADA] })).sealProfile(ADA, profile)
      expect(await openProfile(vault, ORG, ADA, lost)).toBeUndefined()
      const text = await sealProfile(vault, ORG, ADA, profile)
      for (const opener of [vault, await another()]) expect(await openProfile(opener, ORG, ADA, text)).toEqual(profile)
    })

    test("when the crash came between saving and appending: the key is used by the next event", async () => {
      const lost = await sealProfile(vault, ORG, ADA, profile)
      const other = await another()
      const text = await sealProfile(other, ORG, ADA, profile)
      for (const each of [lost, text]) expect(await openProfile(vault, ORG, ADA, each)).toEqual(profile)
    })

    test.each(["person", "organization"])(
      "two nodes that make a key of the same %s at once: one has to seal again, with the other's",
      async (whose) => {
        const nodes = [vault, await another()]
        const wants = whose === "person" ? { people: [ADA] } : { secrets: true }
        const sealers = await Promise.all(nodes.map((node) => node.sealer(ORG, wants)))
        const texts = sealers.map((sealer) => (whose === "person" ? sealer.sealProfile(ADA, profile) : sealer.sealText("whsec_1")))
        const saved = await Promise.allSettled(sealers.map((sealer) => sealer.save()))
        const [winner, loser] = saved[0]?.status === "fulfilled" ? [0, 1] : [1, 0]
        expect(saved[winner]?.status).toBe("fulfilled")
        expect(saved[loser]).toMatchObject({ status: "rejected", reason: expect.any(KeyRaced) })

        const node = nodes[loser] as Vault
        const again = whose === "person" ? await sealProfile(node, ORG, ADA, profile) : await sealText(node, ORG, "whsec_1")
        for (const opener of nodes)
          for (const text of [texts[winner] ?? "", again])
            expect(await (whose === "person" ? openProfile(opener, ORG, ADA, text) : openText(opener, ORG, text))).toEqual(
              whose === "person" ? profile : "whsec_1",
            )
      },
    )

    test("nothing of it is saved when one key was raced for", async () => {
      const sealer = await vault.sealer(ORG, { people: [ADA, BO] })
      const texts = [sealer.sealProfile(BO, profile), sealer.sealProfile(ADA, profile)]
      await sealProfile(await another(), ORG, ADA, profile)
      await expect(sealer.save()).rejects.toThrow(KeyRaced)
      expect(await openProfile(vault, ORG, BO, texts[0] ?? "")).toBeUndefined()
    })
  })

  describe("rule 28: erasing", () => {
    test("a destroyed key opens nothing any more, on any node, and the name is free", async () => {
      const other = await another()
      const text = await sealProfile(vault, ORG, ADA, profile)
      await vault.recordNames(ORG, [{ revision: 1, owner: ADA, names: { userName: profile.userName } }], 1)
      expect(await openProfile(other, ORG, ADA, text)).toEqual(profile)
      await vault.erase(ORG, [{ userId: ADA, actors: [], texts: [] }], 2)
      await until(async () => (await openProfile(other, ORG, ADA, text)) === undefined)
      for (const opener of [vault, await another()]) {
        expect(await openProfile(opener, ORG, ADA, text)).toBeUndefined()
        expect(await find(opener, ORG, { kind: "userName", value: profile.userName })).toBeUndefined()
      }
      expect(await vault.reached(ORG)).toEqual({ names: 1, erasures: 2 })
    })

    test("a reason has a key of its own: erased, it cannot be opened any more, and the others can", async () => {
      const other = await another()
      const [named, kept] = [await sealReason(vault, ORG, "Ada asked"), await sealReason(vault, ORG, "no longer needed")]
      expect(named).toMatch(/^v2\.[\w-]{16}\.[\w-]+$/)
      expect(await openText(other, ORG, named)).toBe("Ada asked")
      expect(await openText(vault, "org_other", named)).toBeUndefined()
      await vault.erase(ORG, [{ userId: ADA, actors: [], texts: [textIdOf(named)] }], 1)
      await until(async () => (await openText(other, ORG, named)) === undefined)
      for (const opener of [vault, other, await another()]) {
        expect([await openText(opener, ORG, named), await openText(opener, ORG, kept)]).toEqual([undefined, "no longer needed"])
      }
    })

    test("a reason of before there were such keys is not opened any more either, and stays so", async () => {
      const [named, kept] = [await sealText(vault, ORG, "Ada asked"), await sealText(vault, ORG, "no longer needed")]
      for (let times = 0; times < 2; times++) await vault.erase(ORG, [{ userId: ADA, actors: [], texts: [textIdOf(named)] }], 1)
      for (const opener of [vault, await another()]) {
        expect([await openText(opener, ORG, named), await openText(opener, ORG, kept)]).toEqual([undefined, "no longer needed"])
      }
    })

    test("the subject of an erased person is gone, and the same subject is somebody else from then on", async () => {
      const [ada, carol] = [await actorFor(vault, ORG, "Ada@Example.com"), await actorFor(vault, ORG, "carol")]
      expect(await vault.actorsNamed(ORG, ["ada@example.com", "nobody"])).toEqual([ada])
      await vault.erase(ORG, [{ userId: ADA, actors: [ada as ActorId], texts: [] }], 1)
      expect([await subjectOf(vault, ORG, ada), await subjectOf(vault, ORG, carol)]).toEqual([undefined, "carol"])
      const again = await actorFor(vault, ORG, "Ada@Example.com")
      expect(again).not.toBe(ada)
      expect(await actorFor(await another(), ORG, "Ada@Example.com")).toBe(again)
      expect(await subjectOf(vault, ORG, again)).toBe("Ada@Example.com")
    })

    test("an id that was minted elsewhere and erased meanwhile is nobody's: it is minted anew", async () => {
      const asked = { scope: ORG, subject: "ada" }
      const sealer = await vault.sealer(ORG, { actors: [asked] })
      const minted = sealer.actorFor(asked)
      const other = await another()
      const erased = (await actorFor(other, ORG, "ada")) as ActorId // nobody in the directory has that name
      await other.erase(ORG, [{ userId: ADA, actors: [erased], texts: [] }], 1)
      await expect(sealer.save()).rejects.toThrow(KeyRaced)
      expect([minted === erased, (await actorFor(vault, ORG, "ada")) === erased]).toEqual([true, false])
    })
  })

  describe("names", () => {
    const findIn = (kind: "userName" | "externalId" | "groupExternalId", value: string) => find(vault, ORG, { kind, value })

    test("user names are the same without case and in any Unicode form, external ids to the letter", async () => {
      await vault.recordNames(ORG, [{ revision: 1, owner: ADA, names: { userName: "Zoë@Example.com ", externalId: "aB1" } }], 1)
      expect(await findIn("userName", "zoe\u0308@example.COM")).toBe(ADA)
      expect(await findIn("externalId", "aB1")).toBe(ADA)
      expect(await findIn("externalId", "AB1")).toBeUndefined()
      expect(await findIn("groupExternalId", "aB1")).toBeUndefined()
      expect(await find(vault, "org_other", { kind: "userName", value: "zoë@example.com" })).toBeUndefined()
    })

    test("a new name frees the old one, a deletion frees all", async () => {
      const change = (revision: number, names: object) => vault.recordNames(ORG, [{ revision, owner: ADA, names }], revision)
      await change(1, { userName: "ada", externalId: "e1" })
      await change(2, { userName: "countess" })
      expect([await findIn("userName", "ada"), await findIn("userName", "countess"), await findIn("externalId", "e1")]).toEqual([
        undefined,
        ADA,
        ADA,
      ])
      await change(3, { userName: null, externalId: null })
      expect([await findIn("userName", "countess"), await findIn("externalId", "e1")]).toEqual([undefined, undefined])
    })

    test("changes of one batch follow each other: a name that is freed and given away again is the last one's", async () => {
      const named = (revision: number, owner: UserId, userName: string | null) => ({ revision, owner, names: { userName } })
      await vault.recordNames(
        ORG,
        [named(1, ADA, "one"), named(2, BO, "two"), named(3, ADA, "three"), named(4, BO, "one"), named(5, ADA, "two"), named(6, BO, null)],
        6,
      )
      expect([await findIn("userName", "one"), await findIn("userName", "two"), await findIn("userName", "three")]).toEqual([
        undefined,
        ADA,
        undefined,
      ])
    })

    test("what the index has already is passed over, so that a late writer does not bring an old name back", async () => {
      await vault.recordNames(ORG, [{ revision: 4, owner: ADA, names: { userName: "new" } }], 6)
      await vault.recordNames(ORG, [{ revision: 2, owner: ADA, names: { userName: "old" } }], 2)
      const late = { revision: 3, owner: ADA, names: { userName: "old" } }
      await vault.recordNames(ORG, [late, { revision: 7, owner: STAFF, names: { groupExternalId: "g" } }], 7)
      expect([await findIn("userName", "new"), await findIn("userName", "old"), await findIn("groupExternalId", "g")]).toEqual([
        ADA,
        undefined,
        STAFF,
      ])
      expect((await vault.reached(ORG)).names).toBe(7)
    })
  })

  describe("a log that was put back from a backup", () => {
    const name = { kind: "userName", value: profile.userName } as const
    const followed = async () => {
      await vault.recordNames(ORG, [{ revision: 3, owner: ADA, names: { userName: profile.userName } }], 3)
      await vault.recordNames("org_other", [{ revision: 3, owner: ADA, names: { userName: profile.userName } }], 3)
      await vault.erase(ORG, [{ userId: BO, actors: [], texts: [] }], 5)
    }

    test.each([2, 4])("and ends at revision %i, before what the vault knows: the vault starts over, but for the keys", async (head) => {
      const text = await sealProfile(vault, ORG, ADA, profile)
      await followed()
      await vault.startOver(ORG, async () => head)
      for (const each of [vault, await another()]) {
        expect(await each.reached(ORG)).toEqual({ names: 0, erasures: 0 })
        expect(await find(each, ORG, name)).toBeUndefined()
        expect(await openProfile(each, ORG, ADA, text)).toEqual(profile)
        expect([await find(each, "org_other", name), await each.reached("org_other")]).toEqual([ADA, { names: 3, erasures: 0 }])
      }
      await vault.recordNames(ORG, [{ revision: 2, owner: BO, names: { userName: profile.userName } }], 2)
      expect([await find(vault, ORG, name), await vault.reached(ORG)]).toEqual([BO, { names: 2, erasures: 0 }])
    })

    test("and holds all that the vault knows: nothing changes", async () => {
      await followed()
      await vault.startOver(ORG, async () => 5)
      expect([await find(vault, ORG, name), await vault.reached(ORG)]).toEqual([ADA, { names: 3, erasures: 5 }])
    })
  })

  describe("actors", () => {
    test("a subject is the user who bears it as external id or user name, otherwise a minted id that keeps it sealed", async () => {
      const stranger = await actorFor(vault, ORG, "ada@example.com")
      expect(stranger).toMatch(/^act_[a-z0-9]+$/)
      expect(await subjectOf(vault, ORG, stranger)).toBe("ada@example.com")
      expect(await actorFor(await another(), ORG, "ada@example.com")).toBe(stranger)
      expect(await actorFor(vault, "org_other", "ada@example.com")).not.toBe(stranger)
      expect(await subjectOf(vault, "org_other", stranger)).toBeUndefined()

      await vault.recordNames(ORG, [{ revision: 1, owner: ADA, names: { userName: "Ada@example.com", externalId: "sub-1" } }], 1)
      expect(await actorFor(vault, ORG, "ada@example.com")).toBe(ADA)
      expect(await actorFor(vault, ORG, "sub-1")).toBe(ADA)
    })

    test("two nodes that mint for the same subject at once mint the same", async () => {
      const nodes = [vault, await another()]
      const minted = await Promise.all(nodes.map((node) => actorFor(node, ORG, "carol")))
      expect(minted[0]).toBe(minted[1])
      for (const node of nodes) expect(await subjectOf(node, ORG, minted[0] ?? "")).toBe("carol")
    })

    test("a group of commands looks up everybody at once", async () => {
      const asked = ["carol", "dave"].map((subject) => ({ scope: ORG, subject }))
      const ids = await sealed(vault, ORG, { actors: asked }, (sealer) => asked.map((subject) => sealer.actorFor(subject)))
      expect(await Promise.all(ids.map((id) => subjectOf(vault, ORG, id)))).toEqual(["carol", "dave"])
    })
  })
}
