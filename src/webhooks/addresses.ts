/**
 * Where messages may be sent. Whoever adds an endpoint chooses the address, so without this guard anybody could have this
 * server call its own neighbours: databases, metadata services of clouds, other people's intranets (SSRF).
 */
import { lookup, Resolver } from "node:dns/promises"
import ipaddr from "ipaddr.js"

/** The addresses of a host name. Throws when there are none. */
export type Resolve = (host: string) => Promise<readonly string[]>

/** Public by number, private by use: answers every virtual machine of Azure with its metadata. */
const PRIVATE_BY_USE: ReadonlySet<string> = new Set(["168.63.129.16"])

/** RFC 4291 §2.4 and the IANA registry: only this part of IPv6 is given out for the internet. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR("2000::/3")
/** RFC 6052 §2.1: behind it a network that translates (NAT64) writes an IPv4 address. */
const TRANSLATED = ipaddr.IPv6.parseCIDR("64:ff9b::/96")

export class AddressRefused extends Error {
  override readonly name = "AddressRefused"
}

/** Rules out what can be seen from the address alone; what its name resolves to is checked at every request. */
export function addressProblem(url: URL, privateNetworks: boolean): string | undefined {
  if (privateNetworks) return undefined
  if (url.protocol !== "https:") return "must start with https://"
  const host = hostOf(url)
  const isLocalName = host === "localhost" || host.endsWith(".localhost")
  if (isLocalName || (ipaddr.isValid(host) && !isPublic(host))) return "must not lead into a private network"
  return undefined
}

/**
 * The one address to connect to. One that is not public among several refuses them all: an honest name has none.
 * @throws AddressRefused, or whatever `resolve` throws
 */
export async function checkedAddress(url: URL, privateNetworks: boolean, resolve: Resolve): Promise<string> {
  const problem = addressProblem(url, privateNetworks)
  if (problem !== undefined) throw new AddressRefused(`url ${problem}`)
  const host = hostOf(url)
  const addresses = ipaddr.isValid(host) ? [host] : await resolve(host)
  const [first] = addresses
  if (first === undefined) throw new Error(`${host} has no address`)
  if (!privateNetworks && !addresses.every(isPublic)) throw new AddressRefused(`${host} leads into a private network`)
  return first
}

/** Only what is routed on the public internet; every special range is refused, known or new. */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.process(address) // ::ffff:10.0.0.1 is 10.0.0.1
  if (parsed instanceof ipaddr.IPv6) {
    if (parsed.match(TRANSLATED)) return isPublic(parsed.toByteArray().slice(12).join("."))
    if (!parsed.match(GLOBAL_UNICAST)) return false // ::10.0.0.1 among them
  }
  return parsed.range() === "unicast" && !PRIVATE_BY_USE.has(parsed.toString())
}

/**
 * On the internet, asked of DNS itself: the system's look-up runs in four threads for the whole process, and a few names
 * that never answer would hold up everybody. In an intranet, as the system does, because of its hosts file.
 */
export function systemResolve(privateNetworks: boolean): Resolve {
  if (privateNetworks) return async (host) => (await lookup(host, { all: true })).map(({ address }) => address)
  const resolver = new Resolver({ timeout: 3_000, tries: 2 })
  return async (host) => {
    const [four, six] = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)])
    if (four.status === "rejected" && six.status === "rejected") throw four.reason
    return [...(four.status === "fulfilled" ? four.value : []), ...(six.status === "fulfilled" ? six.value : [])]
  }
}

/** Without the brackets of an IPv6 address and the dot that may end a name. */
function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "")
}
