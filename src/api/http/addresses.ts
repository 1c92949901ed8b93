/** Whose request it is when proxies stand in between: X-Forwarded-For counts only from proxies that the settings name. */
import type { IncomingMessage } from "node:http"
import { BlockList, isIP } from "node:net"

export interface Addresses {
  /** For Fastify's `trustProxy`. */
  readonly trusts: (address: string) => boolean
  /** The same for requests that Fastify does not see (WebSocket upgrades). */
  readonly addressOf: (request: IncomingMessage) => string
}

/** `proxies`: addresses such as 10.0.0.1 and networks such as 10.0.0.0/8, as the settings have checked. */
export function addresses(proxies: readonly string[]): Addresses {
  const list = new BlockList()
  for (const proxy of proxies) {
    const [address = "", prefix] = proxy.split("/")
    if (prefix === undefined) list.addAddress(address, family(address))
    else list.addSubnet(address, Number(prefix), family(address))
  }
  const trusts = (address: string) => isIP(address) !== 0 && list.check(address, family(address))
  return {
    trusts,
    addressOf({ socket, headers }) {
      const forwarded = headers["x-forwarded-for"]
      const hops = [...(typeof forwarded === "string" ? forwarded.split(",") : []).map((hop) => hop.trim()), socket.remoteAddress ?? ""]
      // From the nearest hop outwards: the first that is no proxy of ours is the client, all beyond is hearsay.
      return hops.findLast((hop) => !trusts(hop)) ?? hops[0] ?? ""
    },
  }
}

function family(address: string): "ipv4" | "ipv6" {
  return isIP(address) === 6 ? "ipv6" : "ipv4"
}
