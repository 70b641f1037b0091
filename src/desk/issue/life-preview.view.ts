import { listTime } from '../../base/time.ts'
import type { Change } from '../../guarantee/history.ts'
import type { Finding } from '../../guarantee/sufficiency.ts'
import { fieldLabel, type Row, rowList } from '../../view/certificate.view.ts'
import { changeValue } from '../../view/history.view.ts'
import { findingText } from '../../view/verdict.view.ts'
import { button, deedMark, hiddenField } from '../../web/form.ts'
import { type Content, type Html, html } from '../../web/html.ts'
import { showInteger } from '../../web/show.ts'
import type { NameOf } from '../company/names.ts'
import { openFacts } from '../print/open-words.ts'
import { facts, noteOf } from './life.view.ts'
import type { LifeEvent } from './life-events.ts'
import type { LifeFields } from './life-form.ts'
import type { Preview } from './life-preview.ts'
import {
  EVENT_NAMES,
  LIFE,
  proposalName,
  REASON_CODES,
  STATES_AFTER,
  stagesOf,
  stateWords,
} from './life-words.ts'
import { eventsOf, type Overview } from './overview.ts'
import { sheetsAfterView } from './paper/paper.view.ts'
import { digestOf } from './seen.ts'
import { sendBackForm, type TypedWhy } from './send-back.view.ts'

/**
 * What a preview was made upon, and what it showed: the seq that it would take, with the content that
 * would be signed and its premium, which a day or a table of rates may change; or the key that it
 * would replace.
 */
export function uponOf({ issued }: Overview, { event, plan, premium }: Preview): string {
  if (event === 'rekey') return issued.keySince ?? ''
  const { type, yen } = premium?.quote ?? {}
  const open = premium?.open
  return `${plan?.content.seq ?? 0}.${digestOf({ content: plan?.content, type, yen, open })}`
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
  { manner, why }: { manner: 'confirm' | 'ask'; why?: string | undefined },
): Html {
  const { event } = shown
  return html`<h1>${EVENT_NAMES[event]}：${LIFE.preview}</h1>
${why && html`<p class="notice notice-bad" role="alert">${why}</p>`}
${facts(seen.issued)}
${previewBody(seen, shown)}
<form method="post" action="${base}/${event}/confirm">${deedMark()}${hiddenField('upon', uponOf(seen, shown))}<p class="buttons">${button(LIFE[manner])}<a class="button button-plain" href="${base}/${event}?typed">${LIFE.back}</a></p></form>`
}

function previewBody(seen: Overview, { event, fields, plan, premium, warnings }: Preview): Html {
  const state = stateChange(seen, event)
  const changes = state
    ? [changeRow(LIFE.state, state)]
    : (plan?.changes ?? []).map((change) => changeRow(fieldLabel('ja', change.field), change))
  return html`<p class="lead">${noteOf(seen, event)}</p>
${event === 'cancel_amendment' && plan && takesCorrection(seen, plan)}
${saidView(seen, event, fields)}
${
  changes.length > 0
    ? html`<dl class="changes" aria-label="変更点">${changes}</dl>`
    : event !== 'rekey' && html`<p class="notice">${LIFE.unchanged}</p>`
}
${warnings && html`<div class="notice"><p><strong>${LIFE.heeded}</strong></p><ul>${warnings.map(warningItem)}</ul></div>`}
${plan && 'voided' in plan && sheetsAfterView(plan)}
${premium && html`<p><strong>${premiumText(premium.quote)}</strong> ${premium.quote.yen > 0 && premium.quote.mark && html`<span class="tag">${premium.quote.mark}</span>`}</p>`}
${premium?.notes?.map((note) => html`<p class="aside-note">${note}</p>`)}
${premium && dueView(premium)}`
}

/** What was corrected since goes back with what it corrected. */
function takesCorrection(seen: Overview, plan: NonNullable<Preview['plan']>): Content {
  const done: readonly { seq: number; event: string }[] =
    'known' in plan ? seen.versions : seen.paper.steps
  const target = done.find(({ seq }) => seq === plan.content.targetSeq)
  return target?.event === 'correct' && html`<p class="notice">${LIFE.takesCorrection}</p>`
}

/** What follows for the contractor. */
function dueView({ quote: { type, yen }, open }: NonNullable<Preview['premium']>): Content {
  const due = (type === 'charge' || type === 'refund') && yen > 0 ? type : undefined
  const beside = openFacts({ type: due ?? 'charge', yen: due ? yen : 0 }, open)
  const lines = beside.map(([name, value]) => html`${name}：${value}<br>`)
  return html`${lines.length > 0 && html`<p>${lines}</p>`}${due && html`<p class="aside-note">${LIFE.due[due]}</p>`}`
}

