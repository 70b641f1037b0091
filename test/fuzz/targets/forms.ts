import { isAuthKey } from '../../../src/guarantee/auth-key.ts'
import { DEFAULT_PATTERN } from '../../../src/guarantee/contract-number.ts'
import { isShortText } from '../../../src/guarantee/lookup-options.ts'
import { type ContractFields, readContractForm } from '../../../src/view/contract-form.ts'
import { readLookupForm } from '../../../src/view/lookup-form.ts'
import { readShareForm } from '../../../src/view/share-form.ts'
import { readDay, readYen } from '../../../src/web/amount.ts'
import { noticeText } from '../../stories/support/notice.ts'
import { mutateJson } from '../mutate.ts'
import { jsonOf, must, type Target } from '../target.ts'

const FORM_FIELD = 4000
const PAIR = { contractNumber: '12345-678901', authKey: 'Z28YUE4J3Bux' }

const sums: Target = {
  covers: ['readYen'],
  seeds: [
    '20,000,000円',
    '￥20,000,000',
    '金 20,000,000円也',
    '２０００',
    '999999999999',
    '0',
    '1000000000000',
  ],
  most: FORM_FIELD,
  read(text) {
    const yen = readYen(text)
    if (yen === undefined) return 'refused'
    must(Number.isSafeInteger(yen) && yen >= 1 && yen <= 999_999_999_999, 'no sum of yen')
    const digits = text.normalize('NFKC').replace(/[^0-9]/g, '')
    must(Number(digits) === yen, 'other digits')
    return 'yen'
  },
}

const days: Target = {
  covers: ['readDay'],
  seeds: [
    '令和7年11月14日',
    'R7.11.14',
    '2025/11/14',
    '2025年11月14日',
    '20251114',
    '昭和元年12月25日',
    '2025-2-30',
  ],
  most: FORM_FIELD,
  read(text) {
    const day = readDay(text)
    if (day === undefined) return 'refused'
    must(/^\d{4}-\d\d-\d\d$/.test(day), 'another form')
    must(new Date(`${day}T00:00:00Z`).toISOString().startsWith(day), 'no such day')
    must(readDay(day) === day && readDay(day.replaceAll('-', '/')) === day, 'another day')
    return 'day'
  },
}

/** Fields as a form sends them: texts by name. */
function fieldsOf(text: string): Record<string, string> {
  const value = Object(jsonOf(text)) as Record<string, unknown>
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, field]) =>
      typeof field === 'string' ? [[name, field.slice(0, FORM_FIELD)] as const] : [],
    ),
  )
}

const lookupForm: Target = {
  covers: ['readLookupForm'],
  seeds: [
    JSON.stringify({ ...PAIR, department: '契約課', name: '鈴木' }),
    JSON.stringify({ contractNumber: noticeText(PAIR), authKey: '' }),
  ],
  mutate: mutateJson,
  most: 2 * FORM_FIELD,
  read(text) {
    const { contractNumber = '', authKey = '', ...rest } = fieldsOf(text)
    const { fields, errors } = readLookupForm('ja', { contractNumber, authKey, ...rest }, true)
    if (errors.length > 0) return errors.map(({ field }) => field).join(' ')
    must(new RegExp(DEFAULT_PATTERN).test(fields.contractNumber), 'no number, and no error')
    must(isAuthKey(fields.authKey), 'no key, and no error')
    must(fields.name === undefined || isShortText(fields.name), 'no name, and no error')
    return 'taken'
  },
}

const contractForm: Target = {
  covers: ['readContractForm'],
  seeds: [
    JSON.stringify({
      worksName: '市道改良工事',
      contractPrice: '50,000,000円',
      worksContractDate: 'R8.1.15',
    }),
    JSON.stringify({
      'worksPeriod.start': '2026/1/16',
      'worksPeriod.end': '20260930',
      ownerName: '富士市長',
    }),
  ],
  mutate: mutateJson,
  most: 2 * FORM_FIELD,
  read(text) {
    const { contract, errors } = readContractForm('ja', fieldsOf(text) as ContractFields)
    if (errors.length > 0) return errors.map(({ field }) => field).join(' ')
    must(
      Object.values(contract).some((member) => member !== undefined),
      'nothing to compare',
    )
    return Object.keys(contract).join(' ')
  },
}

const shareForm: Target = {
  covers: ['readShareForm'],
  seeds: ['https://hosho.example.lg.jp/v#AAECAwQFBgcICQoLDA0ODw', 'AAECAwQFBgcICQoLDA0ODw', ''],
  most: FORM_FIELD,
  read(text) {
    const { token, errors } = readShareForm('ja', text)
    must((token === undefined) === errors.length > 0, 'neither a token nor an error')
    return `${token !== undefined}`
  },
}

export const FORM_TARGETS: Record<string, Target> = {
  yen: sums,
  day: days,
  'lookup-form': lookupForm,
  'contract-form': contractForm,
  'share-form': shareForm,
}
