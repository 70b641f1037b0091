import type { Certificate } from '../../guarantee/certificate.ts'
import { history } from '../../guarantee/history.ts'
import { rowName } from '../../view/history.view.ts'
import {
  button,
  deedMark,
  errorSummary,
  type FieldError,
  hiddenField,
  selectField,
  type TextField,
  textField,
} from '../../web/form.ts'
import { type Content, type Html, html } from '../../web/html.ts'
import { showListTime } from '../../web/show.ts'
import { dataTable } from '../../web/table.ts'
import type { NameOf } from '../company/names.ts'
import { fateText } from './fate.ts'
import { faultText } from './fault-text.ts'
import {
  ADVANCE_TERMS,
  AMOUNT_TERMS,
  LIFE_TERMS,
  type LifeEvent,
  type LifeTerm,
} from './life-events.ts'
import { isNeeded } from './life-form.ts'
import type { Preview } from './life-preview.ts'
import {
  ENDS,
  EVENT_NAMES,
  EVENT_NOTES,
  LIFE,
  PAPER_NOTES,
  proposalName,
  REASON_CODES,
  stagesOf,
  TERMS,
} from './life-words.ts'
import { deedsOf, eventsOf, type Overview, type Submission } from './overview.ts'
import { makeSheetsView, sheetsView, stepsView } from './paper/paper.view.ts'
import { paperWords } from './paper/paper-words.ts'
import { historyOf, type Issued, isSwitching } from './version-rows.ts'

/** 保証契約の手続: what was sent and how it fared, what waits for a second person, what can be done. */
export function lifeView(
  base: string,
  seen: Overview,
  more: Content,
  nameOf: NameOf,
  trail?: Content,
): Html {
  const { issued, versions, submissions, isOnPaper, paper } = seen
  const open = versions.some(({ arrivedAt }) => arrivedAt === null)
  const rows = history(historyOf(versions), 'auditor').map((row) => {
    const sent = submissions.find(({ seq }) => seq === row.seq)
    const arrived = versions.find(({ seq }) => seq === row.seq)?.arrivedAt
    return [
      `第${row.seq}版`,
      rowName('ja', row),
      fateText({ arrivedAt: arrived, ...sent }),
      madeView(
        versions.find(({ seq }) => seq === row.seq),
        nameOf,
      ),
    ]
  })
  const sentRows = [...rows, ...keyRows(submissions, nameOf)]
  return html`<h1>${LIFE.title}</h1>
${facts(issued)}
${more}
${unsure(submissions)}
${paperSection(base, seen, nameOf)}
${
  sentRows.length > 0 &&
  html`<section aria-labelledby="sent"><h2 id="sent">記録の送信</h2>
${dataTable('記録の送信', ['版', '対象', '状況', '行った人'], sentRows)}
</section>`
}
${keyWaiting(submissions)}
${open && html`<p class="notice">${eventsOf(seen).length > 0 ? LIFE.onlyKey : LIFE.onTheWay}</p>`}
${choices(base, seen)}
${isOnPaper && paper.steps.length > 0 && stepsView(paper.steps, nameOf)}
${withdrawnView(seen, nameOf)}
${trail}`
}

type Made = Pick<Submission, 'madeBy' | 'madeAt'> & { approvedBy?: string | null }

function madeView(made: Made | undefined, nameOf: NameOf): Content {
  if (!made?.madeBy) return undefined
  const { madeBy, madeAt, approvedBy } = made
  return html`${nameOf(madeBy)}${approvedBy && html`<br>${paperWords.approved(nameOf(approvedBy))}`}<br>${showListTime(madeAt)}`
}

/** A new key is no version of the record, but who made it and when is to be seen. */
function keyRows(submissions: readonly Submission[], nameOf: NameOf): Content[][] {
  return submissions
    .filter(({ seq }) => seq === 0)
    .map((one) => [
      LIFE.noVersion,
      EVENT_NAMES.rekey,
      one.state === 'arrived' ? LIFE.keyArrived : fateText({ ...one, arrivedAt: null }),
      madeView(one, nameOf),
    ])
}

/** Who withdrew or sent back what, when and why; what was agreed to stands with its version. */
function withdrawnView({ ended }: Overview, nameOf: NameOf): Content {
  const rows = ended
    .flatMap((one) => (one.deed === 'agreed' ? [] : [{ ...one, deed: one.deed }]))
    .map(({ event, madeByName, madeAt, deed, byUser, at, reason }) => [
      proposalName(event),
      html`${madeByName}<br>${showListTime(madeAt)}`,
      html`${ENDS[deed]}${reason && html`<br>${LIFE.reason}：${reason}`}`,
      html`${nameOf(byUser)}<br>${showListTime(at)}`,
    ])
  if (rows.length === 0) return undefined
  return html`<section aria-labelledby="withdrawn"><h2 id="withdrawn">${LIFE.notAgreed}</h2>
${dataTable(LIFE.notAgreed, ['手続', '依頼', '結果', '行った人'], rows)}</section>`
}

