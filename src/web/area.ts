import { type Html, html } from './html.ts'

/** The part of the site that a signed-in person works in, with its own name and ways. */
export interface Area {
  /** 「インターネット保証サービス」 */
  service: string
  /** Where its name leads. */
  home: string
  /** Whom the header names: 「株式会社髙橋建設 様」, 「あかし東建設業保証株式会社 見本 太郎」. */
  who: string
  /** Its pages, in order; the one that `current` is under is marked. */
  tabs: readonly { path: string; text: string }[]
  /** Path of the tab that is open, where one is. */
  current?: string
  help: string
}

/** The header of a signed-in area: name, who is signed in, ways out, and below it the tabs. */
export function areaHeader({ service, home, who, tabs, current, help }: Area): Html {
  return html`<header class="header header-area">
<div class="header-inner">
  <p class="service"><a href="${home}">${service}</a></p>
  <div class="who">
    <p class="who-name">${who}</p>
    <ul>
      <li><a href="${help}">ヘルプ</a></li>
      <li><a href="/account">アカウント</a></li>
      <li><a href="${home}">全体トップへ</a></li>
      <li><form method="post" action="/sign-out"><button class="link" type="submit">ログアウト</button></form></li>
    </ul>
  </div>
</div>
${
  tabs.length > 0 &&
  html`<nav class="tabs" aria-label="メニュー"><ul>${tabs.map(
    ({ path, text }) =>
      html`<li><a href="${path}"${path === current && html` aria-current="page"`}>${text}</a></li>`,
  )}</ul></nav>`
}
</header>`
}
