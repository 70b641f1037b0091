import { listTime } from '../../base/time.ts'
import { history } from '../../guarantee/history.ts'
import { fieldLabel } from '../../view/certificate.view.ts'
import { changeValue, rowName } from '../../view/history.view.ts'
import { button, errorSummary, hiddenField, selectField, textField } from '../../web/form.ts'
import { type Content, type Html, html } from '../../web/html.ts'
import { showInteger } from '../../web/show.ts'
import { dataTable } from '../../web/table.ts'
import { faultText } from './fault-text.ts'
import type { Preview } from './life-desk.ts'
import { LIFE_EVENTS, LIFE_TERMS, type LifeEvent } from './life-events.ts'
import type { LifeFields } from './life-form.ts'
import { EVENT_NAMES, EVENT_NOTES, LIFE, REASON_CODES, STAGES, TERMS } from './life-words.ts'
import type { Overview, Submission } from './overview.ts'
import { historyOf, type Issued } from './version-rows.ts'

/** 保証契約の手続: what was sent and how it fared, what waits for a second person, what can be done. */
export function lifeView(base: string, seen: Overview, more: Content, trail?: Content): Html {
  const { issued, versions, submissions } = seen
  const open = versions.some(({ arrivedAt }) => arrivedAt === null)
  const rows = history(historyOf(versions), 'auditor').map((row) => {
    const sent = submissions.find(({ seq }) => seq === row.seq)
    const arrived = versions.find(({ seq }) => seq === row.seq)?.arrivedAt
    return [
      `第${row.seq}版`,
      rowName('ja', row),
      arrived ? LIFE.arrived(listTime(arrived)) : fate(sent),
    ]
  })
  return html`<h1>${LIFE.title}</h1>
${facts(issued)}
${more}
${unsure(submissions)}
<section aria-labelledby="sent"><h2 id="sent">記録の送信</h2>
${rows.length > 0 ? dataTable('記録の送信', ['版', '対象', '状況'], rows) : html`<p>${LIFE.paper}</p>`}
</section>
${keyWaiting(submissions)}
${open && html`<p class="notice">${LIFE.onTheWay}</p>`}
${!open && rows.length > 0 && choices(base)}
${trail}`
}

function facts({ contractNumber, ownerName, contractorName, worksName }: Issued): Html {
  return html`<dl class="rows">
<div><dt>保証契約番号</dt><dd class="code">${contractNumber}</dd></div>
<div><dt>発注者名</dt><dd>${ownerName}</dd></div>
<div><dt>請負契約者</dt><dd>${contractorName}</dd></div>
<div><dt>工事名</dt><dd>${worksName}</dd></div>
</dl>`
}

/** 「未到着（再送待ち n回目）」. */
function fate(sent: Submission | undefined): string {
  if (!sent || sent.tries === 0) return LIFE.sending
  return sent.state === 'refused' ? LIFE.refused : LIFE.waiting(sent.tries)
}

/** What keeps one from arriving that is sent again by itself. */
function unsure(submissions: readonly Submission[]): Content {
  const shown = submissions.filter(({ state, fault }) => state === 'waiting' && fault !== null)
  return shown.map(
    ({ fault }) => html`<div class="notice"><p><strong>未到着</strong></p>
<p>${faultText(fault ?? '')}</p></div>`,
  )
}

function keyWaiting(submissions: readonly Submission[]): Content {
  const waiting = submissions.find(({ seq, state }) => seq === 0 && state === 'waiting')
  return waiting && html`<p class="notice">${EVENT_NAMES.rekey}：${fate(waiting)}</p>`
}

function choices(base: string): Html {
  const rows = LIFE_EVENTS.map((event) => [
    html`<a href="${base}/${event}">${EVENT_NAMES[event]}</a>`,
    EVENT_NOTES[event],
  ])
  return html`<section aria-labelledby="choices"><h2 id="choices">手続を選ぶ</h2>
${dataTable('手続', ['手続', '内容'], rows)}</section>`
}

