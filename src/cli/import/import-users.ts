/**
 * `seatledger import users`: brings the directory to what the file says. People are found by object id first and by user
 * name second, so a renamed account stays one person; what is as the file says is left alone, so a second run changes nothing.
 */
import type { CsvFile } from "./csv-file"
import type { KnownUser, UserChange } from "./directory"
import { goodRows, type ImportRun, inParallel } from "./import-run"
import { type PersonRow, userRows } from "./user-rows"

/** Requests on the way at once: the server puts them into shared appends. Measured on two busy cores: 16 → 360 rows/s, 64 → 450. */
const TOGETHER = 32

export async function importUsers(file: CsvFile, path: string, run: ImportRun): Promise<void> {
  const { read, unused } = userRows(file, path)
  if (unused.length > 0) run.note(`columns that are not used: ${unused.join(", ")}`)
  for await (const people of goodRows(file, read, run)) await bringUpToDate(people, run)
}

async function bringUpToDate(people: readonly PersonRow[], run: ImportRun): Promise<void> {
  const known = await run.directory.find(
    people.flatMap(({ externalId }) => externalId ?? []),
    people.map(({ userName }) => userName),
  )
  const byExternalId = new Map(known.map((user) => [user.externalId, user]))
  const byUserName = new Map(known.map((user) => [user.userName.toLowerCase(), user]))
  await inParallel(people, TOGETHER, async (person) => {
    const user = (person.externalId !== undefined && byExternalId.get(person.externalId)) || byUserName.get(person.userName.toLowerCase())
    const outcome = user ? await change(person, user, run) : await create(person, run)
    if (typeof outcome === "string") run.report.count(outcome)
    else run.report.reject({ line: person.line, about: person.userName, problem: outcome.problem })
  })
}

type Outcome = "created" | "changed" | "unchanged" | { readonly problem: string }

async function create({ userName, displayName, mail, externalId, active }: PersonRow, run: ImportRun): Promise<Outcome> {
  if (run.dryRun) return "created"
  const refusal = await run.directory.createUser({
    userName,
    displayName,
    active: active ?? true,
    ...(mail !== undefined && { mail }),
    ...(externalId !== undefined && { externalId }),
  })
  return refusal ? { problem: refusal.message } : "created"
}

async function change(person: PersonRow, user: KnownUser, run: ImportRun): Promise<Outcome> {
  if (person.externalId !== undefined && user.externalId !== null && user.externalId !== person.externalId) {
    // The same user name with another object id is another account: the first must be renamed or deleted before.
    return { problem: `the user name belongs to ${user.id}, which has the object id ${user.externalId}` }
  }
  const difference = differenceOf(person, user)
  if (!difference) return "unchanged"
  if (run.dryRun) return "changed"
  const refusal = await run.directory.changeUser(difference)
  return refusal ? { problem: refusal.message } : "changed"
}

/** What the file says otherwise. A column that is missing or empty says nothing. */
function differenceOf(person: PersonRow, user: KnownUser): UserChange | undefined {
  const profile = {
    ...(person.userName.toLowerCase() !== user.userName.toLowerCase() && { userName: person.userName }),
    ...(person.displayName !== user.displayName && { displayName: person.displayName }),
    ...(person.mail !== undefined && person.mail !== user.mail && { mail: person.mail }),
  }
  const renamed = Object.keys(profile).length > 0
  const switched = person.active !== undefined && person.active !== user.active
  if (!renamed && !switched) return undefined
  return { userId: user.id, ...(renamed && { profile }), ...(switched && { active: person.active }) }
}
