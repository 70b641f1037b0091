import { describe, expect, test } from 'vitest'
import type { Certificate } from '../../src/guarantee/certificate.ts'
import type { Owner } from '../../src/guarantee/owner.ts'
import { behind } from './behind.ts'
import { codeOf, faultOf } from './fault-of.ts'
import { AUTH_KEY, certificate, newWorld, payload, type World } from './world.ts'

const SURUGA: Owner = {
  name: '静岡県知事',
  aliases: ['静岡県', 'ｼｽﾞｵｶｹﾝ'],
  code: '220001',
  start: { date: '2026-01-01', basis: 'contract_date' },
  kinds: ['performance_bond'],
  issuerClasses: ['surety_company'],
  departments: [],
}

let last = 0

/** Submits a certificate with these changes under a number of its own. */
async function submit(world: World, change: Partial<Certificate>) {
  last += 1
  const sub = `12345-${String(last).padStart(6, '0')}`
  const body = payload({ sub, certificate: certificate({ contractNumber: sub, ...change }) })
  return world.platform.intake({ record: await world.sign(body), authKey: AUTH_KEY })
}

const codesOf = async (submitted: ReturnType<typeof submit>) =>
  (await submitted).warnings.filter(({ severity }) => severity === 'warn').map(({ code }) => code)

describe('the owner that a certificate names', () => {
  test('is found by code, name, title or alias, whatever the width, spacing and case', async () => {
    const world = await newWorld()
    for (const owner of [
      { name: '富士市長' },
      { name: '富士 市長' },
      { name: '富士市' },
      { name: '静岡県富士市', title: '富士市長' },
      { name: '富士市役所', code: '222101' },
    ]) {
      expect(await submit(world, { owner })).toMatchObject({ fresh: true })
    }
    for (const owner of [
      { name: '富士市役所' },
      { name: '富士宮市長' },
      { name: '市長' },
      { name: '富士市役所', code: '222102' },
    ]) {
      const fault = await faultOf(submit(world, { owner }))
      expect([fault.code, fault.errors?.[0]?.field]).toEqual([
        'owner_unknown',
        'certificate.owner.name',
      ])
    }
  })

  test('is found by its code before any name', async () => {
    const world = await newWorld()
    await world.platform.owners.add(SURUGA)
    const owner = { name: '富士市長', code: '220001' }
    expect(await codeOf(submit(world, { owner }))).toBe('kind_not_accepted')
    expect(await submit(world, { owner, kind: 'performance_bond' })).toMatchObject({ fresh: true })
    const wide = { name: 'シズオカケン' }
    expect(await submit(world, { owner: wide, kind: 'performance_bond' })).toMatchObject({
      fresh: true,
    })
  })

  test('counts from its own day on its own basis', async () => {
    const world = await newWorld()
    await world.platform.owners.add({
      ...SURUGA,
      kinds: ['advance_payment'],
      start: { date: '2026-01-01', basis: 'tender_notice_date' },
    })
    const dated = (worksContractDate: string) => ({ worksContractDate })
    expect(await codeOf(submit(world, dated('2025-11-13')))).toBe('owner_not_started')
    expect(await submit(world, dated('2025-11-14'))).toMatchObject({ fresh: true })
    // A notice date is on no record: it can be asked about, but blocks nothing.
    const other = { owner: { name: '静岡県知事' }, ...dated('2025-11-13') }
    const { warnings } = await submit(world, other)
    expect(warnings).toContainEqual(
      expect.objectContaining({ rule: 'V16', severity: 'not_checkable', field: 'startBasisDate' }),
    )
  })
})

