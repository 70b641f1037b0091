import { base64url, equalBytes, fromBase64url, utf8 } from '../../base/bytes.ts'
import { hmacSha256 } from '../../base/hmac.ts'
import type { Ports } from '../../ports.ts'
import type { KnownGuarantee } from './authenticate.ts'
import type { Visitor } from './budget.ts'
import { createPseudonym } from './pseudonym.ts'

/** Seconds. */
export const DEVICE_LIFE = 90 * 24 * 3600

const LABEL = 'akashi-device/v1\n'

/**
 * Marks of browsers that have shown a right pair or link (OWASP's device cookies): their failures
 * count for themselves, whatever others at the same address do. A mark names nobody. It follows from
 * guarantee and address alone, so that who holds one pair gets one further budget, however often.
 */
export function createDevices({ clock, sessionSecret }: Ports) {
  const pseudonym = createPseudonym(sessionSecret)
  const sealOf = (body: string) => hmacSha256(sessionSecret, utf8(LABEL + body))

  return {
    /** The mark that a right answer leaves: the one that is there, for longer, or a new one. */
    mark({ issuer, numberKey }: KnownGuarantee, { source, device }: Visitor): string {
      const id = device ?? pseudonym('device', `${issuer}\n${numberKey}\n${source}`)
      const body = `${id}.${Math.floor(clock.now() / 1000) + DEVICE_LIFE}`
      return `${body}.${base64url(sealOf(body))}`
    },

    /** The id of a mark; undefined for one that this platform did not make, or that is over. */
    read(mark: string): string | undefined {
      const [, body, id, end, seal] = /^(([\w-]{22})\.(\d{1,12}))\.([\w-]{43})$/.exec(mark) ?? []
      const given = fromBase64url(seal ?? '')
      if (body === undefined || !given || !equalBytes(given, sealOf(body))) return undefined
      return Number(end) * 1000 > clock.now() ? id : undefined
    },
  }
}

export type Devices = ReturnType<typeof createDevices>
