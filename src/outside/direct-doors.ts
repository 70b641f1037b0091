import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Asked, Door, Doors } from '../base/door.ts'

/** As programs write it, and as `@hono/node-server` takes it unread; the router judges any other. */
const HOST = /^[a-z0-9._-]+(?::(?:[1-5]\d{3,4}|[6-9]\d{3}))?$/
const JSON_TYPE = /^application\/json *(?:;|$)/i

/**
 * Takes the calls of `doors` from Node as they are: for one that costs half a millisecond, the way
 * through the router and the objects of fetch is a tenth of it. Whatever is out of the ordinary
 * (another method, a query, a bearer, a body without a length or too large, a header twice) goes on
 * to `listener`, so that there is one judge of it.
 */
export function directDoors(doors: Doors, listener: RequestListener): RequestListener {
  return (incoming, outgoing) => {
    const door = doors.get(incoming.url ?? '')
    if (door && isOrdinary(incoming, door)) take(door, incoming, outgoing)
    else listener(incoming, outgoing)
  }
}

function isOrdinary({ method, headers, rawHeaders }: IncomingMessage, { limit }: Door): boolean {
  return (
    method === 'POST' &&
    Number(headers['content-length']) <= limit &&
    JSON_TYPE.test(headers['content-type'] ?? '') &&
    headers.authorization === undefined &&
    HOST.test(headers.host ?? '') &&
    // Of a header that comes twice, two readers may take two values.
    rawHeaders.length === 2 * Object.keys(headers).length
  )
}

/** Where the body breaks off there is no end, and nobody to answer. */
function take(door: Door, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const chunks: Buffer[] = []
  incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
  incoming.on('end', () => {
    const body = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)
    door
      .answer(askedOf(incoming, outgoing), body)
      .then(({ status, headers, body }) => {
        outgoing.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) })
        outgoing.end(body)
      })
      // A door answers its own faults; what it could not even tell ends this connection alone.
      .catch((error: Error) => outgoing.destroy(error))
  })
}

function askedOf(incoming: IncomingMessage, outgoing: ServerResponse): Asked {
  return {
    req: {
      header: (name) => incoming.headers[name] as string | undefined,
      query: () => undefined,
      raw: {
        get signal() {
          return signalOf(outgoing)
        },
      },
    },
    env: { incoming },
  }
}

function signalOf(outgoing: ServerResponse): AbortSignal {
  const gone = new AbortController()
  if (outgoing.closed) gone.abort()
  else outgoing.once('close', () => gone.abort())
  return gone.signal
}
