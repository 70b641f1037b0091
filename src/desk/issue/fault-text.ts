import type { Fault } from '../../base/fault.ts'

const REGISTER =
  '運用担当者が新しい鍵を作り（akashi key new）、プラットフォームに登録し（akashi issuer key-add）、この窓口に入れてください（akashi desk key-import）。'

/** What the company reads when its desk or the platform says no, with what to do about it. */
const TEXTS: Readonly<Record<string, string>> = {
  kid_unknown: `貴社の署名鍵が、プラットフォームに登録されていないか、この窓口にありません。${REGISTER}`,
  key_retired: `貴社の署名鍵は使用を終えています。${REGISTER}`,
  key_revoked: `貴社の署名鍵は失効しています。${REGISTER}`,
  key_not_yet_valid:
    '貴社の署名鍵は、まだ有効になっていません。有効になる日時を待って、もう一度送ってください。',
  signature_invalid: `署名を検証できませんでした。${REGISTER}`,
  token_invalid: `送信者が貴社であることを確かめられませんでした。${REGISTER}`,
  issuer_mismatch:
    '署名鍵が別の保証会社のものとして登録されています。運用担当者に連絡してください。',
  audience_mismatch:
    '記録の宛先が別のプラットフォームです。運用担当者が PLATFORM_URL と PLATFORM_TRUST を確かめてください。',
  iat_in_future: 'この窓口の時計が進んでいます。時計を合わせると、自動で送り直します。',
  owner_unknown:
    '発注者がプラットフォームに登録されていません。発注者名を確かめるか、登録を依頼してから、もう一度送ってください。',
  kind_not_accepted:
    '発注者は、この種類の電子保証を受け付けていません。証書（紙）での発行に切り替えてください。',
  owner_not_started:
    '請負契約締結日が、発注者の電子保証の開始日より前です。日付を確かめるか、証書（紙）での発行に切り替えてください。',
  amount_invalid: '保証金額が請負金額を超えています。金額を訂正してください。',
  claim_invalid: '記載事項に、記録にできないものがあります。内容を訂正してください。',
  claim_missing: '記載事項に足りないものがあります。内容を補ってください。',
  jws_too_large: '記載事項が長すぎます。構成員や特記事項を短くしてください。',
  auth_key_format: '認証キーの形が正しくありません。認証キーを作り直してください。',
  seq_conflict:
    'プラットフォームにある履歴と、この窓口の履歴が食い違っています。別のところから同じ保証が送られています。運用担当者に連絡してください。',
  prev_mismatch:
    'プラットフォームにある履歴と、この窓口の履歴が食い違っています。別のところから同じ保証が送られています。運用担当者に連絡してください。',
  jti_reused: '同じ識別子の記録がすでにあります。運用担当者に連絡してください。',
  state_conflict:
    '保証の今の状態では、この手続はできません。画面を開き直して、今の状態を確かめてください。',
  not_found: '対象の保証がありません。',
  receipt_not_verified:
    '届いた受領証を検証できませんでした。到着したとは扱いません。運用担当者が、プラットフォームと PLATFORM_TRUST を確かめてください。',
  rate_limited: 'プラットフォームが混み合っています。しばらくして、自動で送り直します。',
  internal:
    '送信できませんでした。しばらくして、自動で送り直します。続くときは、運用担当者に連絡してください。',
  disk_full: 'プラットフォームに空きがありません。しばらくして、自動で送り直します。',
  store_unavailable:
    'プラットフォームから確かな返事がありません。返事があるまで、自動で送り直します。',
}

/** The words for a code of a refusal; those of an uncertain answer for any that is not foreseen. */
export function faultText(code: string): string {
  return (
    TEXTS[code] ??
    `プラットフォームが受け付けませんでした（${code}）。運用担当者に連絡してください。`
  )
}

/** As {@link faultText}, for what a deed threw. */
export function issueFaultText({ code }: Fault): string {
  return faultText(code)
}
