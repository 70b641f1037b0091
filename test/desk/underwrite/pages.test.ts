import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Fault, type FaultCode } from '../../../src/base/fault.ts'
import { createSentApplications } from '../../../src/desk/application/sent/sent-application.ts'
import { createWishes } from '../../../src/desk/application/sent/wish.ts'
import type { Issued } from '../../../src/desk/issue/version-rows.ts'
import { expectSound } from '../../stories/support/sight.ts'
import { toolPath } from '../../support/tools.ts'
import { line } from '../issue/scene.ts'
import { heading, newBrowser, press, serveDesk } from './served.ts'

const as = newBrowser()

test('the later of two is told who was first; what was typed wrongly is kept', async () => {
  const { scene, origin } = await serveDesk()
  const id = await scene.apply([line()], 'received')
  const clerk = await as(origin, 'clerk')
  const approver = await as(origin, 'approver')
  await clerk.goto(`/desk/inbox/${id}`)
  await approver.goto(`/desk/inbox/${id}`)
  await clerk.getByText('差し戻す', { exact: true }).first().click()
  const reason = clerk.getByLabel('理由 必須').first()
  await reason.fill('長'.repeat(401))
  await press(clerk, '差し戻す')
  const wrong = clerk.getByText('理由は400文字以内で入力してください')
  expect(await wrong.allInnerTexts(), 'on top and beside the field').toHaveLength(2)
  expect(await reason.inputValue()).toBe('長'.repeat(401))
  await reason.fill('認証キー aB3dE5gH7jK9 を確認')
  await press(clerk, '差し戻す')
  const holdsKey = clerk.getByText('理由に認証キーと思われる文字列があります')
  expect(await holdsKey.allInnerTexts()).toHaveLength(2)
  await expectSound(clerk)
  await press(approver, '引受を承認する')
  await reason.fill('工期を確かめてください')
  await press(clerk, '差し戻す')
  const told = await clerk.getByRole('alert').innerText()
  expect(told).toMatch(
    /^承認　太郎さんが.*先に「引受承認（保証料のご案内中）」としました。「差し戻す」は行っていません/,
  )
  await clerk.goto('/desk/inbox?tab=returned')
  expect(await clerk.getByText('の申込はありません').count()).toBe(1)
})

test('a 差し戻し takes the other open guarantee along, unless that is unticked; what blocks is said', async () => {
  const { scene, origin } = await serveDesk()
  const both = [line({ guaranteedAmount: 50_000_001 }), line({ kind: 'contract' })]
  const clerk = await as(origin, 'clerk')
  const approver = await as(origin, 'approver')
  const statuses = async (id: string) =>
    (await scene.rows<{ application: string; kind: string; status: string }>('applicationLine'))
      .filter(({ application }) => application === id)
      .map(({ kind, status }) => [kind, status])
      .sort()
  for (const all of [true, false]) {
    const id = await scene.apply(both, 'received')
    await clerk.goto(`/desk/inbox/${id}`)
    const part = clerk.locator('section#advance_payment')
    await part.getByText('差し戻す', { exact: true }).first().click()
    const box = part.getByRole('checkbox', { name: '契約保証も差し戻す' })
    expect(await box.isChecked()).toBe(true)
    if (!all) await box.uncheck()
    await press(clerk, '差し戻す')
    expect(await box.isChecked(), 'after an error').toBe(all)
    if (all) await expectSound(clerk)
    await part.getByLabel(/理由/).first().fill('金額を確かめてください')
    await press(clerk, '差し戻す')
    expect(await statuses(id)).toEqual([
      ['advance_payment', 'returned'],
      ['contract', all ? 'returned' : 'received'],
    ])
    await clerk.goBack()
    expect(new URL(clerk.url()).pathname, 'no answer to what was wrong').toBe(`/desk/inbox/${id}`)
    expect(await heading(clerk)).toContain('差戻し')
  }
  const id = await scene.apply(both, 'received')
  await clerk.goto(`/desk/inbox/${id}`)
  await press(clerk, '審査を始める')
  await approver.goto(`/desk/inbox/${id}`)
  expect(await heading(approver)).toContain('審査中')
  await press(approver, '引受を承認する')
  const told = await approver.getByRole('alert').innerText()
  expect(told).toContain('保証金額が請負金額を超えています。引受を承認していません')
  expect(await heading(approver)).toContain('審査中')
})

test('a record that was refused stands on top of the inbox; one that waits does not', async () => {
  const { scene, origin } = await serveDesk()
  const said = (code: FaultCode) => async (): Promise<never> => {
    throw new Fault(code, 'said the platform')
  }
  for (const kind of ['advance_payment', 'contract'] as const) {
    await scene.issue(await scene.apply([line({ kind })]), kind)
  }
  scene.mishaps.push(said('owner_unknown'), said('log_busy'))
  await scene.sender.run()
  scene.world.clock.pass(50 * 3_600_000)
  const clerk = await as(origin, 'clerk')
  await clerk.goto('/desk/inbox')
  await expectSound(clerk)
  const list = clerk.getByRole('region', { name: '受け付けられなかった記録 1件' })
  const [{ contractNumber } = { contractNumber: '' }] = await scene.rows<Issued>('issued')
  const link = list.getByRole('link', { name: contractNumber })
  expect(await link.getAttribute('href')).toBe(`/desk/guarantees/east/${contractNumber}/life`)
  const text = await list.innerText()
  expect(text).toContain('発注者がプラットフォームに登録されていません')
  expect(text).toContain('2日')
  expect(await list.getByRole('rowheader').count()).toBe(1)
})

