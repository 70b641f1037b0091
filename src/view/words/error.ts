interface ErrorText {
  title: string
  text: string
  /** What to do now. */
  next: string
}

const ja = {
  pages: {
    not_found: {
      title: 'ページが見つかりません',
      text: 'アドレスが正しくないか、ページがなくなっています。',
      next: '保証を確認するときは、確認ページから保証契約番号と認証キーを入力してください。',
    },
    share_expired_or_revoked: {
      title: 'この共有リンクは使えません',
      text: '有効期限が切れたか、受注者が取り消したか、認証キーが再発行されたため、このリンクは使えません。',
      next: '保証契約番号と認証キーで確認してください。',
    },
    ticket_expired: {
      title: '確認結果の表示期限が切れました',
      text: '安全のため、確認結果の画面からの操作は一定の時間で終わります。入力した内容は保存されていません。',
      next: 'もう一度、保証契約番号と認証キーを入力してください。',
    },
    rate_limited: {
      title: '確認の回数が上限に達しました',
      text: '同じネットワークから誤った入力が続いたため、この確認への回答を控えました。確認ができなくなったわけではありません。保証契約番号と認証キーを、お知らせともう一度見比べてください。',
      next: '時間をおいて、もう一度お試しください。',
    },
    unavailable: {
      title: 'ただいまメンテナンス中です',
      text: '記録を安全に読み書きできないため、受け付けを止めています。記録は失われていません。',
      next: '時間をおいて、もう一度お試しください。',
    },
    csrf: {
      title: '送信元を確認できませんでした',
      text: '別のサイトから送信されたか、ブラウザーの設定により送信元がわからないため、受け付けませんでした。',
      next: 'このサイトの確認ページを開き直して、もう一度入力してください。',
    },
    role_not_allowed: {
      title: 'この画面を開く権限がありません',
      text: 'ログイン中の利用者の役割では、この画面を使えません。',
      next: '必要なときは、所属先の管理者または運営者にお問い合わせください。',
    },
    body_too_large: {
      title: '送信された内容が大きすぎます',
      text: '受け付けられる大きさを超えています。',
      next: '認証キーのお知らせから、保証契約番号と認証キーだけを入力してください。',
    },
    bad_request: {
      title: '送信された内容を読み取れませんでした',
      text: '送信された内容の形式が正しくありません。',
      next: 'このサイトの確認ページを開き直して、もう一度入力してください。',
    },
    internal: {
      title: '処理できませんでした',
      text: 'サイトの内部で問題が起きました。入力した内容による問題ではありません。',
      next: '時間をおいて、もう一度お試しください。',
    },
  },
  retryAt: (clock: string) => `${clock}以降にもう一度お試しください。`,
  request: '受付番号',
  requestText: 'お問い合わせのときは、この番号をお知らせください。',
  contact: (contact: string) => `お問い合わせ：${contact}`,
  back: '確認ページを開く',
  help: '使い方を見る',
  /** What is said otherwise to who signs in. */
  desk: {
    pages: {
      not_found: { next: 'メニューから開き直してください。' },
      internal: {
        next: '画面を開き直して、直前の操作が済んだかどうかを確かめてから、もう一度お試しください。',
      },
      unavailable: {
        title: 'いまは手続を完了できません',
        text: '記録、またはプラットフォームに接続できません。直前の操作が済んだかどうかは、確認できません。',
        next: '時間をおいて画面を開き直し、今の内容を確かめてから、もう一度お試しください。',
      },
      rate_limited: {
        title: '操作の回数が上限に達しました',
        text: '短い時間に同じ操作が続いたため、受け付けを控えました。',
      },
      csrf: { next: '画面を開き直して、もう一度入力してください。' },
      body_too_large: {
        next: '添付書類は、1件10MBまでです。ファイルを小さくして、もう一度お試しください。',
      },
      bad_request: { next: '画面を開き直して、もう一度入力してください。' },
    } as Partial<Record<string, Partial<ErrorText>>>,
    back: 'ネットデスクのトップへ',
    help: 'ネットデスクの使い方',
    /** 受付番号 is the number of an application there. */
    request: 'お問い合わせ番号',
  },
}

export type ErrorPage = keyof typeof ja.pages

export interface ErrorWords extends Omit<typeof ja, 'pages'> {
  pages: Record<ErrorPage, ErrorText>
}

const en: ErrorWords = {
  pages: {
    not_found: {
      title: 'Page not found',
      text: 'The address is wrong, or the page is gone.',
      next: 'To check a guarantee, enter contract number and authentication key on the look-up page.',
    },
    share_expired_or_revoked: {
      title: 'This share link cannot be used',
      text: 'It has expired, the contractor has revoked it, or the authentication key was issued anew.',
      next: 'Use the contract number and the authentication key instead.',
    },
    ticket_expired: {
      title: 'The result is no longer open',
      text: 'For safety, what can be done from a result ends after a while. Nothing you entered was stored.',
      next: 'Enter contract number and authentication key again.',
    },
    rate_limited: {
      title: 'Too many checks',
      text: 'Wrong entries came one after the other from the same network, so this check was not answered. You are not locked out. Compare number and key with the key notice once more.',
      next: 'Try again later.',
    },
    unavailable: {
      title: 'Under maintenance',
      text: 'Records cannot be read and written safely, so nothing is taken. No record is lost.',
      next: 'Try again later.',
    },
    csrf: {
      title: 'The sender could not be confirmed',
      text: 'The form came from another site, or the browser did not say where it came from.',
      next: 'Open the look-up page of this site and enter it again.',
    },
    role_not_allowed: {
      title: 'Your role does not cover this page',
      text: 'The role of the user who is signed in cannot use this page.',
      next: 'Ask whoever manages users in your organisation, or the operator, if you need it.',
    },
    body_too_large: {
      title: 'Too much was sent',
      text: 'It is larger than what can be taken.',
      next: 'Enter only the contract number and the authentication key from the key notice.',
    },
    bad_request: {
      title: 'What was sent could not be read',
      text: 'It is not in the form that this site expects.',
      next: 'Open the look-up page of this site and enter it again.',
    },
    internal: {
      title: 'It did not work',
      text: 'Something went wrong inside this site, not with what you entered.',
      next: 'Try again later.',
    },
  },
  retryAt: (clock) => `Try again after ${clock} (Japan time).`,
  request: 'Request number',
  requestText: 'Please quote this number when you ask about it.',
  contact: (contact) => `Contact: ${contact}`,
  back: 'Open the look-up page',
  help: 'How to use this site',
  desk: {
    pages: {
      not_found: { next: 'Open it again from the menu.' },
      internal: {
        next: 'Open the page again, see whether the last step was done, and then try again.',
      },
      unavailable: {
        title: 'This cannot be completed now',
        text: 'The records or the platform cannot be reached. Nobody can tell whether the last step was done.',
        next: 'Open the page again later, see how it stands, and then try again.',
      },
      rate_limited: {
        title: 'Too many tries',
        text: 'The same was tried too often in a short time, so it was not taken.',
      },
      csrf: { next: 'Open the page again and enter it once more.' },
      body_too_large: { next: 'A paper may have 10 MB. Make the file smaller and try again.' },
      bad_request: { next: 'Open the page again and enter it once more.' },
    },
    back: 'Open the Net Desk',
    help: 'How to use the Net Desk',
    request: 'Request number',
  },
}

export const errorWords: Record<'ja' | 'en', ErrorWords> = { ja, en }
