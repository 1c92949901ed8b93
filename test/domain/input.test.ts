import { checkInstallUrl, checkMail, checkName, checkText } from "../../src/domain/input"

describe("where Install this product leads", () => {
  test.each([
    "https://vendor.example/install",
    "https://vendor.example",
    "HTTPS://vendor.example:8443/a?b=c#d",
    "https://bücher.example/ä",
    undefined,
  ])("%s is fine", (url) => {
    expect(checkInstallUrl("installUrl", url)).toBeUndefined()
  })

  test.each([
    ["http://vendor.example", "must start with https://"],
    ["javascript:alert(1)", "must be an address such as https://vendor.example/install"],
    ["https://user:secret@vendor.example/", "must not contain a user name or password"],
    ["https://@vendor.example/", "must not contain a user name or password"],
    [" https://vendor.example", "must be an address such as https://vendor.example/install"],
    ["https://vendor.example\n", "must be an address such as https://vendor.example/install"],
    ["https://vendor.example/\u0000", "must be an address such as https://vendor.example/install"],
    ["https://vendor.example/\ud83d", "must be an address such as https://vendor.example/install"],
    ["https:vendor.example", "must be an address such as https://vendor.example/install"],
    ["https:\\\\vendor.example", "must be an address such as https://vendor.example/install"],
    ["https://", "must be an address such as https://vendor.example/install"],
    [`https://vendor.example/${"a".repeat(2000)}`, "must be at most 2000 characters, has 2023"],
  ])("%j is refused", (url, problem) => {
    expect(checkInstallUrl("installUrl", url)).toEqual({ code: "INVALID_INPUT", field: "installUrl", problem })
  })
})

test("half a character is refused: a log that holds it could not be proved", () => {
  const problem = "must not contain half a character (a lone surrogate)"
  expect(checkName("name", "smile \ud83d")).toEqual({ code: "INVALID_INPUT", field: "name", problem })
  expect(checkText("reason", "\ude02 smile")).toEqual({ code: "INVALID_INPUT", field: "reason", problem })
  expect(checkName("name", "smile \ud83d\ude02")).toBeUndefined()
})

test.each(["ada\u0000@example.com", "ada@example.com\u001b", "ada\ud83d@example.com", "ada"])("%j is no mail address", (mail) => {
  expect(checkMail("mail", mail)).toMatchObject({ code: "INVALID_INPUT", field: "mail" })
  expect(checkMail("mail", "ada@example.com")).toBeUndefined()
})
