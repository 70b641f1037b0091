import { expect, test } from 'vitest'
import { mailColumns, wrapMail } from '../../../src/base/mail-text.ts'
import { PAPER_EVENTS } from '../../../src/desk/issue/paper/paper-events.ts'
import {
  type DifferenceSaid,
  differenceLetter,
} from '../../../src/desk/notify/difference-letter.ts'
import {
  declinedLetter,
  type Frame,
  type Happened,
  happenedLetter,
  returnedLetter,
  sentLetter,
  type Written,
} from '../../../src/desk/notify/letters.ts'
import { paperLetter } from '../../../src/desk/notify/paper-letter.ts'
import { premiumLetter } from '../../../src/desk/notify/premium-letter.ts'
import { withdrawnLetter } from '../../../src/desk/notify/withdrawn-letter.ts'
import { certificate } from '../../platform/sample.ts'

const FRAME: Frame = {
  to: { firm: '髙﨑𠮷田建設 株式会社', department: '総務部', person: '邊󠄀 󠄁太郎' },
  office: {
    company: 'あかし東建設業保証株式会社',
    branch: '静岡支店',
    phone: '054-000-0101',
    hours: '平日 9:00～17:00',
  },
  origin: 'https://hosho.example.lg.jp',
}

const ACCOUNT = {
  bankName: '見本銀行',
  branchName: '見本支店',
  type: 'ordinary',
  number: '0000000',
  holderKana: 'アカシヒガシケンセツギヨウホシヨウ（カ',
  demo: true,
} as const

const LONG =
  '市道本町線道路改良工事（第2工区）その3、及びこれに附帯する橋梁補修工事（耐震）。'.repeat(4)

const HAPPENED: Happened[] = [
  'issue',
  'amend',
  'correct',
  'cancel_amendment',
  'cancel',
  'release',
  'to_paper',
  'rekey',
]

const PAPER = ['issue', 'switched', ...PAPER_EVENTS] as const

const EVERY: [string, Written][] = [
  ...HAPPENED.map((happened): [string, Written] => [
    happened,
    happenedLetter(FRAME, {
      happened,
      certificate: certificate({ worksName: LONG }),
      arrivedAt: '2025-11-20T05:05:00.000Z',
    }),
  ]),
  [
    'sent',
    sentLetter(FRAME, {
      number: 'R7-000123',
      worksName: LONG,
      kinds: ['advance_payment', 'contract'],
      at: '2025-11-20T05:05:00.000Z',
      again: false,
      reception: '2025-11-21',
    }),
  ],
  [
    'returned',
    returnedLetter(FRAME, {
      number: 'R7-000123',
      worksName: LONG,
      kind: 'contract',
      reason: `契約書の写しが読めません。\n${LONG}`,
    }),
  ],
  [
    'declined',
    declinedLetter(FRAME, {
      number: 'R7-000123',
      worksName: '工事',
      kind: 'contract',
      reason: `引受の限度を超えます。\n${LONG}`,
    }),
  ],
  [
    'withdrawn',
    withdrawnLetter(FRAME, {
      number: 'R7-000123',
      contractor: '髙﨑𠮷田建設 株式会社',
      worksName: LONG,
      kind: 'contract',
      reason: '',
      billed: false,
    }),
  ],
  ...PAPER.map((event): [string, Written] => [
    `paper ${event}`,
    paperLetter(FRAME, {
      ...{ issuer: 'east', numberKey: '12345678901', org: 'o', application: 'a', event },
      certificate: certificate({ worksName: LONG }),
      ...{ sheet: 'ES-000002', voided: ['ES-000001', 'ES-000001-2'] },
      at: '2025-11-20T05:05:00.000Z',
    }),
  ]),
  [
    'premium',
    premiumLetter(FRAME, {
      number: 'R7-000123',
      worksName: LONG,
      kind: 'advance_payment',
      statement: 'K-000045',
      yen: 63_000,
      payment: 'per_case',
      dueOn: '2025-12-04',
      account: ACCOUNT,
    }),
  ],
]

const DIFFERENCE: Omit<DifferenceSaid, 'type' | 'before' | 'after' | 'yen'> = {
  ...{ kind: 'advance_payment', cause: '変更', worksName: LONG, statement: 'K-000046' },
  ...{ named: ['保証契約番号', '12345-678901'], mark: '見本料率', payment: 'per_case' },
  beside: [],
}

