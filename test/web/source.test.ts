import { BlockList } from 'node:net'
import fc from 'fast-check'
import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import { edgeSource, type SourceOf, socketSource } from '../../src/web/source.ts'

/** The source of a request over a socket with these headers. */
async function sourceOf(
  how: SourceOf,
  socket: string | undefined,
  headers: Record<string, string> = {},
): Promise<string> {
  const app = new Hono().get('/', (c) => c.text(how(c)))
  const env = socket === undefined ? {} : { incoming: { socket: { remoteAddress: socket } } }
  return (await app.request('/', { headers }, env)).text()
}

const forwarded = (value: string) => ({ 'x-forwarded-for': value })

const bySeed = { seed: 20_261_127, numRuns: 300 }
/** What may stand in a header. */
const garbage = fc.string({ unit: fc.constantFrom(...' ,;:.[]%"/ab0125x-_') })

describe('the network of an address', () => {
  test.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['::FFFF:c000:0207', '192.0.2.7'],
    ['2001:db8:0:1::1', '2001:db8:0:1::/64'],
    ['2001:0DB8:0000:0001:ffff:ffff:ffff:ffff', '2001:db8:0:1::/64'],
    ['2001:db8::', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['2001:db8:0:2::1', '2001:db8:0:2::/64'],
  ])('%s is %s', async (address, network) => {
    expect(await sourceOf(socketSource(0), address)).toBe(network)
  })

  test.each([
    undefined,
    '',
    'unknown',
    '192.0.2',
    '192.0.2.256',
    '192.0.2.07',
    '0xc0.0.2.7',
    '3221225991',
    '192.0.2.7.',
    '2001:db8',
    '2001:db8::1::2',
    ':::',
    '[::1]',
    '::1/64',
    '1.2.3.4:80',
    '::ffff:1.2.3.456',
  ])('%s is none', async (address) => {
    expect(await sourceOf(socketSource(0), address)).toBe('')
  })

  test('of IPv6 holds the address, and the same is said of every address in it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.ipV6(), fc.bigInt(0n, 2n ** 64n - 1n), async (address, host) => {
        const network = await sourceOf(socketSource(0), address)
        if (!network.endsWith('/64')) return
        const list = new BlockList()
        list.addSubnet(network.slice(0, -3), 64, 'ipv6')
        expect(list.check(address, 'ipv6')).toBe(true)
        const groups = host.toString(16).padStart(16, '0').match(/.{4}/g) ?? []
        const neighbour = [...network.slice(0, -5).split(':'), ...groups].join(':')
        expect(await sourceOf(socketSource(0), neighbour)).toBe(network)
      }),
      bySeed,
    )
  })
})

describe('behind proxies', () => {
  test.each([
    [1, '198.51.100.1', '198.51.100.1'],
    [1, '203.0.113.9, 198.51.100.1', '198.51.100.1'],
    [2, '203.0.113.9, 198.51.100.1, 10.0.0.2', '198.51.100.1'],
    [1, '198.51.100.1:4711', '198.51.100.1'],
    [1, '[2001:db8::1]:443', '2001:db8:0:0::/64'],
    [1, '[2001:db8::1]', '2001:db8:0:0::/64'],
    [1, '2001:db8::1', '2001:db8:0:0::/64'],
  ])('with %i of them %s came from %s', async (hops, header, source) => {
    expect(await sourceOf(socketSource(hops), '10.0.0.1', forwarded(header))).toBe(source)
  })

  test.each([
    [0, '198.51.100.1'],
    [1, ''],
    [1, 'unknown'],
    [1, '198.51.100.1, _hidden'],
    [1, '198.51.100.1,'],
    [2, '198.51.100.1'],
    [3, '198.51.100.1, 10.0.0.2'],
  ])('with %i of them %j says nothing, and the socket counts', async (hops, header) => {
    expect(await sourceOf(socketSource(hops), '10.0.0.1', forwarded(header))).toBe('10.0.0.1')
    expect(await sourceOf(socketSource(hops), '10.0.0.1')).toBe('10.0.0.1')
  })

  test('whatever a client writes before, the proxies have the last word', async () => {
    const proxies = fc.array(fc.ipV4(), { minLength: 1, maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(garbage, proxies, async (written, [client = '', ...others]) => {
        const header = [written, client, ...others].join(', ')
        const how = socketSource(others.length + 1)
        expect(await sourceOf(how, '10.0.0.1', forwarded(header))).toBe(client)
      }),
      bySeed,
    )
  })

  test('garbage is never a source: an address that was there, or the socket', async () => {
    await fc.assert(
      fc.asyncProperty(garbage, fc.integer({ min: 1, max: 4 }), async (header, hops) => {
        const source = await sourceOf(socketSource(hops), '10.0.0.1', forwarded(header))
        expect(source).toMatch(
          /^(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f]{1,4}(?::[\da-f]{1,4}){3}::\/64)$/,
        )
      }),
      bySeed,
    )
  })
})

test('on the edge it is what the edge says, and nothing that a client could send', async () => {
  const says = { 'cf-connecting-ip': '198.51.100.1', ...forwarded('203.0.113.9') }
  expect(await sourceOf(edgeSource, undefined, says)).toBe('198.51.100.1')
  expect(await sourceOf(edgeSource, undefined, forwarded('203.0.113.9'))).toBe('')
  expect(await sourceOf(socketSource(1), '10.0.0.1', { 'cf-connecting-ip': '1.2.3.4' })).toBe(
    '10.0.0.1',
  )
})
