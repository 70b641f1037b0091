import { describe, expect, test } from 'vitest'
import type { KeyNotice } from '../../../src/desk/print/notice.pdf.ts'
import { codeOf } from '../../platform/fault-of.ts'
import { certificate } from '../../platform/sample.ts'
import { KEY, newDesk } from './desk.ts'

const NUMBER = '12345-678901'
const PATH = `/desk/guarantees/east/${NUMBER}`

const text = async (answer: Response | Promise<Response>) =>
  (await (await answer).text()).replace(/<[^>]+>/g, '').replace(/\s+/g, ' ')

describe('a key', () => {
  test('is shown to the contractor’s organisation, and noted each time', async () => {
    const desk = await newDesk()
    await desk.issue()
    const answer = await desk.ask(PATH, 'contractor')
    expect(answer.status).toBe(200)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(await text(answer)).toContain(KEY)
    await desk.ask(PATH, 'contractor')
    const shown = {
      kind: 'key_shown',
      issuer: 'east',
      detail: { user: 'u1', org: 'org-0', by: 'page' },
    }
    expect(desk.noted.filter(({ kind }) => kind === 'key_shown')).toMatchObject([shown, shown])
    const rows = await desk.store.db.selectFrom('accessNote').selectAll().execute()
    expect(rows.filter(({ kind }) => kind === 'key_shown')).toHaveLength(2)
    expect(JSON.stringify(rows)).not.toContain(KEY)
  })

  test.each(['clerk', 'approver'])(
    'is not shown to the company’s %s, nor in a notice',
    async (who) => {
      const desk = await newDesk()
      await desk.issue()
      const page = await text(desk.ask(PATH, who))
      expect(page).toContain('認証キーは、請負契約者だけに表示されます。')
      expect(page).not.toContain(KEY)
      expect((await desk.ask(`${PATH}/notice.pdf`, who)).status).toBe(404)
      expect((await desk.post(`${PATH}/shares`, who, { scope: 'current' })).status).toBe(403)
      expect(desk.noted.filter(({ kind }) => kind === 'key_shown')).toEqual([])
    },
  )

  test('of another firm does not exist, whoever asks, and who asked is noted', async () => {
    const desk = await newDesk()
    await desk.issue()
    const paths = ['', '/versions/1', '/notice.pdf', '/shares']
    for (const path of paths) {
      const answer = await desk.ask(PATH + path, 'stranger')
      expect(answer.status).toBe(404)
      expect(await text(answer)).not.toContain(KEY)
    }
    expect((await desk.post(`${PATH}/shares`, 'stranger', { scope: 'history' })).status).toBe(404)
    expect(desk.noted.map(({ kind }) => kind)).toEqual(Array(5).fill('foreign_id'))
    expect(desk.noted[0]).toMatchObject({ issuer: 'east', detail: { user: 'u2', org: 'org-9' } })
  })

  test('of no guarantee at all is the same 404, byte for byte', async () => {
    const desk = await newDesk()
    await desk.issue()
    const foreign = await (await desk.ask(PATH, 'stranger')).text()
    const none = await (await desk.ask('/desk/guarantees/east/99999-999999', 'stranger')).text()
    expect(none).toBe(foreign)
  })

  test('is nobody’s without a sign-in', async () => {
    const desk = await newDesk()
    await desk.issue()
    const answer = await desk.ask(PATH)
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe(`/sign-in?next=${encodeURIComponent(PATH)}`)
  })
})

describe('before it has arrived', () => {
  test('the contractor is told that it is under way, and sees no key', async () => {
    const desk = await newDesk()
    await desk.issue({ arrives: false })
    const page = await text(desk.ask(PATH, 'contractor'))
    expect(page).toContain('発行手続き中です。完了すると認証キーが表示されます。')
    expect(page).not.toContain(KEY)
    expect(page).not.toContain('まだ確認されていません')
    expect((await desk.ask(`${PATH}/notice.pdf`, 'contractor')).status).toBe(404)
  })

  test('the company is told how often it was tried', async () => {
    const desk = await newDesk()
    await desk.issue({ arrives: false })
    expect(await text(desk.ask(PATH, 'clerk'))).toContain('新規：未到着（再送待ち 2回目）')
  })

  test('a change under way leaves the content and the key that are in force', async () => {
    const desk = await newDesk()
    await desk.issue({
      events: [{ event: 'amend', arrives: false }],
    })
    const page = await text(desk.ask(PATH, 'contractor'))
    expect(page).toContain('変更の手続き中です。')
    expect(page).toContain(KEY)
  })
})

