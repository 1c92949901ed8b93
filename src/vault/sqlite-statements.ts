/** Every statement that the vault runs. */
import type Database from "better-sqlite3"
import type { ActorId, GroupId, UserId } from "../domain/ids"

export function prepare(db: Database.Database) {
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
    forgetErasuresReached: db.prepare<[string]>("delete from erasures_reached where organization_id = ?"),
    textKey: value<[string, string], Buffer>("select key from text_key where organization_id = ? and text_id = ?"),
    addTextKey: db.prepare<[string, string, Buffer]>("insert into text_key values (?, ?, ?) on conflict do nothing"),
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
    dropAllNames: db.prepare<[string]>("delete from name where organization_id = ?"),
    forgetNamesReached: db.prepare<[string]>("delete from names_reached where organization_id = ?"),
    actorSubject: value<[string, string], string>("select subject from actor where organization_id = ? and actor_id = ?"),
    actors: value<[string], ActorId>("select actor_id from actor where organization_id = ?"),
    eraseActor: db.prepare<[string, string]>("update actor set subject = '' where organization_id = ? and actor_id = ?"),
    addActor: db.prepare<[string, string, string]>("insert into actor values (?, ?, ?) on conflict do nothing"),
  }
}
