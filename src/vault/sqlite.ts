/**
 * The vault in one SQLite file of its own, readable by its owner only. Unlike the read models it cannot be rebuilt:
 * back it up apart from the log, because the log without it says nothing about people.
 */
import { createHmac } from "node:crypto"
import { chmodSync, closeSync, mkdirSync, openSync, readSync } from "node:fs"
import { dirname } from "node:path"
import Database from "better-sqlite3"
import type { Profile, Sealed } from "../domain/events"
import type { ActorId, GroupId, UserId } from "../domain/ids"
import { IDENTITY_KINDS, normalised } from "./names"
import { hasOwnKey, newKey, open, seal, textIdOf } from "./sealing"
import type { Erasure, Identity, IdentityKind, NameChange, Vault } from "./vault"

const FORMAT = 2
/** Keys kept in memory, about 200 bytes each. */
const KEYS_IN_MEMORY = 50_000
const ACTORS_IN_MEMORY = 10_000

const TABLES = `
  create table secret (id integer primary key check (id = 1), value blob not null) strict;
  create table erased (id integer primary key check (id = 1), count integer not null) strict;
  insert into erased values (1, 0);
  create table person_key (
    organization_id text not null,
    user_id text not null,
    key blob not null,
    primary key (organization_id, user_id)
  ) strict, without rowid;
  create table organization_key (organization_id text primary key, key blob not null) strict, without rowid;
  create table name (                  -- names are kept as keyed hashes: enough to find one, not to read it
    organization_id text not null,
    kind text not null,
    digest blob not null,
    owner text not null,
    primary key (organization_id, kind, digest)
  ) strict, without rowid;
  create index name_of_owner on name (organization_id, owner, kind);
  create table names_reached (organization_id text primary key, revision integer not null) strict, without rowid;
  create table actor (
    organization_id text not null,
    actor_id text not null,
    subject text not null,             -- sealed under the organization's key; empty: erased
    primary key (organization_id, actor_id)
  ) strict, without rowid;`

/** Since format 2 people can be erased. */
const ERASING = `
  alter table erased add column wiped integer not null default 1; -- 0: copies of what was erased may still lie in the file
  create table erasures_reached (organization_id text primary key, revision integer not null) strict, without rowid;
  create table text_key (
    organization_id text not null,
    text_id text not null,
    key blob not null,
    primary key (organization_id, text_id)
  ) strict, without rowid;
  create table erased_text (           -- of format 1, without a key of its own: no longer opened
    organization_id text not null,
    text_id text not null,
    primary key (organization_id, text_id)
  ) strict, without rowid;
  pragma user_version = ${FORMAT};`

/**
 * Opens the vault in `file`, and makes it when it is not there; `:memory:` for tests.
 * `readOnly`: for readers beside a running writer (the projector's thread, the CLI); they see new keys at once.
 */
export function openVault(file: string, { readOnly = false } = {}): SqliteVault {
  if (!readOnly && file !== ":memory:") {
    mkdirSync(dirname(file), { recursive: true })
    // SQLite gives its journals the same rights as the file.
    closeSync(openSync(file, "a", 0o600))
    chmodSync(file, 0o600)
  }
  const db = openFile(file, readOnly)
  try {
    if (!readOnly) {
      db.pragma("journal_mode = WAL")
      // A key must be on the disk before the event that needs it.
      db.pragma("synchronous = FULL")
      // What is deleted is overwritten: a destroyed key must not lie in a free page.
      db.pragma("secure_delete = ON")
      // The keys of new people lie all over the table: an import is quicker when the journal is folded in seldom.
      db.pragma("wal_autocheckpoint = 10000")
      db.pragma("journal_size_limit = 67108864")
      db.transaction(() => {
        const format = db.pragma("user_version", { simple: true })
        if (format === 0) {
          db.exec(TABLES)
          db.prepare("insert into secret values (1, ?)").run(newKey())
        }
        if (format === 0 || format === 1) db.exec(ERASING)
      }).immediate()
    }
    const format = db.pragma("user_version", { simple: true })
    if (format !== FORMAT) throw new Error(`the vault ${file} has format ${format}; this version of Seatledger reads ${FORMAT}`)
    const vault = new SqliteVault(db)
    if (!readOnly) vault.wipeWhatIsLeft()
    return vault
  } catch (error) {
    db.close()
    throw error
  }
}

