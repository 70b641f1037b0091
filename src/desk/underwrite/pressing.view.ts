import type { Instant } from '../../base/time.ts'
import { type Content, html } from '../../web/html.ts'
import { dataTable } from '../../web/table.ts'
import { WISH_WORDS } from '../application/pages/wish.view.ts'
import type { OpenWish } from '../application/sent/wish.ts'
import { faultText } from '../issue/fault-text.ts'
import type { RefusedRow } from './refused.ts'
import { ageText, hoursSince } from './waiting.ts'

const lifePath = (issuer: string, number: string) =>
  `/desk/guarantees/${issuer}/${encodeURIComponent(number)}/life`

/** Records that the platform has refused: nothing goes on until somebody decides. */
export function refusedRowsView(issuer: string, rows: readonly RefusedRow[]): Content {
  if (rows.length === 0) return undefined
  const cells = rows.map(({ contractNumber, contractorName, worksName, seq, fault, hours }) => [
    html`<a class="nowrap code" href="${lifePath(issuer, contractNumber)}">${contractNumber}</a>`,
    contractorName,
    worksName,
    seq === 0 ? '認証キーの再発行' : `第${seq}版`,
    faultText(fault),
    ageText(hours),
  ])
  const columns = ['保証契約番号', '契約者', '工事名', '記録', 'プラットフォームの回答', '経過']
  return html`<section class="pressing" aria-labelledby="refused"><h2 id="refused">受け付けられなかった記録 <span class="tag">${rows.length}件</span></h2>
<p>プラットフォームが受け付けませんでした。保証契約番号を選んで、どうするかを決めてください。</p>
${dataTable('受け付けられなかった記録', columns, cells)}</section>`
}

/** What contractors wish for their keys, a leak before everything else. */
export function wishRowsView(wishes: readonly OpenWish[], now: Instant): Content {
  if (wishes.length === 0) return undefined
  const leaks = wishes.filter(({ type }) => type === 'leaked')
  const ordered = [...leaks, ...wishes.filter(({ type }) => type !== 'leaked')]
  const cells = ordered.map(({ id, type, contractNumber, worksName, reason, madeAt }) => [
    html`<a href="/desk/inbox/wishes/${id}">${WISH_WORDS[type]}<span class="unseen"> ${contractNumber}</span></a>`,
    html`<span class="nowrap code">${contractNumber}</span>`,
    worksName,
    reason,
    ageText(hoursSince(madeAt, now)),
  ])
  const columns = ['依頼', '保証契約番号', '工事名', '理由と経緯', '経過']
  return html`<section class="pressing" aria-labelledby="wishes"><h2 id="wishes">認証キーについての依頼 <span class="tag">${wishes.length}件</span></h2>
${dataTable('認証キーについての依頼', columns, cells)}</section>`
}
