/** The command line as people run it: child processes of the compiled program, on folders of their own. */
import { existsSync } from "node:fs"
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import Database from "better-sqlite3"
import { type Program, seatledger, start, startSeatledger } from "../support/program"

let folder: string
let data: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "seatledger-cli-"))
  data = join(folder, "data")
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

const SETTINGS = { PORT: "0", SEATLEDGER_LOG_LEVEL: "error" }
const run = (...args: string[]) => seatledger(args, SETTINGS)

async function ask(url: string, token: string, query: string) {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({ query }),
  })
  return response.json()
}
const eventCount = async () => (await run("events", "--data", data)).out.split("\n").length - 1
const serverUrl = async () => JSON.parse(await readFile(join(data, "server.json"), "utf8")).url as string

test("every command explains itself with examples, and wrong usage ends with 2", async () => {
  const commands = [
    ["serve"],
    ["demo"],
    ["token"],
    ["import", "users"],
    ["import", "members"],
    ["vendor", "secret", "create"],
    ["vendor", "secret", "list"],
    ["vendor", "secret", "rotate"],
    ["vendor", "secret", "revoke"],
    ["export"],
    ["verify-export"],
    ["verify"],
    ["rebuild"],
    ["skips"],
    ["skip-event"],
    ["events"],
    ["schema"],
  ]
  for (const { code, out } of await Promise.all(commands.map((command) => run(...command, "--help")))) {
    expect(code).toBe(0)
    expect(out).toMatch(/^Usage: seatledger .*\n\n\S.*[\s\S]*Examples:\n {2}seatledger /)
  }
  expect(await run("tokem")).toMatchObject({ code: 2, err: expect.stringContaining("unknown command 'tokem'") })
  expect(await run("token", "--role", "VENDOR")).toMatchObject({ code: 2, out: "", err: expect.stringContaining("needs --vendor vnd_…") })
  expect(await run("events", "--data", join(folder, "absent"))).toMatchObject({
    code: 1,
    err: expect.stringMatching(/there is no ledger in .*--data/),
  })
})

