import { mentions, namesIn } from "../../src/commands/mentions"

const ADA = { userName: "ada.lovelace@example.com", displayName: "Ada Lovelace", mail: "countess@example.com", externalId: "E-4711" }
const namesAda = mentions([ADA], [])

test.each([
  ["the whole name", "Ada Lovelace asked"],
  ["in another order, and with punctuation", "Lovelace, Ada: moved to sales"],
  ["without regard to case and accents", "ÁDA LOVELACE"],
  ["the user name", "for (ada.lovelace@example.com)"],
  ["what stands before the @ of it", "ada.lovelace wants out"],
  ["the mail address", "see countess@example.com."],
  ["the external id", "employee E-4711"],
])("a text names a person by %s", (_, text) => {
  expect(namesAda(text)).toBe(true)
})

test.each([
  ["one word of the name alone, which may be anybody's", "Ada is a language, Lovelace a street"],
  ["a part of a longer word", "Adaptation of Lovelacelike things"],
  ["another address of the same company", "bo@example.com"],
  ["a longer number", "ticket XE-47112"],
])("but not by %s", (what, text) => {
  expect(mentions([{ displayName: "Ada Byron", externalId: "E-4711" }], [])(text)).toBe(false)
  if (!what.startsWith("one word")) expect(namesAda(text)).toBe(false)
})

test.each([
  ["Søren Kjær", "for Soren Kjaer"],
  ["Łukasz Groß", "LUKASZ GROSS is on leave"],
  ["Soren Kjaer", "Søren Kjær asked"],
])("%s is named however the letters without accents are typed: %s", (displayName, text) => {
  expect(mentions([{ displayName }], [])(text)).toBe(true)
})

test.each([
  [{ displayName: "王芳" }, "今天王芳需要一个许可证"],
  [{ displayName: "王 芳" }, "今天王芳需要一个许可证"],
  [{ displayName: "山田 太郎" }, "山田太郎さんの依頼"],
  [{ userName: "王芳" }, "给王芳"],
  [{ userName: "สมชาย" }, "ตามที่สมชายขอ"],
  [{ mail: "fang.wang@example.com" }, "给fang.wang@example.com开通"],
])("a name is found where words have no spaces between them: %j", (profile, text) => {
  expect(mentions([profile], [])(text)).toBe(true)
  expect(mentions([profile], [])("李娜需要一个许可证, ขอบคุณ")).toBe(false)
})

test.each([
  ["It", "We gave it to the new colleague"],
  ["J. D.", "see lists d, j and k"],
])("%s alone is too short a name: it stands in what was written of others", (displayName, text) => {
  expect(mentions([{ displayName }], [])(text)).toBe(false)
  expect(mentions([{ displayName: `${displayName} Vance` }], [])(`${text}, Vance said`)).toBe(true)
})

test("a name of one word counts when it has three letters", () => {
  expect(mentions([{ displayName: "Cat" }], [])("for Cat, as agreed")).toBe(true)
})

test("every name that the person ever had counts, and those that are given beside them", () => {
  const names = mentions([ADA, { displayName: "Ada King" }], ["the countess", "Älph"])
  expect(["King, Ada", "As THE  Countess said", "alph's seat"].map(names)).toEqual([true, true, true])
  expect(["A king", "countess", "alphabet"].map(names)).toEqual([false, true, false]) // countess is what stands before the @ of the mail
})

test("whoever has no names left is named by nothing", () => {
  expect(mentions([], [])("Ada Lovelace")).toBe(false)
  expect(mentions([{ displayName: "", mail: null }], [""])("anything at all")).toBe(false)
})

test("names to sign in with, each once", () => {
  expect(namesIn([ADA, { userName: ADA.userName, mail: null }])).toEqual([ADA.userName, ADA.mail, ADA.externalId])
})
