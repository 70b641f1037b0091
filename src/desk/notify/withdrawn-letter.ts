import { certificateWords } from '../../view/words/certificate.ts'
import type { AppliedKind } from '../application/content.ts'
import { type Frame, facts, letter, type Written } from './letters.ts'

/** 取下げ, to the office that had the application before it. */
export function withdrawnLetter(
  frame: Frame,
  what: {
    /** 受付番号. */
    number: string
    contractor: string
    worksName: string
    kind: AppliedKind
    /** As the contractor wrote it; may be empty. */
    reason: string
    /** Whether a statement of its premium had been made. */
    billed: boolean
  },
): Written {
  const { number, contractor, worksName, kind, reason, billed } = what
  return {
    subject: `保証申込 取下げのお知らせ（${number}）`,
    text: letter(frame, '請負契約者が、次の保証の申込みを取り下げました。', [
      facts([
        ['受付番号', number],
        ['契約者', contractor],
        ['保証の種類', certificateWords.ja.kinds[kind]],
        ['工事名', worksName],
        ['取下げの理由', reason || '記載なし'],
      ]),
      ...(billed ? [['作成済みの保証料計算書は、取消になりました。']] : []),
    ]),
  }
}
