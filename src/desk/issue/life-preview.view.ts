import { listTime } from '../../base/time.ts'
import type { Change } from '../../guarantee/history.ts'
import { fieldLabel, type Row, rowList } from '../../view/certificate.view.ts'
import { changeValue } from '../../view/history.view.ts'
import { button, hiddenField } from '../../web/form.ts'
import { type Content, type Html, html } from '../../web/html.ts'
import { showInteger } from '../../web/show.ts'
import { facts, noteOf } from './life.view.ts'
import type { LifeEvent } from './life-events.ts'
import type { LifeFields } from './life-form.ts'
import type { Preview } from './life-preview.ts'
import { ENDED, EVENT_NAMES, LIFE, REASON_CODES, STATES_AFTER, stagesOf } from './life-words.ts'
import type { Overview } from './overview.ts'
import { sheetsAfterView } from './paper/paper.view.ts'

/** What a preview was made upon: the seq that it would take, or the key that it would replace. */
export function uponOf({ issued }: Overview, { event, plan }: Preview): string {
  return event === 'rekey' ? (issued.keySince ?? '') : String(plan?.content.seq ?? 0)
}

/** Old → new, what it costs, and the button that does it. */
export function lifePreviewView(
  base: string,
  seen: Overview,
  shown: Preview,
  manner: 'confirm' | 'ask',
): Html {
  const { event, fields } = shown
  return html`<h1>${EVENT_NAMES[event]}：${LIFE.preview}</h1>
${facts(seen.issued)}
${previewBody(seen, shown)}
<form method="post" action="${base}/${event}/confirm">
${keptFields(fields)}
${hiddenField('upon', uponOf(seen, shown))}
${button(LIFE[manner])}
</form>
<form method="post" action="${base}/${event}">
${keptFields(fields)}${hiddenField('again', '1')}
${button(LIFE.back, 'quiet')}
</form>`
}

function previewBody(seen: Overview, { event, fields, plan, premium }: Preview): Html {
  const state = stateChange(seen, event)
  const changes = state
    ? [changeRow(LIFE.state, state)]
    : (plan?.changes ?? []).map((change) => changeRow(fieldLabel('ja', change.field), change))
  return html`<p class="lead">${noteOf(seen, event)}</p>
${saidView(seen, event, fields)}
${
  changes.length > 0
    ? html`<dl class="changes" aria-label="変更点">${changes}</dl>`
    : event !== 'rekey' && html`<p class="notice">${LIFE.unchanged}</p>`
}
${plan && 'voided' in plan && sheetsAfterView(plan)}
${premium && html`<p><strong>${premiumText(premium.quote)}</strong> ${premium.quote.yen > 0 && premium.quote.mark && html`<span class="tag">${premium.quote.mark}</span>`}</p>`}`
}

function changeRow(name: string, change: Change): Html {
  return html`<div><dt>${name}</dt><dd>${changeValue('ja', change)}</dd></div>`
}

/** An ending keeps the terms, and so does taking it back; what changes is whether they hold. */
function stateChange({ issued }: Overview, event: LifeEvent): Change | undefined {
  const ended = ENDED[issued.state]
  const [from, to] =
    event === 'cancel_amendment' ? [ended, LIFE.goesOn] : [LIFE.goesOn, STATES_AFTER[event]]
  return from && to ? { field: '', from, to } : undefined
}

/** What was chosen and written for it, which the premium and the record go by. */
function saidView({ issued }: Overview, event: LifeEvent, fields: LifeFields): Content {
  const { label, choices } = stagesOf(issued.kind)
  const chosen = (of: readonly { value: string; text: string }[], value: string | undefined) =>
    of.find((one) => one.value === value)?.text ?? ''
  const rows: Row[] = [
    ...(event === 'cancel'
      ? ([
          [LIFE.reasonCode, chosen(REASON_CODES, fields.reasonCode)],
          [label, chosen(choices, fields.stage)],
        ] as const)
      : []),
    ...(fields.reason ? [[LIFE.reason, fields.reason] as const] : []),
  ]
  return rows.length > 0 && rowList(rows)
}

function premiumText({ type, yen }: NonNullable<Preview['premium']>['quote']): string {
  return type === 'none' || yen === 0 ? LIFE.noPremium : LIFE[type](showInteger(yen))
}

function keptFields(fields: LifeFields): Content {
  return Object.entries(fields).map(([name, value]) => hiddenField(name, value ?? ''))
}

/** What waits for its second person; who asked may take it back but not agree to it. */
export function proposalView(base: string, seen: Overview, shown: Preview, mine: boolean): Content {
  const { proposal } = seen
  if (!proposal) return undefined
  return html`<section aria-labelledby="proposal"><h2 id="proposal">承認待ち：${EVENT_NAMES[shown.event as LifeEvent]}</h2>
<p>${LIFE.proposed(proposal.madeByName, listTime(proposal.madeAt))}</p>
${previewBody(seen, shown)}
${
  mine
    ? html`<p class="aside-note">${LIFE.ownProposal}</p>`
    : html`<form method="post" action="${base}/approve">${hiddenField('proposal', String(proposal.id))}${hiddenField('upon', String(proposal.seq))}${button(LIFE.approve)}</form>`
}
<form method="post" action="${base}/withdraw">${hiddenField('proposal', String(proposal.id))}${button(LIFE.withdraw, 'quiet')}</form>
</section>`
}
