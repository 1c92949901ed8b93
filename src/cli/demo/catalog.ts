/** What the demonstration company bought, and from whom. Names of vendors and products are invented. */
import type { GraceEnd } from "../../domain/events"

export interface DemoVendor {
  readonly id: string
  readonly name: string
  readonly contact: string
}
export interface DemoApp {
  readonly key: string
  readonly vendorId: string
  readonly name: string
  readonly description: string
  readonly installUrl: string
  readonly seats: number
  readonly plan: string
  readonly graceDays: number
  readonly onGraceEnd: GraceEnd
  /** Teams that are assigned, by key. */
  readonly teams: readonly string[]
}

export const VENDORS: readonly DemoVendor[] = [
  { id: "vnd_halyardic", name: "Halyardic Software", contact: "licenses@halyardic.example" },
  { id: "vnd_kestrelle", name: "Kestrelle Analytics", contact: "https://kestrelle.example/account/seats" },
  { id: "vnd_bramblewood", name: "Bramblewood Signing", contact: "+31 10 555 01 42, ask for seats" },
  { id: "vnd_lumenforge", name: "Lumenforge", contact: "sales@lumenforge.example" },
  { id: "vnd_tidewrack", name: "Tidewrack Systems", contact: "support@tidewrack.example" },
  { id: "vnd_poldergate", name: "Poldergate Security", contact: "accounts@poldergate.example" },
]

/** Every department: the password manager is for everybody. */
const EVERY_DEPARTMENT = [
  ..."fleet terminal engineering care software sales warehouse crewing finance it accounting procurement".split(" "),
  ..."hr data marketing quality facilities product security design legal compliance recruitment board".split(" "),
]

export const APPS: readonly DemoApp[] = [
  {
    key: "canvas",
    vendorId: "vnd_halyardic",
    name: "Halyardic Canvas",
    description: "Whiteboards for teams that think together",
    installUrl: "https://canvas.halyardic.example/install",
    seats: 260,
    plan: "Business, yearly",
    graceDays: 90,
    onGraceEnd: "HOLD",
    teams: ["software", "product", "design", "marketing", "data", "polaris"],
  },
  {
    key: "insight",
    vendorId: "vnd_kestrelle",
    name: "Kestrelle Insight",
    description: "Dashboards and reports",
    installUrl: "https://insight.kestrelle.example/teams",
    seats: 100,
    plan: "Viewer and author",
    graceDays: 90,
    onGraceEnd: "HOLD",
    teams: ["data", "finance", "managers"],
  },
  {
    key: "notebooks",
    vendorId: "vnd_kestrelle",
    name: "Kestrelle Notebooks",
    description: "Notebooks for analysts",
    installUrl: "https://notebooks.kestrelle.example/start",
    seats: 35,
    plan: "Analyst",
    graceDays: 30,
    onGraceEnd: "HOLD",
    teams: ["data"],
  },
  {
    key: "sign",
    vendorId: "vnd_bramblewood",
    name: "Bramblewood Sign",
    description: "Contracts, signed",
    installUrl: "https://sign.bramblewood.example/add-in",
    seats: 140,
    plan: "Enterprise",
    graceDays: 60,
    onGraceEnd: "HOLD",
    teams: ["legal", "hr", "procurement", "sales"],
  },
  {
    key: "atelier",
    vendorId: "vnd_lumenforge",
    name: "Lumenforge Atelier",
    description: "Drawing and layout",
    installUrl: "https://lumenforge.example/atelier/download",
    seats: 60,
    plan: "Studio, monthly",
    graceDays: 45,
    onGraceEnd: "REVOKE",
    teams: ["design", "designsystem", "marketing"],
  },
  {
    key: "crew",
    vendorId: "vnd_tidewrack",
    name: "Tidewrack Crew",
    description: "Rosters, certificates and travel of crews",
    installUrl: "https://tidewrack.example/crew",
    seats: 250,
    plan: "Fleet",
    graceDays: 90,
    onGraceEnd: "HOLD",
    teams: ["fleet", "crewing"],
  },
  {
    key: "maintain",
    vendorId: "vnd_tidewrack",
    name: "Tidewrack Maintain",
    description: "Work orders on board and ashore",
    installUrl: "https://tidewrack.example/maintain",
    seats: 150,
    plan: "Fleet",
    graceDays: 90,
    onGraceEnd: "HOLD",
    teams: ["engineering"],
  },
  {
    key: "keys",
    vendorId: "vnd_poldergate",
    name: "Poldergate Keys",
    description: "Passwords and passkeys, shared safely",
    installUrl: "https://poldergate.example/keys/extension",
    seats: 1300,
    plan: "Everybody",
    graceDays: 90,
    onGraceEnd: "HOLD",
    teams: EVERY_DEPARTMENT,
  },
]
