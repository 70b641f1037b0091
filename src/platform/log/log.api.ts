import { Hono } from 'hono'
import { base64 } from '../../base/bytes.ts'
import { Fault } from '../../base/fault.ts'
import { parseDecimal } from '../../log/decimal.ts'
import { parseBundlePath, parseTilePath } from '../../log/tile.ts'
import { API_HEADERS, json } from '../../web/answer.ts'
import type { PublicLog } from './public-log.ts'

const IMMUTABLE = 'public, max-age=31536000, immutable'

/** The log for anybody who reads along: c2sp.org/tlog-tiles, and proofs ready made. */
export function logApi(log: PublicLog): Hono {
  const app = new Hono()

  app.get('/log/checkpoint', async () =>
    bytes(await log.checkpoint(), 'text/plain; charset=utf-8', 'no-cache'),
  )
  app.get('/log/tile/entries/:path{.+}', async (c) => {
    const place = parseBundlePath(c.req.param('path'))
    return bytes(place && (await log.bundle(place)), 'application/octet-stream', IMMUTABLE)
  })
  app.get('/log/tile/:level/:path{.+}', async (c) => {
    const tile = parseTilePath(c.req.param('level'), c.req.param('path'))
    return bytes(tile && (await log.tile(tile)), 'application/octet-stream', IMMUTABLE)
  })
  app.get('/log/proof/inclusion', async (c) => {
    const [index, size] = [
      number(c.req.query('index'), 'index'),
      number(c.req.query('size'), 'size'),
    ]
    return json({ index, size, hashes: (await log.inclusion(index, size)).map(base64) })
  })
  app.get('/log/proof/consistency', async (c) => {
    const [from, to] = [number(c.req.query('from'), 'from'), number(c.req.query('to'), 'to')]
    return json({ from, size: to, hashes: (await log.consistency(from, to)).map(base64) })
  })
  return app
}

function bytes(body: Uint8Array | string | undefined, type: string, cache: string): Response {
  if (body === undefined) throw new Fault('not_found', 'The log has no such tile.')
  return new Response(body as BodyInit, {
    headers: {
      ...API_HEADERS,
      'content-type': type,
      'cache-control': cache,
      'access-control-allow-origin': '*',
    },
  })
}

function number(text: string | undefined, name: string): number {
  const value = parseDecimal(text ?? '')
  if (value === undefined) throw new Fault('body_invalid', `${name} is a whole number.`)
  return value
}
