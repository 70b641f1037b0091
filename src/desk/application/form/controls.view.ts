import { eraDay } from '../../../base/time.ts'
import { readYen } from '../../../web/amount.ts'
import { type Choice, type FieldError, fieldId } from '../../../web/form.ts'
import { type Content, type Html, html } from '../../../web/html.ts'
import { readBoxes, typedDay } from './boxes.ts'
import { yenEcho } from './echo.ts'
import type { Form } from './fields.ts'
import { label } from './labels.ts'

/** What stands in the fields and what is to be said beside them. */
export interface Sheet {
  form: Form
  errors: readonly FieldError[]
  cautions: readonly FieldError[]
}

/** How a field is shown. */
export interface Shown {
  need?: 'required' | 'optional'
  support?: Content
  /** What the mark ？ beside the label opens. */
  hint?: string
  width?: 'amount' | 'half' | 'full' | 'number'
  inputMode?: 'numeric' | 'email' | 'tel'
  autocomplete?: string
  /** Shown under the input. */
  echo?: string
  /** Id of a list of texts to choose from while typing. */
  list?: string
}

const NEEDS = { required: '必須', optional: '任意' }

function needMark(need: Shown['need']): Html | undefined {
  return need && html` <span class="need need-${need}">${NEEDS[need]}</span>`
}

/** The mark ？ of the leaflet: opens what a field means, with or without a script. */
function hintMark(field: string, hint: string | undefined): Html | undefined {
  if (hint === undefined) return undefined
  return html`<details class="hint"><summary><span aria-hidden="true">？</span><span class="unseen">${label(field)}の説明</span></summary><p>${hint}</p></details>`
}

interface Said {
  error: string | undefined
  /** Ids of what describes the input. */
  described: string
  /** Support, error and caution, above the input. */
  above: Html
}

function said({ errors, cautions }: Sheet, field: string, support: Content): Said {
  const id = fieldId(field)
  const error = errors.find((one) => one.field === field)?.text
  const caution = cautions.find((one) => one.field === field)?.text
  const parts = [
    [support && 'support', support],
    [error && 'error', error],
    [caution && 'caution', caution && `注意：${caution}`],
  ] as const
  const there = parts.filter(([name]) => name)
  return {
    error,
    described: there.map(([name]) => `${id}-${name}`).join(' '),
    above: html`${there.map(([name, text]) => html`<p class="${name}" id="${id}-${name}">${text}</p>`)}`,
  }
}

/** What every input says of itself to those who do not see it. */
function state({ error, described }: Said, need: Shown['need']): Html {
  return html`${need === 'required' && html` aria-required="true"`}${described && html` aria-describedby="${described}"`}${error && html` aria-invalid="true"`}`
}

/** One line of text. */
export function textInput(sheet: Sheet, field: string, shown: Shown = {}): Html {
  const { need, support, hint, width = 'half', inputMode, autocomplete = 'off', echo, list } = shown
  const id = fieldId(field)
  const words = said(sheet, field, support)
  return html`<div class="field${words.error && ' field-wrong'}">
  <div class="label-row"><label for="${id}">${label(field)}${needMark(need)}</label>${hintMark(field, hint)}</div>
  ${words.above}
  <input class="input input-${width}" id="${id}" name="${field}" type="text" value="${sheet.form[field]}" autocomplete="${autocomplete}"${list && html` list="${list}"`}${inputMode && html` inputmode="${inputMode}"`}${state(words, need)}>
  ${echo !== undefined && html`<p class="echo" data-echo="${field}">${echo}</p>`}
</div>`
}

/** A sum of money; what was understood stands under it. */
export function moneyInput(sheet: Sheet, field: string, shown: Shown = {}, after?: Content): Html {
  const { need, hint, support } = shown
  const id = fieldId(field)
  const words = said(sheet, field, support)
  const typed = sheet.form[field] ?? ''
  return html`<div class="field${words.error && ' field-wrong'}">
  <div class="label-row"><label for="${id}">${label(field)}${needMark(need)}</label>${hintMark(field, hint)}</div>
  ${words.above}
  <div class="money"><input class="input input-amount" id="${id}" name="${field}" type="text" inputmode="numeric" autocomplete="off" value="${typed}" data-yen${state(words, need)}><span class="money-unit" aria-hidden="true">円</span>${after}</div>
  <p class="echo" data-echo="${field}">${yenEcho(readYen(typed))}</p>
</div>`
}

