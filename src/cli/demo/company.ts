/**
 * The demonstration company: Noordster Shipping, about 1,200 people in Rotterdam, Antwerp and Hamburg. Made from a seed, so every
 * installation shows the same people in the same groups, and documentation and tests can name them. All names are invented.
 */
import { FAMILY_NAMES, GIVEN_NAMES } from "./names"

export interface Person {
  /** A GUID as an identity provider gives one; only Adele's is a word, so that a token with `--subject adele` is hers. */
  readonly externalId: string
  readonly userName: string
  readonly displayName: string
  readonly mail: string
}
export interface Team {
  readonly key: string
  readonly displayName: string
  /** Indexes into the people, in the order in which they joined. */
  readonly members: readonly number[]
}
export interface Company {
  readonly people: readonly Person[]
  readonly teams: readonly Team[]
}

export const ORGANIZATION = { id: "org_demo", name: "Noordster Shipping" } as const
const DOMAIN = "noordster.example"

const DEPARTMENTS: readonly (readonly [key: string, name: string, size: number])[] = [
  ["fleet", "Fleet Operations", 168],
  ["terminal", "Terminal Services", 122],
  ["engineering", "Engineering & Maintenance", 140],
  ["care", "Customer Care", 92],
  ["software", "Software Development", 85],
  ["sales", "Sales", 74],
  ["warehouse", "Warehousing", 70],
  ["crewing", "Crew Planning", 64],
  ["finance", "Finance", 58],
  ["it", "IT Operations", 42],
  ["accounting", "Accounting", 36],
  ["procurement", "Procurement", 34],
  ["hr", "Human Resources", 32],
  ["data", "Data & Analytics", 28],
  ["marketing", "Marketing", 26],
  ["quality", "Quality & Safety", 25],
  ["facilities", "Facilities", 22],
  ["product", "Product Management", 18],
  ["security", "Information Security", 14],
  ["design", "Brand & Design", 13],
  ["legal", "Legal", 12],
  ["compliance", "Compliance & Audit", 11],
  ["recruitment", "Recruitment", 10],
  ["board", "Management Board", 4],
]

/** Across departments: how many of everybody, or of some departments, are in each. */
const ACROSS: readonly (readonly [key: string, name: string, size: number, from?: readonly string[]])[] = [
  ["rotterdam", "Office Rotterdam", 520],
  ["antwerp", "Office Antwerp", 210],
  ["hamburg", "Office Hamburg", 140],
  ["remote", "Working from home", 165],
  ["managers", "All managers", 96],
  ["erp", "Project New ERP", 72, ["finance", "accounting", "procurement", "it", "software", "warehouse"]],
  ["aid", "First aiders", 61],
  ["contractors", "Contractors", 58, ["software", "it", "engineering", "warehouse"]],
  ["polaris", "Project Polaris", 47, ["software", "product", "design", "data", "fleet", "crewing"]],
  ["champions", "Data champions", 40],
  ["interns", "Interns 2026", 34],
  ["sustainability", "Sustainability circle", 24],
  ["designsystem", "Design system guild", 21, ["software", "design", "product", "marketing"]],
  ["starters", "Starters of November", 18],
  ["incident", "Incident response", 16, ["it", "security", "software"]],
  ["council", "Works council", 13],
]

export function demoCompany(): Company {
  const random = seeded(20_261_121)
  const departments: Team[] = []
  let next = 0
  for (const [key, displayName, size] of DEPARTMENTS) {
    departments.push({ key, displayName, members: range(next, size) })
    next += size
  }
  const people = makePeople(next, random)
  const of = (keys: readonly string[]) => departments.filter(({ key }) => keys.includes(key)).flatMap(({ members }) => members)
  const across = ACROSS.map(([key, displayName, size, from]) => ({
    key,
    displayName,
    members: pick(from ? of(from) : range(0, next), size, random),
  }))
  return { people, teams: [...departments, ...across] }
}

/** Adele is the license admin whom the printed token names: the first of IT Operations. */
function makePeople(count: number, random: () => number): Person[] {
  const taken = new Set<string>()
  const people: Person[] = []
  const adele = teamStart("it")
  while (people.length < count) {
    const isAdele = people.length === adele
    const given = isAdele ? "Adèle" : one(GIVEN_NAMES, random)
    const family = isAdele ? "Vermeulen" : one(FAMILY_NAMES, random)
    const plain = `${ascii(given)}.${ascii(family)}`
    let userName = plain
    for (let n = 2; taken.has(userName); n++) userName = `${plain}${n}`
    taken.add(userName)
    const address = `${userName}@${DOMAIN}`
    people.push({
      externalId: isAdele ? "adele" : guid(random),
      userName: address,
      displayName: `${given} ${family}`,
      mail: address,
    })
  }
  return people
}

function teamStart(wanted: string): number {
  const at = DEPARTMENTS.findIndex(([key]) => key === wanted)
  return DEPARTMENTS.slice(0, at).reduce((sum, [, , size]) => sum + size, 0)
}

/** Letters that a mail address usually has instead. NFD takes the accents off; these have none to take off. */
const LATIN: Readonly<Record<string, string>> = { ł: "l", ø: "o", đ: "d", ð: "d", þ: "th", ß: "ss", ı: "i", æ: "ae" }
function ascii(name: string): string {
  return name
    .toLowerCase()
    .replace(/[łøđðþßıæ]/g, (letter) => LATIN[letter] ?? letter)
    .normalize("NFD")
    .replace(/[^a-z]/g, "")
}

/** Mulberry32: small, good enough for names, and the same everywhere. Answers numbers in [0, 1). */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

function range(from: number, count: number): number[] {
  return Array.from({ length: count }, (_, n) => from + n)
}
function one<T>(of: readonly T[], random: () => number): T {
  return of[Math.floor(random() * of.length)] as T // the index is inside, and no list here is empty
}
/** `count` different ones, in random order. */
function pick<T>(of: readonly T[], count: number, random: () => number): T[] {
  const keyed = of.map((item) => ({ item, key: random() })).sort((a, b) => a.key - b.key)
  return keyed.slice(0, count).map(({ item }) => item)
}
function guid(random: () => number): string {
  const hex = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join("")
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`
}
