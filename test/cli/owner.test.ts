import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Desk, newDesk } from './akashi.ts'

const SLOW = 120_000
const HEADER = 'name,code,start,basis,kinds,aliases,issuerClasses,basisText'

describe('owners', { timeout: SLOW }, () => {
  let desk: Desk

  beforeAll(() => {
    desk = newDesk()
  })
  afterAll(() => desk.remove())

  const importing = (name: string, content: string) =>
    desk.akashi(['owner', 'import', desk.write(name, content), '--json'])

  test('are imported from a spreadsheet in UTF-8, with the mark that Excel writes or without', () => {
    const fuji =
      '富士市長,222101,2025-11-14,contract_date,advance_payment;contract,富士市;富士市役所,,"契約日が11月14日以降、""電子""のみ"'
    const marked = importing('marked.csv', `\uFEFF${HEADER}\r\n${fuji}\r\n`)
    expect(marked.stderr).toBe('')
    expect(JSON.parse(marked.stdout)).toEqual([
      {
        name: '富士市長',
        code: '222101',
        start: { date: '2025-11-14', basis: 'contract_date' },
        kinds: ['advance_payment', 'contract'],
        aliases: ['富士市', '富士市役所'],
        issuerClasses: ['surety_company'],
        departments: [],
        basisText: '契約日が11月14日以降、"電子"のみ',
      },
    ])
    const plain =
      'kinds,basis,start,name\nperformance_bond,tender_notice_date,2026-04-01,見本県知事\n'
    expect(importing('plain.csv', plain).status).toBe(0)
  })

  test('are imported all or none, and what is wrong is named by its line', () => {
    const good = '見本町長,,2026-04-01,contract_date,contract,,,'
    const bad = '見本村長,,2026-02-30,contract_date,contract,,,'
    const refused = importing('bad.csv', `${HEADER}\n${good}\n${bad}\n`)
    expect(refused).toMatchObject({ status: 2, stdout: '' })
    expect(refused.stderr).toContain('Line 3: start.date must be a day that exists')
    const twice = importing('twice.csv', `${HEADER}\n${good}\n${good}\n`)
    expect(twice.status).toBe(1)
    expect(twice.stderr).toContain('The name 見本町長 belongs to the owner 見本町長 already')
    expect(importing('good.csv', `${HEADER}\n${good}\n`).status).toBe(0)
    expect(importing('again.csv', `${HEADER}\n${good}\n`).stderr).toContain('(state_conflict)')
  })

  test.each([
    ['a column that nobody knows', 'name,start,basis,kinds,phone\n', 'has unknown phone'],
    ['a column that is missing', 'name,start,basis\n', 'lacks kinds'],
    ['a quote that does not end', `${HEADER}\n"見本町長\n`, 'The file is not CSV as expected'],
    ['a line with a cell too many', `name,start,basis,kinds\na,b,c,d,e\n`, 'not CSV as expected'],
  ])('a file with %s is refused', (_what, content, said) => {
    const refused = importing('odd.csv', content)
    expect(refused.status).toBe(2)
    expect(refused.stderr).toContain(said)
  })

  test('a file that is not UTF-8 is refused with the cure', () => {
    const cp932 = new Uint8Array([0x95, 0x78, 0x8e, 0x6d, 0x8e, 0x73])
    desk.write('cp932.csv', '')
    const refused = desk.akashi(['owner', 'import', '-'], {
      input: Buffer.concat([Buffer.from(`${HEADER}\n`), cp932]) as unknown as string,
    })
    expect(refused.status).toBe(2)
    expect(refused.stderr).toContain('Save it as UTF-8')
  })

  test('have rules from a day on, and departments', () => {
    const rules = (name: string, content: unknown, from = '2026-04-01') =>
      desk.akashi(['owner', 'rules', name, desk.write('rules.json', content), '--from', from])
    const departments = [{ name: '契約課', kind: 'contract', email: 'keiyaku@example.lg.jp' }]
    expect(rules('富士市', { rateAdvanceWorks: 300_000, departments }).status).toBe(0)

    const misspelt = rules('富士市', { rateAdvanceWork: 300_000 })
    expect(misspelt.status).toBe(2)
    expect(misspelt.stderr).toContain('The rules are made of rateAdvanceWorks, ')
    expect(rules('富士市', { rateAdvanceWorks: '30 %' }).stderr).toContain('rateAdvanceWorks: ')
    const half = rules('富士市', { rateAdvanceWorks: 400_000, departments: [{ kind: 'contract' }] })
    expect(half.status).toBe(2)
    expect(half.stderr).toContain('departments.0.name: ')
    const mail = { mailTemplate: { subject: '{工事名}', body: '{案件名}' } }
    expect(rules('富士市', mail).stderr).toContain(
      'mailTemplate.subject: may hold only these places',
    )
    expect(rules('富士市', {}).status).toBe(2)
    expect(rules('富士市', { graceDays: 7 }, '2026-04-31').status).toBe(2)
    expect(rules('無名市', { graceDays: 7 }).stderr).toContain('(not_found)')
    expect(rules('富士市', '{"graceDays":7,"graceDays":8}').stderr).toContain('"graceDays" twice')
  })

  test('take the example of the handbook', () => {
    const file = join(import.meta.dirname, '../../docs/owner-rules.json')
    const done = desk.akashi(['owner', 'rules', '富士市長', file, '--from', '2026-04-01'])
    expect([done.stderr, done.status]).toEqual(['', 0])
  })

  test('are added one by one with as many names as they have', () => {
    const start = ['--start', '2026-04-01', '--basis', 'contract_date']
    const add = (...more: string[]) => desk.akashi(['owner', 'add', ...start, ...more, '--json'])
    const added = add(
      '--name',
      '試験市長',
      '--alias',
      '試験市',
      '--alias',
      '試験',
      '--kinds',
      'contract',
    )
    expect(JSON.parse(added.stdout)).toMatchObject({
      name: '試験市長',
      aliases: ['試験市', '試験'],
    })
    expect(add('--name', '別の市長', '--kinds', 'insurance').status).toBe(2)
    expect(add('--name', '試験市', '--kinds', 'contract').status).toBe(1)
  })
})
