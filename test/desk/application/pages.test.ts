import { expect, test } from 'vitest'
import { newId } from '../../../src/desk/application/new-id.ts'
import { stepQueries } from '../../../src/desk/application/sent/line-step.ts'
import { FILLED, type Person } from './desk.ts'
import { PDF, PNG } from './paper-files.ts'
import { type ServedDesk, serveDesk } from './served.ts'

interface Post {
  fields?: Record<string, string>
  files?: { field: string; name: string; bytes: Uint8Array }[]
}

const HOME = '/desk/applications'

function visit({ origin }: ServedDesk, person: Person | 'nobody') {
  const headers = { cookie: `person=${person}`, origin }
  const answer = async (response: Response) => ({
    status: response.status,
    to: response.headers.get('location'),
    headers: response.headers,
    text: await response.text(),
  })
  return {
    get: async (path: string) =>
      answer(await fetch(origin + path, { headers, redirect: 'manual' })),
    post: async (path: string, { fields = {}, files }: Post) => {
      const form = new FormData()
      for (const [name, value] of Object.entries(fields)) form.append(name, value)
      for (const { field, name, bytes } of files ?? []) {
        form.append(field, new File([bytes as BlobPart], name))
      }
      const body = files ? form : new URLSearchParams(fields)
      return answer(
        await fetch(origin + path, { method: 'POST', headers, body, redirect: 'manual' }),
      )
    },
  }
}

async function sentApplication() {
  const desk = await serveDesk()
  const sato = visit(desk, 'sato')
  const id = newId(desk.ports.random)
  const path = `${HOME}/${id}`
  const checked = await sato.post(`${path}/edit`, {
    fields: { ...FILLED, revision: '0', act: 'check' },
    files: [{ field: 'file.works', name: '契約書 髙橋.pdf', bytes: PDF }],
  })
  expect(checked).toMatchObject({ status: 303, to: `${path}/confirm` })
  const confirm = (await sato.get(`${path}/confirm`)).text
  return { desk, sato, id, path, confirm, fields: hiddenOf(confirm) }
}

/** What the page of confirmation sends. */
function hiddenOf(page: string) {
  const hidden = (name: string) =>
    new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? ''
  return { revision: hidden('revision'), sendKey: hidden('sendKey') }
}

test('what is filled is confirmed, sent once, and found again by a second click', async () => {
  const { sato, path, confirm, fields } = await sentApplication()
  for (const text of [
    '40.0%',
    '10.0%',
    '20,000,000円',
    'ミホン銀行　富士支店',
    '静岡支店',
    'soumu@example.jp',
    '契約書 髙橋.pdf',
  ]) {
    expect(confirm).toContain(text)
  }
  for (let click = 0; click < 2; click++) {
    expect(await sato.post(`${path}/send`, { fields })).toMatchObject({
      status: 303,
      to: `${path}/sent`,
    })
  }
  expect((await sato.get(`${path}/sent`)).text).toContain('E-000001')
  expect((await sato.get(HOME)).text).not.toContain('E-000002')
  const withdraw = `${path}/withdraw/contract`
  expect((await sato.get(withdraw)).text).toContain('取り下げますか')
  const refused = await sato.post(withdraw, { fields: { note: '鍵は aB3dE5gH7jK9' } })
  expect(refused.status).toBe(422)
  expect(refused.text).toContain('取下げの理由に認証キーと思われる文字列があります')
  expect(refused.text).toContain('value="鍵は aB3dE5gH7jK9"')
  expect((await sato.get(withdraw)).text, 'nothing was done').toContain('取り下げますか')
  await sato.post(withdraw, { fields: { note: '' } })
  expect(await sato.get(withdraw)).toMatchObject({ status: 303, to: path })
  expect(await sato.get(`${path}/edit`)).toMatchObject({ status: 303, to: path })
})

