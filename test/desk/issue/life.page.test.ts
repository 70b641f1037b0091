import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Fault } from '../../../src/base/fault.ts'
import { launchBrowser } from '../../support/browser.ts'
import { APPROVER, CLERK, look, newOffice } from './office.ts'
import { issued, later, type Scene } from './scene.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

const office = (fourEyes: boolean) => newOffice(browser, fourEyes)

const amount = async (scene: Scene) =>
  JSON.parse((await issued(scene)).certificate).guaranteedAmount

test('a clerk increases a guarantee: form, old → new with what it costs, and its arrival', async () => {
  const { page, scene, base } = await office(false)
  await page.goto(base)
  await look(page, 'overview')
  expect(await page.getByRole('link', { name: '変更取消' }).count(), 'nothing to undo').toBe(0)
  await page.getByRole('link', { name: '変更', exact: true }).click()
  await look(page, 'form')
  await page.getByRole('button', { name: '確認へ進む' }).click()
  expect(await page.getByRole('alert').innerText()).toContain('変わる事項がありません')
  expect(await page.title()).toContain('エラー')
  await page.getByLabel('保証金額').fill('２２，４００，０００円')
  await page.getByLabel('請負金額').fill('56,000,000')
  await page.getByLabel(/理由/).fill('設計変更')
  await page.getByRole('button', { name: '確認へ進む' }).click()
  await look(page, 'preview')
  const shown = await page.getByRole('main').innerText()
  expect(shown).toContain('20,000,000円')
  expect(shown).toContain('22,400,000円')
  expect(shown).toContain('追加の保証料 4,800円')
  expect(shown).toContain('EK-000001（保証料 63,000円）')
  expect(shown).toContain('差引き：お支払い 67,800円')
  expect(shown).toContain('保証料計算書を作成し、請負契約者にメールでお知らせします')
  expect(shown, 'within the works and the usual rate').not.toContain('注意すること')
  await page.getByRole('button', { name: 'この内容で確定する' }).click()
  await page.waitForURL(`**${base}?done=made`)
  const done = await page.getByRole('main').innerText()
  for (const part of ['手続を確定しました', '変更（増額）']) expect(done).toContain(part)
  await page.goBack()
  expect(new URL(page.url()).pathname, 'no confirmation of what is done').toBe(base)
  await page.goBack()
  expect(await page.getByRole('heading', { level: 1 }).count(), 'no page of the browser').toBe(1)
  await expect.poll(() => amount(scene)).toBe(22_400_000)
  expect(await scene.rows('premiumStatement')).toMatchObject([{}, { type: 'charge', yen: 4800 }])
}, 60_000)

test('everything that is wrong is told at once, and what was typed stays', async () => {
  const { page, base, who } = await office(false)
  await page.goto(`${base}/correct`)
  await page.getByLabel('保証金額').fill('二千万円')
  await page.getByLabel('保証期限').fill('2026-02-30')
  await page.getByLabel('工事名').fill('')
  await page.getByRole('button', { name: '確認へ進む' }).click()
  const errors = page.getByRole('alert').getByRole('link')
  expect(await errors.count()).toBe(4)
  expect(await errors.last().innerText(), 'as the fields stand').toBe('理由を入力してください')
  expect(await page.getByLabel('保証金額').inputValue()).toBe('二千万円')
  who.member = { ...CLERK, user: 'clerk-2' }
  await page.goto(`${base}/correct?typed`)
  expect(await page.getByLabel('保証金額').inputValue(), 'of another person').toBe('20,000,000')
  who.member = CLERK
  await page.goto(`${base}/correct?typed`)
  await look(page, 'errors')
}, 60_000)

