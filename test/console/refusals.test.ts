/** Every refusal that an admin can bring about is told in the admin's own language, as the server really says it. */
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { type MessageFormatElement, parse, TYPE } from "@formatjs/icu-messageformat-parser"
import { refusalWords } from "../../console/src/parts/refusal-words"
import { RunningLedger } from "../support/running-ledger"
import { type Scene, scene } from "./support/scene"

let ledger: RunningLedger
let there: Scene
beforeAll(async () => {
  ledger = await RunningLedger.start()
  there = await scene(ledger, { seats: 1, users: ["ada", "bo"] })
})
afterAll(() => ledger.stop())

type Refusal = Parameters<typeof refusalWords>[0]
const SELECTION = `refusal { __typename code message ... on NotEnoughSeats { available required } ... on AlreadyExists { field }
  ... on InvalidInput { field problem } ... on StaleView { changedAtRevision } ... on TooManyPrincipals { given limit } }`

async function refused(operation: string, input: object): Promise<Refusal> {
  const type = `${operation[0]?.toUpperCase()}${operation.slice(1)}Input!`
  const { payload } = await there.admin.ask(`mutation ($input: ${type}) { payload: ${operation}(input: $input) { ${SELECTION} } }`, {
    input,
  })
  return payload.refusal
}

const CASES: readonly (readonly [string, () => Promise<Refusal>, string, string])[] = [
  [
    "an empty name",
    () => refused("createGroup", { displayName: " " }),
    "Display name must not be empty.",
    "Weergavenaam mag niet leeg zijn.",
  ],
  [
    "a name that is too long",
    () => refused("createGroup", { displayName: "n".repeat(300) }),
    "Display name must have at most 256 characters; it has 300.",
    "Weergavenaam mag hoogstens 256 tekens hebben; dit zijn er 300.",
  ],
  [
    "a line break in a name",
    () => refused("createGroup", { displayName: "a\nb" }),
    "Display name contains characters that cannot be kept, such as a line break or half of a symbol. Type it again.",
    "Weergavenaam bevat tekens die niet kunnen worden bewaard, zoals een regeleinde of een half symbool. Typ het opnieuw.",
  ],
  [
    "what is no mail address",
    () => refused("createUser", { displayName: "Cyd", userName: "cyd", mail: "cyd" }),
    "This is no mail address. It looks like ada@example.com.",
    "Dit is geen e-mailadres. Het ziet eruit als ada@example.com.",
  ],
  [
    "a user name that somebody has",
    () => refused("createUser", { displayName: "Ada", userName: "ADA@example.com" }),
    "Somebody else has this user name. Choose another.",
    "Iemand anders heeft deze gebruikersnaam. Kies een andere.",
  ],
  [
    "no changes",
    () => refused("updateUser", { userId: there.users.ada }),
    "Nothing was changed here. Change something first.",
    "Er is hier niets gewijzigd. Wijzig eerst iets.",
  ],
  [
    "the same key for something else (rule 37)",
    async () => {
      await there.admin.ask(`mutation { createGroup(input: { displayName: "A", idempotencyKey: "same" }) { revision } }`)
      return refused("createGroup", { displayName: "B", idempotencyKey: "same" })
    },
    "This was sent before with other contents. Close this, look at what there is, and begin again if something is still missing.",
    "Dit is al eerder met een andere inhoud verzonden. Sluit dit, kijk wat er is, en begin opnieuw als er nog iets ontbreekt.",
  ],
  [
    "a reason for erasing that names the person",
    () => refused("eraseUser", { userId: there.users.ada, reason: "Request of ADA" }),
    "Reason must not name the person: it stays when the name is gone.",
    "Reden mag de persoon niet noemen: deze tekst blijft als de naam weg is.",
  ],
  [
    "no reason for erasing",
    () => refused("eraseUser", { userId: there.users.ada, reason: "" }),
    "Reason must not be empty.",
    "Reden mag niet leeg zijn.",
  ],
  [
    "too many members at once",
    () => refused("changeGroupMembers", { groupId: "grp_none", add: Array.from({ length: 1_001 }, (_, n) => `usr_${n}`) }),
    "1,001 are too many at once: at most 1,000. Do it in smaller parts.",
    "1.001 zijn er te veel tegelijk: hoogstens 1.000. Doe het in kleinere delen.",
  ],
  [
    "too many principals at once (rule 15)",
    () => refused("assignLicenses", { licenseId: there.licenseId, principalIds: Array.from({ length: 101 }, (_, n) => `usr_${n}`) }),
    "101 are too many at once: at most 100. Do it in smaller parts.",
    "101 zijn er te veel tegelijk: hoogstens 100. Doe het in kleinere delen.",
  ],
  [
    "restoring what was before the license",
    () => refused("restoreAssignments", { licenseId: there.licenseId, asOf: { revision: 1 } }),
    "At this moment the license had not been purchased yet: there were no assignments to go back to.",
    "Op dit moment was de licentie nog niet aangeschaft: er waren geen toewijzingen om naar terug te gaan.",
  ],
  [
    "what this console does not know",
    async () => ({ __typename: "InvalidInput", code: "INVALID_INPUT", message: "", field: "shoeSize", problem: "must be odd" }),
    "shoeSize cannot be like this. The ledger says: “must be odd”",
    "shoeSize kan zo niet. Het grootboek meldt: “must be odd”",
  ],
]

test.each(CASES)("%s", async (_, ask, english, dutch) => {
  const refusal = await ask()
  expect(refusalWords(refusal, textsOf("en"))).toBe(english)
  expect(refusalWords(refusal, textsOf("nl"))).toBe(dutch)
})

function textsOf(language: "en" | "nl"): Parameters<typeof refusalWords>[1] {
  const texts = JSON.parse(readFileSync(join(__dirname, `../../console/src/texts/${language}.json`), "utf8")) as Record<string, string>
  return (key, values = {}) =>
    parse(texts[key] ?? "")
      .map((element) => written(element, values, language))
      .join("")
}

/** These texts have words, values and numbers; nothing is counted in them. */
function written(element: MessageFormatElement, values: Readonly<Record<string, unknown>>, language: string): string {
  if (element.type === TYPE.literal) return element.value
  if (element.type === TYPE.argument) return String(values[element.value])
  if (element.type === TYPE.number) return new Intl.NumberFormat(language).format(Number(values[element.value]))
  throw new Error("a text of a refusal is made otherwise than this test writes it")
}