function openFile(file: string, readOnly: boolean): Database.Database {
  try {
    return new Database(file, { readonly: readOnly, fileMustExist: readOnly, timeout: 10_000 })
  } catch (cause) {
    const hint = readOnly ? "; is this the right data folder, and was the server started there once?" : ""
    throw new Error(`cannot open the vault ${file}${hint}`, { cause })
  }
}

export class SqliteVault implements Vault {
  readonly #db: Database.Database
  readonly #statements: ReturnType<typeof prepare>
  readonly #secret: Buffer
  readonly #keys = new Map<string, Buffer>()
  readonly #actors = new Map<string, UserId | ActorId>()
  #batch: "none" | "idle" | "writing" = "none"
  /** What was erased and must no longer lie anywhere in the file. */
  #toWipe: Buffer[] = []
  #dataVersion: number | undefined
  #erased: number | undefined

  constructor(db: Database.Database) {
    this.#db = db
    this.#statements = prepare(db)
    const secret = this.#statements.secret.get()
    if (!secret) throw new Error("the vault has no secret: the file is damaged, restore it from a backup")
    this.#secret = secret
  }

  sealProfile(organizationId: string, userId: UserId, profile: Partial<Profile>): Sealed {
    const key = this.#personKey(organizationId, userId) ?? this.#makePersonKey(organizationId, userId)
    return seal(key, placeOfPerson(organizationId, userId), JSON.stringify(profile))
  }

  openProfile(organizationId: string, userId: string, sealed: Sealed): Partial<Profile> | undefined {
    const key = this.#personKey(organizationId, userId)
    // What was authenticated was written by sealProfile, so it has that shape.
    return key && (JSON.parse(open(key, placeOfPerson(organizationId, userId), sealed)) as Partial<Profile>)
  }

  sealText(organizationId: string, text: string): Sealed {
    const key = this.#organizationKey(organizationId) ?? this.#makeOrganizationKey(organizationId)
    return seal(key, placeOfText(organizationId), text)
  }

  sealReason(organizationId: string, text: string): Sealed {
    const key = newKey()
    const sealed = seal(key, placeOfText(organizationId), text, "v2")
    this.#write(() => this.#statements.addTextKey.run(organizationId, textIdOf(sealed), key))
    return sealed
  }

  openText(organizationId: string, sealed: Sealed): string | undefined {
    const key = hasOwnKey(sealed) ? this.#statements.textKey.get(organizationId, textIdOf(sealed)) : this.#sharedKey(organizationId, sealed)
    return key && open(key, placeOfText(organizationId), sealed)
  }