test('a platform that is down: 「未到着（再送待ち n回目）」, then the arrival', async () => {
  const { page, scene, base } = await office(false)
  const down = async (): Promise<never> => {
    throw new Fault('store_unavailable', 'down')
  }
  scene.mishaps.push(down)
  await page.goto(`${base}/cancel`)
  await page.getByLabel(/理由/).fill('契約不成立')
  await page.getByRole('button', { name: '確認へ進む' }).click()
  expect(await page.getByRole('alert').innerText(), 'nothing is chosen beforehand').toMatch(
    /解約の事由を選んでください[\s\S]*前払金の状況を選んでください/,
  )
  await page.getByLabel('解約の事由').selectOption('請負契約の解除')
  await page.getByLabel('前払金の状況').selectOption('提出後、前払金の支払前')
  await page.getByRole('button', { name: '確認へ進む' }).click()
  const shown = await page.getByRole('main').innerText()
  for (const part of ['請負契約の解除', '提出後、前払金の支払前', '契約不成立', '解約済']) {
    expect(shown).toContain(part)
  }
  await page.getByRole('button', { name: 'この内容で確定する' }).click()
  await page.waitForURL(`**${base}?done=made`)
  await page.goto(base)
  expect(await page.getByRole('main').innerText()).toContain('未到着（再送待ち 1回目）')
  expect(await page.getByRole('link', { name: '返還', exact: true }).count()).toBe(0)
  await look(page, 'waiting')
  await later(scene)
  await page.reload()
  expect(await page.getByRole('main').innerText()).toContain('プラットフォームに到着しました')
  await page.goto(base)
  const offered = page.getByRole('region', { name: '手続を選ぶ' }).getByRole('link')
  expect(await offered.allInnerTexts()).toEqual(['訂正', '変更取消', '認証キーの再発行'])
  await look(page, 'ended')
  expect((await page.goto(`${base}/release`))?.status()).toBe(409)
  expect(await page.getByRole('alert').innerText()).toContain('今の状態では、この手続はできません')
}, 60_000)

test('where the company asks for two, who asked cannot agree, and another one does', async () => {
  const { page, scene, base, who, origin } = await office(true)
  await page.goto(`${base}/to_paper`)
  await page.getByLabel(/理由/).fill('発注者の求め')
  await page.getByRole('button', { name: '確認へ進む' }).click()
  await page.getByRole('button', { name: 'この内容で承認を依頼する' }).click()
  await page.waitForURL(`**${base}?done=proposed`)
  const asked = await page.getByRole('main').innerText()
  for (const part of ['承認を依頼しました。承認者が', '依頼した人は承認できません']) {
    expect(asked).toContain(part)
  }
  expect((await issued(scene)).state).toBe('in_force')
  await page.goBack()
  expect(new URL(page.url()).pathname, 'no second request').toBe(base)
  const proposal = await page.locator('input[name=proposal]').first().inputValue()
  const form = { upon: '2', proposal }
  const post = () => page.request.post(`${origin}${base}/approve`, { form, maxRedirects: 0 })
  expect((await post()).status()).toBe(403)
  who.member = APPROVER
  await page.goto(base)
  await look(page, 'approve')
  await page.getByRole('button', { name: '承認して確定する' }).click()
  await page.getByText('承認して、手続を確定しました。').waitFor()
  await expect.poll(async () => (await issued(scene)).state).toBe('on_paper')
  const [, version] = await scene.rows<{ madeBy: string; approvedBy: string }>('issuedVersion')
  expect([version?.madeBy, version?.approvedBy]).toEqual(['clerk', 'approver'])
  await page.goto(base)
  expect(await page.getByRole('button', { name: '承認して確定する' }).count()).toBe(0)
}, 60_000)

