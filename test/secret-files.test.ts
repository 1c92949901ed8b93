import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { readConfig } from "../src/config"
import { temporaryFolder } from "./support/temporary-folder"

const URL = "postgres://seats:hush@db/ledger"
let folder: Awaited<ReturnType<typeof temporaryFolder>>
beforeAll(async () => {
  folder = await temporaryFolder()
})
afterAll(() => folder.remove())

function file(name: string, content: string): string {
  const path = join(folder.path, name)
  writeFileSync(path, content)
  return path
}

test("a secret can be given by a file, whose last line may be ended", () => {
  const { postgresUrl } = readConfig({ EVENT_STORE: "postgres", POSTGRES_URL_FILE: file("url", `${URL}\n`), POSTGRES_URL: "" })
  expect(postgresUrl).toBe(URL)
})

test("no file is meant by an empty variable", () => {
  expect(readConfig({ POSTGRES_URL_FILE: "", POSTGRES_URL: URL }).postgresUrl).toBe(URL)
})

test.each([
  ["is missing", () => join(folder.path, "nothing"), /POSTGRES_URL_FILE=.*nothing: cannot be read \(ENOENT\)/],
  ["is empty", () => file("empty", "\n"), /POSTGRES_URL_FILE=.*: the file is empty/],
  ["holds something else", () => file("wrong", "mysql://seats:hush@db"), /POSTGRES_URL: an address such as/],
])("a file that %s is said, and what it holds is not", (_what, path, problem) => {
  expect(() => readConfig({ POSTGRES_URL_FILE: path() })).toThrow(problem)
  expect(() => readConfig({ POSTGRES_URL_FILE: path() })).not.toThrow(/hush/)
})

test("a secret given twice is refused: one of the two would be ignored in silence", () => {
  expect(() => readConfig({ POSTGRES_URL: URL, POSTGRES_URL_FILE: file("twice", URL) })).toThrow(/POSTGRES_URL is set as well/)
})

test("only secrets are given by file", () => {
  expect(() => readConfig({ SEATLEDGER_LOG_LEVEL_FILE: "level" })).toThrow(/SEATLEDGER_LOG_LEVEL_FILE: there is no such setting/)
})