test('the day of reception is that of the sending, and the next open day after hours', async () => {
  const { desk, sato, id, path, fields } = await sentApplication()
  await sato.post(`${path}/send`, { fields })
  const first = (await sato.get(`${path}/sent`)).text
  expect(first).toContain('<dt>受付日</dt><dd>2026年2月3日</dd>')
  expect(first).toContain('前払金保証、契約保証')
  expect(first).not.toContain('受付時間外')
  const { store } = desk.ports
  const returned = { status: 'returned', at: '2026-02-03T06:00:00.000Z', byUser: 'clerk' } as const
  const step = { application: id, kind: 'contract', step: 2, ...returned, note: '金額は' }
  await store.commit(stepQueries(store.db, step))
  // Saturday.
  desk.world.clock.pass(4 * 24 * 3_600_000)
  const answer = { answer: '直しました', revision: '3', act: 'check' }
  await sato.post(`${path}/edit`, { fields: { ...FILLED, ...answer } })
  const again = hiddenOf((await sato.get(`${path}/confirm`)).text)
  await sato.post(`${path}/send`, { fields: again })
  const second = (await sato.get(`${path}/sent`)).text
  expect(second).toContain('再送信しました')
  expect(second).toContain('<dt>再送信した保証</dt><dd>契約保証</dd>')
  const late = '2026年2月9日（受付時間外に送信されたため）'
  expect(second).toContain('受付時間外に送信されたため')
  expect(second).toContain('<dt>受付日</dt><dd>2026年2月9日</dd>')
  expect((await sato.get(path)).text).toContain(`<dt>受付日</dt><dd>${late}</dd>`)
})

test('ids of another firm lead nowhere, and are noted', async () => {
  const { desk, sato, id, path, fields } = await sentApplication()
  const yamada = visit(desk, 'yamada')
  const paper = /attachments\/([0-9a-f-]+)/.exec((await sato.get(`${path}/edit`)).text)?.[1]
  const asked = [
    await yamada.get(path),
    await yamada.get(`${path}/edit`),
    await yamada.get(`${path}/confirm`),
    await yamada.get(`${path}/delete`),
    await yamada.get(`${path}/attachments/${paper}`),
    await yamada.post(`${path}/edit`, { fields: { ...FILLED, revision: '1' } }),
    await yamada.post(`${path}/send`, { fields }),
    await yamada.post(`${path}/copy`, { fields: { id: newId(desk.ports.random) } }),
    await yamada.post(`${path}/delete`, { fields: { revision: '1' } }),
  ]
  expect(asked.map(({ status }) => status)).toEqual(asked.map(() => 404))
  for (const { text } of asked) expect(text).not.toContain('道路改良工事')
  expect(desk.noted).toHaveLength(asked.length)
  expect(desk.noted[0]).toEqual({
    kind: 'foreign_id',
    detail: { org: 'org-yamazaki', user: 'user-yamada', path: `${HOME}/${id}` },
  })
  expect(await yamada.get(`${HOME}/${newId(desk.ports.random)}`)).toMatchObject({ status: 404 })
  expect(desk.noted).toHaveLength(asked.length)
})

test('a paper comes back as it was, to be saved and not shown', async () => {
  const { sato, path } = await sentApplication()
  const paper = /attachments\/([0-9a-f-]+)/.exec((await sato.get(`${path}/edit`)).text)?.[1]
  const { headers, text } = await sato.get(`${path}/attachments/${paper}`)
  expect(text).toBe(PDF.toString())
  expect(headers.get('content-type')).toBe('application/pdf')
  expect(headers.get('content-disposition')).toBe(
    "attachment; filename*=UTF-8''%E5%A5%91%E7%B4%84%E6%9B%B8%20%E9%AB%99%E6%A9%8B.pdf",
  )
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  await sato.post(`${path}/edit`, { fields: { ...FILLED, revision: '1', act: `remove:${paper}` } })
  expect(await sato.get(`${path}/attachments/${paper}`)).toMatchObject({ status: 404 })
})

test('a file that lies is refused by name, and the form stays as it was typed', async () => {
  const desk = await serveDesk()
  const sato = visit(desk, 'sato')
  const path = `${HOME}/${newId(desk.ports.random)}`
  const worksName = '葛\u{E0100}城 "﨑" <𠮷>&㈱'
  const { status, text } = await sato.post(`${path}/edit`, {
    fields: { worksName, message: '\n行頭', revision: '0', act: 'draft' },
    files: [{ field: 'file.works', name: '契約書.pdf', bytes: PNG }],
  })
  expect(status).toBe(422)
  expect(text).toContain('「契約書.pdf」は名前と中身が違います（中身はPNGです）')
  expect(text).toContain('value="葛\u{E0100}城 &quot;﨑&quot; &lt;𠮷&gt;&amp;㈱"')
  expect((await sato.get(`${path}/edit`)).text).toContain('葛\u{E0100}城')
})