  erase(organizationId: string, erasures: readonly Erasure[], reached: number): void {
    const { countErased, moveErasuresReached } = this.#statements
    this.#write(() => {
      for (const erasure of erasures) this.#erase(organizationId, erasure)
      countErased.run()
      moveErasuresReached.run(organizationId, reached)
    })
    this.#forgetMemory()
  }

  erasuresReached(organizationId: string): number {
    return this.#statements.erasuresReached.get(organizationId) ?? 0
  }

  actorsNamed(organizationId: string, names: readonly string[]): readonly ActorId[] {
    const wanted = new Set(names.map((name) => normalised("userName", name)))
    return this.#statements.actors.all(organizationId).filter((actorId) => {
      const subject = this.subjectOf(organizationId, actorId)
      return subject !== undefined && wanted.has(normalised("userName", subject))
    })
  }

  hash(text: string): string {
    return createHmac("sha256", this.#secret).update("hash\0").update(text).digest("base64url")
  }

  find(organizationId: string, { kind, value }: Identity): UserId | GroupId | undefined {
    return this.#statements.nameOwner.get(organizationId, kind, this.#digest(organizationId, kind, value))
  }

  namesReached(organizationId: string): number {
    return this.#statements.namesReached.get(organizationId) ?? 0
  }

  recordNames(organizationId: string, changes: readonly NameChange[], reached: number): void {
    // Alone it needs no sync: what a power cut takes away is read from the log again. The next key is synced with it.
    const isAlone = this.#batch === "none"
    if (isAlone) this.#statements.relax.run()
    try {
      this.#write(() => this.#moveNames(organizationId, changes, reached))
    } finally {
      if (isAlone) this.#statements.insist.run()
    }
    this.#actors.clear()
  }

  actorFor(organizationId: string, subject: string): UserId | ActorId {
    const cacheKey = `${organizationId}\0${subject}`
    const known = this.#actors.get(cacheKey)
    if (known !== undefined && !this.#db.readonly) return known
    const actor = this.#userNamed(organizationId, subject) ?? this.#mintedActor(organizationId, subject)
    remember(this.#actors, cacheKey, actor, ACTORS_IN_MEMORY)
    return actor
  }

  subjectOf(organizationId: string, actorId: string): string | undefined {
    const sealed = this.#statements.actorSubject.get(organizationId, actorId)
    const key = sealed ? this.#organizationKey(organizationId) : undefined
    return key && sealed ? open(key, placeOfActor(organizationId, actorId), sealed) : undefined
  }

  batch<T>(work: () => T): T {
    if (this.#batch !== "none") return work()
    this.#batch = "idle"
    try {
      const result = work()
      if (this.#isWriting()) this.#statements.commit.run()
      if (this.#toWipe.length > 0) this.#wipe()
      return result
    } catch (error) {
      if (this.#db.inTransaction) this.#statements.rollback.run()
      // Keys and actors made inside were never written.
      this.#forgetMemory()
      throw error
    } finally {
      this.#batch = "none"
    }
  }

  close(): void {
    this.#forgetMemory()
    this.#db.close()
  }

  /** A batch that only reads begins no transaction, and so costs no sync of the disk. */
  #write(work: () => void): void {
    if (this.#db.readonly) throw new Error("the vault was opened for reading only")
    this.batch(() => {
      if (!this.#isWriting()) {
        this.#statements.begin.run()
        this.#batch = "writing"
      }
      work()
    })
  }

  #moveNames(organizationId: string, changes: readonly NameChange[], reached: number): void {
    const { dropName, putName, moveNamesReached } = this.#statements
    // Read inside the transaction: another node may have recorded the same events meanwhile.
    const before = this.namesReached(organizationId)
    if (reached <= before) return
    for (const { revision, owner, names } of changes) {
      if (revision <= before) continue
      for (const kind of IDENTITY_KINDS) {
        const value = names[kind]
        if (value === undefined) continue
        dropName.run(organizationId, owner, kind)
        if (value !== null) putName.run(organizationId, kind, this.#digest(organizationId, kind, value), owner)
      }
    }
    moveNamesReached.run(organizationId, reached)
  }

  #erase(organizationId: string, { userId, actors, texts }: Erasure): void {
    const { personKey, dropPersonKey, nameDigests, dropNames, actorSubject, eraseActor, textKey, dropTextKey, markErased } =
      this.#statements
    const wipe = (bytes: Buffer | undefined) => bytes && this.#toWipe.push(bytes)
    wipe(personKey.get(organizationId, userId))
    dropPersonKey.run(organizationId, userId)
    for (const digest of nameDigests.all(organizationId, userId)) wipe(digest)
    dropNames.run(organizationId, userId)
    for (const actorId of actors) {
      const subject = actorSubject.get(organizationId, actorId)
      if (subject) wipe(Buffer.from(subject))
      eraseActor.run(organizationId, actorId)
    }
    for (const textId of texts) {
      const key = textKey.get(organizationId, textId)
      wipe(key)
      if (key) dropTextKey.run(organizationId, textId)
      else markErased.run(organizationId, textId)
    }
  }

  /**
   * `secure_delete` writes over what is deleted, but where a page of the tree was split before, the gap between its cells
   * may still hold a copy of one that moved (SQLite's rebuildPage leaves it; measured: one row in 3,000). So the file itself
   * is asked, and only when there is such a copy written anew.
   */
  #wipe(): void {
    if (!this.#foldJournal()) return // a reader is in the way: the next batch tries again, and the next start at the latest
    if (this.#toWipe.some((bytes) => this.#liesInFile(bytes)) && !this.#writeAnew()) return
    this.#toWipe = []
    this.#statements.wiped.run()
  }

  /** A crash came between erasing and wiping: what to look for is not known any more. */
  wipeWhatIsLeft(): void {
    if (this.#statements.isWiped.get() === 0 && this.#writeAnew()) this.#statements.wiped.run()
  }

  #writeAnew(): boolean {
    this.#db.exec("vacuum")
    return this.#foldJournal()
  }

  /** The journal holds pages as they were. False when a reader is in the way. */
  #foldJournal(): boolean {
    const [{ busy }] = this.#db.pragma("wal_checkpoint(TRUNCATE)") as [{ readonly busy: number }] // the row that SQLite documents
    return busy === 0
  }

  #liesInFile(bytes: Buffer): boolean {
    return !this.#db.memory && fileHolds(this.#db.name, bytes)
  }

  #isWriting(): boolean {
    return this.#batch === "writing"
  }

  /** Digests are cut to 128 bits: enough that two names never meet, and half the index. */
  #digest(organizationId: string, kind: IdentityKind, value: string): Buffer {
    const text = `name\0${organizationId}\0${kind}\0${normalised(kind, value)}`
    return createHmac("sha256", this.#secret).update(text).digest().subarray(0, 16)
  }

  #userNamed(organizationId: string, subject: string): UserId | undefined {
    const owner =
      this.find(organizationId, { kind: "externalId", value: subject }) ?? this.find(organizationId, { kind: "userName", value: subject })
    return owner as UserId | undefined // of these kinds only users have one
  }

  /** The id follows from the subject, so every node mints the same; after an erasure another one, which is nobody's yet. */
  #mintedActor(organizationId: string, subject: string): ActorId {
    let actorId = this.#actorId(organizationId, subject, 0)
    let known = this.#statements.actorSubject.get(organizationId, actorId)
    for (let erased = 1; known === ""; erased++) {
      actorId = this.#actorId(organizationId, subject, erased)
      known = this.#statements.actorSubject.get(organizationId, actorId)
    }
    if (known === undefined) {
      this.#write(() => {
        const key = this.#organizationKey(organizationId) ?? this.#makeOrganizationKey(organizationId)
        this.#statements.addActor.run(organizationId, actorId, seal(key, placeOfActor(organizationId, actorId), subject))
      })
    }
    return actorId
  }

  #actorId(organizationId: string, subject: string, erased: number): ActorId {
    const text = `actor\0${organizationId}\0${subject}${erased === 0 ? "" : `\0${erased}`}`
    return `act_${createHmac("sha256", this.#secret).update(text).digest("hex").slice(0, 24)}` as ActorId
  }

  /** Of a text without a key of its own. */
  #sharedKey(organizationId: string, sealed: Sealed): Buffer | undefined {
    if (this.#statements.isErased.get(organizationId, textIdOf(sealed)) !== undefined) return undefined
    return this.#organizationKey(organizationId)
  }

  #personKey(organizationId: string, userId: string): Buffer | undefined {
    return this.#key(placeOfPerson(organizationId, userId), () => this.#statements.personKey.get(organizationId, userId))
  }

  #makePersonKey(organizationId: string, userId: string): Buffer {
    this.#write(() => this.#statements.addPersonKey.run(organizationId, userId, newKey()))
    return this.#personKey(organizationId, userId) as Buffer // it was just made, by us or in the same moment by another node
  }

  #organizationKey(organizationId: string): Buffer | undefined {
    return this.#key(placeOfText(organizationId), () => this.#statements.organizationKey.get(organizationId))
  }

  #makeOrganizationKey(organizationId: string): Buffer {
    this.#write(() => this.#statements.addOrganizationKey.run(organizationId, newKey()))
    return this.#organizationKey(organizationId) as Buffer // as above
  }

  /** A missing key is never remembered as missing: the writer may make it in the next moment. */
  #key(place: string, read: () => Buffer | undefined): Buffer | undefined {
    this.#noticeErasure()
    const key = this.#keys.get(place) ?? read()
    if (key) remember(this.#keys, place, key, KEYS_IN_MEMORY)
    return key
  }

  /** A key that another connection destroyed must not live on in this one's memory. `data_version` costs about 1 µs. */
  #noticeErasure(): void {
    if (!this.#db.readonly) return
    const version = this.#statements.dataVersion.get()
    if (version === this.#dataVersion) return
    this.#dataVersion = version
    const erased = this.#statements.erased.get()
    if (erased !== this.#erased) this.#keys.clear()
    this.#erased = erased
  }

  #forgetMemory(): void {
    this.#keys.clear()
    this.#actors.clear()
  }
}

