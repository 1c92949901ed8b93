/**
 * The vault in PostgreSQL, for several nodes. Keys are kept in memory for a minute at most; when one is destroyed every
 * node hears of it and forgets all it has.
 */
import { setTimeout as pause } from "node:timers/promises"
import type { ActorId } from "../domain/ids"
import { type Database, openDatabase } from "../postgres/database"
import { isUnavailable } from "../postgres/faults"
import { Listening, notify } from "../postgres/listening"
import { migrate, mustBeMigrated } from "../postgres/migrations"
import { Hashes } from "./hashes"
import { KeyCache } from "./key-cache"
import { type Made, openedWith, placeOfPerson, placeOfText, SealingKeys } from "./keys"
import { normalised } from "./names"
import { Look, placeOfTextKey } from "./postgres-vault-look"
import { STEPS } from "./postgres-vault-tables"
import { wipe } from "./postgres-vault-wipe"
import { eraseAll, moveNames, reachedOf, saveAll, startOver } from "./postgres-vault-write"
import { newKey } from "./sealing"
import { type Erasure, type Keys, type NameChange, type Reached, type Sealer, type SealerWants, type Vault, type Wanted } from "./vault"

export interface PostgresVaultOptions {
  /** `postgres://user:password@host:port/database?sslmode=…` */
  readonly url: string
  /** That of all tables; the vault's own is `<schema>_vault`. */
  readonly schema?: string
  /** For readers beside a running server: the tables must exist, nothing is sealed or erased. */
  readonly readOnly?: boolean
  /** A connection broke, or what was erased could not be wiped yet. The message holds no credentials. */
  readonly onFault?: (error: Error) => void
  /** In milliseconds, never running backwards. */
  readonly now?: () => number
}

const CHANNEL = "erased"
/** How long to wait before something is tried again that is the same when it was done already. */
const AGAIN_MS = [50, 200, 1_000]
const WIPE_AGAIN_MS = 60_000

export function vaultSchema(schema = "seatledger"): string {
  return `${schema}_vault`
}

