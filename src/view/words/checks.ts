import type { CheckId } from '../../guarantee/verdict.ts'

/** What the sentences about a check may name; each is text ready to show. */
export interface CheckFacts {
  issuer: string
  alg: string
  size: string
  /** Last and first day of the guarantee; empty where unknown. */
  end: string
  start: string
  amendments: number
}

/** `answer` is the few words of a card, `text` the sentence under it. */
export interface CheckText {
  answer: string
  text: (facts: CheckFacts) => string
}

interface CheckWords {
  questions: Record<CheckId, string>
  names: Record<CheckId, string>
  results: { pass: string; fail: string; unknown: string }
  codes: Record<CheckId, Record<string, CheckText>>
}

const same = (answer: string, text: string): CheckText => ({ answer, text: () => text })

const ja: CheckWords = {
  questions: {
    integrity: '内容は書き換えられていないか',
    issuer: '誰が発行したか',
    log: '記録台帳に残っているか',
    status: 'いまも効力があるか',
    match: '契約書の内容と同じか',
    sufficiency: '金額と期間は足りているか',
  },
  names: {
    integrity: '署名',
    issuer: '発行者',
    log: '記録台帳',
    status: '現在の効力',
    match: '契約内容との照合',
    sufficiency: '金額と期間',
  },
  results: { pass: '問題なし', fail: '問題あり', unknown: '確認できません' },
  codes: {
    integrity: {
      OK: {
        answer: '改ざんなし',
        text: ({ alg }) => `電子署名${alg && `（${alg}）`}を検証しました。`,
      },
      SIG_INVALID: same(
        '署名が正しくありません',
        '電子署名の検証に失敗しました。記録が書き換えられているおそれがあります。',
      ),
      RECORD_UNREADABLE: same(
        '記録を読み取れません',
        '保存されている記録の形式が正しくありません。記録が壊れているか、書き換えられているおそれがあります。',
      ),
      RECORD_MISSING: same(
        '記録が失われています',
        '記録の本文が残っておらず、消去したことを示す記録も台帳にありません。記録が壊れているか、取り除かれたおそれがあります。',
      ),
      BODY_ERASED: same(
        '確認できません',
        '記録の本文を運営者が消去したため、署名を検証できません。消去したことは台帳に残っています。',
      ),
      NOT_CHECKED: same(
        '確認できません',
        '署名に使われた鍵が分からないため、署名を検証できません。',
      ),
    },
    issuer: {
      OK: {
        answer: '登録済みの保証会社',
        text: ({ issuer }) => `${issuer}の登録済みの鍵で、到着時に有効でした。`,
      },
      KEY_NOT_VALID_AT_ARRIVAL: same(
        '鍵が有効ではありません',
        '署名に使われた鍵は、記録が到着した時点では有効ではありませんでした。',
      ),
      KEY_ENTRY_MISMATCH: same(
        '鍵の記録が一致しません',
        '保証会社の鍵の登録が、記録台帳の内容と一致しません。',
      ),
      ISSUER_UNTRUSTED: same(
        '登録のない発行者',
        '署名した者は、このサイトに登録された保証会社ではありません。',
      ),
      KEY_LATER_REVOKED: {
        answer: '登録済みの保証会社',
        text: ({ issuer }) =>
          `${issuer}の鍵で、到着時に有効でした。この鍵は、その後に失効しています。`,
      },
      NOT_CHECKED: same('確認できません', '誰の鍵で署名されたかを確認できません。'),
    },
    log: {
      OK: {
        answer: '台帳に記録あり',
        text: ({ size }) =>
          `現在の台帳（全${size}件）に含まれていることを確かめました。後から消すことはできません。`,
      },
      ENTRY_MISMATCH: same(
        '台帳の記録と一致しません',
        '保存されている記録が、記録台帳に残された記録と一致しません。',
      ),
      INCLUSION_INVALID: same(
        '台帳に含まれていません',
        'この記録が記録台帳に含まれていることの証明に失敗しました。',
      ),
      CHECKPOINT_SIG_INVALID: same(
        '台帳の署名が正しくありません',
        '記録台帳の先頭を示す署名の検証に失敗しました。',
      ),
      CHAIN_BROKEN: same(
        '履歴がつながりません',
        '版の数か、前の版とのつながりが合いません。履歴の一部が失われているか、書き換えられているおそれがあります。',
      ),
      STORE_UNREADABLE: same('確認できません', '記録台帳を読み取れないため、確認できません。'),
      NOT_CHECKED: same('確認できません', '記録台帳との照合を行えませんでした。'),
    },
    status: {
      IN_FORCE: {
        answer: '有効',
        text: ({ end, amendments }) =>
          `${amendments > 0 ? `第${amendments}回変更まで反映しています。` : ''}${end && `保証期限は${end}です。`}`,
      },
      NOT_STARTED: {
        answer: '保証期間の開始前',
        text: ({ start }) => `保証期間は${start}からです。`,
      },
      EXPIRED: { answer: '保証期間が終了', text: ({ end }) => `保証期間は${end}で終了しました。` },
      CANCELLED: same('解約済み', 'この保証契約は解約されています。'),
      RELEASED: same('返還済み', 'この保証は返還の手続きが済んでいます。'),
      ON_PAPER: same(
        '紙の証書に切替え済み',
        '電子保証は終了し、紙の保証証書に切り替えられています。',
      ),
      UNKNOWN: same('確認できません', '現在の効力を確認できません。'),
    },
    match: {
      SAME: same('一致', '入力した項目はすべて一致しました。'),
      VARIANT: same('表記のみ異なる', '文字の書き方だけが異なる項目があります。'),
      DIFFERENT: same('不一致', '契約書と異なる項目があります。'),
      NOT_CHECKABLE: same('確認できません', '最新の記録を読み取れないため、照合できません。'),
    },
    sufficiency: {
      OK: same('足りています', '金額と期間について、注意する点はありませんでした。'),
      INSUFFICIENT: same('ご確認ください', '金額または期間に、基準に合わない点があります。'),
      NOT_CHECKABLE: same('確認できません', '必要な情報がないため、判定できない項目があります。'),
    },
  },
}