/** A day in three boxes, western year; the same in the era stands under it. */
export function dayInput(sheet: Sheet, field: string, { need, support }: Shown = {}): Html {
  const id = fieldId(field)
  const words = said(sheet, field, support)
  const typed = typedDay(sheet.form, field)
  const day = readBoxes(typed)
  const box = (suffix: string, unit: string, value: string, first: boolean): Html =>
    html`<span class="day-box"><input class="input input-day${first && ' input-year'}" id="${id}${suffix}" name="${field}${suffix}" type="text" inputmode="numeric" autocomplete="off" value="${value}" aria-label="${label(field)}の${unit}"${state(words, need)}><span aria-hidden="true">${unit}</span></span>`
  return html`<fieldset class="field day${words.error && ' field-wrong'}" data-day="${field}">
  <legend>${label(field)}${needMark(need)}</legend>
  ${words.above}
  <div class="day-boxes">${box('', '年', typed[0], true)}${box('-m', '月', typed[1], false)}${box('-d', '日', typed[2], false)}</div>
  <p class="echo" data-echo="${field}">${day && eraDay(day)}</p>
</fieldset>`
}

/** One of several, none chosen beforehand. */
export function radios(
  sheet: Sheet,
  field: string,
  choices: readonly Choice[],
  { need, support, hint }: Shown = {},
): Html {
  const id = fieldId(field)
  const words = said(sheet, field, support)
  return html`<fieldset class="field radios${words.error && ' field-wrong'}">
  <legend>${label(field)}${needMark(need)}</legend>${hintMark(field, hint)}
  ${words.above}
  <div class="radio-row">${choices.map(
    ({ value, text }, at) =>
      html`<label><input type="radio" id="${at === 0 ? id : `${id}-${value}`}" name="${field}" value="${value}"${value === sheet.form[field] && html` checked`}${state(words, undefined)}> ${text}</label>`,
  )}</div>
</fieldset>`
}

/** One of a list; the first entry is none of them. */
export function selectInput(
  sheet: Sheet,
  field: string,
  choices: readonly Choice[],
  { need, support, hint }: Shown = {},
): Html {
  const id = fieldId(field)
  const words = said(sheet, field, support)
  const chosen = sheet.form[field] ?? ''
  return html`<div class="field${words.error && ' field-wrong'}">
  <div class="label-row"><label for="${id}">${label(field)}${needMark(need)}</label>${hintMark(field, hint)}</div>
  ${words.above}
  <select class="input input-auto" id="${id}" name="${field}"${state(words, need)}>
    ${[{ value: '', text: '選んでください' }, ...choices].map(
      ({ value, text }) =>
        html`<option value="${value}"${value === chosen && html` selected`}>${text}</option>`,
    )}
  </select>
</div>`
}

/** A box to tick. */
export function tick(sheet: Sheet, field: string, { support }: Shown = {}): Html {
  const id = fieldId(field)
  const words = said(sheet, field, support)
  return html`<div class="field tick${words.error && ' field-wrong'}">
  ${words.error && html`<p class="error" id="${id}-error">${words.error}</p>`}
  <label><input type="checkbox" id="${id}" name="${field}" value="on"${sheet.form[field] === 'on' && html` checked`}${state(words, undefined)}> ${label(field)}</label>
  ${support && html`<p class="support" id="${id}-support">${support}</p>`}
</div>`
}

/** Several lines of text. */
export function area(
  sheet: Sheet,
  field: string,
  shown: Shown & { rows: number; most?: number },
): Html {
  const { need, support, rows, most, echo } = shown
  const id = fieldId(field)
  const words = said(sheet, field, support)
  // A line feed right after the tag is dropped by browsers: one of ours keeps one of theirs.
  return html`<div class="field${words.error && ' field-wrong'}">
  <label for="${id}">${label(field)}${needMark(need)}</label>
  ${words.above}
  <textarea class="input" id="${id}" name="${field}" rows="${rows}" autocomplete="off"${most && html` data-count="${most}"`}${state(words, need)}>
${sheet.form[field]}</textarea>
  ${echo !== undefined && html`<p class="echo" data-echo="${field}">${echo}</p>`}
</div>`
}

/** What the company writes, as text: no input that cannot be filled. */
export function output(name: string, text: Content): Html {
  return html`<div class="field output"><p class="output-label">${name}</p><p>${text}</p></div>`
}