/** Makes the tables when they are not there. @throws when the database cannot be reached */
export async function openPostgresVault({
  url,
  schema,
  readOnly = false,
  onFault = () => {},
  now = () => performance.now(),
}: PostgresVaultOptions): Promise<PostgresVault> {
  const database = await openDatabase({ url, schema: vaultSchema(schema), connections: 4, purpose: "the vault in PostgreSQL", onFault })
  try {
    await (readOnly ? mustBeMigrated : migrate)(database, "vault", STEPS)
    if (!readOnly) await database.run("insert into secret values (1, decode($1, 'hex')) on conflict do nothing", [newKey().toString("hex")])
    const [secret] = await database.rows<{ value: Buffer }>("select value from secret")
    if (!secret) throw new Error("it has no secret: it is damaged, restore it from a backup")
    return new PostgresVault(database, new Hashes(secret.value), { readOnly, onFault, now })
  } catch (cause) {
    await database.close()
    throw new Error(`the vault in PostgreSQL cannot be used: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  }
}

export class PostgresVault implements Vault {
  readonly #database: Database
  readonly #hashes: Hashes
  readonly #listening: Listening
  readonly #cache: KeyCache
  readonly #options: Required<Pick<PostgresVaultOptions, "readOnly" | "onFault" | "now">>
  readonly #closed = new AbortController()
  #wiping: Promise<void> | undefined
  #wipeAgain: NodeJS.Timeout | undefined

  constructor(database: Database, hashes: Hashes, options: Required<Pick<PostgresVaultOptions, "readOnly" | "onFault" | "now">>) {
    this.#database = database
    this.#hashes = hashes
    this.#options = options
    this.#cache = new KeyCache(options.now)
    this.#listening = new Listening(database)
    this.#listening.to(CHANNEL, () => this.#cache.forget())
    if (!options.readOnly) void this.#wipe() // what a crash kept from being wiped
  }

  async load(wanted: Iterable<Wanted>): Promise<Keys> {
    const look = new Look(this.#cache)
    for (const each of wanted) look.want(each)
    await this.#again(() => look.ask(this.#database))
    return openedWith(look)
  }

  async sealer(ownerId: string, { people = [], secrets = false, names = [], actors = [] }: SealerWants): Promise<Sealer> {
    const look = new Look(this.#cache)
    for (const userId of people) look.wantPerson(ownerId, userId)
    if (secrets) look.wantOrganization(ownerId)
    for (const { kind, value } of names) look.wantName(ownerId, kind, this.#hashes.ofName(ownerId, kind, value))
    const subjects = [...actors]
    for (const { scope, subject } of subjects) {
      for (const kind of ["externalId", "userName"] as const) look.wantName(scope, kind, this.#hashes.ofName(scope, kind, subject))
    }
    // The ids of a subject that was erased are taken: the next one is asked for, nearly always only the first.
    for (let erased = 0, asked = subjects; ; erased++) {
      for (const { scope, subject } of asked) look.wantActor(scope, this.#hashes.actorId(scope, subject, erased))
      await this.#again(() => look.ask(this.#database))
      asked = asked.filter(({ scope, subject }) => look.subject(scope, this.#hashes.actorId(scope, subject, erased)) === "")
      if (asked.length === 0) break
    }
    return new SealingKeys(ownerId, this.#hashes, look, (made) => this.#save(made))
  }

  async reached(organizationId: string): Promise<Reached> {
    return this.#again(() => reachedOf(this.#database, organizationId))
  }

  async recordNames(organizationId: string, changes: readonly NameChange[], reached: number): Promise<void> {
    this.#mustWrite()
    await this.#again(() => this.#database.transaction((queries) => moveNames(queries, this.#hashes, organizationId, changes, reached)))
  }

  async startOver(organizationId: string, readHead: () => Promise<number>): Promise<void> {
    this.#mustWrite()
    await this.#again(() => this.#database.transaction((queries) => startOver(queries, organizationId, readHead)))
  }

  async erase(organizationId: string, erasures: readonly Erasure[], reached: number): Promise<void> {
    this.#mustWrite()
    await this.#again(() =>
      this.#database.transaction(async (queries) => {
        await eraseAll(queries, organizationId, erasures, reached)
        await notify(queries, CHANNEL, "") // every node hears it with the commit
      }),
    )
    this.#cache.forget()
    await this.#wipe()
  }

  async actorsNamed(organizationId: string, names: readonly string[]): Promise<readonly ActorId[]> {
    const wanted = new Set(names.map((name) => normalised("userName", name)))
    const actors = await this.#again(() =>
      this.#database.rows<{ actor_id: ActorId }>("select actor_id from actor where organization_id = $1 and subject <> ''", [
        organizationId,
      ]),
    )
    const keys = await this.load(actors.map(({ actor_id: actorId }) => ({ organizationId, actorId })))
    return actors
      .map(({ actor_id }) => actor_id)
      .filter((actorId) => {
        const subject = keys.subjectOf(organizationId, actorId)
        return subject !== undefined && wanted.has(normalised("userName", subject))
      })
  }

  hash(text: string): string {
    return this.#hashes.of(text)
  }

  async close(): Promise<void> {
    this.#closed.abort()
    clearTimeout(this.#wipeAgain)
    this.#cache.forget()
    await this.#listening.close()
    await this.#wiping
    await this.#database.close()
  }

  async #save(made: Made): Promise<void> {
    this.#mustWrite()
    const { erasures } = this.#cache
    await this.#again(() => this.#database.transaction((queries) => saveAll(queries, made)))
    const keys: [string, Buffer][] = []
    for (const { organizationId, userId, key } of made.personKeys.values()) keys.push([placeOfPerson(organizationId, userId), key])
    for (const [organizationId, key] of made.organizationKeys) keys.push([placeOfText(organizationId), key])
    for (const { organizationId, textId, key } of made.textKeys) keys.push([placeOfTextKey(organizationId, textId), key])
    this.#cache.keep(keys, erasures)
  }

  /** Tried once; what is left is wiped by and by. */
  async #wipe(): Promise<void> {
    clearTimeout(this.#wipeAgain)
    this.#wiping = (this.#wiping ?? Promise.resolve()).then(async () => {
      const problem = await wipe(this.#database).catch((error: unknown) => (error instanceof Error ? error.message : String(error)))
      if (problem === undefined || this.#closed.signal.aborted) return
      this.#options.onFault(new Error(`what was erased may still lie in the vault's tables, and is tried again: ${problem}`))
      this.#wipeAgain = setTimeout(() => void this.#wipe(), WIPE_AGAIN_MS).unref()
    })
    await this.#wiping
  }

  #mustWrite(): void {
    if (this.#options.readOnly) throw new Error("the vault was opened for reading only")
  }

  /** For what is the same when it was done already. */
  async #again<T>(work: () => Promise<T>): Promise<T> {
    for (let tries = 0; ; tries++) {
      try {
        return await work()
      } catch (error) {
        const wait = AGAIN_MS[tries]
        if (wait === undefined || !isUnavailable(error) || this.#closed.signal.aborted) throw error
        await pause(wait * (0.5 + Math.random()))
      }
    }
  }
}
