import { CliError } from "../../src/cli/cli-error"
import { seconds, viewerFor } from "../../src/cli/token-options"

test("an admin's, a vendor's and an operator's token say what each needs", () => {
  expect(viewerFor({ role: ["LICENSE_ADMIN"], organization: "org_demo", subject: "adele" })).toEqual({
    subject: "adele",
    roles: ["LICENSE_ADMIN"],
    organizationId: "org_demo",
  })
  expect(viewerFor({ role: ["VENDOR"], vendor: "vnd_acme" })).toEqual({ subject: "vnd_acme", roles: ["VENDOR"], vendorId: "vnd_acme" })
  expect(viewerFor({ role: ["OPERATOR"] })).toEqual({ subject: "operator", roles: ["OPERATOR"] })
  expect(viewerFor({ role: ["USER_ADMIN", "USER_ADMIN"], organization: "org_demo", identityProvider: true })).toEqual({
    subject: "user-admin",
    roles: ["USER_ADMIN"],
    organizationId: "org_demo",
    identityProvider: true,
  })
})

const nonsense: [string, Parameters<typeof viewerFor>[0], RegExp][] = [
  ["a vendor without a vendor", { role: ["VENDOR"] }, /needs --vendor vnd_/],
  ["an admin of a vendor", { role: ["AUDITOR"], organization: "org_a", vendor: "vnd_a" }, /--vendor is for the role VENDOR/],
  ["an admin of nothing", { role: ["AUDITOR"] }, /AUDITOR needs --organization/],
  ["an operator of one organization", { role: ["OPERATOR"], organization: "org_a" }, /--organization does not go with the role OPERATOR/],
  ["an id of another kind", { role: ["AUDITOR"], organization: "vnd_a" }, /"vnd_a" is no organization id/],
  ["a vendor id of another kind", { role: ["VENDOR"], vendor: "acme" }, /"acme" is no vendor id/],
  ["a member who is nobody", { role: ["MEMBER"], organization: "org_a" }, /MEMBER needs --subject/],
  ["an auditor who provisions", { role: ["AUDITOR"], organization: "org_a", identityProvider: true }, /needs the role USER_ADMIN/],
]
test.each(nonsense)("%s is refused as wrong usage, saying what is missing", (_, options, message) => {
  expect(() => viewerFor(options)).toThrow(message)
  expect(() => viewerFor(options)).toThrow(expect.objectContaining({ exitCode: 2 }))
  expect(() => viewerFor(options)).toThrow(CliError)
})

test("lifetimes are read in seconds, minutes, hours and days", () => {
  expect(["90s", "30m", "12h", "7d"].map(seconds)).toEqual([90, 1_800, 43_200, 604_800])
  for (const wrong of ["", "12", "h", "0h", "-1h", "1.5h", "1w", "1h30m"]) expect(() => seconds(wrong)).toThrow(/30m, 12h or 7d/)
})