/** As much of a file as is looked through at once. */
const PIECE_BYTES = 4 * 1024 * 1024

function fileHolds(file: string, bytes: Buffer): boolean {
  const handle = openSync(file, "r")
  try {
    const piece = Buffer.alloc(PIECE_BYTES + bytes.length)
    for (let start = 0; ; start += PIECE_BYTES) {
      // Each piece reaches into the next one, so that nothing is cut in two.
      const read = readSync(handle, piece, 0, piece.length, start)
      if (piece.subarray(0, read).includes(bytes)) return true
      if (read < piece.length) return false
    }
  } finally {
    closeSync(handle)
  }
}

function placeOfPerson(organizationId: string, userId: string): string {
  return `profile ${organizationId} ${userId}`
}
function placeOfText(organizationId: string): string {
  return `text ${organizationId}`
}
function placeOfActor(organizationId: string, actorId: string): string {
  return `actor ${organizationId} ${actorId}`
}

/** A Map keeps the order of insertion, so the first one is the one not used for longest. */
function remember<Value>(map: Map<string, Value>, key: string, value: Value, most: number): void {
  map.delete(key)
  map.set(key, value)
  if (map.size <= most) return
  for (const oldest of map.keys()) {
    map.delete(oldest)
    return
  }
}

function prepare(db: Database.Database) {
  const value = <Params extends unknown[], Value>(sql: string) => db.prepare<Params, Value>(sql).pluck()
  return {
    begin: db.prepare("begin immediate"),
    commit: db.prepare("commit"),
    rollback: db.prepare("rollback"),
    relax: db.prepare("pragma synchronous = NORMAL"),
    insist: db.prepare("pragma synchronous = FULL"),
    dataVersion: value<[], number>("pragma data_version"),
    secret: value<[], Buffer>("select value from secret"),
    erased: value<[], number>("select count from erased"),
    countErased: db.prepare<[]>("update erased set count = count + 1, wiped = 0"),
    wiped: db.prepare<[]>("update erased set wiped = 1"),
    isWiped: value<[], number>("select wiped from erased"),
    erasuresReached: value<[string], number>("select revision from erasures_reached where organization_id = ?"),
    moveErasuresReached: db.prepare<[string, number]>(
      "insert into erasures_reached values (?, ?) on conflict do update set revision = max(revision, excluded.revision)",
    ),
    textKey: value<[string, string], Buffer>("select key from text_key where organization_id = ? and text_id = ?"),
    addTextKey: db.prepare<[string, string, Buffer]>("insert into text_key values (?, ?, ?)"),
    dropTextKey: db.prepare<[string, string]>("delete from text_key where organization_id = ? and text_id = ?"),
    isErased: value<[string, string], number>("select 1 from erased_text where organization_id = ? and text_id = ?"),
    markErased: db.prepare<[string, string]>("insert into erased_text values (?, ?) on conflict do nothing"),
    personKey: value<[string, string], Buffer>("select key from person_key where organization_id = ? and user_id = ?"),
    addPersonKey: db.prepare<[string, string, Buffer]>("insert into person_key values (?, ?, ?) on conflict do nothing"),
    dropPersonKey: db.prepare<[string, string]>("delete from person_key where organization_id = ? and user_id = ?"),
    organizationKey: value<[string], Buffer>("select key from organization_key where organization_id = ?"),
    addOrganizationKey: db.prepare<[string, Buffer]>("insert into organization_key values (?, ?) on conflict do nothing"),
    nameOwner: value<[string, string, Buffer], UserId | GroupId>(
      "select owner from name where organization_id = ? and kind = ? and digest = ?",
    ),
    putName: db.prepare<[string, string, Buffer, string]>("insert or replace into name values (?, ?, ?, ?)"),
    dropName: db.prepare<[string, string, string]>("delete from name where organization_id = ? and owner = ? and kind = ?"),
    nameDigests: value<[string, string], Buffer>("select digest from name where organization_id = ? and owner = ?"),
    dropNames: db.prepare<[string, string]>("delete from name where organization_id = ? and owner = ?"),
    namesReached: value<[string], number>("select revision from names_reached where organization_id = ?"),
    moveNamesReached: db.prepare<[string, number]>("insert or replace into names_reached values (?, ?)"),
    actorSubject: value<[string, string], string>("select subject from actor where organization_id = ? and actor_id = ?"),
    actors: value<[string], ActorId>("select actor_id from actor where organization_id = ?"),
    eraseActor: db.prepare<[string, string]>("update actor set subject = '' where organization_id = ? and actor_id = ?"),
    addActor: db.prepare<[string, string, string]>("insert into actor values (?, ?, ?) on conflict do nothing"),
  }
}
