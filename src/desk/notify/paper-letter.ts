import { listTime } from '../../base/time.ts'
import { certificateWords } from '../../view/words/certificate.ts'
import type { PaperDone } from '../issue/paper/paper-done.ts'
import { type Frame, facts, letter, type Written } from './letters.ts'

const SUBJECTS: Record<PaperDone['event'], string> = {
  issue: '証書（紙）発行のお知らせ',
  switched: '証書（紙）発行のお知らせ（電子保証からの切替）',
  amend: '証書（紙）変更のお知らせ',
  correct: '証書（紙）訂正のお知らせ',
  cancel_amendment: '証書（紙）変更取消のお知らせ',
  reissue: '証書（紙）再発行のお知らせ',
  cancel: '証書（紙）解約のお知らせ',
  release: '証書（紙）返還のお知らせ',
}

const LEADS: Record<PaperDone['event'], string> = {
  issue: 'お申し込みの保証について、証書（紙）を発行しました。',
  switched: '次の保証について、電子保証に代わる証書（紙）を発行しました。電子保証は無効です。',
  amend: '次の保証について、変更の証書（紙）を作成しました。これまでの証書と併せて効力があります。',
  correct: '次の保証について、記載を訂正した証書（紙）を作成しました。',
  cancel_amendment:
    '次の保証について、直前の変更・解約・返還を取り消し、その前の内容に戻しました。',
  reissue: '次の保証について、証書（紙）を再発行しました。',
  cancel: '次の保証について、解約の手続きが完了しました。この証書は今後ご利用になれません。',
  release: '次の保証について、返還の手続きが完了しました。',
}

const HANDED = '新しい証書（正・副）は、取扱店からお届けします。'
const GIVEN_BACK = '証書（正・副）の原本は、取扱店へお返しください。'
const VOID = '無効になった証書がお手元にあるときは、取扱店へお返しください。'

/** 証書（紙） was issued, changed, made anew or has ended. */
export function paperLetter(frame: Frame, done: PaperDone): Written {
  const { event, certificate, sheet, voided, at } = done
  const { kind, contractNumber, owner, worksName } = certificate
  return {
    subject: SUBJECTS[event],
    text: letter(frame, LEADS[event], [
      facts([
        ['保証の種類', certificateWords.ja.kinds[kind]],
        ['保証契約番号', contractNumber],
        ['発注者', owner.title ?? owner.name],
        ['工事名', worksName],
        ...(sheet === undefined ? [] : [['証書番号', `正 ${sheet}、副 ${sheet}-2`] as const]),
        ...(voided.length === 0 ? [] : [['無効の証書', voided.join('、')] as const]),
        ['手続の日時', listTime(at)],
      ]),
      [
        ...(sheet === undefined ? [] : [HANDED]),
        ...(voided.length === 0 ? [] : [VOID]),
        ...(event === 'cancel' ? [GIVEN_BACK] : []),
        '内容は、ネットデスクの「保証契約一覧」の「詳細」でご確認いただけます。',
      ],
    ]),
  }
}
