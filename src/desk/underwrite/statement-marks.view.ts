import { type Day, listTime } from '../../base/time.ts'
import { fieldId, hiddenField } from '../../web/form.ts'
import { type Html, html } from '../../web/html.ts'
import { plainDay } from '../../web/show.ts'
import type { NameOf } from '../company/names.ts'
import type { Undone } from './settle-statement.ts'
import { isMarkable, isUndoable, type StatementSeen } from './statements.ts'
import { SETTLED_WORDS } from './words.ts'

/** What was typed for a statement and refused. */
export interface Mistyped {
  number: string
  typed: string
  error: string
}

/** What the forms of a list need to know beside their statement. */
export interface Marking {
  page: number
  today: Day
  nameOf: NameOf
  /** What was taken back, of all statements of the list. */
  undone: readonly Undone[]
  wrong?: Mistyped
}

/** Who noted it; what was noted by mistake; and the form that notes it, or takes the note back. */
export function marksView(row: StatementSeen, how: Marking): Html {
  const { nameOf, undone } = how
  const name = row.settledBy === null ? undefined : nameOf(row.settledBy)
  const before = undone.filter(({ number }) => number === row.number)
  return html`${name !== undefined && html`<br>${name}`}${row.type === 'refund' && row.beside.length > 0 && html`<br><span class="quiet">${SETTLED_WORDS.netted}</span>`}${before.map((one) => html`<br><span class="quiet">${undoneText(row, one, nameOf)}</span>`)}${
    isMarkable(row) && noteForm(row, how)
  }${isUndoable(row) && undoForm(row, how)}`
}

function undoneText(
  { type }: StatementSeen,
  { settledOn, settledAt, byUser, at, reason }: Undone,
  nameOf: NameOf,
): string {
  const when = settledOn ? plainDay('ja', settledOn) : listTime(settledAt)
  const what = `${SETTLED_WORDS[type].done}（${when}）`
  return `${what}の記録を、${nameOf(byUser)}さんが ${listTime(at)} に取り消しました。理由：${reason}`
}

function noteForm({ type, number, issuer }: StatementSeen, how: Marking): Html {
  const { mark, day } = SETTLED_WORDS[type]
  const field = { name: 'on', label: day, value: how.today }
  const label = `計算書番号 ${number} を${mark}`
  return form(how, { issuer, number, deed: 'settled', mark, label, field })
}

function undoForm({ number, issuer, settledAt }: StatementSeen, how: Marking): Html {
  const { undo: mark, why } = SETTLED_WORDS
  const field = { name: 'reason', label: why, value: '' }
  const more = hiddenField('settledAt', settledAt ?? '')
  const label = `計算書番号 ${number} の${mark}`
  return form(how, { issuer, number, deed: 'undone', mark, label, field, more })
}

function form(
  { page, wrong: refused }: Marking,
  what: {
    issuer: string
    number: string
    deed: 'settled' | 'undone'
    mark: string
    /** With the number, for the list has several. */
    label: string
    field: { name: string; label: string; value: string }
    more?: Html
  },
): Html {
  const { issuer, number, deed, mark, label, field, more } = what
  const wrong = refused?.number === number ? refused : undefined
  const id = fieldId(number)
  return html`<details class="settle"${wrong && html` open`}><summary aria-label="${label}">${mark}</summary>
<form method="post" action="/desk/statements/${issuer}/${number}/${deed}">${hiddenField('page', String(page))}${more}<div class="field${wrong ? ' field-wrong' : ''}"><label for="${id}">${field.label}</label>
${wrong && html`<p class="error" id="${id}-error">${wrong.error}</p>`}
<input class="input" id="${id}" name="${field.name}" value="${wrong?.typed ?? field.value}" autocomplete="off" aria-required="true"${wrong && html` aria-invalid="true" aria-describedby="${id}-error"`}></div><button class="button button-small" type="submit">${mark}</button></form></details>`
}
