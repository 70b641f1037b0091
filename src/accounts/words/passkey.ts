/** Why there are no passkeys on a page. */
export const passkeyWords = {
  ja: {
    noName: (host: string) =>
      `このサイトのアドレス（${host}）では、パスキーを使えません。パスワードと確認コードでログインしてください。`,
    cure: 'パスキーは、ブラウザの決まりにより、名前のあるアドレス（https://…、または localhost）でだけ使えます。使うには、運用担当者が PUBLIC_ORIGIN にそのアドレスを設定します。',
    elsewhere: 'パスキーは、次のアドレスで開いた画面で使えます。',
  },
  en: {
    noName: (host: string) =>
      `Passkeys do not work at this site's address (${host}). Sign in with your password and code.`,
    cure: 'Browsers keep passkeys for addresses with a name (https://…, or localhost). To have them, the operator sets PUBLIC_ORIGIN to such an address.',
    elsewhere: 'Passkeys work on pages opened at this address:',
  },
}
