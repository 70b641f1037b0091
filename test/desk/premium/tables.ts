import type { RateTable } from '../../../src/desk/premium/rate-table.ts'

/** The example of desk-domain.md §1.2. */
export const ADV: RateTable = {
  id: 'demo-adv-2025-04',
  issuerId: 'demo',
  kind: 'advance_payment',
  label: '見本料率（前払金保証）',
  demo: true,
  termsId: 'demo-terms-2025-04',
  effectiveFrom: '2025-04-01',
  effectiveTo: null,
  effectiveBasis: 'guarantee_contract_date',
  base: 'guaranteedAmount',
  tiers: {
    mode: 'marginal',
    bands: [
      { upTo: 3_000_000, ratePpm: 4000 },
      { upTo: 20_000_000, ratePpm: 3000 },
      { upTo: null, ratePpm: 2000 },
    ],
  },
  period: { mode: 'none' },
  classes: [
    {
      code: 'good_record',
      label: '優良区分（見本）',
      op: 'multiply',
      factorPpm: 900_000,
      stackGroup: 'standing',
      order: 10,
      when: { contractorClass: 'A' },
    },
  ],
  rounding: { unit: 1, mode: 'down', stage: 'total' },
  minimumYen: 1000,
  tax: 'exempt',
  change: {
    increase: { method: 'difference_of_totals', table: 'at_change', minChargeYen: 0 },
    decrease: { method: 'difference_of_totals', refund: true, minRefundYen: 500 },
    expiryOnly: { method: 'difference_of_totals' },
    keepMinimum: true,
  },
  cancel: {
    before_handover: { refundPpm: 1_000_000, retainYen: 0 },
    before_advance_paid: { refundPpm: 1_000_000, retainYen: 1000 },
    after_advance_paid: { refundPpm: 0 },
  },
}

/** One band of 650 ppm, no minimum. */
export const INT: RateTable = {
  ...ADV,
  id: 'demo-int-2025-04',
  kind: 'interim_advance_payment',
  label: '見本料率（中間前払金保証）',
  tiers: { mode: 'flat', bands: [{ upTo: null, ratePpm: 650 }] },
  classes: [],
  minimumYen: 0,
}

/** All of the sum by one rate, for each twelve started months. */
export const CON: RateTable = {
  ...ADV,
  id: 'demo-con-2025-04',
  kind: 'contract',
  label: '見本料率（契約保証）',
  tiers: {
    mode: 'whole',
    bands: [
      { upTo: 5_000_000, ratePpm: 4000 },
      { upTo: null, ratePpm: 3500 },
    ],
  },
  period: { mode: 'block', unit: 'month', count: 'inclusive', blockSize: 12, minBlocks: 1 },
  classes: [],
  rounding: { unit: 10, mode: 'down', stage: 'total' },
  minimumYen: 2000,
}
