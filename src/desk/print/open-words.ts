import { balanceOf, type OpenStatement } from '../company/open-statements.ts'
import { yenText } from './words.ts'

const KINDS = { charge: '保証料', refund: '返還' }

/**
 * What else of a guarantee is open beside a statement, and what all of it comes to: a statement of
 * fact, for each statement stays due by itself. Nothing where nothing else is open.
 */
export function openFacts(
  own: Pick<OpenStatement, 'type' | 'yen'>,
  beside: readonly OpenStatement[],
): [label: string, value: string][] {
  if (beside.length === 0) return []
  const named = beside.map(({ number, type, yen }) => `${number}（${KINDS[type]} ${yenText(yen)}）`)
  return [
    ['ほかの未精算', named.join('、')],
    ['差引き', balanceText(balanceOf([...beside, own]))],
  ]
}

function balanceText(yen: number): string {
  if (yen === 0) return '0円（お支払いも返還もありません）'
  return yen > 0 ? `お支払い ${yenText(yen)}` : `返還 ${yenText(-yen)}`
}
