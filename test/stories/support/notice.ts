import type { Pair } from './deeds.ts'

/**
 * The whole text of a 「認証キー」のお知らせ as an officer copies it out of a mail or PDF, with an
 * address before the key in which twelve letters in a row are no key.
 */
export function noticeText({ contractNumber, authKey }: Pair): string {
  return `電子保証にかかる「認証キー」のお知らせ
株式会社髙橋建設 御中
https://keiyakushien.example/notice/Construction
保証契約番号：${contractNumber}
認証キー：${authKey}
お問い合わせ 054-000-0101（平日 9:00～17:00）`
}
