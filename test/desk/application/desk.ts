import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Member } from '../../../src/accounts/member.ts'
import type { Form } from '../../../src/desk/application/form/fields.ts'
import { formOf } from '../../../src/desk/application/form/fields.ts'
import type { ApplicationPorts } from '../../../src/desk/application/pages/door.page.ts'
import { createCompany } from '../../../src/desk/company/company.ts'
import type { AccessEvent } from '../../../src/ports.ts'
import { newWorld, PLATFORM, type World } from '../../platform/world.ts'

const TAKAHASHI = {
  id: 'org-takahashi',
  kind: 'contractor',
  name: '株式会社髙橋建設',
  address: '静岡県富士市見本町1-1',
  representative: '代表取締役　髙橋　健一',
} as const

/** Two clerks of one firm, and one of another. */
export const MEMBERS = {
  sato: person('user-sato', '佐藤　花子', TAKAHASHI),
  suzuki: person('user-suzuki', '鈴木　一郎', TAKAHASHI),
  yamada: person('user-yamada', '山田　太郎', {
    id: 'org-yamazaki',
    kind: 'contractor',
    name: '山﨑土木株式会社',
  }),
} satisfies Record<string, Member>

export type Person = keyof typeof MEMBERS

function person(user: string, name: string, organisation: Member['organisation']): Member {
  return { user, name, email: `${user}@example.jp`, role: 'contractor', organisation }
}

/** A desk over a real database, and what it noted of who asked for what is not theirs. */
export interface Desk {
  world: World
  ports: ApplicationPorts
  noted: AccessEvent[]
}

const COMPANIES = join(import.meta.dirname, '..', '..', '..', 'db', 'demo', 'companies.json')

export async function newDesk(): Promise<Desk> {
  const world = await newWorld()
  const { store } = world.ports
  const company = createCompany(world.ports)
  const profiles = JSON.parse(readFileSync(COMPANIES, 'utf8')) as Record<string, unknown>
  const issuer = { id: 'akashi-east', numberPattern: '^[0-9]{5}-[0-9]{6}$' }
  await company.set(issuer, profiles['akashi-east'])
  const noted: AccessEvent[] = []
  const names = new Map(Object.values(MEMBERS).map(({ user, name }) => [user, name]))
  const ports: ApplicationPorts = {
    ...world.ports,
    store,
    site: { origin: PLATFORM, demo: false },
    access: { note: async (event) => void noted.push(event) },
    companies: company.companies,
    nextNumber: company.nextNumber,
    officeOf: company.officeOf,
    owners: world.platform.owners.search,
    unanswered: () => undefined,
    userName: async (user) => names.get(user),
    receptionOf: company.receptionOf,
    tellSent: async () => [],
    withdrawn: async () => [],
  }
  return { world, ports, noted }
}

/** The leaflet's application: 20,000,000 of 50,000,000 and 5,000,000, both electronic. */
export const FILLED: Form = formOf({
  ownerName: '富士市長',
  worksNumber: '第8-1号',
  worksName: '市道本町線 道路改良工事（第2工区）',
  worksPlace: '静岡県富士市見本町地内',
  worksCategory: 'works',
  contractPrice: '50,000,000円',
  worksContractDate: '令和8',
  'worksContractDate-m': '1',
  'worksContractDate-d': '15',
  periodStart: '2026',
  'periodStart-m': '1',
  'periodStart-d': '16',
  periodEnd: '２０２６',
  'periodEnd-m': '９',
  'periodEnd-d': '３０',
  'advance.apply': 'on',
  'advance.format': 'electronic',
  'advance.amount': '金２０，０００，０００円也',
  'advance.bank': 'ﾐﾎﾝ銀行',
  'advance.bankBranch': '富士支店',
  'advance.redeposit': 'no',
  'advance.payment': 'per_case',
  'advance.bill': JSON.stringify(['株式会社髙橋建設', '', '静岡県富士市見本町1-1']),
  'advance.statement': 'no',
  'contract.apply': 'on',
  'contract.format': 'electronic',
  'contract.amount': '5000000',
  'contract.payment': 'per_case',
  'contract.billSame': 'on',
  'contract.statement': 'yes',
  branch: 'akashi-east/shizuoka',
  notify: 'yes',
  email1: 'ｓｏｕｍｕ@EXAMPLE.jp',
  department: '総務部',
  person: '佐藤　花子',
  phone: '０５４５（５５）０１２３ 内線12',
  message: '一行目\r\n二行目',
})
