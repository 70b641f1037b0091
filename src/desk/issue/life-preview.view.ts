import { listTime } from '../../base/time.ts'
import type { Change } from '../../guarantee/history.ts'
import type { Finding } from '../../guarantee/sufficiency.ts'
import { fieldLabel, type Row, rowList } from '../../view/certificate.view.ts'
import { changeValue } from '../../view/history.view.ts'
import { findingText } from '../../view/verdict.view.ts'
import { button, deedMark, type FieldError, hiddenField, textField } from '../../web/form.ts'
import { type Content, type Html, html } from '../../web/html.ts'
import { showInteger } from '../../web/show.ts'
import { facts, noteOf } from './life.view.ts'
import { LIFE_EVENTS, type LifeEvent } from './life-events.ts'
import type { LifeFields } from './life-form.ts'
import type { Preview } from './life-preview.ts'
import { ENDED, EVENT_NAMES, LIFE, REASON_CODES, STATES_AFTER, stagesOf } from './life-words.ts'
import { eventsOf, type Overview } from './overview.ts'
import { type NameOf, sheetsAfterView } from './paper/paper.view.ts'
import { digestOf } from './seen.ts'

/**
 * What a preview was made upon, and what it showed: the seq that it would take, with the content that
 * would be signed and its premium, which a day or a table of rates may change; or the key that it
 * would replace.
 */
export function uponOf({ issued }: Overview, { event, plan, premium }: Preview): string {
  if (event === 'rekey') return issued.keySince ?? ''
  const { type, yen } = premium?.quote ?? {}
  return `${plan?.content.seq ?? 0}.${digestOf({ content: plan?.content, type, yen })}`
}

/** Whether what was shown would take the same place, so that nobody has gone on meanwhile. */
export function isSamePlace(upon: string, now: string): boolean {
  return upon.split('.')[0] === now.split('.')[0]
}

/** Old → new, what it costs, and the button that does it. */
export function lifePreviewView(
  base: string,
  seen: Overview,
  shown: Preview,
  { manner, changed }: { manner: 'confirm' | 'ask'; changed?: boolean },
): Html {
  const { event, fields } = shown
  return html`<h1>${EVENT_NAMES[event]}：${LIFE.preview}</h1>
${changed && html`<p class="notice notice-bad" role="alert">${LIFE.changed}</p>`}
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

function previewBody(seen: Overview, { event, fields, plan, premium, warnings }: Preview): Html {
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
${warnings && html`<div class="notice"><p><strong>${LIFE.heeded}</strong></p><ul>${warnings.map(warningItem)}</ul></div>`}
${plan && 'voided' in plan && sheetsAfterView(plan)}
${premium && html`<p><strong>${premiumText(premium.quote)}</strong> ${premium.quote.yen > 0 && premium.quote.mark && html`<span class="tag">${premium.quote.mark}</span>`}</p>`}
${premium?.quote.type === 'charge' && premium.quote.yen > 0 && html`<p class="aside-note">${LIFE.chargeDue}</p>`}`
}

function warningItem(finding: Finding): Html {
  const { title, text } = findingText('ja', finding)
  return html`<li>${title}<br>${text}</li>`
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

/** What was typed on the page before, if anything was. */
function keptFields(fields: LifeFields): Content {
  const kept = Object.entries(fields).map(([name, value]) => hiddenField(name, value ?? ''))
  return Object.values(fields).some((value) => value) ? kept : [deedMark(), ...kept]
}

/** A reason for sending back that was refused, with what is wrong with it. */
export interface TypedWhy {
  value: string
  error: string
}

/** What waits for its second person; who asked may take it back but not agree to it. */
export function proposalView(
  base: string,
  seen: Overview,
  shown: Preview,
  mine: boolean,
  why: TypedWhy | undefined,
): Content {
  const { proposal } = seen
  if (!proposal) return undefined
  return html`<section aria-labelledby="proposal"><h2 id="proposal">承認待ち：${EVENT_NAMES[shown.event as LifeEvent]}</h2>
<p>${LIFE.proposed(proposal.madeByName, listTime(proposal.madeAt))}</p>
${previewBody(seen, shown)}
${
  mine
    ? html`<p class="aside-note">${LIFE.ownProposal}</p>
<form method="post" action="${base}/withdraw">${deedMark()}${hiddenField('proposal', String(proposal.id))}${button(LIFE.withdraw, 'quiet')}</form>`
    : html`<form method="post" action="${base}/approve">${deedMark()}${hiddenField('proposal', String(proposal.id))}${hiddenField('upon', uponOf(seen, shown))}${button(LIFE.approve)}</form>
${sendBackForm(base, proposal.id, why)}`
}
</section>`
}

function sendBackForm(base: string, proposal: number, why: TypedWhy | undefined): Html {
  const field = { name: 'why', label: LIFE.sendBackReason, support: LIFE.sendBackNote }
  return html`<details class="box"${why && html` open`}><summary>${LIFE.sendBack}</summary>
<form method="post" action="${base}/send-back" novalidate>${hiddenField('proposal', String(proposal))}
${textField('ja', { ...field, need: 'required', value: why?.value }, whyErrors(why))}
${button(LIFE.sendBack, 'plain')}</form></details>`
}

export function whyErrors(why: TypedWhy | undefined): FieldError[] {
  return why ? [{ field: 'why', text: why.error }] : []
}

/**
 * The newest request, where it was sent back, and nothing has been asked for or done since, and it
 * can still be asked for: why, and the way on.
 */
export function sentBackView(base: string, seen: Overview, nameOf: NameOf): Content {
  const { proposal, ended, versions, paper } = seen
  const last = ended.at(-1)
  const event = LIFE_EVENTS.find((one) => one === last?.event)
  if (proposal || last?.deed !== 'declined' || !event) return undefined
  const goneOn = [...versions, ...paper.steps].some(({ madeAt }) => madeAt > last.at)
  if (goneOn || !eventsOf(seen).includes(event)) return undefined
  return html`<section class="notice" aria-labelledby="sent-back"><h2 id="sent-back">${LIFE.sentBack(EVENT_NAMES[event])}</h2>
<p>${LIFE.sentBackBy(nameOf(last.byUser), listTime(last.at))}</p>
<p>${LIFE.reason}：${last.reason}</p>
<form method="post" action="${base}/${event}">${keptFields(JSON.parse(last.fields))}${hiddenField('again', '1')}${button(LIFE.again, 'plain')}</form></section>`
}
