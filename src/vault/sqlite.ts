/**
 * The vault in one SQLite file of its own, readable by its owner only. Unlike the read models it cannot be rebuilt:
 * back it up apart from the log, because the log without it says nothing about people.
 */
import { chmodSync, closeSync, mkdirSync, openSync } from "node:fs"
import { dirname } from "node:path"
import Database from "better-sqlite3"
import type { ActorId, UserId } from "../domain/ids"
import { fileHolds } from "./file-holds"
import { Hashes } from "./hashes"
import { type AtHandForSealing, type Made, openedWith, placeOfPerson, placeOfText, SealingKeys } from "./keys"
import { IDENTITY_KINDS, normalised } from "./names"
import { newKey } from "./sealing"
import { prepare } from "./sqlite-statements"
import { ERASING, FORMAT, TABLES } from "./sqlite-tables"
import { type Erasure, KeyRaced, type Keys, type NameChange, type Reached, type Sealer, type Subject, type Vault } from "./vault"

/** Keys kept in memory, about 200 bytes each. */
const KEYS_IN_MEMORY = 50_000
const ACTORS_IN_MEMORY = 10_000

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
  readonly #hashes: Hashes
  /** Reads when it is asked: looking up a key takes a few microseconds. */
  readonly #atHand: AtHandForSealing
  readonly #opened: Keys
  readonly #keys = new Map<string, Buffer>()
  readonly #actors = new Map<string, UserId | ActorId>()
  /** What was erased and must no longer lie anywhere in the file. */
  #toWipe: Buffer[] = []
  #dataVersion: number | undefined
  #erased: number | undefined

  constructor(db: Database.Database) {
    this.#db = db
    this.#statements = prepare(db)
    const secret = this.#statements.secret.get()
    if (!secret) throw new Error("the vault has no secret: the file is damaged, restore it from a backup")
    this.#hashes = new Hashes(secret)
    this.#atHand = this.#reading()
    this.#opened = openedWith(this.#atHand)
  }

  async load(): Promise<Keys> {
    return this.#opened
  }

  async sealer(ownerId: string): Promise<Sealer> {
    return this.sealerFor(ownerId)
  }

  /** The same at once; what it saves is written when `save` returns. For whoever writes a long history of their own. */
  sealerFor(ownerId: string): Sealer {
    return new SealingKeys(ownerId, this.#hashes, this.#atHand, async (made) => this.#save(made))
  }

  async reached(organizationId: string): Promise<Reached> {
    return this.#reached(organizationId)
  }

  async recordNames(organizationId: string, changes: readonly NameChange[], reached: number): Promise<void> {
    // It needs no sync: what a power cut takes away is read from the log again. The next key is synced with it.
    this.#statements.relax.run()
    try {
      this.#write(() => this.#moveNames(organizationId, changes, reached))
    } finally {
      this.#statements.insist.run()
    }
    this.#actors.clear()
  }

  async startOver(organizationId: string, readHead: () => Promise<number>): Promise<void> {
    const before = this.#reached(organizationId)
    const head = await readHead()
    if (before.names <= head && before.erasures <= head) return
    const { dropAllNames, forgetNamesReached, forgetErasuresReached } = this.#statements
    this.#write(() => {
      const { names, erasures } = this.#reached(organizationId)
      if (names !== before.names || erasures !== before.erasures) return // somebody else did, and follows the log already
      for (const forget of [dropAllNames, forgetNamesReached, forgetErasuresReached]) forget.run(organizationId)
    })
    this.#actors.clear()
  }

  async erase(organizationId: string, erasures: readonly Erasure[], reached: number): Promise<void> {
    const { countErased, moveErasuresReached } = this.#statements
    this.#write(() => {
      for (const erasure of erasures) this.#erase(organizationId, erasure)
      countErased.run()
      moveErasuresReached.run(organizationId, reached)
    })
    this.#forgetMemory()
  }

  async actorsNamed(organizationId: string, names: readonly string[]): Promise<readonly ActorId[]> {
    const wanted = new Set(names.map((name) => normalised("userName", name)))
    return this.#statements.actors.all(organizationId).filter((actorId) => {
      const subject = this.#opened.subjectOf(organizationId, actorId)
      return subject !== undefined && wanted.has(normalised("userName", subject))
    })
  }

  hash(text: string): string {
    return this.#hashes.of(text)
  }

  async close(): Promise<void> {
    this.#forgetMemory()
    this.#db.close()
  }

  #reached(organizationId: string): Reached {
    const { namesReached, erasuresReached } = this.#statements
    return { names: namesReached.get(organizationId) ?? 0, erasures: erasuresReached.get(organizationId) ?? 0 }
  }

  #reading(): AtHandForSealing {
    const { personKey, organizationKey, textKey, isErased, actorSubject, nameOwner } = this.#statements
    return {
      personKey: (organizationId, userId) => this.#key(placeOfPerson(organizationId, userId), () => personKey.get(organizationId, userId)),
      organizationKey: (organizationId) => this.#key(placeOfText(organizationId), () => organizationKey.get(organizationId)),
      textKey: (organizationId, textId) => textKey.get(organizationId, textId),
      isTextErased: (organizationId, textId) => isErased.get(organizationId, textId) !== undefined,
      subject: (organizationId, actorId) => actorSubject.get(organizationId, actorId),
      nameOwner: (organizationId, kind, digest) => nameOwner.get(organizationId, kind, digest),
      knownActor: (subject) => (this.#db.readonly ? undefined : this.#actors.get(keyOf(subject))),
      rememberActor: (subject, actor) => remember(this.#actors, keyOf(subject), actor, ACTORS_IN_MEMORY),
    }
  }

  #write(work: () => void): void {
    if (this.#db.readonly) throw new Error("the vault was opened for reading only")
    const { begin, commit, rollback } = this.#statements
    try {
      begin.run()
      work()
      commit.run()
    } catch (error) {
      if (this.#db.inTransaction) rollback.run()
      throw error
    }
    if (this.#toWipe.length > 0) this.#wipe()
  }

  #save({ personKeys, organizationKeys, textKeys, actors }: Made): void {
    const { addPersonKey, addOrganizationKey, addTextKey, addActor, personKey, organizationKey, actorSubject } = this.#statements
    this.#write(() => {
      for (const { organizationId, userId, key } of personKeys.values()) {
        const isNew = addPersonKey.run(organizationId, userId, key).changes > 0
        if (!isNew && !personKey.get(organizationId, userId)?.equals(key)) throw new KeyRaced(userId)
      }
      for (const [organizationId, key] of organizationKeys) {
        const isNew = addOrganizationKey.run(organizationId, key).changes > 0
        if (!isNew && !organizationKey.get(organizationId)?.equals(key)) throw new KeyRaced(organizationId)
      }
      for (const { organizationId, textId, key } of textKeys) addTextKey.run(organizationId, textId, key)
      for (const [actorId, { scope, sealed }] of actors) {
        const isNew = addActor.run(scope, actorId, sealed).changes > 0
        if (!isNew && actorSubject.get(scope, actorId) === "") throw new KeyRaced(actorId) // minted and erased meanwhile
      }
    })
    for (const [place, { key }] of personKeys) remember(this.#keys, place, key, KEYS_IN_MEMORY)
    for (const [actorId, subject] of actors) remember(this.#actors, keyOf(subject), actorId, ACTORS_IN_MEMORY)
  }

  #moveNames(organizationId: string, changes: readonly NameChange[], reached: number): void {
    const { namesReached, dropName, putName, moveNamesReached } = this.#statements
    // Read inside the transaction: another process may have recorded the same events meanwhile.
    const before = namesReached.get(organizationId) ?? 0
    if (reached <= before) return
    for (const { revision, owner, names } of changes) {
      if (revision <= before) continue
      for (const kind of IDENTITY_KINDS) {
        const value = names[kind]
        if (value === undefined) continue
        dropName.run(organizationId, owner, kind)
        if (value !== null) putName.run(organizationId, kind, this.#hashes.ofName(organizationId, kind, value), owner)
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
    if (!this.#foldJournal()) return // a reader is in the way: the next write tries again, and the next start at the latest
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

  /** A missing key is never remembered as missing: the writer may make it in the next moment. */
  #key(place: string, read: () => Buffer | undefined): Buffer | undefined {
    this.#noticeErasure()
    const key = this.#keys.get(place) ?? read()
    if (key) remember(this.#keys, place, key, KEYS_IN_MEMORY)
    return key
  }

  /** A key that another connection destroyed must not live on in this one's memory. `data_version` costs about 1 µs. */
  #noticeErasure(): void {
    const version = this.#statements.dataVersion.get()
    if (version === this.#dataVersion) return
    this.#dataVersion = version
    const erased = this.#statements.erased.get()
    if (erased !== this.#erased) this.#forgetMemory()
    this.#erased = erased
  }

  #forgetMemory(): void {
    this.#keys.clear()
    this.#actors.clear()
  }
}

function keyOf({ scope, subject }: Subject): string {
  return `${scope}\0${subject}`
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
