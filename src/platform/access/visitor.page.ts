import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import type { Asked } from '../../base/door.ts'
import type { SourceOf } from '../../web/source.ts'
import type { KnownGuarantee } from './authenticate.ts'
import type { Visitor } from './budget.ts'
import { DEVICE_LIFE, type Devices } from './device.ts'

/** Who stands at the doors. */
export interface Visitors {
  /** At a call of the API, which neither reads nor leaves a mark. */
  ofCall(c: Asked): Visitor
  ofPage(c: Context): Visitor
  /** Leaves in the browser that something right was shown in it. */
  mark(c: Context, response: Response, guarantee: KnownGuarantee): Response
}

/** @param origin of the site; over https the cookie is bound to its host (RFC 6265bis §4.1.3.2) */
export function createVisitors(devices: Devices, sourceOf: SourceOf, origin: string): Visitors {
  const secure = origin.startsWith('https:')
  const name = secure ? '__Host-akashi-device' : 'akashi-device'
  const attributes = `Path=/; Max-Age=${DEVICE_LIFE}; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`

  const ofCall = (c: Asked) => ({ source: sourceOf(c), gone: () => c.req.raw.signal })
  function ofPage(c: Context): Visitor {
    return { ...ofCall(c), device: devices.read(getCookie(c, name) ?? '') }
  }
  return {
    ofCall,
    ofPage,
    mark(c, response, guarantee) {
      const mark = devices.mark(guarantee, ofPage(c))
      response.headers.append('set-cookie', `${name}=${mark}; ${attributes}`)
      return response
    },
  }
}
