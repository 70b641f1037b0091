import type { Standing } from '../desk/issue/signing-keys.ts'
import type { Lang } from '../web/lang.ts'

/** What an imported key may do, by how the platform knows its public half. */
export const keyStanding: Record<Lang, Record<Standing, string>> = {
  ja: {
    registered: '公開鍵はこの保証会社のものとして登録されています。発行に使えます。',
    not_registered:
      '公開鍵がまだ登録されていません。プラットフォームで akashi issuer key-add を実行するまで、発行はできません。',
    unknown:
      'この保証会社はプラットフォームに登録されていないか、確認できませんでした。akashi issuer list で確かめてください。',
  },
  en: {
    registered: 'The public half is registered as a key of this company. The desk can issue.',
    not_registered:
      'The public half is not registered yet. The desk cannot issue until the platform has it: akashi issuer key-add.',
    unknown:
      'The platform does not know this company, or could not be asked. See akashi issuer list.',
  },
}

/** What `desk bounce` says of a message that marks nothing. */
export const bounceWords: Record<Lang, { noReport: string; unknown(id: string): string }> = {
  ja: {
    noReport:
      'どのメールが届かなかったかを示す不達通知ではありません。メール送信箱のページで「不達として記録する」を使ってください。',
    unknown: (id) => `このデータベースに、メール ${id} はありません。`,
  },
  en: {
    noReport:
      'This is no report of a failed delivery that names its mail. Mark it on the page メール送信箱 instead.',
    unknown: (id) => `There is no mail ${id} in this database.`,
  },
}
