/**
 * Why a command was not carried out, in the reader's language. What has no words of its own here is still said, as the
 * server says it: a later server may refuse for reasons that this console does not know.
 */
import type { RefusalTextFragment } from "../api/operations"
import type english from "../texts/en.json"

type TextKey = keyof typeof english
type Words = (key: TextKey, values?: Readonly<Record<string, string | number>>) => string

export function refusalWords(refusal: RefusalTextFragment, t: Words): string {
  const { code, message } = refusal
  const otherwise = () => t("refusal.other", { message })
  switch (code) {
    case "STALE_VIEW":
      return t("command.stale")
    case "NOT_FOUND":
    case "LICENSE_NOT_FOUND":
    case "PRINCIPAL_NOT_FOUND":
      return t("refusal.gone")
    case "ORGANIZATION_CLOSED":
      return t("refusal.closed")
    case "LICENSE_CANCELLED":
      return t("refusal.cancelled")
    case "LICENSE_SUSPENDED":
      return t("refusal.suspended")
    case "USER_INACTIVE":
      return t("refusal.inactive")
    case "INHERITED_FROM_GROUP":
      return t("refusal.inherited")
    case "NOT_SEATED":
      return t("refusal.notSeated")
    case "ALREADY_SEATED":
      return t("refusal.alreadySeated")
    case "TOO_MANY_PRINCIPALS":
      return refusal.__typename === "TooManyPrincipals" && refusal.given > 0
        ? t("refusal.tooManyOf", { given: refusal.given, limit: refusal.limit })
        : t("refusal.tooMany")
    case "GROUP_HAS_ASSIGNMENTS":
      return t("refusal.groupAssigned")
    case "NOT_ENOUGH_SEATS":
      return refusal.__typename === "NotEnoughSeats"
        ? t("assign.short", { available: refusal.available, required: refusal.required })
        : otherwise()
    case "ALREADY_EXISTS":
      if (refusal.__typename !== "AlreadyExists") return otherwise()
      if (refusal.field === "userName") return t("refusal.userNameTaken")
      return refusal.field === "externalId" ? t("refusal.externalIdTaken") : t("refusal.exists", { message })
    case "IDEMPOTENCY_CONFLICT":
      return t("refusal.sentBefore")
    case "INVALID_INPUT":
      return refusal.__typename === "InvalidInput" ? invalidWords(refusal.field, refusal.problem, t) : otherwise()
    default:
      return otherwise()
  }
}

/** What the forms call the fields of the API. */
const FIELDS: Readonly<Record<string, TextKey>> = {
  displayName: "user.displayName",
  userName: "user.userName",
  mail: "user.mail",
  externalId: "user.externalId",
  reason: "assign.reason",
  otherNames: "erase.otherNames",
}

/** The server's sentences by what they have in common; the numbers in them are taken over. */
const PROBLEMS: readonly (readonly [RegExp, (field: string, numbers: readonly number[], t: Words) => string])[] = [
  [/^must not be empty|^say why/, (field, _, t) => t("refusal.empty", { field })],
  [/^must be at most (\d+) characters, has (\d+)/, (field, [most = 0, has = 0], t) => t("refusal.tooLong", { field, most, has })],
  [/^must have at least (\d+) characters/, (field, [least = 0], t) => t("refusal.tooShort", { field, least })],
  [/control characters|half a character/, (field, _, t) => t("refusal.characters", { field })],
  [/^must be a mail address/, (_field, _, t) => t("refusal.mail")],
  [/^must not name the person/, (field, _, t) => t("refusal.namesPerson", { field })],
  [/^change at most (\d+) members at a time, not (\d+)/, (_field, [limit = 0, given = 0], t) => t("refusal.tooManyOf", { given, limit })],
  [/^give at most (\d+), not (\d+)/, (_field, [limit = 0, given = 0], t) => t("refusal.tooManyOf", { given, limit })],
  [/^is before the license was registered/, (_field, _, t) => t("refusal.beforeLicense")],
  [/^give at least one field to change/, (_field, _, t) => t("refusal.nothing")],
]

function invalidWords(name: string, problem: string, t: Words): string {
  const key = FIELDS[name]
  const field = key === undefined ? name : t(key)
  for (const [pattern, say] of PROBLEMS) {
    const found = pattern.exec(problem)
    if (found) return say(field, found.slice(1).map(Number), t)
  }
  return t("refusal.invalid", { field, problem })
}
