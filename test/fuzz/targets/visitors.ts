import { createCursors } from '../../../src/audit/cursor.ts'
import { createTokens } from '../../../src/audit/tokens.ts'
import { createDevices } from '../../../src/platform/access/device.ts'
import { socketSource } from '../../../src/web/source.ts'
import { mutateText } from '../mutate.ts'
import { must, reading, readingAsync, type Target } from '../target.ts'
import type { Doors } from './doors.ts'
import { checkReply } from './requests.ts'

const HEAD = 16_384
const SOCKET = '198.51.100.7'
const NETWORK = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f]{1,4}(?::[\da-f]{1,4}){3}::\/64)$/

/** X-Forwarded-For, of which nobody but the nearest proxies is believed. */
export const SOURCE_TARGET: Target = {
  covers: [],
  seeds: [
    '192.0.2.1',
    '203.0.113.9, 192.0.2.1:443, [2001:db8::1]:443',
    '2001:db8:0:0:1::, fe80::1%eth0',
    '::ffff:192.0.2.1',
  ],
  most: HEAD,
  read(text) {
    const context = {
      req: { header: () => text },
      env: { incoming: { socket: { remoteAddress: SOCKET } } },
    }
    const [near, ...far] = [0, 1, 2, 3].map((hops) => socketSource(hops)(context as never))
    must(near === SOCKET, 'a header is believed where no proxy stands')
    must(
      far.every((source) => NETWORK.test(source)),
      `no network: ${far.join(' ')}`,
    )
    return far.map((source) => (source === SOCKET ? 'socket' : 'forwarded')).join(' ')
  },
}

/** The cookie of a browser that has shown a right pair. */
function marks({ world }: Doors): Target {
  const devices = createDevices(world.ports)
  const guarantee = { issuer: 'east', numberKey: '12345678901', contractNumber: '12345-678901' }
  const mark = devices.mark(guarantee, { source: SOCKET, device: undefined })
  return {
    covers: [],
    seeds: [mark],
    most: HEAD,
    read(text) {
      const id = devices.read(text)
      must(id === undefined || text === mark, 'a mark that was never made')
      return `${id !== undefined}`
    },
  }
}

function auditCursors({ world }: Doors): Target {
  const cursors = createCursors(world.ports)
  const seed = cursors.format('pull', { next: 100, end: 250 })
  return {
    covers: [],
    seeds: [seed, cursors.format('another pull', { next: 1, end: 2 })],
    most: HEAD,
    read(text) {
      const cursor = reading(() => cursors.parse('pull', text))
      if ('refused' in cursor) return cursor.refused
      must(text === seed, 'a cursor that was never given')
      return 'taken'
    },
  }
}

async function auditToken({ world }: Doors): Promise<string> {
  const wish = { role: 'auditor', owners: [], issuers: [], all: true, days: 30 } as const
  return (await createTokens(world.ports).create(wish)).token
}

async function tokens(doors: Doors): Promise<Target> {
  const { auditor } = createTokens(doors.world.ports)
  const token = await auditToken(doors)
  return {
    covers: [],
    seeds: [token],
    most: HEAD,
    async read(text) {
      const known = await readingAsync(() => auditor(text))
      if ('refused' in known) return known.refused
      must(text === token, 'a token that was never made')
      return 'taken'
    },
  }
}

/** What an auditor asks for: the Accept header, a line feed, and the address. */
async function pulls(doors: Doors): Promise<Target> {
  const authorization = `Bearer ${await auditToken(doors)}`
  const times = 'from=2026-01-01&to=2026-03-01T09:00:00%2B09:00'
  return {
    covers: [],
    seeds: [
      `application/json\nentries?${times}&issuer=east&kind=advance_payment&event=issue&limit=1`,
      'application/x-ndjson;q=0.5, text/csv\nentries?owner=222101&contractNumber=12345-678901',
      'text/csv\naccess?kind=lookup&limit=1000',
      '*/*\nhistory/east/12345-678901?at=2026-02-03T05:00:00.000Z',
    ],
    mutate: (text, below, pool) => {
      const [accept = '', path = ''] = text.split('\n')
      if (below(4) === 0) return `${mutateText(accept, below, pool)}\n${path}`
      return `${accept}\n${mutateText(path, below, pool)}`
    },
    most: 8000,
    async read(text) {
      const [accept = '', path = ''] = text.split('\n')
      const headers = { authorization, accept: accept.replaceAll(/[^\x20-\x7e]/g, '') }
      const reply = await doors.request(`/v1/audit/${path.replaceAll(/\s/g, '')}`, { headers })
      // A stream is as long as the log and its reader's own pulls have made it.
      if (reply.status !== 200) checkReply(doors, reply, text.length)
      return `${reply.status} ${reply.headers.get('content-type')}`
    },
  }
}

export const VISITOR_TARGETS: Record<string, (doors: Doors) => Target | Promise<Target>> = {
  'device-mark': marks,
  'audit-cursor': auditCursors,
  'audit-token': tokens,
  'audit-pull': pulls,
}