const DIFFERENCES: [string, Written][] = [
  [
    'charge',
    differenceLetter(FRAME, {
      ...{ ...DIFFERENCE, type: 'charge', before: 63_000, after: 67_800, yen: 4_800 },
      ...{ dueOn: '2025-12-04', account: ACCOUNT },
    }),
  ],
  [
    'refund',
    differenceLetter(FRAME, {
      ...{ ...DIFFERENCE, type: 'refund', before: 63_000, after: 48_000, yen: 15_000 },
      ...{ cause: '解約', beside: [{ number: 'K-000046', type: 'charge', yen: 4_800 }] },
    }),
  ],
  [
    'refund by the month',
    differenceLetter(FRAME, {
      ...{ ...DIFFERENCE, type: 'refund', before: 63_000, after: 48_000, yen: 15_000 },
      payment: 'monthly_lump',
    }),
  ],
]

test('the mail of a 解約 on paper asks for the originals, and that of a 返還 does not', () => {
  const mail = (event: string) => EVERY.find(([name]) => name === `paper ${event}`)?.[1].text
  expect(mail('cancel')).toContain('証書（正・副）の原本は、取扱店へお返しください。')
  expect(mail('release')).not.toContain('原本')
})

test('the mails of a difference say what it comes to in all, and how it is paid or given back', () => {
  const [charge, refund, monthly] = DIFFERENCES.map(([, written]) => written)
  expect(charge?.subject).toBe('追加の保証料のご案内')
  expect(charge?.text).toContain('保証料の合計：63,000円 → 67,800円\n')
  expect(charge?.text).toContain('追加の保証料：4,800円（非課税、見本料率）\n')
  expect(charge?.text).toContain('支払期限　　：2025年12月4日\n')
  expect(charge?.text).toContain('計算書番号　：K-000046\n')
  expect(charge?.text, 'it is issued already').not.toContain('発行の手続き')
  expect(refund?.subject).toBe('保証料返還のお知らせ')
  expect(refund?.text).toContain('次の保証の解約により、保証料を返還します。')
  expect(refund?.text).toContain('保証料の合計　：63,000円 → 48,000円\n')
  expect(refund?.text).toContain('返還する保証料：15,000円（非課税、見本料率）\n')
  expect(refund?.text).not.toMatch(/振込先|支払期限|お支払方法/)
  expect(refund?.text).toContain('ほかの未精算　：K-000046（保証料 4,800円）\n')
  expect(refund?.text).toContain('差引き　　　　：返還 10,200円\n')
  expect(charge?.text, 'nothing else is open').not.toMatch(/未精算|差引き/)
  expect(refund?.text).toContain('返還の方法　　：取扱店からご連絡します。')
  expect(monthly?.text).toMatch(/一括納付のため、翌月のご請求で精算/)
})

test('the mail of a premium names the way of paying, and what comes next by it', () => {
  const said = { number: 'R7-1', worksName: '工事', kind: 'contract', statement: 'K-1' } as const
  const mail = (payment: 'per_case' | 'monthly_lump', where = {}) =>
    premiumLetter(FRAME, { ...said, yen: 20_000, payment, ...where }).text.replaceAll(/\n */g, '')
  const where = { dueOn: '2025-12-04', account: ACCOUNT }
  expect(mail('per_case', where)).toMatch(
    /お支払方法：都度納付支払期限　：2025年12月4日振込先　　：見本銀行 見本支店 普通 0000000（見本。振り込まないでください）口座名義　：アカシヒガシケンセツギヨウホシヨウ（カ.*受領を確認したあとに、発行の手続き/,
  )
  expect(mail('monthly_lump', where)).toMatch(/お支払方法：一括納付.*翌月のご請求に含めます/)
  expect(mail('monthly_lump', where)).not.toMatch(/支払期限|振込先|見本銀行/)
  expect(mail('per_case'), 'no account is invented').toMatch(
    /振込先　　：取扱店へお問い合わせください（電話 054-000-0101）/,
  )
  expect(mail('per_case')).not.toContain('支払期限')
})