test('what a contractor wishes for a key is seen in the inbox, and answered', async () => {
  const { scene, origin } = await serveDesk()
  const id = await scene.apply([line()])
  await scene.issue(id)
  await scene.sender.run()
  const sent = await createSentApplications(scene.ports.store).byId(id, { issuer: 'east' })
  if (!sent) throw new Error('gone')
  const wishes = createWishes(scene.ports)
  for (const type of ['rekey', 'leaked'] as const) {
    const wish = { id: `wish-${type}`, type, reason: `${type}の経緯`, madeBy: 'contractor' }
    await wishes.make(sent, 'advance_payment', wish)
  }
  scene.world.clock.pass(3 * 3_600_000)
  const clerk = await as(origin, 'clerk')
  await clerk.goto('/desk/inbox')
  await expectSound(clerk)
  const list = clerk.getByRole('region', { name: '認証キーについての依頼 2件' })
  expect(await list.getByRole('rowheader').allInnerTexts()).toEqual([
    expect.stringContaining('漏えい'),
    expect.stringContaining('再発行'),
  ])
  expect(await list.innerText()).toContain('3時間')
  await list.getByRole('link', { name: /再発行/ }).click()
  const [{ contractNumber } = { contractNumber: '' }] = await scene.rows<Issued>('issued')
  expect(
    await clerk.getByRole('link', { name: '認証キーの再発行へ進む' }).getAttribute('href'),
  ).toBe(`/desk/guarantees/east/${contractNumber}/life/rekey`)
  await clerk.getByRole('button', { name: '再発行しないで回答する' }).click()
  expect(await clerk.getByRole('alert').innerText()).toContain('回答を入力してください')
  await expectSound(clerk)
  await clerk.getByRole('textbox', { name: /回答/ }).fill('お知らせを再印刷してください')
  await clerk.getByRole('button', { name: '再発行しないで回答する' }).click()
  expect(await clerk.getByRole('status').innerText()).toContain('回答しました')
  expect(await clerk.getByRole('region', { name: '認証キーについての依頼 1件' }).count()).toBe(1)
  const [answered] = (await wishes.of(id)).filter(({ type }) => type === 'rekey')
  expect(answered).toMatchObject({ state: 'refused', answer: 'お知らせを再印刷してください' })
  const late = await clerk.request.post(`${origin}/desk/inbox/wishes/wish-rekey`, {
    form: { answer: '別の回答' },
  })
  expect(await late.text()).toContain('ほかの人が先に対応しました')
  const stranger = await clerk.request.post(`${origin}/desk/inbox/wishes/wish-leaked`, {
    form: { answer: '別の回答' },
    headers: { cookie: 'who=stranger' },
  })
  expect(stranger.status()).toBe(404)
  expect(await wishes.open('east')).toHaveLength(1)
})

test('what belongs to another firm is not found, and noted; statements print for both sides', async () => {
  const { scene, origin, foreign } = await serveDesk()
  const id = await scene.apply([line()], 'received')
  const approver = await as(origin, 'approver')
  await approver.goto(`/desk/inbox/${id}`)
  await press(approver, '引受を承認する')
  const get = (who: string, path: string) =>
    fetch(origin + path, { headers: { cookie: `who=${who}` }, redirect: 'manual' })
  const statement = '/desk/statements/east/EK-000001'
  for (const [who, path, status] of [
    ['stranger', `/desk/inbox/${id}`, 404],
    ['stranger', `/desk/inbox/${id}/advance_payment/issue`, 404],
    ['clerk', `/desk/inbox/${id}/performance_bond/issue`, 404],
    ['stranger', statement, 404],
    ['rival', statement, 404],
    ['contractor', `/desk/inbox/${id}`, 403],
    ['nobody', statement, 303],
    ['contractor', statement, 200],
    ['clerk', statement, 200],
  ] as const) {
    expect([who, path, (await get(who, path)).status]).toEqual([who, path, status])
  }
  expect(foreign).toEqual([
    `stranger /desk/inbox/${id}`,
    `stranger /desk/inbox/${id}/advance_payment/issue`,
    `stranger ${statement}`,
    `rival ${statement}`,
  ])
  const pdf = Buffer.from(await (await get('contractor', statement)).arrayBuffer())
  const file = join(scene.world.dataDir, 'statement.pdf')
  writeFileSync(file, pdf)
  const text = execFileSync(toolPath('pdftotext'), [file, '-'], { encoding: 'utf8' })
  for (const part of ['保証料計算書', '見本料率', '63,000円', 'EK-000001', '株式会社髙橋建設']) {
    expect(text).toContain(part)
  }
  const contractor = await as(origin, 'contractor')
  await contractor.goto('/desk/statements')
  await expectSound(contractor)
  expect(await contractor.getByRole('rowheader').innerText()).toBe('EK-000001')
  const rival = await as(origin, 'rival')
  await rival.goto('/desk/statements')
  expect(await rival.getByRole('rowheader').count()).toBe(0)
})
