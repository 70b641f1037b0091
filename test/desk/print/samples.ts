import type { KeyNotice } from '../../../src/desk/print/notice.pdf.ts'

export const notice: KeyNotice = {
  title: '電子保証にかかる「認証キー」のお知らせ',
  noticeNumber: 'N-2025-001284',
  issuedOn: '2025-11-20',
  madeAt: '2025-11-20T05:10:00.000Z',
  ownerTitle: '富士市長',
  contractorName: '株式会社髙橋建設',
  kind: 'advance_payment',
  worksName: '市道本町線 道路改良工事（第2工区）',
  guaranteedAmount: 20_000_000,
  contractNumber: '12345-678901',
  authKey: 'Z28YUE4J3Bux',
  platformOrigin: 'https://hosho.example.lg.jp',
  arrivedAt: '2025-11-20T05:05:00.000Z',
  event: '新規',
  handoverTo: '財政部 契約検査課',
  mailSubject: '【電子保証】20250114 市道本町線 道路改良工事',
  office: {
    company: 'あかし東建設業保証株式会社',
    branch: '静岡支店',
    phone: '054-000-0000',
    hours: '平日9時から17時',
  },
}

export const KANJI = '髙﨑𠮷渡邉齋藤建設共同企業体市道本町線道路改良工事'

/** Every text as long as a record may carry it. */
export function longest(letters: string): KeyNotice {
  const text = (length: number) =>
    Array.from({ length }, (_, n) => [...letters][n % [...letters].length]).join('')
  return {
    ...notice,
    title: text(60),
    rekeyedAt: notice.madeAt,
    noticeNumber: text(40),
    ownerTitle: text(200),
    contractorName: text(200),
    jvName: text(200),
    worksName: text(200),
    contractNumber: '9'.repeat(40),
    platformOrigin: `https://${'hosho-kakunin.'.repeat(4)}example.lg.jp`,
    handoverTo: text(200),
    mailSubject: text(200),
    office: { company: text(200), branch: text(200), phone: '0'.repeat(40), hours: text(60) },
    sample: true,
  }
}