describe('the rules of an owner', () => {
  test('count from their day, each amendment changing what it names', async () => {
    const world = await newWorld()
    const { owners } = world.platform
    await owners.setRules('富士市', '2026-01-01', { rateAdvanceWorks: 300_000 })
    await owners.setRules('富士市長', '2026-04-01', { rateAdvanceWorks: 500_000 })
    const contracted = (worksContractDate: string) => codesOf(submit(world, { worksContractDate }))
    const before = await contracted('2025-12-31')
    expect(before).toEqual([])
    const between = await contracted('2026-03-31')
    expect(between).not.toEqual([])
    expect(await contracted('2026-04-01')).toEqual([])
    // The same day again is a correction of what was entered.
    await owners.setRules('富士市長', '2026-04-01', { rateAdvanceWorks: 300_000 })
    expect(await contracted('2026-04-01')).toEqual(between)
  })

  test('are refused with a name that is no rule, a value that is none, an unknown owner or day', async () => {
    const world = await newWorld()
    const { owners } = world.platform
    const set = (name: string, from: string, values: object) => owners.setRules(name, from, values)
    expect(await codeOf(set('富士市長', '2026-01-01', { rate: 1 }))).toBe('body_invalid')
    expect(await codeOf(set('富士市長', '2026-01-01', { rateAdvanceWorks: 0.4 }))).toBe(
      'body_invalid',
    )
    expect(await codeOf(set('富士市長', '2026-02-30', { graceDays: 7 }))).toBe('body_invalid')
    expect(await codeOf(set('沼津市長', '2026-01-01', { graceDays: 7 }))).toBe('not_found')
    expect(await codeOf(set('富士市長', '2026-01-01', {}))).toBe('body_invalid')
    expect(await submit(world, {})).toMatchObject({ fresh: true })
  })

  test('and its departments come into force together, or neither of them', async () => {
    const world = await newWorld()
    const { owners } = world.platform
    const values = { rateAdvanceWorks: 300_000 }
    const stored = async () => {
      const { db } = world.ports.store
      const rules = await world.ports.store.all(db.selectFrom('ownerRule').selectAll().compile())
      const [owner] = await owners.search('富士市長')
      return [rules.length, owner?.departments]
    }
    for (const departments of [
      [{ kind: 'contract' }],
      [{ name: '契約課', phone: '1' }],
      [{ name: '契約課', kind: 'bid' }],
      [{ name: '契約\u0007課' }],
      [{ name: '契約課', email: 'x'.repeat(201) }],
      {},
      null,
    ]) {
      const refused = owners.setRules('富士市長', '2026-01-01', { ...values, departments })
      expect(await codeOf(refused)).toBe('body_invalid')
      expect(await stored()).toEqual([0, []])
    }
    const departments = [{ name: '契約課', kind: 'contract', email: 'keiyaku@example.lg.jp' }]
    const wrong = { rateAdvanceWorks: 0.4, departments }
    expect(await codeOf(owners.setRules('富士市長', '2026-01-01', wrong))).toBe('body_invalid')
    expect(await stored()).toEqual([0, []])
    await owners.setRules('富士市長', '2026-01-01', { ...values, departments })
    expect(await stored()).toEqual([1, departments])
    // Either may change alone.
    await owners.setRules('富士市長', '2026-04-01', { departments: [] })
    expect(await stored()).toEqual([1, []])
  })
})

describe('the mail template of an owner', () => {
  const TEMPLATE = {
    subject: '【電子保証】{工事番号} {案件名}',
    body: '{受注者}\n鍵：{認証キー}\n',
  }

  const set = async () => {
    const { owners } = (await newWorld()).platform
    return {
      owners,
      give: (mailTemplate: unknown) =>
        owners.setRules('富士市', '2026-04-01', { mailTemplate } as object),
      seen: async () => (await owners.search('富士市長'))[0]?.mailTemplate,
    }
  }

  test('is taken, changed and taken away, and departments keep theirs', async () => {
    const { owners, give, seen } = await set()
    expect(await seen()).toBeUndefined()
    await give(TEMPLATE)
    await owners.setRules('富士市長', '2026-04-01', { departments: [{ name: '契約課' }] })
    expect(await seen()).toEqual(TEMPLATE)
    const longest = { subject: '件'.repeat(200), body: '文'.repeat(4000) }
    await give(longest)
    expect(await seen()).toEqual(longest)
    await give(null)
    expect(await seen()).toBeUndefined()
    expect((await owners.search('富士市長'))[0]?.departments).toEqual([{ name: '契約課' }])
  })

  test.each<[string, object, string]>([
    ['no body', { body: undefined }, 'mailTemplate.body'],
    ['an empty subject', { subject: ' ' }, 'mailTemplate.subject'],
    ['two lines of subject', { subject: '件名\n二行目' }, 'mailTemplate.subject'],
    ['a subject too long', { subject: '件'.repeat(201) }, 'mailTemplate.subject'],
    ['a body too long', { body: '文'.repeat(4001) }, 'mailTemplate.body'],
    ['a control character', { body: '文\u0007' }, 'mailTemplate.body'],
    ['a carriage return', { body: '文\r\n' }, 'mailTemplate.body'],
    ['an unknown place', { body: '{工事名}' }, 'mailTemplate.body'],
    ['a place in full-width braces', { body: '｛案件名｝' }, 'mailTemplate.body'],
    ['a place left open', { subject: '{案件名' }, 'mailTemplate.subject'],
    ['the key in the subject', { subject: '{認証キー}' }, 'mailTemplate.subject'],
    ['another member', { html: '<p>' }, 'mailTemplate'],
  ])('is refused with %s', async (_what, change, field) => {
    const { give, seen } = await set()
    await give(TEMPLATE)
    const fault = await faultOf(give({ ...TEMPLATE, ...change }))
    expect([fault.code, fault.errors?.map((error) => error.field)]).toEqual([
      'body_invalid',
      [field],
    ])
    expect(await seen()).toEqual(TEMPLATE)
  })

  test('that is wrong is told with the places that there are', async () => {
    const { give } = await set()
    const said = async (change: object) =>
      (await faultOf(give({ ...TEMPLATE, ...change }))).errors?.[0]?.detail
    const known =
      '{保証名称} {工事番号} {案件名} {受注者} {保証契約番号} {提出先} {確認先} {担当者} {連絡先}'
    expect(await said({ subject: '{工事名}' })).toContain(`${known};`)
    expect(await said({ body: '{工事名}' })).toContain(`${known} {認証キー};`)
  })
})