/** The sheets; before a switch has arrived, why there are none. */
function paperSection(base: string, seen: Overview, nameOf: NameOf): Content {
  const { isOnPaper, paper, issued, versions } = seen
  const body = isOnPaper
    ? html`<p>${paperWords.outside}</p>
${paper.steps.length === 0 && makeSheetsView(base, issued.arrivedAt ?? issued.issuedAt)}
${paper.sets.length > 0 && sheetsView(base, paper, nameOf)}`
    : isSwitching(versions) && html`<p class="notice">${paperWords.switching}</p>`
  return (
    body &&
    html`<section aria-labelledby="paper"><h2 id="paper">${paperWords.title}</h2>${body}</section>`
  )
}

export function facts({ contractNumber, ownerName, contractorName, worksName }: Issued): Html {
  return html`<dl class="rows">
<div><dt>保証契約番号</dt><dd class="code">${contractNumber}</dd></div>
<div><dt>発注者名</dt><dd>${ownerName}</dd></div>
<div><dt>請負契約者</dt><dd>${contractorName}</dd></div>
<div><dt>工事名</dt><dd>${worksName}</dd></div>
</dl>`
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
  return (
    waiting &&
    html`<p class="notice">${EVENT_NAMES.rekey}：${fateText({ ...waiting, arrivedAt: null })}</p>`
  )
}

function choices(base: string, seen: Overview): Html {
  const rows = eventsOf(seen).map((event) => [
    html`<a class="nowrap" href="${base}/${event}">${EVENT_NAMES[event]}</a>`,
    noteOf(seen, event),
  ])
  return html`<section aria-labelledby="choices"><h2 id="choices">手続を選ぶ</h2>
${seen.proposal && html`<p class="aside-note">${LIFE.oneAtATime}</p>`}
${rows.length > 0 ? dataTable('手続', ['手続', '内容'], rows) : html`<p>${LIFE.nothing}</p>`}
${seen.isOnPaper && seen.paper.steps.length > 0 && html`<p class="aside-note">${paperWords.toElectronic}</p>`}</section>`
}

/** When to choose an event; on paper some come to something else. */
export function noteOf({ isOnPaper, paper }: Overview, event: LifeEvent): string {
  if (!isOnPaper) return EVENT_NOTES[event]
  if (paper.steps.length === 0) return LIFE.takesSwitchBack
  return PAPER_NOTES[event] ?? EVENT_NOTES[event]
}

/** The form of one event, as typed. */
export function lifeFormView(
  base: string,
  seen: Overview,
  { event, fields, errors }: Preview,
): Html {
  const { issued } = seen
  const needed = seen.isOnPaper ? event !== 'release' : !['amend', 'release'].includes(event)
  const certificate = JSON.parse(issued.certificate) as Certificate
  const terms = event === 'amend' || event === 'correct' ? termsOf(issued.kind, certificate) : []
  const stages = stagesOf(issued.kind)
  const chosen = { lang: 'ja', prompt: LIFE.choose, errors } as const
  return html`${errorSummary('ja', inOrder(errors))}
<h1>${EVENT_NAMES[event]}</h1>
<p class="lead">${noteOf(seen, event)}</p>
${facts(issued)}
<form class="form" method="post" action="${base}/${event}" novalidate>${event === 'rekey' && deedMark()}${hiddenField('deeds', String(deedsOf(seen)))}
${terms.map((name) => termField(name, certificate, fields[name], errors))}
${event === 'cancel' && selectField({ name: 'reasonCode', label: LIFE.reasonCode, choices: REASON_CODES, value: fields.reasonCode }, chosen)}
${event === 'cancel' && selectField({ name: 'stage', ...stages, value: fields.stage }, chosen)}
${event !== 'rekey' && textField('ja', { name: 'reason', label: LIFE.reason, need: needed ? 'required' : 'optional', value: fields.reason ?? '' }, errors)}
<p class="buttons">${button(LIFE.next)}<a href="${base}">${LIFE.title}へ戻る</a></p>
</form>`
}

/** A 契約保証 has neither 今年度対象額 nor 預託金融機関, unless its certificate says so. */
function termsOf(kind: string, certificate: Certificate): readonly LifeTerm[] {
  if (kind !== 'contract') return LIFE_TERMS
  return LIFE_TERMS.filter(
    (term) => !ADVANCE_TERMS.includes(term) || Object.hasOwn(certificate, term),
  )
}

function termField(
  name: LifeTerm,
  certificate: Certificate,
  value: string | undefined,
  errors: readonly FieldError[],
): Html {
  const need = isNeeded(name, certificate) ? 'required' : 'optional'
  const field = { name, label: TERMS[name], value: value ?? '', need, ...mannerOf(name) } as const
  const unit = AMOUNT_TERMS.includes(name) && html`<span class="unit" aria-hidden="true">円</span>`
  return textField('ja', field, errors, unit)
}

/** As wide as what is typed; names are nobody's to correct. */
function mannerOf(term: LifeTerm): Partial<TextField> {
  if (term === 'coverage.end' || term === 'worksPeriod.end') {
    return { width: 'number', support: LIFE.day }
  }
  return AMOUNT_TERMS.includes(term)
    ? { width: 'amount', inputMode: 'numeric' }
    : { manner: 'verbatim' }
}

/** As the fields stand on the page. */
function inOrder(errors: readonly FieldError[]): FieldError[] {
  const fields: readonly string[] = [...LIFE_TERMS, 'reasonCode', 'stage', 'reason']
  return errors.toSorted((one, other) => fields.indexOf(one.field) - fields.indexOf(other.field))
}