describe('the history', () => {
  const reason = '記載の誤り'

  async function corrected() {
    const desk = await newDesk()
    const sum = (guaranteedAmount: number) =>
      certificate({ contractor: { name: '株式会社髙橋建設' }, guaranteedAmount })
    await desk.issue({
      events: [
        { event: 'amend', certificate: sum(18_000_000) },
        { event: 'correct', targetSeq: 2, reason, certificate: sum(19_000_000) },
      ],
    })
    return desk
  }

  test('shows the contractor what stands, without what was corrected', async () => {
    const desk = await corrected()
    const page = await text(desk.ask(PATH, 'contractor'))
    expect(page).toContain('※訂正、変更取消された履歴は表示されません。')
    expect(page).toContain('19,000,000円')
    expect(page).not.toContain('18,000,000円')
    expect((await desk.ask(`${PATH}/versions/3`, 'contractor')).status).toBe(200)
    expect((await desk.ask(`${PATH}/versions/2`, 'contractor')).status).toBe(404)
    const first = await text(desk.ask(`${PATH}/versions/1`, 'contractor'))
    expect(first).toContain('※この時点の内容です。')
    expect(first).not.toContain('※最新の情報を表示しています。')
    const list = await text(desk.ask('/desk/guarantees/history', 'contractor'))
    expect(list).toContain('新規')
    expect(list).toContain('変更')
  })
})

describe('発注者の確認状況', () => {
  test('tells look-ups and openings as of a time, and not by whom', async () => {
    const desk = await newDesk()
    await desk.issue()
    const before = await text(desk.ask(PATH, 'contractor'))
    expect(before).toContain('まだ確認されていません')
    await desk.lookup()
    await desk.lookup()
    const wrong = { contractNumber: NUMBER, authKey: 'wrongwrongab' }
    expect(await codeOf(desk.platform.lookup.byPair(wrong, {}))).toBe('not_found_or_key_mismatch')
    desk.clock.pass(60_000)
    const after = await text(desk.ask(PATH, 'contractor'))
    expect(after).toMatch(/番号と認証キーによる確認2回（最終 2026\/02\/03 14:01）/)
    await desk.lookup()
    const { platform } = desk
    const guarantee = { issuer: 'east', numberKey: '12345678901', contractNumber: NUMBER }
    const { url } = await platform.shares.create(guarantee, {})
    const { id } = await platform.shares.open(url.split('#')[1] as string)
    await platform.lookup.known(guarantee, { right: 'current', share: id })
    desk.clock.pass(60_000)
    const both = await text(desk.ask(PATH, 'contractor'))
    expect(both).toContain('番号と認証キーによる確認3回')
    expect(both).toContain('共有リンクが開かれた回数1回')
  })

  test('of another guarantee is not counted', async () => {
    const desk = await newDesk()
    await desk.issue()
    await desk.issue({ number: '12345-678902' })
    await desk.lookup()
    desk.clock.pass(60_000)
    expect(await text(desk.ask('/desk/guarantees/east/12345-678902', 'contractor'))).toContain(
      'まだ確認されていません',
    )
  })
})

describe('共有リンク', () => {
  test('is made, shown once with a QR code, listed, withdrawn', async () => {
    const desk = await newDesk()
    await desk.issue()
    const made = await (
      await desk.post(`${PATH}/shares`, 'contractor', { scope: 'history', days: '30' })
    ).text()
    const url = /https:\/\/hosho\.example\.lg\.jp\/v#[\w-]{22}/.exec(made)?.[0] ?? ''
    expect(url).not.toBe('')
    expect(made).toContain('共有リンクのQRコード')
    const token = url.split('#')[1] as string
    await desk.platform.shares.open(token)
    const listed = await (await desk.ask(PATH, 'contractor')).text()
    expect(listed).not.toContain(token)
    expect(listed).toContain('開かれた回数 1回')
    const id = /name="id" value="([^"]+)"/.exec(listed)?.[1] ?? ''
    const revoked = await text(desk.post(`${PATH}/shares/revoke`, 'contractor', { id }))
    expect(revoked).toContain('共有リンクを取り消しました。')
    await expect(desk.platform.shares.open(token)).rejects.toMatchObject({
      code: 'share_expired_or_revoked',
    })
  })

  test('for longer than allowed, or of another guarantee, is refused', async () => {
    const desk = await newDesk()
    await desk.issue()
    await desk.issue({ number: '12345-678902' })
    expect((await desk.post(`${PATH}/shares`, 'contractor', { days: '401' })).status).toBe(400)
    await desk.post(`${PATH}/shares`, 'contractor', { days: '30' })
    const id = /name="id" value="([^"]+)"/.exec(
      await (await desk.ask(PATH, 'contractor')).text(),
    )?.[1]
    const other = '/desk/guarantees/east/12345-678902/shares/revoke'
    expect((await desk.post(other, 'contractor', { id: id ?? '' })).status).toBe(404)
  })
})

