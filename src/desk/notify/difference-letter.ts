import { certificateWords } from '../../view/words/certificate.ts'
import { showYen } from '../../web/show.ts'
import type { OpenStatement } from '../company/open-statements.ts'
import { openFacts } from '../print/open-words.ts'
import { type Frame, facts, letter, type Written } from './letters.ts'
import { type Premium, paymentFacts, sumText } from './premium-letter.ts'

/** A sum that falls due, or is given back, after the first premium. */
export interface DifferenceSaid extends Premium {
  type: 'charge' | 'refund'
  /** 変更, 訂正, 変更取消, 解約, 差戻し. */
  cause: string
  /** 保証契約番号, or 受付番号 where there is none. */
  named: readonly [label: string, number: string]
  worksName: string
  /** Premium in all, before and after. */
  before: number
  after: number
  /** What else of the guarantee is open. */
  beside: readonly OpenStatement[]
}

const WORDS = {
  charge: {
    subject: '追加の保証料のご案内',
    lead: (cause: string) => `次の保証の${cause}により、追加の保証料をお支払いいただきます。`,
    sum: '追加の保証料',
    statement: '保証料計算書',
  },
  refund: {
    subject: '保証料返還のお知らせ',
    lead: (cause: string) => `次の保証の${cause}により、保証料を返還します。`,
    sum: '返還する保証料',
    statement: '保証料返還計算書',
  },
}

/** By the month charges and refunds go into one bill: what was not paid yet is not given back by itself. */
const REFUND_WORDS: Record<Premium['payment'], string> = {
  per_case: '取扱店からご連絡します。',
  monthly_lump: '一括納付のため、翌月のご請求で精算します。',
}

/** 追加の保証料のご案内, 保証料返還のお知らせ. */
export function differenceLetter(frame: Frame, what: DifferenceSaid): Written {
  const { type, cause, named, worksName, kind, statement, before, after, yen, mark, beside } = what
  const words = WORDS[type]
  return {
    subject: words.subject,
    text: letter(frame, words.lead(cause), [
      facts([
        ['保証の種類', certificateWords.ja.kinds[kind]],
        named,
        ['工事名', worksName],
        ['対象', cause],
        ['保証料の合計', `${showYen('ja', before)} → ${showYen('ja', after)}`],
        [words.sum, sumText(yen, mark)],
        ...openFacts(what, beside),
        ...(type === 'charge'
          ? paymentFacts(frame, what)
          : [['返還の方法', REFUND_WORDS[what.payment]] as const]),
        ['計算書番号', statement],
      ]),
      [`${words.statement}は、ネットデスクの「保証料計算書一覧」からご覧いただけます。`],
    ]),
  }
}
