import { connect, type Socket } from 'node:net'

/** What became of a load. */
export interface Loaded {
  answers: number
  /** Answers of another status than 2xx. */
  refused: number
  /** Milliseconds from sending to the whole answer, in order of arrival. */
  latencies: number[]
}

/**
 * Sends requests over kept connections, one at a time on each: no client library stands between the
 * clock and the server.
 * @param next the bytes of one request, asked for before each; undefined when there are no more
 */
export async function load(
  port: number,
  connections: number,
  next: () => Buffer | undefined,
): Promise<Loaded> {
  const loaded: Loaded = { answers: 0, refused: 0, latencies: [] }
  await Promise.all(Array.from({ length: connections }, () => oneConnection(port, next, loaded)))
  return loaded
}

/** Goes round the requests until the time is over. */
export function forMilliseconds(
  milliseconds: number,
  requests: readonly Buffer[],
): () => Buffer | undefined {
  const end = performance.now() + milliseconds
  let at = 0
  return () => (performance.now() < end ? requests[at++ % requests.length] : undefined)
}

function oneConnection(
  port: number,
  next: () => Buffer | undefined,
  loaded: Loaded,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    socket.setNoDelay(true)
    let sent = 0
    const answer = answerReader((status) => {
      loaded.answers += 1
      if (status < 200 || status > 299) loaded.refused += 1
      loaded.latencies.push(performance.now() - sent)
      send()
    })
    function send(): void {
      const request = next()
      if (!request) {
        finish(socket, resolve)
        return
      }
      sent = performance.now()
      socket.write(request)
    }
    socket.on('connect', send)
    socket.on('data', answer)
    socket.on('error', reject)
  })
}

function finish(socket: Socket, done: () => void): void {
  socket.removeAllListeners('data')
  socket.end()
  done()
}

const HEAD_END = Buffer.from('\r\n\r\n')

/** Tells where answers end, by Content-Length or by the last chunk; their bodies are not kept. */
function answerReader(answered: (status: number) => void): (bytes: Buffer) => void {
  let head: Buffer = Buffer.alloc(0)
  let missing = -1
  let status = 0
  let chunked = false
  let tail = ''
  return function read(bytes) {
    let rest = bytes
    if (missing < 0) {
      head = head.length === 0 ? bytes : Buffer.concat([head, bytes])
      const at = head.indexOf(HEAD_END)
      if (at < 0) return
      const text = head.toString('latin1', 0, at).toLowerCase()
      status = Number(text.slice(9, 12))
      chunked = text.includes('transfer-encoding: chunked')
      missing = Number(/content-length: (\d+)/.exec(text)?.[1] ?? 0)
      rest = head.subarray(at + HEAD_END.length)
      head = Buffer.alloc(0)
    }
    if (chunked) {
      tail = (tail + rest.toString('latin1')).slice(-7)
      if (!tail.endsWith('\r\n0\r\n\r\n') && tail !== '0\r\n\r\n') return
      tail = ''
    } else {
      missing -= rest.length
      if (missing > 0) return
    }
    missing = -1
    answered(status)
  }
}

/** The bytes of a GET with a cookie. */
export function getBytes(path: string, { cookie }: { cookie: string }): Buffer {
  const head = [`GET ${path} HTTP/1.1`, 'host: 127.0.0.1', `cookie: ${cookie}`, '\r\n']
  return Buffer.from(head.join('\r\n'))
}

/** The bytes of a POST of JSON. */
export function postBytes(path: string, body: string, type = 'application/json'): Buffer {
  const bytes = Buffer.from(body)
  const head = [
    `POST ${path} HTTP/1.1`,
    'host: 127.0.0.1',
    `content-type: ${type}`,
    `content-length: ${bytes.length}`,
    '\r\n',
  ].join('\r\n')
  return Buffer.concat([Buffer.from(head), bytes])
}
