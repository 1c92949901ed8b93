import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type CsvRow, openCsv } from "../../src/cli/import/csv-file"
import { memberRows } from "../../src/cli/import/member-rows"
import { userRows } from "../../src/cli/import/user-rows"

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "seatledger-csv-"))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function write(content: string | Buffer): Promise<string> {
  const path = join(folder, "file.csv")
  await writeFile(path, content)
  return path
}
async function table(content: string | Buffer) {
  const file = await openCsv(await write(content))
  const rows: CsvRow[] = []
  for await (const row of file.rows) rows.push(row)
  return { header: file.header, rows }
}
async function users(content: string | Buffer) {
  const path = await write(content)
  const file = await openCsv(path)
  const { read, unused } = userRows(file, path)
  const rows = []
  for await (const row of file.rows) rows.push(read(row))
  return { rows, unused }
}
async function members(content: string) {
  const path = await write(content)
  const file = await openCsv(path)
  const { read } = memberRows(file, path)
  const rows = []
  for await (const row of file.rows) rows.push(read(row))
  return rows
}

const ADA = "Ada Núñez"
const shapes: [string, string | Buffer][] = [
  ["commas", `userPrincipalName,displayName\nada@x.example,${ADA}\n`],
  ["semicolons and CRLF", `userPrincipalName;displayName\r\nada@x.example;${ADA}\r\n`],
  ["tabs, no line end at the end", `userPrincipalName\tdisplayName\nada@x.example\t${ADA}`],
  ["a byte order mark", `\uFEFFuserPrincipalName,displayName\nada@x.example,${ADA}\n`],
  ["quotes", `"userPrincipalName";"displayName"\n"ada@x.example";"${ADA}"\n`],
  ["UTF-16LE with a mark", Buffer.from(`\uFEFFuserPrincipalName\tdisplayName\r\nada@x.example\t${ADA}\r\n`, "utf16le")],
  ["UTF-16LE without one", Buffer.from(`userPrincipalName,displayName\nada@x.example,${ADA}\n`, "utf16le")],
  ["UTF-16BE", Buffer.from(`\uFEFFuserPrincipalName,displayName\nada@x.example,${ADA}\n`, "utf16le").swap16()],
  ["a version row", `version:v1.0\nuserPrincipalName,displayName\nada@x.example,${ADA}\n`],
  ["a version row that a spreadsheet widened", `version:v1.0,,\nuserPrincipalName,displayName,\nada@x.example,${ADA},\n`],
  ["Excel's sep=", `sep=;\r\nuserPrincipalName;displayName\r\nada@x.example;${ADA}\r\n`],
]
test.each(shapes)("a file with %s is read", async (_, content) => {
  const { header, rows } = await table(content)
  expect(header.slice(0, 2)).toEqual(["userPrincipalName", "displayName"])
  expect(rows.map((row) => row.values.slice(0, 2))).toEqual([["ada@x.example", ADA]])
})

test("line numbers are those of the file, past version rows, empty lines and values on several lines", async () => {
  const { rows } = await table('version:v1.0\nuserPrincipalName,displayName\na@x,A\n\nb@x,"B\nB"\n,\nc@x,C\n')
  expect(rows.map((row) => [row.line, row.values[0]])).toEqual([
    [3, "a@x"],
    [6, "b@x"],
    [8, "c@x"],
  ])
})

test("a file in another encoding, without an end of its quotes or without rows is refused, saying what to do", async () => {
  await expect(table(Buffer.from("userPrincipalName,displayName\nada@x,Ada N\xfa\xf1ez\n", "latin1"))).rejects.toThrow(
    /is not UTF-8 text.*CSV UTF-8/,
  )
  await expect(table('userPrincipalName,displayName\nada@x,"Ada\nbo@x,Bo\n')).rejects.toThrow(
    /after line 1: a quoted value is never closed/,
  )
  await expect(table("version:v1.0\n")).rejects.toThrow(/no header row/)
  await expect(openCsv(join(folder, "absent.csv"))).rejects.toThrow(/cannot read .*absent.csv/)
  await expect(users("name;colour\nAda;red\n")).rejects.toThrow(/no column userPrincipalName; its header is: name \| colour/)
})