const en: CheckWords = {
  questions: {
    integrity: 'Is the content unaltered?',
    issuer: 'Who issued it?',
    log: 'Is it kept in the log?',
    status: 'Is it in force now?',
    match: 'Does it match the works contract?',
    sufficiency: 'Are amount and term enough?',
  },
  names: {
    integrity: 'Signature (署名)',
    issuer: 'Issuer (発行者)',
    log: 'Log (記録台帳)',
    status: 'Present effect (現在の効力)',
    match: 'Comparison with the contract (照合)',
    sufficiency: 'Amount and term',
  },
  results: { pass: 'No problem', fail: 'Problem', unknown: 'Cannot be checked' },
  codes: {
    integrity: {
      OK: {
        answer: 'Unaltered',
        text: ({ alg }) => `The electronic signature${alg && ` (${alg})`} was verified.`,
      },
      SIG_INVALID: same(
        'Signature not valid',
        'The electronic signature did not verify. The record may have been altered.',
      ),
      RECORD_UNREADABLE: same(
        'Record unreadable',
        'The stored record is malformed. It may be damaged or altered.',
      ),
      RECORD_MISSING: same(
        'Record missing',
        'The body of the record is not there, and the log states no erasure. It may be damaged or taken away.',
      ),
      BODY_ERASED: same(
        'Cannot be checked',
        'The operator erased the body of the record, as the log states, so its signature cannot be verified.',
      ),
      NOT_CHECKED: same(
        'Cannot be checked',
        'The signing key is not known, so the signature cannot be verified.',
      ),
    },
    issuer: {
      OK: {
        answer: 'Registered company',
        text: ({ issuer }) =>
          `Signed with a registered key of ${issuer} that was valid on arrival.`,
      },
      KEY_NOT_VALID_AT_ARRIVAL: same(
        'Key not valid',
        'The signing key was not valid when the record arrived.',
      ),
      KEY_ENTRY_MISMATCH: same(
        'Key entry differs',
        "The company's key registration differs from the log.",
      ),
      ISSUER_UNTRUSTED: same(
        'Unregistered issuer',
        'The signer is not a guarantee company registered here.',
      ),
      KEY_LATER_REVOKED: {
        answer: 'Registered company',
        text: ({ issuer }) =>
          `Signed with a key of ${issuer} that was valid on arrival and has been revoked since.`,
      },
      NOT_CHECKED: same('Cannot be checked', 'Whose key signed the record cannot be checked.'),
    },
    log: {
      OK: {
        answer: 'In the log',
        text: ({ size }) =>
          `Proved to be in the present log of ${size} entries. It cannot be removed later.`,
      },
      ENTRY_MISMATCH: same(
        'Differs from the log',
        'The stored record differs from what the log recorded.',
      ),
      INCLUSION_INVALID: same('Not in the log', 'The proof that this record is in the log failed.'),
      CHECKPOINT_SIG_INVALID: same(
        'Log signature not valid',
        "The signature over the log's head did not verify.",
      ),
      CHAIN_BROKEN: same(
        'History broken',
        'A version is missing, or its link to the one before is broken. Part of the history may be lost or altered.',
      ),
      STORE_UNREADABLE: same(
        'Cannot be checked',
        'The log cannot be read, so this cannot be checked.',
      ),
      NOT_CHECKED: same('Cannot be checked', 'The comparison with the log could not be made.'),
    },
    status: {
      IN_FORCE: {
        answer: 'In force',
        text: ({ end, amendments }) =>
          `${amendments > 0 ? `Includes ${amendments} ${amendments === 1 ? 'amendment' : 'amendments'}. ` : ''}${end && `Guaranteed until ${end}.`}`,
      },
      NOT_STARTED: {
        answer: 'Not started',
        text: ({ start }) => `The guarantee begins on ${start}.`,
      },
      EXPIRED: { answer: 'Expired', text: ({ end }) => `The guarantee ended on ${end}.` },
      CANCELLED: same('Cancelled', 'This guarantee has been cancelled (解約).'),
      RELEASED: same('Released', 'This guarantee has been released (返還).'),
      ON_PAPER: same(
        'Replaced by paper',
        'The electronic guarantee has ended; a paper certificate stands in its place.',
      ),
      UNKNOWN: same('Cannot be checked', 'Whether it is in force cannot be checked.'),
    },
    match: {
      SAME: same('Same', 'Everything entered is the same.'),
      VARIANT: same('Spelling differs', 'Some items differ only in how characters are written.'),
      DIFFERENT: same('Different', 'Some items differ from the contract.'),
      NOT_CHECKABLE: same(
        'Cannot be checked',
        'The newest record cannot be read, so nothing can be compared.',
      ),
    },
    sufficiency: {
      OK: same('Enough', 'Nothing to note on amount and term.'),
      INSUFFICIENT: same('Please look', 'Amount or term do not meet the standard.'),
      NOT_CHECKABLE: same(
        'Cannot be checked',
        'Some rules cannot be judged for want of information.',
      ),
    },
  },
}

export const checkWords = { ja, en }