describe("with the demonstration company", () => {
  let demo: Program
  let welcome: string
  let url: string

  beforeAll(async () => {
    demo = startSeatledger(["demo", "--data", data], SETTINGS)
    welcome = await demo.says(/Ctrl-C stops the server/)
    url = await serverUrl()
  })

  test("demo prints the address, a token per role and three questions that are answered", async () => {
    expect(welcome).toContain(`The console, in which you pick who you are: ${url}/\n`)
    expect(welcome).toContain(`GraphQL: ${url}/graphql\n`)
    for (const role of ["GLOBAL_ADMIN", "LICENSE_ADMIN", "USER_ADMIN", "BILLING_ADMIN", "AUDITOR", "MEMBER", "VENDOR", "OPERATOR"]) {
      expect(welcome).toMatch(new RegExp(`^${role} \\(.+\\)\\neyJ\\S+$`, "m"))
    }
    const lines = welcome.split("\n").filter((line) => line.startsWith("curl "))
    expect(lines).toHaveLength(3)
    for (const line of lines) {
      const answer = JSON.parse((await start("sh", ["-c", line]).ended).out)
      expect(answer).toMatchObject({ data: expect.anything() })
      expect(answer).not.toHaveProperty("errors")
    }
  })

  test("token prints a token and nothing else, which the running server takes", async () => {
    const { code, out, err } = await run(
      "token",
      "--data",
      data,
      "--organization",
      "org_demo",
      "--role",
      "LICENSE_ADMIN",
      "--subject",
      "adele",
    )
    expect({ code, err }).toEqual({ code: 0, err: "" })
    expect(out).toMatch(/^eyJ[\w-]+\.[\w-]+\.[\w-]+\n$/)
    expect(await ask(url, out.trim(), "{ viewer { subject roles organization { name } } licenses { totalCount } }")).toEqual({
      data: {
        viewer: { subject: "adele", roles: ["LICENSE_ADMIN"], organization: { name: "Noordster Shipping" } },
        licenses: { totalCount: 8 },
      },
    })
    const production = await seatledger(["token", "--data", data, "--role", "OPERATOR"], { NODE_ENV: "production" })
    expect(production).toMatchObject({ code: 1, out: "", err: expect.stringContaining("NODE_ENV=production") })
  })

  test("a second server on the same folder or port is refused, saying what to do", async () => {
    const second = await run("serve", "--data", data)
    expect(second).toMatchObject({ code: 1, err: expect.stringMatching(/is in use: process \d+ writes to it[\s\S]*--data/) })
    const port = new URL(url).port
    const samePort = await seatledger(["serve", "--data", join(folder, "other")], { ...SETTINGS, PORT: port })
    expect(samePort).toMatchObject({ code: 1, err: expect.stringContaining(`port ${port} of 127.0.0.1 is taken; set PORT`) })
    expect(await serverUrl()).toBe(url)
  })

  test("verify finds the read models equal, beside the running server", async () => {
    expect(await run("verify", "--data", data)).toMatchObject({ code: 0, out: expect.stringMatching(/equal/) })
  })

  test("import goes through the running server; a second run changes nothing; bad rows are reported with their lines", async () => {
    const users = join(folder, "users.csv")
    await writeFile(
      users,
      "\uFEFFuserPrincipalName;displayName;mail;objectId;accountEnabled\r\n" +
        "zita.new@noordster.example;Zita Nieuw;zita@mail.example;77770001;True\r\n" +
        "adele.vermeulen@noordster.example;Adèle Vermeulen-Bakker;;adele;True\r\n" +
        ";Nobody;;;\r\n" +
        "otto.new@noordster.example;Otto Nieuw;;77770002;False\r\n",
    )
    const report = join(folder, "bad.csv")
    const importUsers = (...more: string[]) => run("import", "users", users, "--organization", "org_demo", "--data", data, ...more)
    const before = await eventCount()
    expect(await importUsers("--dry-run")).toMatchObject({
      code: 3,
      out: "4 rows: 2 created, 1 changed, 0 unchanged, 1 bad (dry run: nothing was written)\n",
    })
    expect(await eventCount()).toBe(before)
    expect(await importUsers("--report", report)).toMatchObject({
      code: 3,
      out: "4 rows: 2 created, 1 changed, 0 unchanged, 1 bad\n",
      err: expect.stringContaining("line 4 (Nobody): the user principal name is empty"),
    })
    expect(await readFile(report, "utf8")).toBe('line,about,problem\r\n4,"Nobody","the user principal name is empty"\r\n')
    const after = await eventCount()
    expect(after).toBe(before + 3)
    expect(await importUsers()).toMatchObject({ code: 3, out: "4 rows: 0 created, 0 changed, 3 unchanged, 1 bad\n" })
    expect(await eventCount()).toBe(after)

    await writeFile(
      users,
      "version:v1.0,,,\nName [displayName] Required,User name [userPrincipalName] Required,Block sign in (Yes/No) [accountEnabled] Required,Object ID [objectId]\n" +
        "Zita Nieuw,zita.renamed@noordster.example,No,77770001\nOtto Nieuw,otto.new@noordster.example,No,77770002\nOtto Another,otto.new@noordster.example,No,77770003\n",
    )
    expect(await importUsers()).toMatchObject({
      code: 3,
      out: "3 rows: 0 created, 2 changed, 0 unchanged, 1 bad\n",
      err: expect.stringMatching(/line 5 \(otto.new@noordster.example\): repeats the person of line 4/),
    })
    await writeFile(users, "userPrincipalName,displayName,objectId\notto.new@noordster.example,Otto Another,77770003\n")
    expect(await importUsers()).toMatchObject({
      code: 3,
      err: expect.stringMatching(/the user name belongs to usr_\w+, which has the object id 77770002/),
    })

    const members = join(folder, "members.csv")
    await writeFile(
      members,
      "Member object ID or user principal name [memberObjectIdOrUpn] Required\n77770001\nOTTO.new@noordster.example\nnobody@noordster.example\n",
    )
    const importMembers = (...more: string[]) =>
      run("import", "members", members, "--organization", "org_demo", "--group", "Newcomers", "--data", data, ...more)
    expect(await importMembers()).toMatchObject({
      code: 1,
      err: expect.stringContaining('there is no group "Newcomers"; --create-group makes it'),
    })
    expect(await importMembers("--create-group")).toMatchObject({
      code: 3,
      out: "3 rows: 2 added, 0 unchanged, 1 bad\n",
      err: expect.stringContaining("line 4 (nobody@noordster.example): nobody in the directory"),
    })
    expect(await importMembers()).toMatchObject({ code: 3, out: "3 rows: 0 added, 2 unchanged, 1 bad\n" })
  })

  test("SIGTERM ends the server with 0; import, verify and rebuild work without one; the next demo finds a full ledger", async () => {
    demo.process.kill("SIGTERM")
    expect((await demo.ended).code).toBe(0)
    expect(existsSync(join(data, "server.json"))).toBe(false)

    const members = join(folder, "members.csv")
    const again = await run("import", "members", members, "--organization", "org_demo", "--group", "newcomers", "--data", data)
    expect(again).toMatchObject({ code: 3, out: "3 rows: 0 added, 2 unchanged, 1 bad\n" })

    const db = new Database(join(data, "read-models.1.sqlite"))
    db.exec("update principal_name set display_name = 'Somebody Else' where name_id = (select min(name_id) from principal_name)")
    db.close()
    const tampered = await run("verify", "--data", data)
    expect(tampered).toMatchObject({ code: 1, err: expect.stringContaining("`seatledger rebuild` builds the read models anew") })
    expect(tampered.out).toMatch(/^principal_name name_id=\d+: different in display_name\n$/)
    expect(await run("rebuild", "--data", data)).toMatchObject({ code: 0, out: expect.stringMatching(/^rebuilt from [\d,]+ events\n$/) })
    expect(await run("verify", "--data", data)).toMatchObject({ code: 0, out: expect.stringMatching(/^equal: /) })

    const events = await eventCount()
    demo = startSeatledger(["demo", "--data", data], SETTINGS)
    await demo.says(/Ctrl-C stops the server/)
    expect(await eventCount()).toBe(events)
    demo.process.kill("SIGINT")
    expect((await demo.ended).code).toBe(0)
  })
})
