import { expect, test } from 'vitest'
import { newWorld, PLATFORM } from '../platform/world.ts'
import { PAIR, type Reply, serve } from './served.ts'

/** Forms over HTTP as a browser without JavaScript sends them. */
async function desk() {
  const world = await newWorld()
  await world.issue({})
  const { get, post } = await serve(world)
  const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: PLATFORM }
  const send = (path: string, fields: Record<string, string>) =>
    post(path, String(new URLSearchParams(fields)), headers)
  return {
    world,
    get,
    send,
    /** The ticket of a result page, which stands for the pair. */
    ticket: async () => ticketIn(await send('/verify', PAIR)),
  }
}

function ticketIn({ status, text }: Reply): string {
  expect(status).toBe(200)
  return /name="ticket" value="([^"]+)"/.exec(text)?.[1] ?? ''
}

function titleOf({ text }: Reply): string {
  return /<title>([^<]*)<\/title>/.exec(text)?.[1] ?? ''
}

test('the result page has the certificate and no auth key in it', async () => {
  const { send } = await desk()
  const reply = await send('/verify', PAIR)
  expect(reply.status).toBe(200)
  expect(reply.text).toContain('20,000,000')
  expect(reply.text).not.toContain(PAIR.authKey)
})

test('a ticket looks up again, compares with the works contract, and ends after 30 minutes', async () => {
  const { send, ticket, world } = await desk()
  const held = await ticket()
  expect(titleOf(await send('/verify', { ticket: held }))).not.toContain('エラー')
  const compared = await send('/verify', { ticket: held, contractPrice: '60,000,000' })
  expect(compared.text).toContain('60,000,000')
  expect((await send('/verify', { ticket: held, contractPrice: 'much' })).status).toBe(400)

  world.clock.pass(30 * 60_000)
  const last = ticketIn(await send('/verify', { ticket: held }))
  world.clock.pass(1)
  for (const ticket of [held, last]) {
    const ended = await send('/verify', { ticket })
    expect(ended.status).toBe(404)
    expect(titleOf(ended)).toMatch(/^エラー/)
  }
})

test('a checker that no receipt should hold is an error at its field, and no look-up', async () => {
  const { send, ticket, world } = await desk()
  const made = await send('/shares', { ticket: await ticket() })
  const link = /id="share-url">([^<]+)</.exec(made.text)?.[1] ?? ''
  for (const [path, fields] of [
    ['/verify', PAIR],
    ['/v/open', { link }],
  ] as const) {
    const wrong = { ...fields, department: 'あ'.repeat(4000), name: '山\u0001田' }
    const refused = await send(path, wrong)
    expect(refused.status).toBe(400)
    expect(refused.text).toContain('id="field-department-error"')
    expect(refused.text).toContain('id="field-name-error"')
    expect(refused.text).toContain('value="山\u0001田"')
    const right = { ...fields, department: 'あ'.repeat(200), name: ' 山田 ' }
    expect((await send(path, right)).text).toContain(`${right.department} 山田`)
  }
  const [share] = await world.ports.store.db.selectFrom('share').select('openings').execute()
  expect(share?.openings).toBe(1)
})

test('a ticket that was altered or made up opens nothing', async () => {
  const { send, ticket } = await desk()
  const [claims = '', seal = ''] = (await ticket()).split('.')
  const forged = JSON.parse(Buffer.from(claims, 'base64url').toString())
  forged[3] += 1
  const later = Buffer.from(JSON.stringify(forged)).toString('base64url')
  for (const ticket of [
    `${later}.${seal}`,
    `${claims}.`,
    claims,
    '.',
    '',
    'e30.AAAA',
    'bnVsbA.A',
  ]) {
    for (const path of ['/verify', '/shares', '/shares/list']) {
      const { status, text } = await send(path, { ticket })
      expect([path, ticket, status]).toEqual([path, ticket, 404])
      expect(text).not.toContain('20,000,000')
    }
  }
})