function warningItem(finding: Finding): Html {
  const { title, text } = findingText('ja', finding)
  return html`<li>${title}<br>${text}</li>`
}

function changeRow(name: string, change: Change): Html {
  return html`<div><dt>${name}</dt><dd>${changeValue('ja', change)}</dd></div>`
}

/** An ending keeps the terms, and so does taking it back; what changes is whether they hold. */
function stateChange(seen: Overview, event: LifeEvent): Change | undefined {
  const after = STATES_AFTER[event]
  if (after) return { field: '', from: LIFE.goesOn, to: stateWords[after] }
  const { state } = seen.issued
  // Once there are sheets, what is taken back is one of their steps, and not the switch.
  const isEnded = state !== 'in_force' && (state !== 'on_paper' || seen.paper.steps.length === 0)
  if (event !== 'cancel_amendment' || !isEnded) return undefined
  return { field: '', from: stateWords[state], to: LIFE.goesOn }
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
  if (type === 'unknown') return LIFE.unknownPremium
  return type === 'none' || yen === 0 ? LIFE.noPremium : LIFE[type](showInteger(yen))
}

/**
 * What waits for its second person; who asked may take it back but not agree to it.
 * @param shown none where it cannot be done any more: then it can only be ended
 */
export function proposalView(
  base: string,
  seen: Overview,
  shown: Preview | undefined,
  mine: boolean,
  why: TypedWhy | undefined,
): Content {
  const { proposal } = seen
  if (!proposal || proposal.event === 'drop') return undefined
  return html`<section aria-labelledby="proposal"><h2 id="proposal">承認待ち：${proposalName(proposal.event)}</h2>
<p>${LIFE.proposed(proposal.madeByName, listTime(proposal.madeAt))}</p>
${shown ? previewBody(seen, shown) : html`<p class="notice notice-bad">${LIFE.outdated}</p>`}
${
  mine
    ? html`${shown && html`<p class="aside-note">${LIFE.ownProposal}</p>`}
<form method="post" action="${base}/withdraw">${deedMark()}${hiddenField('proposal', String(proposal.id))}${button(LIFE.withdraw, 'quiet')}</form>`
    : html`${shown && html`<form method="post" action="${base}/approve">${deedMark()}${hiddenField('proposal', String(proposal.id))}${hiddenField('upon', uponOf(seen, shown))}${button(LIFE.approve)}</form>`}
${sendBackForm(base, proposal.id, why)}`
}
</section>`
}

/**
 * The newest request, where it was sent back, and nothing has been asked for or done since, and it
 * can still be asked for: why, and the way on.
 */
export function sentBackView(base: string, seen: Overview, nameOf: NameOf): Content {
  const { proposal, ended, versions, paper } = seen
  const last = ended.at(-1)
  if (proposal || last?.deed !== 'declined') return undefined
  const goneOn = [...versions, ...paper.steps].some(({ madeAt }) => madeAt > last.at)
  const again = !goneOn && askAgain(base, seen, last)
  if (!again) return undefined
  return html`<section class="notice" aria-labelledby="sent-back"><h2 id="sent-back">${LIFE.sentBack(proposalName(last.event))}</h2>
<p>${LIFE.sentBackBy(nameOf(last.byUser), listTime(last.at))}</p>
<p>${LIFE.reason}：${last.reason}</p>
${again}</section>`
}

/** What was typed, once more in its form; a record is dropped in the place where it stands as refused. */
function askAgain(base: string, seen: Overview, last: Overview['ended'][number]): Content {
  const fields = JSON.parse(last.fields)
  if (last.event === 'drop') {
    const isOpen = seen.submissions.some(
      ({ id, state }) => id === fields.submission && state === 'refused',
    )
    return isOpen && html`<p>${LIFE.dropAgain}</p>`
  }
  const event = eventsOf(seen).find((one) => one === last.event)
  return (
    event &&
    html`<form method="post" action="${base}/${event}">${fieldsAgain(fields)}${hiddenField('again', '1')}${button(LIFE.again, 'plain')}</form>`
  )
}

function fieldsAgain(fields: LifeFields): Content {
  return Object.entries(fields).map(([name, value]) => hiddenField(name, value ?? ''))
}
