import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { foldAddress } from '../../../src/accounts/invitations.ts'
import { readBoxes } from '../../../src/desk/application/form/boxes.ts'
import { readEmail, readPhone, readPostal } from '../../../src/desk/application/form/wide.ts'
import { readConditions, readPlace } from '../../../src/desk/guarantees/choice.ts'
import { readRateTable } from '../../../src/desk/premium/rate-table-checks.ts'
import { readMailReport } from '../../../src/outside/mail-report.ts'
import { must, reading, type Target } from '../target.ts'

const FORM_FIELD = 4000

const fieldsTarget: Target = {
  covers: ['readPhone', 'readPostal', 'readEmail', 'readBoxes', 'foldAddress'],
  seeds: [
    '０５４－１２３－４５６７',
    '03-0000-0000 内線 12',
    '〒417-8601',
    'a.b@例え.jp',
    'A@B.example',
    '令和8,1,15',
    '2026,2,30',
  ],
  most: FORM_FIELD,
  read(text) {
    const [year = '', month = '', day = ''] = text.split(',')
    const read = [readPhone(text), readPostal(text), readEmail(text), readBoxes([year, month, day])]
    const [phone, postal, email, date] = read
    for (const one of [phone, postal, email]) {
      if (one !== undefined) must(!/[\r\n]/.test(one), 'more than one line')
    }
    if (email !== undefined) must(email.split('@').length === 2, 'not one address')
    must(date === undefined || /^\d{4}-\d{2}-\d{2}$/.test(date), 'not a day')
    const address = reading(() => foldAddress(text))
    if ('value' in address) {
      must(foldAddress(address.value) === address.value, 'folded otherwise a second time')
    }
    return read.map((one) => (one === undefined ? '-' : '+')).join('')
  },
}

const searchTarget: Target = {
  covers: ['readConditions', 'readPlace'],
  seeds: [
    'kind=advance_payment&from=2025/11/14&until=R8.1.1&works=髙',
    'from=2026-02-30',
    '2026-01-02T03:04:05.006Z~east~12345678901',
  ],
  most: FORM_FIELD,
  read(text) {
    const query = Object.fromEntries(new URLSearchParams(text))
    const conditions = reading(() => readConditions(query))
    must('value' in conditions, 'a search that breaks the page')
    const { errors, choice } = conditions.value
    const { from, until } = choice
    const backwards = from !== undefined && until !== undefined && from >= until
    must(!backwards || errors.length > 0, 'a term that ends before it begins, taken')
    return `${Object.keys(choice)} ${errors.map(({ field }) => field)} ${readPlace(text) !== undefined}`
  },
}

const profile = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'issuer-profile.json'), 'utf8'),
) as { rateTables: unknown[] }

const rateTableTarget: Target = {
  covers: ['readRateTable', 'readClosed'],
  seeds: profile.rateTables.map((table) => JSON.stringify(table)),
  most: 16_384,
  read(text) {
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch {
      return 'no JSON'
    }
    const read = reading(() => readRateTable(value))
    if ('refused' in read) return read.refused
    const bounds = read.value.tiers.bands.map(({ upTo }) => upTo ?? Number.POSITIVE_INFINITY)
    must(
      bounds.every((one, i) => i === 0 || one > (bounds[i - 1] as number)),
      'bands not rising',
    )
    return 'table'
  },
}

const REPORT = [
  'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
  '',
  '--b',
  'Content-Type: message/delivery-status',
  '',
  'Reporting-MTA: dns; mx.example',
  '',
  'Action: failed',
  'Status: 5.1.1',
  '--b',
  'Content-Type: message/rfc822',
  '',
  'Message-ID: <a@b.example>',
  '',
  'text',
  '--b--',
  '',
].join('\r\n')

const mailReportTarget: Target = {
  covers: ['readMailReport'],
  seeds: [REPORT, REPORT.replace('failed', 'delayed'), 'Subject: hello\r\n\r\ntext'],
  most: 16_384,
  async read(text) {
    const report = await readMailReport(Buffer.from(text))
    if (report === undefined) return 'no report'
    must(!/^<|>$/.test(report.messageId), 'brackets about the id')
    return 'report'
  },
}

export const DESK_TARGETS: Record<string, Target> = {
  'desk-fields': fieldsTarget,
  'desk-search': searchTarget,
  'rate-table': rateTableTarget,
  'mail-report': mailReportTarget,
}