describe('registering an owner', () => {
  test('tells everything that is wrong at once', async () => {
    const { owners } = (await newWorld()).platform
    const fault = await faultOf(
      owners.add({
        ...SURUGA,
        name: ' ',
        start: { date: '2026-02-30', basis: 'someday' as never },
        kinds: ['bid' as never],
      }),
    )
    expect(fault.code).toBe('body_invalid')
    expect(fault.errors?.map(({ field }) => field)).toEqual([
      'name',
      'start.date',
      'start.basis',
      'kinds.0',
    ])
  })

  test('refuses text that no page could show, wherever it stands', async () => {
    const { owners } = (await newWorld()).platform
    for (const unfit of ['静岡\u0007県', '静岡\ud800県', '静'.repeat(201)]) {
      for (const change of [
        { name: unfit },
        { aliases: [unfit] },
        { code: unfit },
        { issuerClasses: [unfit] },
        { departments: [{ name: unfit }] },
        { departments: [{ name: '契約課', email: unfit }] },
      ]) {
        expect(await codeOf(owners.add({ ...SURUGA, ...change }))).toBe('body_invalid')
      }
    }
    expect(await codeOf(owners.add({ ...SURUGA, basisText: '案\u0000件' }))).toBe('body_invalid')
    const mailTemplate = { subject: '案\u0000件', body: '文' }
    expect(await codeOf(owners.add({ ...SURUGA, mailTemplate }))).toBe('body_invalid')
    await owners.add({ ...SURUGA, name: '静'.repeat(200), basisText: '案'.repeat(400) })
  })

  test('whose row is damaged is told by its name, and never taken for one without aliases', async () => {
    const world = await newWorld()
    await world.platform.owners.add(SURUGA)
    const aliases = JSON.stringify(SURUGA.aliases)
    const write = (value: string) =>
      behind(world).prepare('UPDATE owner SET aliases = ? WHERE name = ?').run(value, SURUGA.name)
    write(aliases.replace(',', '.'))
    const { code, message } = await faultOf(world.platform.owners.search(''))
    expect([code, message]).toEqual(['store_unavailable', expect.stringContaining(SURUGA.name)])
    write(aliases)
    expect(await world.platform.owners.search('静岡')).toEqual([SURUGA])
  })

  test('refuses a name that folds to nothing: every nameless owner would be that one', async () => {
    const { owners } = (await newWorld()).platform
    expect(await codeOf(owners.add({ ...SURUGA, aliases: [''] }))).toBe('body_invalid')
    expect(await codeOf(owners.add({ ...SURUGA, name: '\u200b' }))).toBe('body_invalid')
    await owners.add(SURUGA)
  })

  test('refuses a name, an alias or a code that another one has', async () => {
    const { owners } = (await newWorld()).platform
    for (const taken of [{ name: '富士 市長' }, { aliases: ['富士市'] }, { code: '222101' }]) {
      const { code, message } = await faultOf(owners.add({ ...SURUGA, ...taken }))
      expect([code, message]).toEqual(['state_conflict', expect.stringContaining('owner rules')])
      expect(message).toMatch(/^The (name|code) \S+ belongs to the owner 富士市長 already\./)
    }
    expect(await owners.search('静岡')).toEqual([])
    await owners.add(SURUGA)
    expect(await owners.search('ｼｽﾞｵｶ')).toEqual([SURUGA])
    expect((await owners.search('')).map(({ name }) => name)).toEqual(['富士市長', '静岡県知事'])
    expect((await owners.search('2221')).map(({ name }) => name)).toEqual(['富士市長'])
  })
})