/** The form of one event, as typed. */
export function lifeFormView(
  base: string,
  issued: Issued,
  { event, fields, errors }: Preview,
): Html {
  const terms = event === 'amend' || event === 'correct' ? LIFE_TERMS : []
  return html`${errorSummary('ja', errors)}
<h1>${EVENT_NAMES[event]}</h1>
<p class="lead">${EVENT_NOTES[event]}</p>
${facts(issued)}
<form class="form" method="post" action="${base}/${event}" novalidate>
${terms.map((name) => textField('ja', { name, label: TERMS[name], value: fields[name] ?? '' }, errors))}
${event === 'cancel' && selectField({ name: 'reasonCode', label: '解約の事由', choices: REASON_CODES, value: fields.reasonCode })}
${event === 'cancel' && selectField({ name: 'stage', label: '前払金の状況', choices: STAGES, value: fields.stage })}
${event !== 'rekey' && textField('ja', { name: 'reason', label: '理由', need: event === 'amend' || event === 'release' ? 'optional' : 'required', value: fields.reason ?? '' }, errors)}
${button(LIFE.next)}
</form>
<p><a href="${base}">${LIFE.title}へ戻る</a></p>`
}

/** Old → new, what it costs, and the button that does it. */
export function lifePreviewView(
  base: string,
  issued: Issued,
  shown: Preview,
  manner: 'confirm' | 'ask',
): Html {
  const { event, fields, plan } = shown
  return html`<h1>${EVENT_NAMES[event]}：${LIFE.preview}</h1>
${facts(issued)}
${previewBody(shown)}
<form method="post" action="${base}/${event}/confirm">
${keptFields(fields)}
${hiddenField('upon', String(plan?.content.seq ?? 0))}
${button(LIFE[manner])}
</form>
<form method="post" action="${base}/${event}">
${keptFields(fields)}${hiddenField('again', '1')}
${button(LIFE.back, 'quiet')}
</form>`
}

function previewBody({ event, fields, plan, premium }: Preview): Html {
  const changes = plan?.changes ?? []
  return html`<p class="lead">${EVENT_NOTES[event]}</p>
${fields.reason && html`<p>理由：${fields.reason}</p>`}
${
  changes.length > 0
    ? html`<dl class="changes" aria-label="変更点">${changes.map((change) => html`<div><dt>${fieldLabel('ja', change.field)}</dt><dd>${changeValue('ja', change)}</dd></div>`)}</dl>`
    : event !== 'rekey' && html`<p class="notice">${LIFE.unchanged}</p>`
}
${premium && html`<p><strong>${premiumText(premium.quote)}</strong></p>`}`
}

function premiumText({ type, yen }: NonNullable<Preview['premium']>['quote']): string {
  return type === 'none' || yen === 0 ? LIFE.noPremium : LIFE[type](showInteger(yen))
}

function keptFields(fields: LifeFields): Content {
  return Object.entries(fields).map(([name, value]) => hiddenField(name, value ?? ''))
}

/** What waits for its second person; who asked may take it back but not agree to it. */
export function proposalView(
  base: string,
  { proposal }: Overview,
  shown: Preview,
  mine: boolean,
): Content {
  if (!proposal) return undefined
  return html`<section aria-labelledby="proposal"><h2 id="proposal">承認待ち：${EVENT_NAMES[shown.event as LifeEvent]}</h2>
<p>${LIFE.proposed(proposal.madeByName, listTime(proposal.madeAt))}</p>
${previewBody(shown)}
${
  mine
    ? html`<p class="aside-note">${LIFE.ownProposal}</p>`
    : html`<form method="post" action="${base}/approve">${hiddenField('upon', String(proposal.seq))}${button(LIFE.approve)}</form>`
}
<form method="post" action="${base}/withdraw">${button(LIFE.withdraw, 'quiet')}</form>
</section>`
}
