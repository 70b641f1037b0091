interface NextWords {
  /** What to do about one check. */
  check: Record<'fail' | 'erased', (contact: string) => string> & { unknown: string }
  /** What to do after the whole. */
  steps: Record<'failed' | 'indeterminate' | 'erased', readonly string[]>
}

const ja: NextWords = {
  check: {
    fail: (contact) => `この結果だけで手続きを進めず、保証会社（${contact}）にご連絡ください。`,
    erased: (contact) =>
      `記録の本文は運営者が消去しました。内容は、保証会社（${contact}）にお問い合わせください。`,
    unknown: '時間をおいて、もう一度確認してください。',
  },
  steps: {
    failed: [
      'この電子保証にもとづく支払いや契約の手続きを、いったん止めてください。',
      '照会番号と、問題が見つかった項目を保証会社に伝えてください。',
      'この画面を印刷して、確認の記録として保管してください。',
    ],
    indeterminate: [
      '時間をおいて、もう一度確認してください。',
      '表示が変わらないときは、照会番号を保証会社に伝えてください。',
      '本物であることを確かめられるまで、手続きを進めないでください。',
    ],
    erased: [
      '保証の内容を、保証会社にお問い合わせください。記録の本文は運営者が消去したため、このサイトでは確認できません。',
      'お問い合わせの際は、保証契約番号と照会番号を保証会社に伝えてください。',
      '本物であることを確かめられるまで、手続きを進めないでください。',
    ],
  },
}

const en: NextWords = {
  check: {
    fail: (contact) =>
      `Do not go on with this result alone; contact the guarantee company (${contact}).`,
    erased: (contact) =>
      `The operator erased the body of the record; ask the guarantee company (${contact}) for it.`,
    unknown: 'Check again after a while.',
  },
  steps: {
    failed: [
      'Stop any payment or contract step that rests on this guarantee.',
      'Give the guarantee company the reference and the check that found the problem.',
      'Print this page and keep it as the record of the check.',
    ],
    indeterminate: [
      'Check again after a while.',
      'If nothing changes, give the guarantee company the reference.',
      'Do not go on until it has been shown to be genuine.',
    ],
    erased: [
      'Ask the guarantee company for the content. The operator erased the body of the record, so it cannot be checked here.',
      'Give the guarantee company the contract number and the reference.',
      'Do not go on until it has been shown to be genuine.',
    ],
  },
}

export const nextWords = { ja, en }
