import { type Html, html } from './html.ts'
import { type Lang, localHref } from './lang.ts'

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
export function areaHeader(area: Area, lang: Lang = 'ja'): Html {
  const { service, home, who, tabs, current, help } = area
  const words = areaWords[lang]
  return html`<header class="header header-area">
<div class="header-inner">
  <p class="service"><a href="${home}">${service}</a></p>
  <div class="who">
    <p class="who-name">${who}</p>
    <ul>
      <li><a href="${help}">${words.help}</a></li>
      <li><a href="${localHref(lang, '/account')}">${words.account}</a></li>
      <li><a href="${home}">${words.top}</a></li>
      <li><form method="post" action="${localHref(lang, '/sign-out')}"><button class="link" type="submit">${words.signOut}</button></form></li>
    </ul>
  </div>
</div>
${
  tabs.length > 0 &&
  html`<nav class="tabs" aria-label="${words.menu}"><ul>${tabs.map(
    ({ path, text }) =>
      html`<li><a href="${path}"${path === current && html` aria-current="page"`}>${text}</a></li>`,
  )}</ul></nav>`
}
</header>`
}

const areaWords = {
  ja: {
    help: 'ヘルプ',
    account: 'アカウント',
    top: '全体トップへ',
    signOut: 'ログアウト',
    menu: 'メニュー',
  },
  en: { help: 'Help', account: 'Account', top: 'Top page', signOut: 'Sign out', menu: 'Menu' },
}
