/** The phrases of an explanation in each language; `why-words.ts` decides which are said. */
import type { Language } from "./language"
import type { Actor } from "./types/history"
import type { RemedyKind } from "./types/why"

/** Who and what it is about; `who` may begin a sentence and stand in it. */
export interface About {
  readonly who: string
  readonly what: string
}

export interface Taking extends About {
  readonly kind: RemedyKind
  readonly seats: number
  readonly groups: readonly string[]
  readonly waits: boolean
}

/** `through` is "" or begins with a comma, as `sources` makes it; days are told as `locale` tells them. */
export interface Phrases {
  readonly locale: string
  asOf(revision: number, day: string | undefined): string
  sources(direct: boolean, groups: readonly (string | undefined)[]): string
  heldSince(about: About, day: string, through: string): string
  waitedSince(about: About, day: string, through: string, place: number, of: number): string
  before(count: number): string
  settling(about: About, through: string): string
  neverAssigned(about: About): string
  noLongerEntitled(about: About): string
  inactive(about: About): string
  onceActive(about: About, through: string): string
  nothingEntitles(about: About): string
  deleted(about: About): string
  notInDirectory(about: About): string
  cancelled(about: About): string
  notBought(about: About): string
  /** "" where the first sentences have said so. */
  takes(taking: Taking): string
  began(day: string): string
  byTransfer(about: About, clause: string | undefined): string
  /** `end`: the day, or what ended it. */
  waitedUntil(about: About, from: string, place: number | null, end: { readonly day: string } | { readonly clause: string }): string
  tookBack(from: string, to: string): string
  revoked(about: About, until: string): string
  formerly(about: About, held: boolean, from: string, to: string): string
  /** The actor's part; "" for one that needs none. */
  role(type: Actor["type"], role: Actor["role"]): string
  on(sentence: string, day: string): string
}

const english: Phrases = {
  locale: "en-GB",
  asOf: (revision, day) => `As of revision ${revision}${day === undefined ? "" : `, recorded on ${day}`}:`,
  sources(direct, groups) {
    const named = groups.map((group) => group ?? "that is gone")
    const all = [
      ...(direct ? ["by a direct assignment"] : []),
      ...(named.length > 0 ? [`through the ${named.length === 1 ? "group" : "groups"} ${listed(named, "and")}`] : []),
    ]
    return all.length > 0 ? `, ${all.join(" and ")}` : ""
  },
  heldSince: ({ who, what }, day, through) => `${who} has held a seat of ${what} since ${day}${through}.`,
  waitedSince: ({ who, what }, day, through, place, of) =>
    `${who} has waited for a seat of ${what} since ${day}${through}, in place ${place} of ${of}.`,
  before: (count) => (count === 0 ? "Nobody is before." : count === 1 ? "One person is before." : `${count} people are before.`),
  settling: ({ who, what }, through) => `${who} is entitled to ${what}${through}, and the seats are still being settled.`,
  neverAssigned: ({ who, what }) => `${who} was never assigned ${what}, neither directly nor through a group.`,
  noLongerEntitled: ({ who, what }) => `${who} has no seat of ${what}: nothing entitles ${who} to it any more.`,
  inactive: ({ who, what }) => `${who} has no seat of ${what}, because the account is inactive.`,
  onceActive: ({ who }, through) => `Once it is active again, ${who} is entitled again${through}, at the end of the waitlist.`,
  nothingEntitles: ({ who, what }) => `Nothing entitles ${who} to ${what}.`,
  deleted: ({ who, what }) => `${who} has no seat of ${what}, because the account was deleted.`,
  notInDirectory: ({ who }) => `${who} was not in the directory yet.`,
  cancelled: ({ what }) => `Nobody has a seat of ${what}, because the license was cancelled.`,
  notBought: ({ what }) => `${what} was not bought yet.`,
  takes({ kind, seats, groups, waits, who, what }) {
    const seat = seats === 1 ? "one seat" : `${seats} seats`
    switch (kind) {
      case "FREE_SEATS":
        return waits
          ? `It takes ${seat}, freed by others or added by the vendor, until it is the turn of ${who}.`
          : `There is no seat left: ${seat} would have to be freed or added, and until then ${who} would wait.`
      case "REINSTATE_LICENSE":
        return `${what} is suspended: nobody is given a seat until the vendor makes it active again.`
      case "ACTIVATE_USER":
        return ""
      case "ASSIGN": {
        const joining = groups.length > 0 ? `, or ${who} would have to join a group that has it: ${listed(groups, "or")}` : ""
        return `${what} would have to be assigned to ${who}${joining}.`
      }
      case "WAIT":
        return "Nothing has to be done: it is being worked on."
      case "BUY_LICENSE":
        return "A cancelled license does not come back: it would have to be bought anew."
      default:
        return kind satisfies never
    }
  },
  began: (day) => `The entitlement began on ${day}.`,
  byTransfer: ({ who }, clause) => `${who} got the seat by a transfer${clause === undefined ? "" : `: ${clause}`}.`,
  waitedUntil: ({ who }, from, place, end) =>
    `${who} waited from ${from}${place === null ? "" : `, at first in place ${place},`} until ${"day" in end ? end.day : end.clause}.`,
  tookBack: (from, to) => `In between the seat was taken back, when a grace period ended, from ${from} to ${to}.`,
  revoked: ({ who }, until) => `${who} held a seat until ${until}, when it was taken back because the grace period ended.`,
  formerly: ({ who }, held, from, to) => `${who} ${held ? "held a seat" : "waited for a seat"} from ${from} to ${to}.`,
  role(type, role) {
    if (type === "VENDOR") return "vendor"
    if (type === "IDENTITY_PROVIDER") return "identity provider"
    return type === "SYSTEM" || role === null ? "" : role.toLowerCase().replace("_", " ")
  },
  on: (sentence, day) => `${sentence} on ${day}`,
}