test('the mail of the issue, word for word', () => {
  const { subject, text } = happenedLetter(FRAME, {
    happened: 'issue',
    certificate: certificate(),
    arrivedAt: '2025-11-20T05:05:00.000Z',
  })
  expect(subject).toBe('電子保証（認証キー）発行完了のお知らせ')
  expect(text).toBe(`髙﨑𠮷田建設 株式会社
総務部 邊󠄀 󠄁太郎 様

お申し込みの保証について、電子証書が確認サービスに到着し、発行手続きが完了し
ました。

保証の種類　　　：前払金保証
保証契約番号　　：12345-678901
発注者　　　　　：富士市長
工事名　　　　　：市道本町線 道路改良工事（第2工区）
対象　　　　　　：新規
電子保証発行日時：2025/11/20 14:05

次の手順
1 ネットデスクにログインし、トップページの「保証契約一覧」を開いてください。
2 「電子保証（認証キー）」タブを選択し、「詳細」をクリックしてください。
3 保証契約内容をご確認のうえ、「電子保証にかかる「認証キー」のお知らせ」
  （PDF）をダウンロードし、発注者へ提出してください。

認証キーはこのメールには記載していません。

--------------------------------------
あかし東建設業保証株式会社
取扱店：静岡支店
電話：054-000-0101
受付時間：平日 9:00～17:00
ネットデスクは、登録済みのブックマークから開いてください。
正しいアドレス：https://hosho.example.lg.jp
このメールは送信専用です。ご返信いただいてもお答えできません。
`)
})

test('the switch to paper is told as that, and as no 解約', () => {
  const letter = (happened: Happened) => {
    const what = { happened, certificate: certificate(), arrivedAt: '2025-11-20T05:05:00.000Z' }
    const { subject, text } = happenedLetter(FRAME, what)
    return subject + text.replace(/\n */g, '')
  }
  expect(letter('to_paper')).toMatch(/証書（紙）への切替完了.*証書（紙）に切り替えました/s)
  expect(letter('to_paper')).not.toContain('解約')
  expect(letter('cancel')).toMatch(/解約完了/)
  expect(letter('cancel')).not.toContain('証書（紙）')
})

test.each([...EVERY, ...DIFFERENCES])(
  '%s: no line is wider than 38 columns, and no name is cut',
  (_name, { text }) => {
    for (const line of text.split('\n')) {
      expect(mailColumns(line)).toBeLessThanOrEqual(76)
      expect(line, 'no line ends with an opening mark').not.toMatch(/[「『（［｛〈《【〔([{]$/)
    }
    expect(text.replace(/\n */g, '')).toContain(LONG)
    expect(text).toContain('髙﨑𠮷田建設 株式会社\n総務部 邊󠄀 󠄁太郎 様')
  },
)

test.each([...EVERY, ...DIFFERENCES])(
  '%s: nothing in it could be a key, and no link leads further than the site',
  (_name, written) => {
    const text = written.text + written.subject
    expect(text).not.toMatch(/(?<![0-9A-Za-z])[0-9A-Za-z]{12}(?![0-9A-Za-z])/)
    expect(text.match(/https?:\S*/g)).toEqual(['https://hosho.example.lg.jp'])
  },
)

test('a line is broken between letters, never within one, and begins with no closing mark', () => {
  const ivs = '邊󠄀'.repeat(60)
  expect(wrapMail(ivs).join('')).toBe(ivs)
  for (const line of wrapMail(ivs)) expect(mailColumns(line) % 2).toBe(0)
  expect(wrapMail(`${'あ'.repeat(38)}。」い`)).toEqual(['あ'.repeat(37), 'あ。」い'])
  expect(wrapMail('あ'.repeat(38))).toEqual(['あ'.repeat(38)])
  expect(wrapMail('ｱ'.repeat(77))).toEqual(['ｱ'.repeat(76), 'ｱ'])
  expect(wrapMail('。'.repeat(80)).join('')).toBe('。'.repeat(80))
})

test('the letter of a sending tells its day of reception, and why it is another one', () => {
  const what = { number: 'E-000001', worksName: '道路改良工事', kinds: ['contract'] as const }
  const sent = { ...what, at: '2025-11-22T05:26:00.000Z', again: false }
  const late = sentLetter(FRAME, { ...sent, reception: '2025-11-25' })
  expect(late.subject).toBe('保証申込 送信完了のお知らせ')
  expect(late.text).toContain('送信日時　：2025/11/22 14:26\n受付日　　：2025年11月25日')
  expect(late.text).toContain('受付時間外に送信されたため')
  expect(late.text).not.toContain('受け付けました')
  const again = sentLetter(FRAME, { ...sent, again: true, reception: '2025-11-22' })
  expect(again.subject).toBe('保証申込 再送信完了のお知らせ')
  expect(again.text).toContain('再送信日時：2025/11/22 14:26')
  expect(again.text).not.toContain('受付時間外')
})
