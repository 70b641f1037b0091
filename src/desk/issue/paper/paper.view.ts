import { listTime } from '../../../base/time.ts'
import { button, deedMark } from '../../../web/form.ts'
import { type Content, type Html, html } from '../../../web/html.ts'
import { dataTable } from '../../../web/table.ts'
import type { NameOf } from '../../company/names.ts'
import type { OnPaper, PaperStep, SheetSet } from './paper-rows.ts'
import { paperWords, STANDINGS, stepName } from './paper-words.ts'

/** Sheets with their numbers: which hold, which are void, who made and printed them. */
export function sheetsView(base: string, { sets }: OnPaper, nameOf: NameOf): Html {
  const rows = sets
    .toReversed()
    .map((set) => [
      numbers(set),
      keep(stepName(set.step)),
      doneBy(set.step.madeAt, nameOf(set.step.madeBy)),
      printed(set, nameOf),
      standing(set),
      set.standing !== 'void' && printLink(base, set),
    ])
  return html`<p class="aside-note">${paperWords.printNote}</p>
${dataTable(paperWords.title, paperWords.columns, rows)}`
}

/** The same for who only holds them: no names, and nothing to print. */
export function heldSheetsView({ sets }: Pick<OnPaper, 'sets'>): Html {
  const rows = sets
    .toReversed()
    .map((set) => [
      numbers(set),
      keep(stepName(set.step)),
      keep(listTime(set.step.madeAt)),
      standing(set),
    ])
  return dataTable(paperWords.title, paperWords.heldColumns, rows)
}

/** Both sheets of a set, 正 above 副. */
function numbers({ sheets, standing }: Pick<SheetSet, 'sheets' | 'standing'>): Html {
  return html`${sheets.map(
    ({ copy, sheet }) =>
      html`<span class="sheet-number${standing === 'void' ? ' void' : ''}">${copy} <span class="code">${standing === 'void' ? html`<s>${sheet}</s>` : sheet}</span></span>`,
  )}`
}

/** 有効, 無効（再発行 2026/11/28 14:05）, … */
function standing({ standing: is, voided }: Pick<SheetSet, 'standing' | 'voided'>): Html {
  const text = STANDINGS[is]
  if (is === 'valid') return html`<strong>${text}</strong>`
  if (!voided) return html`${text}`
  return html`<span class="void">${keep(`${text}（${voided.why}）`)}<span class="own-line">${keep(listTime(voided.at))}</span></span>`
}

function keep(text: string): Html {
  return html`<span class="nowrap">${text}</span>`
}

function doneBy(at: string, who: string): Html {
  return html`<span class="own-line nowrap">${listTime(at)}</span><span class="own-line">${who}</span>`
}

function printed({ prints: { count, last } }: SheetSet, nameOf: NameOf): Html {
  if (!last) return keep(paperWords.never)
  return html`${doneBy(last.at, nameOf(last.byUser))}${count > 1 && html`<span class="own-line">${paperWords.prints(count)}</span>`}`
}

function printLink(base: string, { step, sheets: [first] }: SheetSet): Html {
  const label = paperWords.printOf(first?.sheet ?? '')
  return html`<a class="button button-small" href="${base}/sheets/${step.seq}/certificate.pdf" aria-label="${label}">${paperWords.print}</a>`
}

/** What was done on paper, newest first. */
export function stepsView(steps: readonly PaperStep[], nameOf: NameOf): Html {
  const rows = steps
    .toReversed()
    .map((step) => [
      listTime(step.madeAt),
      stepName(step),
      step.reason ?? paperWords.noReason,
      html`${nameOf(step.madeBy)}${step.approvedBy && html`<br>${paperWords.approved(nameOf(step.approvedBy))}`}`,
    ])
  return html`<section aria-labelledby="steps"><h2 id="steps">${paperWords.steps}</h2>
${dataTable(paperWords.steps, paperWords.stepColumns, rows)}</section>`
}

/** The button that makes the first sheets of a switch that has arrived. */
export function makeSheetsView(base: string, arrivedAt: string): Html {
  return html`<p>${paperWords.switched(listTime(arrivedAt))}</p>
<form method="post" action="${base}/sheets">${deedMark()}${button(paperWords.make)}</form>`
}

/** What becomes void with a deed, and that new sheets are made. */
export function sheetsAfterView({
  voided,
  prints,
}: {
  voided: readonly string[]
  prints?: unknown
}): Content {
  if (voided.length === 0 && !prints) return false
  return html`<dl class="rows">
${voided.length > 0 && html`<div><dt>${paperWords.voids}</dt><dd class="code">${voided.join('、')}</dd></div>`}
${prints !== undefined && html`<div><dt>${paperWords.newSheets}</dt><dd>${paperWords.newSheetsText}</dd></div>`}
</dl>`
}

/** In the place of void sheets. */
export function voidView(base: string, back: string): Html {
  return html`<h1>${paperWords.voidTitle}</h1>
<p>${paperWords.voidText}</p>
<p><a href="${base}">${back}へ戻る</a></p>`
}
