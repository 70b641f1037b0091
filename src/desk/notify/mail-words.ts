import type { MailSeen } from './mail-rows.ts'

/** How a mail stands, for people. */
export function mailStateText({ state, tries }: Pick<MailSeen, 'state' | 'tries'>): string {
  if (state === 'waiting') return tries === 0 ? '送信待ち' : `再送待ち ${tries}回目`
  return { sent: '送信済', refused: '送信できませんでした', bounced: '不達' }[state]
}

export const mailWords = {
  title: 'メール送信箱',
  lead: 'お知らせメールの送信状況です。送信できなかったメールは、宛先を直してもう一度送れます。',
  empty: '送信したメールはまだありません。',
  columns: ['日時', '件名', '宛先', '状態', ''],
  act: (subject: string, recipient: string) => `${subject}（${recipient}）の操作`,
  open: '操作',
  recipient: '宛先',
  resend: 'もう一度送る',
  resent: 'もう一度送ります。しばらくすると送信済になります。',
  bounced: '不達として記録する',
  marked: '不達として記録しました。',
  reason: '届かなかった理由',
  wrongAddress: 'メールアドレスを1つだけ入力してください（例：soumu@kensetsu.example）',
  reasonMissing: '届かなかった理由を入力してください',
  next: '次の50件',
  said: (text: string) => `相手のサーバーの回答：${text}`,
  again: '再送したメール',
}
