import { connect } from 'node:net'
import { PAIR } from '../../app/served.ts'
import { must, type Target } from '../target.ts'
import type { Doors } from './doors.ts'

const SILENCE = 40
const PATIENCE = 5000

/** What comes back for bytes as no client would send them, until the server closes or is silent. */
function exchange(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    const hang = setTimeout(() => {
      reject(new Error('neither an answer nor an end'))
      socket.destroy()
    }, PATIENCE)
    let answer = ''
    socket.setTimeout(SILENCE, () => (answer === '' ? socket.end() : socket.destroy()))
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1')
    })
    socket.on('error', () => {})
    socket.on('close', () => {
      clearTimeout(hang)
      resolve(answer)
    })
    socket.write(text)
  })
}

/** Every answer that came over a connection, none of which may be a fault of ours. */
function checkRaw({ world }: Doors, answer: string): string {
  const internal = world.reports.find(({ event }) => event === 'internal')
  must(internal === undefined, JSON.stringify(internal))
  must(!/\n +at |\.ts:\d|node_modules/.test(answer), 'the inside of the product')
  const statuses = [...answer.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)].map(([, status]) => status)
  must(
    statuses.every((status) => Number(status) < 500 || status === '501'),
    statuses.join(' '),
  )
  return statuses.join(' ')
}

function addressesTarget(doors: Doors): Target {
  return {
    covers: [],
    seeds: doors.addresses,
    most: 8000,
    async read(text) {
      const request = `GET ${text} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`
      return checkRaw(doors, await exchange(doors.port, request))
    },
  }
}

const HEADERS = [
  'accept: application/x-ndjson, text/csv;q=0.1, */*',
  'accept-language: en;q=0.5, ja',
  `authorization: Bearer ${'A'.repeat(43)}`,
  'cookie: akashi-device=AAAAAAAAAAAAAAAAAAAAAA; a=b',
  'x-forwarded-for: 192.0.2.1, [2001:db8::1]:443',
  'forwarded: for=192.0.2.1;proto=https',
  'if-none-match: W/"abc"',
  'range: bytes=0-1',
  'expect: 100-continue',
  'transfer-encoding: chunked',
  'origin: null',
]

function headersTarget(doors: Doors): Target {
  const body = JSON.stringify(PAIR)
  const post = `POST /v1/lookup HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n`
  const sized = `${post}connection: close\r\ncontent-length: ${body.length}\r\n`
  const chunk = `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`
  return {
    covers: [],
    seeds: [
      ...HEADERS.map((header) => `${sized}${header}\r\n\r\n${body}`),
      ...HEADERS.map((header) => `GET /owners HTTP/1.1\r\nhost: x\r\n${header}\r\n\r\n`),
      `${post}connection: close\r\ntransfer-encoding: chunked\r\n\r\n${chunk}`,
      `GET / HTTP/1.1\r\nhost: x\r\n\r\n`.repeat(3),
    ],
    most: 32_768,
    async read(text) {
      return checkRaw(doors, await exchange(doors.port, text))
    },
  }
}

export const WIRE_TARGETS: Record<string, (doors: Doors) => Target> = {
  address: addressesTarget,
  headers: headersTarget,
}
