import type { FormContext } from '../../../src/desk/application/form/read-application.ts'
import { MEMBERS } from './desk.ts'

export const FUJI = {
  code: '222101',
  name: '富士市長',
  aliases: ['富士市'],
  start: { date: '2025-11-14', basis: 'contract_date' },
  kinds: ['advance_payment', 'contract'],
  issuerClasses: [],
  departments: [],
}

/** What an application of Sato's firm is read against. */
export const CONTEXT: FormContext = {
  organisation: MEMBERS.sato.organisation,
  companies: [
    {
      issuer: 'akashi-east',
      name: 'あかし東建設業保証株式会社',
      branches: [{ id: 'shizuoka', name: '静岡支店' }],
      paymentMethods: ['monthly_lump', 'per_case'],
    },
  ],
  owners: [FUJI],
  billTos: [{ name: '株式会社髙橋建設', address: '静岡県富士市見本町1-1' }],
  purposes: [],
  returned: false,
}
