import { listTime } from '../../../base/time.ts'
import { type Html, html } from '../../../web/html.ts'
import type { AppliedKind } from '../content.ts'
import type { SentApplication } from '../sent/sent-application.ts'
import { KIND_WORDS } from '../status-words.ts'
import { changesView } from './changes.view.ts'

/**
 * Of an application that was sent anew: what the company had asked, what was answered, what changed.
 * @param branchName 「静岡支店」 of an id
 */
export function resentView(
  application: SentApplication,
  branchName: (branch: string) => string,
): Html | undefined {
  const [before, last] = application.sendings.slice(-2)
  if (!before || !last) return undefined
  const versions = { before: before.content, after: last.content, branchName }
  return html`<section class="summary-part" aria-labelledby="resent"><h2 id="resent">差戻しへの回答と変更点</h2>
<dl class="rows">${asked(application).map(
    ({ kinds, reason }) =>
      html`<div><dt>差戻しの理由（${kinds.map((kind) => KIND_WORDS[kind]).join('、')}）</dt><dd class="prose">${reason}</dd></div>`,
  )}
<div><dt>回答（${listTime(last.at)} 再送信）</dt><dd class="prose">${last.content.answer ?? '―（記載なし）'}</dd></div></dl>
<h3 class="resent-head">変わったところ</h3>
${changesView(versions)}
</section>`
}

/** What was asked before the last sending: each reason once, with the guarantees that it was about. */
function asked({ lines, sendings }: SentApplication): { kinds: AppliedKind[]; reason: string }[] {
  const last = sendings.at(-1)?.at ?? ''
  const reasons = new Map<string, AppliedKind[]>()
  for (const { kind, steps } of lines) {
    const answered = steps.findLastIndex(
      ({ status, at }) => at === last && (status === 'submitted' || status === 'withdrawn'),
    )
    const { status, note } = steps[answered - 1] ?? {}
    if (status === 'returned' && note) reasons.set(note, [...(reasons.get(note) ?? []), kind])
  }
  return [...reasons].map(([reason, kinds]) => ({ kinds, reason }))
}
