import { type Instant, listTime } from '../../../base/time.ts'
import { fieldId } from '../../../web/form.ts'
import { type Html, html } from '../../../web/html.ts'
import { dataTable } from '../../../web/table.ts'
import { choiceText } from '../form/choice-text.ts'
import { fullLabel } from '../form/labels.ts'
import type { Merged } from '../form/merge.ts'

/** Tells the later of two people who wrote when, and where both wrote; nothing typed is lost. */
export function behindView(by: string, at: Instant, { taken, clashes }: Merged): Html {
  return html`<section class="notice notice-bad" id="behind" tabindex="-1" role="alert" aria-labelledby="behind-title">
<h2 id="behind-title">${by}さんが${listTime(at)}にこの申込みを保存しました</h2>
<p>入力された内容はまだ保存されていません。下の入力欄にはあなたの入力が残っています。お確かめのうえ、もう一度ボタンを押してください。</p>
${
  clashes.length > 0 &&
  dataTable(
    '二人が別の内容を入力した項目',
    ['項目', 'あなたの入力', `${by}さんの保存`],
    clashes.map(({ field, mine, theirs }) => [
      html`<a href="#${fieldId(field)}">${fullLabel(field)}</a>`,
      shown(field, mine),
      shown(field, theirs),
    ]),
  )
}
${taken.length > 0 && html`<p>${by}さんだけが変えた項目は、入力欄に反映しました：${taken.map(fullLabel).join('、')}</p>`}
</section>`
}

function shown(field: string, value: string): Html {
  const text = choiceText(field, value)
  return text === ''
    ? html`<span class="none">（空欄）</span>`
    : html`<span class="prose">${text}</span>`
}