test('what another day dates anew is shown again before it is signed, and before it is agreed to', async () => {
  const { page, scene, base, who } = await office(true)
  const nextDay = () => scene.world.clock.pass(24 * 3_600_000)
  const told = async () => {
    expect(await page.getByRole('alert').innerText()).toContain('手続はまだ行われていません')
    expect(await page.getByRole('main').innerText()).toContain('22,400,000円')
  }
  await page.goto(`${base}/amend`)
  await page.getByLabel('保証金額').fill('22,400,000')
  await page.getByRole('button', { name: '確認へ進む' }).click()
  nextDay()
  await page.getByRole('button', { name: 'この内容で承認を依頼する' }).click()
  await told()
  await look(page, 'changed')
  expect(await scene.rows('lifeProposal')).toEqual([])
  await page.getByRole('button', { name: 'この内容で承認を依頼する' }).click()
  await page.waitForURL(`**${base}?done=proposed`)
  who.member = APPROVER
  await page.goto(base)
  nextDay()
  await page.getByRole('button', { name: '承認して確定する' }).click()
  await told()
  expect(await scene.rows('issuedVersion')).toHaveLength(1)
  await page.getByRole('button', { name: '承認して確定する' }).click()
  await page.getByText('承認して、手続を確定しました。').waitFor()
  expect(await scene.rows('issuedVersion')).toHaveLength(2)
}, 60_000)

test('another proposal than the one that was shown is neither approved nor sent back', async () => {
  const { page, scene, base, who } = await office(true)
  const colleague = await page.context().newPage()
  const propose = async (yen: string) => {
    who.member = CLERK
    await colleague.goto(`${base}/amend`)
    await colleague.getByLabel('保証金額').fill(yen)
    await colleague.getByRole('button', { name: '確認へ進む' }).click()
    await colleague.getByRole('button', { name: 'この内容で承認を依頼する' }).click()
    await colleague.waitForURL(`**${base}?done=proposed`)
    who.member = APPROVER
  }
  const withdraw = async () => {
    who.member = CLERK
    await colleague.getByRole('button', { name: '依頼を取り下げる' }).click()
    await colleague.getByText('依頼を取り下げました。').waitFor()
    expect(await scene.rows('lifeProposal')).toEqual([])
    who.member = APPROVER
  }
  await propose('22,400,000')
  for (const button of ['承認して確定する', '差し戻す']) {
    await page.goto(base)
    await withdraw()
    await propose('48,000,000')
    if (button === '差し戻す') await page.getByText(button).first().click()
    await page.getByRole('button', { name: button }).click()
    expect(await page.getByRole('alert').innerText()).toContain('ほかの人が先に')
    expect(await page.getByRole('main').innerText(), 'what waits now').toContain('48,000,000円')
    expect(await scene.rows('lifeProposal')).toHaveLength(1)
  }
  expect(await scene.rows('issuedVersion')).toHaveLength(1)
  await look(page, 'replaced')
}, 60_000)

test('what an approver sends back says why; who asked mends it and asks anew, and may not send back', async () => {
  const { page, scene, base, who, origin } = await office(true)
  await page.goto(`${base}/amend`)
  await page.getByLabel('保証金額').fill('22,400,000')
  await page.getByRole('button', { name: '確認へ進む' }).click()
  await page.getByRole('button', { name: 'この内容で承認を依頼する' }).click()
  await page.waitForURL(`**${base}?done=proposed`)
  const proposal = await page.locator('input[name=proposal]').first().inputValue()
  const form = { why: '金額が違います', proposal }
  const own = await page.request.post(`${origin}${base}/send-back`, { form, maxRedirects: 0 })
  expect([own.status(), await scene.rows('proposalEnd')]).toEqual([403, []])
  who.member = APPROVER
  await page.goto(base)
  expect(await page.getByRole('button', { name: '依頼を取り下げる' }).count()).toBe(0)
  await page.getByText('差し戻す').first().click()
  await page.getByRole('button', { name: '差し戻す' }).click()
  expect(await page.getByRole('alert').innerText()).toContain('差し戻す理由を入力してください')
  await page.getByLabel('差し戻す理由').fill('aB3dE5gH7jK9')
  await page.getByRole('button', { name: '差し戻す' }).click()
  expect(await page.getByRole('alert').innerText()).toContain('差し戻す理由に認証キー')
  expect(await scene.rows('lifeProposal')).toHaveLength(1)
  await look(page, 'send-back')
  await page.getByLabel('差し戻す理由').fill('増額は24,000,000円です')
  await page.getByRole('button', { name: '差し戻す' }).click()
  await page.getByText('依頼を差し戻しました。').waitFor()
  expect(await scene.rows('proposalEnd')).toMatchObject([
    { deed: 'declined', byUser: 'approver', reason: '増額は24,000,000円です' },
  ])
  who.member = CLERK
  await page.goto(base)
  const shown = await page.getByRole('region', { name: '変更の依頼が差し戻されました' }).innerText()
  for (const part of ['見本 次郎', '増額は24,000,000円です']) expect(shown).toContain(part)
  await look(page, 'sent-back')
  await page.getByRole('button', { name: '内容を直して、もう一度依頼する' }).click()
  expect(await page.getByLabel('保証金額').inputValue()).toBe('22,400,000')
  await page.getByLabel('保証金額').fill('24,000,000')
  await page.getByLabel('保証期限').fill('2026-05-31')
  await page.getByRole('button', { name: '確認へ進む' }).click()
  const heeded = await page.getByRole('main').innerText()
  for (const part of ['注意すること', '保証期限']) expect(heeded).toContain(part)
  await look(page, 'heeded')
  await page.getByRole('button', { name: 'この内容で承認を依頼する' }).click()
  await page.waitForURL(`**${base}?done=proposed`)
  const rows = await page.getByRole('main').innerText()
  expect(rows).not.toContain('差し戻されました')
  expect(rows, 'it stays known').toContain('理由：増額は24,000,000円です')
  expect(await scene.rows('issuedVersion')).toHaveLength(1)
}, 60_000)

