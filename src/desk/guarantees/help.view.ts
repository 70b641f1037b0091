import { type Html, html } from '../../web/html.ts'

const ja = {
  title: 'ネットデスクの使い方',
  steps: '発行後のお手続き',
  stepList: [
    '「電子保証（認証キー）発行完了のお知らせ」のメールが届きましたら、トップページの「保証契約一覧」をクリックします。',
    '「電子保証（認証キー）」タブを選択します。',
    '「詳細」をクリックします。',
    '保証契約内容をご確認ください。',
    '「印刷」をクリックして、「電子保証にかかる「認証キー」のお知らせ」（PDF）をダウンロードし、発注者に提出してください。',
  ],
  print: '印刷方法について',
  printText: [
    '「印刷」をクリックすると、お知らせ（PDF）が開きます。PDFを保存して電子メールで提出するか、A4の用紙に印刷して提出してください。白黒でも、FAXでも読み取れます。',
    '画面をそのまま印刷したものや、証書の内容だけを印刷したものは、保証証書の提出に代わりません。認証キーが載ったお知らせを提出してください。',
  ],
  key: '認証キーの取扱い',
  keyText: [
    '認証キーは英数字12文字で、大文字と小文字は区別されます。保証契約番号と認証キーがあれば、どなたでも保証の内容を確認できます。発注者以外には知らせないでください。',
    '認証キーが漏れたおそれがあるときは、保証申込のページから再発行をお申し込みください。再発行すると、これまでの認証キーと共有リンクは使えなくなります。',
    'この画面に認証キーを表示したこと、お知らせを印刷したことは記録されます。',
  ],
  share: '共有リンク・QRコード',
  shareText: [
    '認証キーを入力しなくても内容を確認できるリンクです。見える範囲と期限を選んで作り、いつでも取り消せます。リンクとQRコードは、作ったときに一度だけ表示されます。',
  ],
  mail: 'お知らせメールが届かないとき',
  mailText: [
    '迷惑メールの扱いになっていないか、申込のメールアドレスに誤りがないかをご確認ください。メールが届かなくても、発行が完了していれば「電子保証（認証キー）」の「詳細」から同じ手続きができます。',
    'ご不明な点は、申込先の営業部・支店までお気軽にお問い合わせください。',
  ],
}

/** `/desk/help`. */
export function helpView(): Html {
  const part = (id: string, title: string, texts: readonly string[]) =>
    html`<section class="text" aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${texts.map((text) => html`<p>${text}</p>`)}</section>`
  return html`<h1>${ja.title}</h1>
<section class="text" aria-labelledby="steps"><h2 id="steps">${ja.steps}</h2><ol>${ja.stepList.map((text) => html`<li>${text}</li>`)}</ol></section>
${part('print', ja.print, ja.printText)}
${part('key', ja.key, ja.keyText)}
${part('share', ja.share, ja.shareText)}
${part('mail', ja.mail, ja.mailText)}`
}

export const HELP_TITLE = ja.title