const DUTCH_ROLES: Readonly<Record<NonNullable<Actor["role"]>, string>> = {
  OPERATOR: "operator",
  GLOBAL_ADMIN: "globale beheerder",
  LICENSE_ADMIN: "licentiebeheerder",
  USER_ADMIN: "gebruikersbeheerder",
  BILLING_ADMIN: "factureringsbeheerder",
  AUDITOR: "auditor",
  MEMBER: "lid",
  VENDOR: "leverancier",
}

const dutch: Phrases = {
  locale: "nl-NL",
  asOf: (revision, day) => `Bij revisie ${revision}${day === undefined ? "" : `, vastgelegd op ${day}`}:`,
  sources(direct, groups) {
    const named = groups.map((group) => group ?? "die er niet meer is")
    const all = [
      ...(direct ? ["door een rechtstreekse toewijzing"] : []),
      ...(named.length > 0 ? [`via de ${named.length === 1 ? "groep" : "groepen"} ${listed(named, "en")}`] : []),
    ]
    return all.length > 0 ? `, ${all.join(" en ")}` : ""
  },
  heldSince: ({ who, what }, day, through) => `${who} heeft sinds ${day} een seat van ${what}${through}.`,
  waitedSince: ({ who, what }, day, through, place, of) =>
    `${who} wacht sinds ${day} op een seat van ${what}${through}, op plaats ${place} van ${of}.`,
  before: (count) =>
    count === 0
      ? "Er is niemand eerder aan de beurt."
      : `${count === 1 ? "Er is één persoon" : `Er zijn ${count} personen`} eerder aan de beurt.`,
  settling: ({ who, what }, through) => `${who} heeft recht op ${what}${through}, en de seats worden nog verdeeld.`,
  neverAssigned: ({ who, what }) => `${what} is nooit aan ${who} toegewezen, niet rechtstreeks en niet via een groep.`,
  noLongerEntitled: ({ who, what }) => `${who} heeft geen seat van ${what}: niets geeft ${who} er nog recht op.`,
  inactive: ({ who, what }) => `${who} heeft geen seat van ${what}, omdat het account inactief is.`,
  onceActive: ({ who }, through) => `Zodra het weer actief is, heeft ${who} er weer recht op${through}, aan het einde van de wachtlijst.`,
  nothingEntitles: ({ who, what }) => `Niets geeft ${who} recht op ${what}.`,
  deleted: ({ who, what }) => `${who} heeft geen seat van ${what}, omdat het account is verwijderd.`,
  notInDirectory: ({ who }) => `${who} stond nog niet in de adreslijst.`,
  cancelled: ({ what }) => `Niemand heeft een seat van ${what}, omdat de licentie is opgezegd.`,
  notBought: ({ what }) => `${what} was nog niet gekocht.`,
  takes({ kind, seats, groups, waits, who, what }) {
    const seat = seats === 1 ? "één seat" : `${seats} seats`
    const comeFree = seats === 1 ? "moet" : "moeten"
    switch (kind) {
      case "FREE_SEATS":
        return waits
          ? `Er ${comeFree} nog ${seat} vrijkomen of door de leverancier worden toegevoegd tot ${who} aan de beurt is.`
          : `Er is geen seat meer: er ${comeFree} eerst ${seat} vrijkomen of bijkomen, en tot dan zou ${who} wachten.`
      case "REINSTATE_LICENSE":
        return `${what} is opgeschort: niemand krijgt een seat tot de leverancier de licentie weer actief maakt.`
      case "ACTIVATE_USER":
        return ""
      case "ASSIGN": {
        const joining = groups.length > 0 ? `, of ${who} moet lid worden van een groep die de licentie heeft: ${listed(groups, "of")}` : ""
        return `${what} moet aan ${who} worden toegewezen${joining}.`
      }
      case "WAIT":
        return "Er hoeft niets te gebeuren: er wordt aan gewerkt."
      case "BUY_LICENSE":
        return "Een opgezegde licentie komt niet terug: er moet een nieuwe worden gekocht."
      default:
        return kind satisfies never
    }
  },
  began: (day) => `Het recht begon op ${day}.`,
  byTransfer: ({ who }, clause) => `${who} kreeg de seat door een overdracht${clause === undefined ? "" : `: ${clause}`}.`,
  waitedUntil({ who }, from, place, end) {
    const waited = `${who} wachtte vanaf ${from}${"day" in end ? ` tot ${end.day}` : ""}${place === null ? "" : `, eerst op plaats ${place}`}`
    return "day" in end ? `${waited}.` : `${waited}, tot dit gebeurde: ${end.clause}.`
  },
  tookBack: (from, to) => `Tussendoor, van ${from} tot ${to}, was de seat teruggenomen omdat een respijtperiode eindigde.`,
  revoked: ({ who }, until) => `${who} had een seat tot ${until}; die is teruggenomen omdat de respijtperiode eindigde.`,
  formerly: ({ who }, held, from, to) => `${who} ${held ? "had een seat" : "wachtte op een seat"} van ${from} tot ${to}.`,
  role(type, role) {
    if (type === "VENDOR") return "leverancier"
    if (type === "IDENTITY_PROVIDER") return "identiteitsprovider"
    return type === "SYSTEM" || role === null ? "" : DUTCH_ROLES[role]
  },
  on: (sentence, day) => `${sentence}, op ${day}`,
}

export const PHRASES: Readonly<Record<Language, Phrases>> = { EN: english, NL: dutch }

function listed(names: readonly string[], word: string): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} ${word} ${names.at(-1)}`
}
