import { type Content, type Html, html } from './html.ts'
import type { Lang } from './lang.ts'
import { shellWords } from './words.ts'

/** One thing wrong with one field, in the words of the page. */
export interface FieldError {
  field: string
  text: string
}

export interface TextField {
  name: string
  label: string
  value?: string | undefined
  support?: string
  /** Says 必須 or 任意 beside the label; nothing where neither is given. */
  need?: 'required' | 'optional'
  /** Nothing alters what is typed in `verbatim`; `code`, a number or key, is also of fixed pitch. */
  manner?: 'text' | 'verbatim' | 'code'
  width?: 'number' | 'key' | 'amount' | 'half' | 'full'
  inputMode?: 'numeric' | 'text' | 'email'
  autocomplete?: string
  /** Shown as dots. */
  secret?: boolean
}

/** The id of a field's input; error summaries link to it. */
export function fieldId(name: string): string {
  return `field-${name.replaceAll('.', '-')}`
}

const need = (lang: Lang, value: 'required' | 'optional'): Html =>
  html`<span class="need need-${value}">${shellWords[lang][value]}</span>`

/** Input is taken as it is typed: no correction, no capitals, no spelling marks. */
const VERBATIM = html` autocapitalize="none" autocorrect="off" spellcheck="false"`

/**
 * A labelled text input: label, need, support text and error above the input, which is neither
 * limited in length nor given a placeholder (both lose what people paste or need to re-read).
 * @param after markup that belongs to the field and follows its input
 */
export function textField(
  lang: Lang,
  field: TextField,
  errors: readonly FieldError[] = [],
  after?: Content,
): Html {
  const id = fieldId(field.name)
  const error = errors.find((one) => one.field === field.name)
  const described = [field.support && `${id}-support`, error && `${id}-error`]
    .filter(Boolean)
    .join(' ')
  return html`<div class="field${error ? ' field-wrong' : ''}">
  <label for="${id}">${field.label}${field.need && html` ${need(lang, field.need)}`}</label>
  ${field.support && html`<p class="support" id="${id}-support">${field.support}</p>`}
  ${error && html`<p class="error" id="${id}-error">${error.text}</p>`}
  <input class="input input-${field.width ?? 'full'}${field.manner === 'code' ? ' code' : ''}" id="${id}" name="${field.name}" type="${field.secret ? 'password' : 'text'}" value="${field.value ?? ''}" autocomplete="${field.autocomplete ?? 'off'}"${field.manner && field.manner !== 'text' && VERBATIM}${field.inputMode && html` inputmode="${field.inputMode}"`}${field.need === 'required' && html` aria-required="true"`}${described && html` aria-describedby="${described}"`}${error && html` aria-invalid="true"`}>
  ${after}
</div>`
}

export interface Choice {
  value: string
  text: string
}

/**
 * A labelled list to choose one from.
 * @param required where nothing is chosen beforehand: what the list says until somebody chooses, and
 *   what is wrong with the choice
 */
export function selectField(
  field: { name: string; label: string; choices: readonly Choice[]; value?: string | undefined },
  required?: { lang: Lang; prompt: string; errors: readonly FieldError[] },
): Html {
  const id = fieldId(field.name)
  const error = required?.errors.find((one) => one.field === field.name)
  const prompt = required ? [{ value: '', text: required.prompt }] : []
  return html`<div class="field${error ? ' field-wrong' : ''}">
  <label for="${id}">${field.label}${required && html` ${need(required.lang, 'required')}`}</label>
  ${error && html`<p class="error" id="${id}-error">${error.text}</p>`}
  <select class="input input-auto" id="${id}" name="${field.name}"${required && html` aria-required="true"`}${error && html` aria-describedby="${id}-error" aria-invalid="true"`}>
    ${[...prompt, ...field.choices].map(
      ({ value, text }) =>
        html`<option value="${value}"${value === field.value && html` selected`}>${text}</option>`,
    )}
  </select>
</div>`
}

export function hiddenField(name: string, value: string): Html {
  return html`<input type="hidden" name="${name}" value="${value}">`
}

/** The field by which a form says that it is a button alone, with no word that somebody typed. */
export const DEED = 'deed'

/**
 * Marks the form of a button: when its session has ended, it is not kept for later, but pressed again
 * on its own page, which names what it does.
 */
export function deedMark(): Html {
  return hiddenField(DEED, '1')
}

export function button(text: string, manner: 'main' | 'plain' | 'quiet' = 'main'): Html {
  return html`<button class="button button-${manner}" type="submit">${text}</button>`
}

/** Why something was not done that is no fault of one field; stands above the page's heading. */
export function refusal(text: string | undefined): Html | undefined {
  if (text === undefined) return undefined
  return html`<p class="notice notice-bad refusal" id="error-summary" tabindex="-1" role="alert">${text}</p>`
}

/**
 * What is wrong, with links to the fields, in the words that stand beside them; takes the focus
 * when a script is there to give it. Nothing where nothing is wrong.
 * @param slowed whether the answer was held back, which it then says
 */
export function errorSummary(
  lang: Lang,
  errors: readonly FieldError[],
  slowed = false,
): Html | undefined {
  if (errors.length === 0) return undefined
  const words = shellWords[lang]
  return html`<section class="summary" id="error-summary" tabindex="-1" autofocus role="alert" aria-labelledby="error-summary-title">
  <h2 id="error-summary-title">${words.errorSummary}<span class="summary-count">${words.errorCount(errors.length)}</span></h2>
  <ul>${errors.map(({ field, text }) => html`<li><a href="#${fieldId(field)}">${text}</a></li>`)}</ul>
  ${slowed && html`<p>${words.slowed}</p>`}
</section>`
}
