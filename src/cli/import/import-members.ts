/** `seatledger import members`: adds the people of the file to a group, in the order of the file. Nobody is removed. */
import { isId } from "../../domain/ids"
import { CliError } from "../cli-error"
import type { CsvFile } from "./csv-file"
import { type Directory, type KnownGroup, MEMBERS_AT_ONCE, PAGE } from "./directory"
import { goodRows, type ImportRun } from "./import-run"
import { type MemberRow, memberRows } from "./member-rows"

const UNKNOWN = "nobody in the directory has this object id or user name; import the users first"

/** Commands go one after another: who joined first is first in line for a seat (rule 6). */
export async function importMembers(file: CsvFile, path: string, group: KnownGroup | undefined, run: ImportRun): Promise<void> {
  const { read, unused } = memberRows(file, path)
  if (unused.length > 0) run.note(`columns that are not used: ${unused.join(", ")}`)
  const present = group && group.memberCount > 0 ? await run.directory.membersOf(group.id) : new Set<string>()
  let waiting: string[] = []
  const send = async () => {
    if (waiting.length > 0 && group && !run.dryRun) await add(run.directory, group, waiting)
    for (const _ of waiting) run.report.count("added")
    waiting = []
  }

  for await (const members of goodRows(file, read, run)) {
    for (const { member, id } of await resolve(members, run.directory)) {
      if (id === undefined) run.report.reject({ line: member.line, about: nameOf(member), problem: UNKNOWN })
      else if (present.has(id)) run.report.count("unchanged")
      else waiting.push(id)
      if (id !== undefined) present.add(id)
    }
    if (waiting.length > MEMBERS_AT_ONCE - PAGE) await send()
  }
  await send()
}

/** The group that was named: by id, or by the only group of that name. Undefined on a dry run that would make it. */
export async function groupNamed(name: string, createGroup: boolean, run: ImportRun): Promise<KnownGroup | undefined> {
  if (isId("grp", name)) {
    const group = await run.directory.groupById(name)
    if (!group) throw new CliError(`there is no group ${name} in this organization`)
    return group
  }
  const [first, ...others] = await run.directory.groupsByName(name)
  if (first && others.length > 0) {
    const ids = [first, ...others].map(({ id, memberCount }) => `  ${id} (${memberCount} members)`).join("\n")
    throw new CliError(`several groups are called "${name}"; name one by its id with --group:\n${ids}`)
  }
  if (first) return first
  if (!createGroup) throw new CliError(`there is no group "${name}"; --create-group makes it, --group takes a name or an id`)
  if (run.dryRun) return undefined
  const made = await run.directory.createGroup(name)
  if ("code" in made) throw new CliError(`the group "${name}" could not be made: ${made.message}`)
  run.note(`made the group ${name} (${made.id})`)
  return made
}

async function resolve(members: readonly MemberRow[], directory: Directory) {
  const known = await directory.find(
    members.flatMap(({ externalId }) => externalId ?? []),
    members.flatMap(({ userName }) => userName ?? []),
  )
  const byExternalId = new Map(known.map(({ externalId, id }) => [externalId, id]))
  const byUserName = new Map(known.map(({ userName, id }) => [userName.toLowerCase(), id]))
  return members.map((member) => ({
    member,
    id:
      (member.externalId && byExternalId.get(member.externalId)) ||
      (member.userName && byUserName.get(member.userName.toLowerCase())) ||
      undefined,
  }))
}

async function add(directory: Directory, group: KnownGroup, ids: readonly string[]): Promise<void> {
  const refusal = await directory.addMembers(group.id, ids)
  if (refusal) throw new CliError(`${ids.length} members could not be added to ${group.displayName}: ${refusal.message}`)
}

function nameOf({ userName, externalId }: MemberRow): string {
  return userName ?? externalId ?? ""
}