test('a second click on a new auth key is told that it is made, also once it has arrived', async () => {
  const { page, scene, base, origin, who } = await office(true)
  await page.goto(`${base}/rekey`)
  await page.getByRole('button', { name: '確認へ進む' }).click()
  const upon = await page.locator('input[name=upon]').inputValue()
  await page.getByRole('button', { name: 'この内容で確定する' }).click()
  await page.waitForURL(`**${base}?done=rekey`)
  await page.goBack()
  expect(new URL(page.url()).pathname, 'no second key').toBe(base)
  const again = () =>
    page.request.post(`${origin}${base}/rekey/confirm`, { form: { upon }, maxRedirects: 0 })
  const to = async () => (await again()).headers().location
  expect(await to()).toBe(`${base}?done=rekey`)
  await scene.sender.idle()
  scene.world.clock.pass(1000)
  expect(await to(), 'once it has arrived').toBe(`${base}?done=rekey`)
  who.member = APPROVER
  expect(await to(), 'near twin, another person').toBe(`${base}?refused=keyMade`)
  await page.goto(`${base}?refused=keyMade`)
  expect(await page.getByRole('alert').innerText()).toContain('すでに行われています')
  for (const what of ['refused', 'done']) {
    await page.goto(`${base}?${what}=constructor`)
    expect(await page.locator('.notice-bad, .notice-done').count(), 'none of ours').toBe(0)
  }
  const made = (await scene.rows<{ seq: number }>('submission')).filter(({ seq }) => seq === 0)
  expect(made).toMatchObject([{ state: 'arrived' }])
  await page.goto(base)
  const row = page.getByRole('row', { name: /認証キーの再発行.*到着しました/ })
  expect(await row.innerText()).toContain('見本 花子')
}, 60_000)

test('another company’s guarantee is not there, and who asked is noted; nor for a contractor', async () => {
  const { page, base, who, noted } = await office(false)
  const status = async (path: string) =>
    (await page.request.get(path, { maxRedirects: 0 })).status()
  const at = new URL(base, (await page.goto(base))?.url()).href
  expect(await status(at.replace('/east/', '/west/'))).toBe(404)
  expect(noted).toMatchObject([{ kind: 'foreign_id', detail: { user: 'clerk' } }])
  expect(await status(at.replace(/\d{5}-\d{6}/, '99999-999999'))).toBe(404)
  who.member = { ...CLERK, role: 'contractor' }
  expect(await status(at)).toBe(403)
  who.member = undefined
  expect(await status(at)).toBe(303)
}, 60_000)
