/** What the company may do; `rekey` and `reissue` (of sheets) are no events of the history. */
export const LIFE_EVENTS = [
  'amend',
  'correct',
  'cancel_amendment',
  'reissue',
  'cancel',
  'to_paper',
  'release',
  'rekey',
] as const

export type LifeEvent = (typeof LIFE_EVENTS)[number]

/** The terms that a form shows, by their path in the certificate. */
export const LIFE_TERMS = [
  'guaranteedAmount',
  'contractPrice',
  'fiscalYearAmount',
  'coverage.end',
  'worksPeriod.end',
  'worksName',
  'worksPlace',
  'depositBank',
] as const

export type LifeTerm = (typeof LIFE_TERMS)[number]

export const AMOUNT_TERMS: readonly LifeTerm[] = [
  'guaranteedAmount',
  'contractPrice',
  'fiscalYearAmount',
]

/** Those that only an advance has. */
export const ADVANCE_TERMS: readonly LifeTerm[] = ['fiscalYearAmount', 'depositBank']