test("the users download: names without case, unknown columns noted, accountEnabled as it says", async () => {
  const { rows, unused } = await users(
    "UserPrincipalName,Display Name,surname,mail,objectId,accountEnabled\nada@x.example,Ada,Núñez,ada@mail.example,9832aad8,True\nbo@x.example,Bo,,,77,False\n",
  )
  expect(unused).toEqual(["surname"])
  expect(rows).toEqual([
    {
      kind: "row",
      row: { line: 2, userName: "ada@x.example", displayName: "Ada", mail: "ada@mail.example", externalId: "9832aad8", active: true },
    },
    { kind: "row", row: { line: 3, userName: "bo@x.example", displayName: "Bo", mail: undefined, externalId: "77", active: false } },
  ])
})

test("the bulk create template: Block sign in turns the answer round, the row of examples is passed over", async () => {
  const { rows } = await users(
    "version:v1.0\r\nName [displayName] Required,User name [userPrincipalName] Required,Initial password [passwordProfile] Required,Block sign in (Yes/No) [accountEnabled] Required,First name [givenName]\r\n" +
      "Example: Chris Green,Example: chris@contoso.com,Example: myPassword1234,Example: No,\r\nAda,ada@x.example,secret,No,Ada\r\nBo,bo@x.example,secret,Yes,Bo\r\n",
  )
  expect(rows[0]).toEqual({ kind: "skipped" })
  expect(rows.slice(1)).toMatchObject([
    { row: { line: 4, userName: "ada@x.example", active: true } },
    { row: { line: 5, userName: "bo@x.example", active: false } },
  ])
})

test("the older template and the Microsoft 365 export are understood as well", async () => {
  const older = await users(
    "Name (example: Chris Green) [displayName] *,User name (example: chris@contoso.com) [userPrincipalName] *\nAda,ada@x\n",
  )
  expect(older.rows).toMatchObject([{ row: { userName: "ada@x", displayName: "Ada", active: undefined } }])
  const export365 = await users("Block credential,Display name,Object Id,User principal name\nTrue,Ada,77,ada@x\n")
  expect(export365.rows).toMatchObject([{ row: { userName: "ada@x", externalId: "77", active: false } }])
})

test("bad rows name their line and the reason; a person is taken once", async () => {
  const { rows } = await users(
    "userPrincipalName,displayName,mail,objectId,accountEnabled\n,Ada,,,\nbo@x,,,,\ncy@x,Cy,not a mail,,\ndi@x,Di,,,perhaps\nep@x,Ep,,1,\nEP@X,Ep,,2,\nfy@x,Fy,,1,\n",
  )
  expect(rows.map((row) => (row.kind === "bad" ? `${row.bad.line}: ${row.bad.problem}` : row.kind))).toEqual([
    "2: the user principal name is empty",
    "3: the display name is empty",
    "4: mail: must be a mail address such as ada@example.com",
    "5: whether the account is enabled must be True or False (bulk template: Yes or No)",
    "row",
    "7: repeats the person of line 6",
    "8: repeats the person of line 6",
  ])
})

test("the member import template takes object ids and user names, the members download both", async () => {
  expect(
    await members(
      "version:v1.0\nMember object ID or user principal name [memberObjectIdOrUpn] Required\nExample: 9832aad8-e4fe\n9832aad8\nada@x.example\n",
    ),
  ).toMatchObject([
    { kind: "skipped" },
    { row: { externalId: "9832aad8", userName: undefined } },
    { row: { userName: "ada@x.example", externalId: undefined } },
  ])
  expect(
    await members("id,userPrincipalName,displayName,objectType\n77,ada@x,Ada,User\n78,,Nested,Group\n79,,Printer,Device\n"),
  ).toMatchObject([
    { row: { externalId: "77", userName: "ada@x" } },
    { bad: { line: 3, problem: expect.stringMatching(/nested groups are not expanded/) } },
    { bad: { line: 4, problem: "is a device, not a user" } },
  ])
})

test("a file of 50,000 rows is read a row at a time", async () => {
  const lines = Array.from({ length: 50_000 }, (_, n) => `person${n}@x.example,Person ${n}`)
  const file = await openCsv(await write(`userPrincipalName,displayName\n${lines.join("\n")}\n`))
  let rows = 0
  for await (const row of file.rows) {
    rows += 1
    if (rows === 10) expect(file.bytesRead()).toBeLessThan(file.size / 2) // not read ahead to the end
    if (row.line !== rows + 1) throw new Error(`row ${rows} said line ${row.line}`)
  }
  expect(rows).toBe(50_000)
  expect(file.bytesRead()).toBe(file.size)
})
