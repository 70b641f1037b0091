import type { Asked } from '../base/door.ts'

/**
 * The network that a request came from: an IPv4 address or the /64 of an IPv6 one, which is what one
 * household or office has. Empty where it cannot be known: all such requests are one source.
 */
export type SourceOf = (c: Asked) => string

/**
 * By the socket; behind proxies by the element of X-Forwarded-For that the first of them wrote, which
 * is the one `hops` from the right. What stands further left anybody may have written. Where that
 * element is missing or no address, the request did not come through all of them, or came through
 * one that hides its clients: then it is the socket's.
 * @param hops proxies that stand in front and add the address they were called from
 */
export function socketSource(hops: number): SourceOf {
  return (c) => {
    const elements = hops > 0 ? (c.req.header('x-forwarded-for')?.split(',') ?? []) : []
    const forwarded = elements.at(-hops)
    return (
      (forwarded !== undefined && elements.length >= hops && networkOf(withoutPort(forwarded))) ||
      networkOf(socketAddress(c)) ||
      ''
    )
  }
}

/** By what Cloudflare's edge says, which no client can write. */
export const edgeSource: SourceOf = (c) => networkOf(c.req.header('cf-connecting-ip') ?? '') ?? ''

/** The socket as `@hono/node-server` hands it over; absent where there is none. */
function socketAddress({ env }: Asked): string {
  const { incoming } = (env ?? {}) as { incoming?: { socket?: { remoteAddress?: string } } }
  return incoming?.socket?.remoteAddress ?? ''
}

/** Some proxies write `192.0.2.1:443` and `[2001:db8::1]:443`. */
function withoutPort(element: string): string {
  const text = element.trim()
  return /^\[(.+)\](?::\d+)?$/.exec(text)?.[1] ?? text.replace(/^([\d.]+):\d+$/, '$1')
}

const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)'
const IPV4 = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}$`)

/** The network of an address; undefined for anything that is none. */
function networkOf(address: string): string | undefined {
  if (IPV4.test(address)) return address
  const groups = groupsOf(address.replace(/%.*$/, ''))
  if (!groups) return undefined
  const [high = 0, low = 0] = groups.slice(6)
  // An IPv4 address in the clothes of IPv6 (RFC 4291 §2.5.5.2), as sockets of both families have it.
  return groups.slice(0, 6).join() === '0,0,0,0,0,65535'
    ? [high >> 8, high & 255, low >> 8, low & 255].join('.')
    : `${groups
        .slice(0, 4)
        .map((group) => group.toString(16))
        .join(':')}::/64`
}

/** The eight groups of an IPv6 address in any of its spellings. */
function groupsOf(text: string): number[] | undefined {
  if (!/^[\da-f:.]+$/i.test(text) || !URL.canParse(`http://[${text}]`)) return undefined
  const canonical = new URL(`http://[${text}]`).hostname.slice(1, -1)
  const [left = [], right = []] = canonical
    .split('::')
    .map((side) => side.split(':').filter(Boolean))
  const zeros = Array<string>(8 - left.length - right.length).fill('0')
  return [...left, ...zeros, ...right].map((group) => Number.parseInt(group, 16))
}