test('more than can be taken at once loses no field', async () => {
  const desk = await serveDesk()
  const sato = visit(desk, 'sato')
  const path = `${HOME}/${newId(desk.ports.random)}`
  const large = Buffer.concat([PDF, Buffer.alloc(9 * 1024 * 1024)])
  const { status, text } = await sato.post(`${path}/edit`, {
    fields: { worksName: '大きな添付の工事', revision: '0', act: 'draft' },
    files: ['1', '2', '3'].map((name) => ({
      field: 'file.other',
      name: `${name}.pdf`,
      bytes: large,
    })),
  })
  expect(status).toBe(422)
  expect(text).toContain('一度に送れるファイルは合計20MBまでです')
  expect((await sato.get(`${path}/edit`)).text).toContain('大きな添付の工事')
})

test('of two clerks the later one is told who wrote when, and sees both', async () => {
  const desk = await serveDesk()
  const [sato, suzuki] = [visit(desk, 'sato'), visit(desk, 'suzuki')]
  const path = `${HOME}/${newId(desk.ports.random)}`
  const first = { ...FILLED, revision: '0', act: 'draft' }
  await sato.post(`${path}/edit`, { fields: first })
  await sato.post(`${path}/edit`, { fields: { ...first, revision: '1', worksName: '甲の工事' } })
  const late = { ...first, revision: '1', worksName: '乙の工事', act: 'check' }
  const told = await suzuki.post(`${path}/edit`, { fields: late })
  expect(told.status).toBe(409)
  for (const text of [
    '佐藤　花子さんが2026/02/03 14:00に',
    '甲の工事',
    '乙の工事',
    'name="revision" value="2"',
  ]) {
    expect(told.text).toContain(text)
  }
  const again = await suzuki.post(`${path}/edit`, { fields: { ...late, revision: '2' } })
  expect(again).toMatchObject({ status: 303, to: `${path}/confirm` })
})

test('who confirmed what somebody changed since is shown what it is now', async () => {
  const { desk, sato, path, fields } = await sentApplication()
  const suzuki = visit(desk, 'suzuki')
  await suzuki.post(`${path}/edit`, { fields: { ...FILLED, revision: '1', worksName: '甲の工事' } })
  const answer = await sato.post(`${path}/send`, { fields })
  expect(answer.to).toBe(`${path}/confirm?behind`)
  const shown = (await sato.get(`${path}/confirm?behind`)).text
  expect(shown).toContain('鈴木　一郎さんが')
  expect(shown).toContain('甲の工事')
})

test('who is not signed in is sent to sign in; who is of another role is told', async () => {
  const desk = await serveDesk()
  const answer = await visit(desk, 'nobody').get(`${HOME}/new`)
  expect(answer).toMatchObject({ status: 303, to: '/sign-in?next=%2Fdesk%2Fapplications%2Fnew' })
})

test('an address that is no id, and a form that is none of ours, are refused', async () => {
  const { sato, path } = await sentApplication()
  expect(await sato.get(`${HOME}/..%2f..%2fetc`)).toMatchObject({ status: 404 })
  expect(await sato.post(`${HOME}/x/edit`, { fields: {} })).toMatchObject({ status: 404 })
  const fields = { revision: '1', sendKey: 'x' }
  expect(await sato.post(`${path}/send`, { fields })).toMatchObject({ status: 400 })
})

test('a wish is taken in words, and not with the key itself', async () => {
  const { desk, sato, id, path, fields } = await sentApplication()
  await sato.post(`${path}/send`, { fields })
  const issued = { status: 'issued', at: '2026-02-03T06:00:00.000Z', byUser: 'clerk' } as const
  const step = { application: id, kind: 'advance_payment', step: 2, ...issued } as const
  await desk.ports.store.commit(stepQueries(desk.ports.store.db, step))
  const wish = (reason: string) =>
    sato.post(`${path}/wishes/advance_payment`, { fields: { type: 'leaked', reason } })
  const refused = await wish('Z28Y UE4J 3Bux を誤送信しました')
  expect([refused.status, refused.text]).toEqual([
    422,
    expect.stringContaining('認証キーは書かずに'),
  ])
  expect((await wish('お知らせを誤送信しました')).status).toBe(303)
})
