import { type Html, html } from '../../web/html.ts'

/** The way to the pages before and after; nothing where there is one page alone. */
export function pageLinks(page: number, pages: number, to: (page: number) => string): Html | false {
  if (pages <= 1) return false
  return html`<nav class="pages" aria-label="ページ"><p>${page} / ${pages} ページ</p><ul>
${page > 1 && html`<li><a href="${to(page - 1)}" rel="prev">前の50件</a></li>`}
${page < pages && html`<li><a href="${to(page + 1)}" rel="next">次の50件</a></li>`}
</ul></nav>`
}