test('a holder makes, sees and withdraws a link; whoever opens it makes no other', async () => {
  const { send, ticket, get } = await desk()
  const held = await ticket()
  const made = await send('/shares', { ticket: held, scope: 'history', days: '7' })
  const link = /https:\/\/hosho\.example\.lg\.jp\/v#[A-Za-z0-9_-]{22}/.exec(made.text)?.[0] ?? ''
  const token = link.split('#')[1] ?? 'none'
  expect((await send('/shares/list', { ticket: held })).text).not.toContain(token)

  const { action } =
    /<form[^>]* action="(?<action>[^"]+)"/.exec((await get('/v')).text)?.groups ?? {}
  const opened = await send(action ?? '', { link })
  expect(opened.text).toContain('20,000,000')
  expect(opened.text).not.toContain(token)
  const lent = ticketIn(opened)
  expect((await send('/shares', { ticket: lent })).status).toBe(404)

  const listed = await send('/shares/list', { ticket: held })
  const id = /name="id" value="([^"]+)"/.exec(listed.text)?.[1] ?? ''
  expect((await send('/shares/revoke', { ticket: held, id })).status).toBe(200)
  expect((await send(action ?? '', { link })).status).toBe(410)
  const again = await send('/verify', { ticket: lent, contractPrice: '50,000,000' })
  expect(again.status).toBe(410)
  expect(again.text).not.toContain('20,000,000')
})

test('a link that is none, is unknown or is missing is told in its own form', async () => {
  const { send } = await desk()
  const statuses: number[] = []
  for (const link of ['', 'https://evil.example/x', `${PLATFORM}/v#${'A'.repeat(22)}`]) {
    const reply = await send('/v/open', { link })
    expect(reply.text).toContain('name="link"')
    statuses.push(reply.status)
  }
  expect(statuses).toEqual([400, 400, 404])
})

test('a page that a form leads to sends whoever reloads it by address back to the form', async () => {
  const { get } = await desk()
  for (const [path, to] of [
    ['/verify', '/'],
    ['/shares', '/'],
    ['/shares/list', '/'],
    ['/v/open', '/v'],
  ] as const) {
    const { status, headers } = await get(path)
    expect([path, status, headers.get('location')]).toEqual([path, 303, to])
  }
})

test('what a person typed comes back as text, never as markup', async () => {
  const { send, get } = await desk()
  const typed = '"><script>alert(1)</script>'
  const replies = [
    await send('/verify', { contractNumber: typed, authKey: typed }),
    await send('/v/open', { link: typed }),
    await get(`/owners?q=${encodeURIComponent(typed)}`),
  ]
  for (const { text } of replies) {
    expect(text).toContain('&lt;script&gt;')
    expect(text).not.toContain('<script>alert')
  }
})

test('a field is taken up to 4,000 characters, whatever they are', async () => {
  const { send } = await desk()
  const padded = (length: number) => PAIR.contractNumber.padEnd(length, '　')
  expect((await send('/verify', { ...PAIR, contractNumber: padded(4000) })).status).toBe(200)
  const marks = { ...PAIR, contractNumber: '\u0323\u0301'.repeat(2001) }
  for (const fields of [
    { ...PAIR, contractNumber: padded(4001) },
    marks,
    { a: 'a'.repeat(4001) },
  ]) {
    const { status, text } = await send('/verify', fields)
    expect(status).toBe(413)
    expect(text).toContain('送信された内容が大きすぎます')
  }
  expect((await send('/verify', { ...PAIR, name: '𠮷'.repeat(4000) })).status).not.toBe(413)
})

test('the page asks the database for what the API asks, the names of issuers and its ticket', async () => {
  const world = await newWorld()
  await world.issue()
  for (const id of ['west', 'north']) {
    await world.platform.issuers.add({ id, iss: `https://${id}.example.jp`, name: id })
  }
  let statements = 0
  const { store } = world.ports
  const all: typeof store.all = (query) => {
    statements++
    return store.all(query)
  }
  const platform = world.over({ store: { ...store, all } })
  const { get, post } = await serve(world, { platform })
  const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: PLATFORM }
  const verify = (pair: object) =>
    post('/verify', String(new URLSearchParams({ ...pair })), headers)
  const cost = async (deed: () => Promise<Reply>) => {
    statements = 0
    await deed()
    return statements
  }
  await verify(PAIR)
  const api = await cost(() => post('/v1/lookup', PAIR))
  expect(await cost(() => verify(PAIR))).toBe(api + 2)
  expect(await cost(() => get('/'))).toBe(1)
  expect(await cost(() => verify({ ...PAIR, contractNumber: 'x' }))).toBe(1)
  expect(await cost(() => verify({ ...PAIR, authKey: 'Z28YUE4J3Buy' }))).toBe(3)
  expect((await get('/')).text).toContain('あかし東建設業保証株式会社')
})
