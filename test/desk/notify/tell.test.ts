import { expect, test } from 'vitest'
import { createCompany } from '../../../src/desk/company/company.ts'
import { createIssueLine } from '../../../src/desk/issue/issue-line.ts'
import { createOutbox } from '../../../src/desk/notify/outbox.ts'
import { createTell } from '../../../src/desk/notify/tell.ts'
import { DEFAULT_PATTERN } from '../../../src/guarantee/contract-number.ts'
import { line, newScene } from '../issue/scene.ts'

async function newTell(mail?: string) {
  const scene = await newScene()
  const { ports } = scene
  const company = createCompany(ports)
  const profile = await company.profileOf('east')
  const branches = profile.branches.map(({ mail: _, ...one }) =>
    one.id === 'shizuoka' && mail !== undefined ? { ...one, mail } : one,
  )
  await company.set({ id: 'east', numberPattern: DEFAULT_PATTERN }, { ...profile, branches })
  const { officeOf, mailOf, receptionOf, accountOf } = company
  const outbox = createOutbox(ports, 'Net Desk <noreply@east.example>')
  const origin = 'https://hosho.example.lg.jp'
  const offices = { officeOf, mailOf, receptionOf, accountOf }
  const tell = createTell({ store: ports.store, outbox, ...offices, origin })
  const mails = () =>
    scene.rows<{ purpose: string; recipient: string; subject: string; body: string }>('mail')
  const application = await scene.apply([line({ format: 'paper' })])
  return { scene, tell, mails, application }
}

const about = (application: string) => ({
  ...{ issuer: 'east', org: 'takahashi', application, number: 'A-1' },
})

test('what is issued on paper is told in its own commit, and not where that fails', async () => {
  const { scene, tell, mails, application } = await newTell()
  const issueLine = createIssueLine({ ...scene.parts, tell: tell.onPaper })
  const wish = { issuer: 'east', application, kind: 'advance_payment' } as const
  const { digest } = await issueLine.draft(wish)
  const two = [1, 2].map(() => issueLine.issue({ ...wish, digest, madeBy: 'clerk' }))
  await Promise.allSettled(two)
  expect(await mails()).toMatchObject([
    { purpose: 'paper_issue', recipient: 'soumu@takahashi.example' },
  ])
  expect((await mails())[0]?.body).toContain('正 ES-000001、副 ES-000001-2')
})

test('a 引受不可 goes to the contractor, a 取下げ to the office that has an address', async () => {
  const { scene, tell, mails, application } = await newTell('shizuoka@east.example')
  await scene.ports.store.commit([
    ...(await tell.declined(about(application), 'advance_payment', '引受限度')),
    ...(await tell.withdrawn(about(application), 'advance_payment', {
      reason: '契約不成立',
      billed: true,
    })),
  ])
  const [declined, withdrawn] = await mails()
  expect(declined).toMatchObject({ recipient: 'soumu@takahashi.example' })
  expect(declined?.body).toContain('引受限度')
  expect(withdrawn).toMatchObject({ recipient: 'shizuoka@east.example' })
  expect(withdrawn?.body).toMatch(/^あかし東建設業保証株式会社 静岡支店 ご担当者様/)
  expect(withdrawn?.body).toContain('契約不成立')
  expect(withdrawn?.body).toContain('保証料計算書は、取消になりました')
})

test('near twin: without an address the office finds it in its inbox alone', async () => {
  const { tell, application } = await newTell()
  const nobody = { reason: '', billed: false }
  expect(await tell.withdrawn(about(application), 'advance_payment', nobody)).toEqual([])
})