test('the notice is a PDF of this guarantee, for the contractor, and noted', async () => {
  const desk = await newDesk()
  await desk.issue()
  const printed: KeyNotice[] = []
  const { printNotice } = desk.parts
  desk.parts.printNotice = (notice) => {
    printed.push(notice)
    return printNotice(notice)
  }
  const answer = await desk.ask(`${PATH}/notice.pdf`, 'contractor')
  expect(printed[0]?.platformOrigin, 'not that of the desk').toBe('https://kakunin.example.jp')
  expect(answer.headers.get('content-type')).toBe('application/pdf')
  expect(new TextDecoder().decode((await answer.arrayBuffer()).slice(0, 5))).toBe('%PDF-')
  expect(desk.noted).toMatchObject([{ kind: 'key_shown', detail: { by: 'notice' } }])

  // By the desk's own clock, which may be ahead of the platform's: no sign of a new key.
  const keySince = '2026-02-03T06:30:00.000Z'
  const { db } = desk.store
  await desk.store.commit([db.updateTable('issued').set({ keySince }).compile()])
  await desk.ask(`${PATH}/notice.pdf`, 'contractor')
  const rekey = { issuer: 'east', numberKey: '12345678901', seq: 0, sealedKey: null }
  const done = {
    state: 'arrived' as const,
    tries: 1,
    nextAt: keySince,
    madeAt: keySince,
    madeBy: 'u3',
  }
  await desk.store.commit([
    db
      .insertInto('submission')
      .values({ ...rekey, ...done, fault: null, keySince })
      .compile(),
  ])
  await desk.ask(`${PATH}/notice.pdf`, 'contractor')
  expect(printed.map(({ noticeNumber, rekeyedAt }) => [noticeNumber, rekeyedAt])).toEqual([
    [`${NUMBER}-1`, undefined],
    [`${NUMBER}-1`, undefined],
    [`${NUMBER}-1-K202602031530`, keySince],
  ])
})

test('the mail to the owner names its department, and holds no key', async () => {
  const desk = await newDesk()
  await desk.issue()
  await desk.putApplication(NUMBER)
  const html = await (await desk.ask(PATH, 'contractor')).text()
  const body = /id="mail-body">([^<]*)</.exec(html)?.[1] ?? ''
  expect(body).toContain('担当者：髙橋 一')
  expect(body).toContain('連絡先：054-111-2222')
  expect(body).toContain('確認先：https://kakunin.example.jp\n')
  expect(body).toContain('認証キー：添付PDFのとおり')
  expect(body).not.toContain(KEY)
  expect(/id="mail-subject">([^<]*)</.exec(html)?.[1]).toBe(
    '【前払金保証】 市道本町線 道路改良工事（第2工区）（株式会社髙橋建設）',
  )
  expect(html).not.toContain('発注者が定めたメールの文面')
})

describe('an owner’s own mail template', () => {
  async function mailBy(mailTemplate: { subject: string; body: string }) {
    const desk = await newDesk()
    await desk.platform.owners.setRules('富士市長', '2026-01-01', { mailTemplate })
    await desk.issue()
    await desk.putApplication(NUMBER)
    const html = await (await desk.ask(PATH, 'contractor')).text()
    const of = (part: string) => new RegExp(`id="mail-${part}">([^<]*)<`).exec(html)?.[1]
    return { subject: of('subject'), body: of('body'), html }
  }

  test('words the mail to it, and holds no key unless it asks for it', async () => {
    const subject = '【電子保証】{保証名称} {案件名}'
    const without = await mailBy({ subject, body: '工事名：{案件名}\n担当者氏名：{担当者}\n' })
    expect(without.subject).toBe('【電子保証】前払金保証 市道本町線 道路改良工事（第2工区）')
    expect(without.body).toBe('工事名：市道本町線 道路改良工事（第2工区）\n担当者氏名：髙橋 一\n')
    expect(without.html).toContain('発注者が定めたメールの文面です。認証キーは文面に書かず')
    const withKey = await mailBy({ subject, body: '認証キー：{認証キー}\n' })
    expect(withKey.body).toBe(`認証キー：${KEY}\n`)
    expect(withKey.subject).not.toContain(KEY)
    expect(withKey.html).toContain('本文に認証キーが入ります')
    expect(withKey.html).not.toContain('認証キーは文面に書かず')
  })
})
