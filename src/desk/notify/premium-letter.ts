import { type Day, westernDay } from '../../base/time.ts'
import { certificateWords } from '../../view/words/certificate.ts'
import { showYen } from '../../web/show.ts'
import type { AppliedKind, PaymentMethod } from '../application/content.ts'
import { PAYMENT_WORDS } from '../application/status-words.ts'
import { accountText, type PremiumAccount } from '../company/payee.ts'
import { type Application, type Frame, facts, letter, type Written } from './letters.ts'

/** A 保証料計算書 as a mail names it. */
export interface Premium {
  kind: AppliedKind
  /** Its number. */
  statement: string
  yen: number
  /** 見本料率. */
  mark?: string | undefined
  payment: PaymentMethod
  /** 支払期限. */
  dueOn?: Day | undefined
  /** 振込先, where the company has said it. */
  account?: PremiumAccount | undefined
}

/** What comes next, by how it is paid. */
const AFTER: Record<PaymentMethod, string> = {
  per_case: '保証料の受領を確認したあとに、発行の手続きへ進みます。',
  monthly_lump: '発行の手続きへ進みます。',
}

/** 保証料のご案内. */
export function premiumLetter(frame: Frame, what: Application & Premium): Written {
  const { number, worksName, kind, statement, yen, mark, payment } = what
  return {
    subject: '保証料のご案内',
    text: letter(frame, 'お申し込みの保証をお引き受けします。保証料は次のとおりです。', [
      facts([
        ['受付番号', number],
        ['保証の種類', certificateWords.ja.kinds[kind]],
        ['工事名', worksName],
        ['保証料', sumText(yen, mark)],
        ...paymentFacts(frame, what),
        ['計算書番号', statement],
      ]),
      ['保証料計算書は、ネットデスクの「保証料計算書一覧」からご覧いただけます。', AFTER[payment]],
    ]),
  }
}

/** 「63,000円（非課税、見本料率）」. */
export function sumText(yen: number, mark: string | undefined): string {
  return `${showYen('ja', yen)}（非課税${mark ? `、${mark}` : ''}）`
}

/** How it is paid, where and until when. */
export function paymentFacts(
  { office: { phone } }: Frame,
  { payment, dueOn, account }: Pick<Premium, 'payment' | 'dueOn' | 'account'>,
): [label: string, value: string][] {
  const how: [string, string] = ['お支払方法', PAYMENT_WORDS[payment]]
  if (payment === 'monthly_lump') {
    return [how, ['お支払い', '当月分をまとめて、翌月のご請求に含めます。']]
  }
  return [
    how,
    ...(dueOn ? [['支払期限', westernDay(dueOn)] as [string, string]] : []),
    ...(account
      ? ([
          ['振込先', accountText(account)],
          ['口座名義', account.holderKana],
        ] as [string, string][])
      : [['振込先', askText(phone)] as [string, string]]),
  ]
}

function askText(phone: string | undefined): string {
  return `取扱店へお問い合わせください${phone ? `（電話 ${phone}）` : ''}。`
}
