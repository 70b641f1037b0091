import type { MatchField } from '../guarantee/verdict.ts'
import { button, errorSummary, type FieldError, hiddenField, textField } from '../web/form.ts'
import { type Content, type Html, html } from '../web/html.ts'
import { type Lang, localHref } from '../web/lang.ts'
import { dataTable } from '../web/table.ts'
import { showField } from './certificate.view.ts'
import { CONTRACT_FIELDS, type ContractField, type ContractFields } from './contract-form.ts'
import { mark } from './mark.ts'
import { matchWords } from './words/match.ts'

export interface MatchData {
  /** Stands for number and key in the forms of the result page; opaque here. */
  ticket: string
  /** The comparison's outcome, once asked for. */
  fields?: readonly MatchField[]
  /** What was typed, to show it again. */
  typed?: ContractFields
  errors?: readonly FieldError[]
}

/** 契約内容との照合: the outcome where there is one, and the form, a POST to `/verify` with the ticket. */
export function matchView(lang: Lang, data: MatchData): Html {
  const words = matchWords[lang]
  const { fields, errors = [] } = data
  return html`<section class="match" id="match" aria-labelledby="match-title">
  <h2 id="match-title">${words.title}</h2>
  ${fields && matchTable(lang, fields)}
  <details class="box"${errors.length > 0 && html` open`}>
    <summary>${fields ? words.again : words.open}</summary>
    ${errorSummary(lang, errors)}
    <p class="support">${words.lead}</p>
    ${form(lang, data)}
  </details>
</section>`
}

function form(lang: Lang, { ticket, typed, errors }: MatchData): Html {
  const words = matchWords[lang]
  const input = (name: ContractField): Html => {
    const support = name === 'contractPrice' ? words.support.contractPrice : words.support.day
    const short = name.startsWith('works') && name !== 'worksName' && name !== 'worksNumber'
    const supported = short || name === 'contractPrice'
    const width = supported ? 'amount' : 'full'
    const field = { name, label: words.fields[name], value: typed?.[name], width } as const
    return textField(lang, supported ? { ...field, support } : field, errors)
  }
  return html`<form class="form form-grid" method="post" action="${localHref(lang, '/verify#match')}">
    ${hiddenField('ticket', ticket)}
    ${CONTRACT_FIELDS.map(input)}
    <p class="buttons">${button(words.submit)}</p>
  </form>`
}

const RESULTS = { same: 'pass', variant: 'note', different: 'fail' } as const

/** The outcome of the comparison, one row a field; shared with the print-out. */
export function matchTable(lang: Lang, fields: readonly MatchField[]): Html {
  const words = matchWords[lang]
  const value = (field: string, text: string | number | null): Content =>
    text === null ? html`<span class="none">${words.missing}</span>` : showField(lang, field, text)
  const columns = [words.item, words.theirs, words.ours, words.result]
  const rows = fields.map(({ field, result, theirs, ours }) => [
    words.fields[field],
    value(field, theirs),
    value(field, ours),
    html`<span class="outcome match-${result}">${mark(RESULTS[result])}${words.results[result]}</span>`,
  ])
  return html`${dataTable(words.title, columns, rows)}
${fields.some(({ result }) => result === 'variant') && html`<p class="aside-note">${words.variantNote}</p>`}`
}
