import { readingRow } from '../guarantee/auth-key.ts'
import type { Checker } from '../guarantee/verdict.ts'
import {
  button,
  errorSummary,
  type FieldError,
  hiddenField,
  selectField,
  textField,
} from '../web/form.ts'
import { type Html, html } from '../web/html.ts'
import { type Lang, localHref } from '../web/lang.ts'
import type { LookupFields } from './lookup-form.ts'
import { type LookupWords, lookupWords } from './words/lookup.ts'

export interface LookupPage {
  origin: string
  fields?: LookupFields
  errors?: readonly FieldError[]
  /** Whether the answer was held back, for failures before it. */
  slowed?: boolean
  /** To choose from, where three or more issuers may use the same number. */
  issuers?: readonly { id: string; name: string }[]
  /** The sample to try, in a demo. */
  sample?: { contractNumber: string; authKey: string }
}

/** `/`: the look-up form, a POST to `/verify`; also its answer where the input was wrong. */
export function lookupView(lang: Lang, data: LookupPage): Html {
  const words = lookupWords[lang]
  const { errors = [] } = data
  return html`${errorSummary(lang, errors, data.slowed)}
<div class="columns columns-aside">
<div>
  <h1>${words.title}</h1>
  <p class="lead">${words.lead}</p>
  ${form(lang, words, data, errors)}
</div>
${aside(lang, words, data)}
</div>`
}

function form(
  lang: Lang,
  words: LookupWords,
  data: LookupPage,
  errors: readonly FieldError[],
): Html {
  const { fields } = data
  const number = {
    name: 'contractNumber',
    label: words.contractNumber,
    support: words.contractNumberSupport,
    value: fields?.contractNumber,
    need: 'required',
    manner: 'code',
    width: 'number',
    inputMode: 'numeric',
  } as const
  const key = {
    name: 'authKey',
    label: words.authKey,
    support: words.authKeySupport,
    value: fields?.authKey,
    need: 'required',
    manner: 'code',
    width: 'key',
  } as const
  return html`<form class="form" method="post" action="${localHref(lang, '/verify')}" data-lookup data-busy="${words.busy}">
  ${textField(lang, number, errors)}
  ${textField(lang, key, errors, reading(words, fields?.authKey ?? ''))}
  ${checkerFields(lang, fields, errors)}
  ${issuerField(words, data)}
  <p class="buttons">${button(words.submit)}</p>
</form>`
}

/** The key in cells of four with 大, 小 or 数 under each symbol, for reading aloud and comparing. */
function reading(words: LookupWords, authKey: string): Html {
  const { upper, lower, digit, other } = words.reading
  const cells = readingRow(authKey)
  const groups = [0, 4, 8, 12].map((start) =>
    cells.slice(start, start === 12 ? undefined : start + 4),
  )
  return html`<div class="reading" id="reading" aria-hidden="true" data-upper="${upper}" data-lower="${lower}" data-digit="${digit}" data-other="${other}">${groups
    .filter((group) => group.length > 0)
    .map(
      (group) =>
        html`<span class="reading-group">${group.map(({ symbol, kind }) => html`<span class="cell"><span class="cell-symbol">${symbol}</span><span class="cell-kind">${words.reading[kind]}</span></span>`)}</span>`,
    )}</div>
  <p class="count" id="key-count" role="status" data-complete="${words.complete}" data-count="${words.count(0)}"></p>`
}

/** 所属 and 氏名, closed until wanted; shared with the share link's page. */
export function checkerFields(
  lang: Lang,
  fields: Checker | undefined,
  errors: readonly FieldError[],
): Html {
  const words = lookupWords[lang]
  const given = Boolean(fields?.department || fields?.name)
  return html`<details class="more"${given && html` open`}>
  <summary>${words.checker}</summary>
  <p class="support">${words.checkerSupport}</p>
  ${textField(lang, { name: 'department', label: words.department, value: fields?.department, width: 'half', autocomplete: 'organization' }, errors)}
  ${textField(lang, { name: 'name', label: words.name, value: fields?.name, width: 'half', autocomplete: 'name' }, errors)}
</details>`
}

function issuerField(words: LookupWords, { issuers, fields }: LookupPage): Html | undefined {
  if (!issuers) return fields?.issuer ? hiddenField('issuer', fields.issuer) : undefined
  const choices = [
    { value: '', text: words.anyIssuer },
    ...issuers.map(({ id, name }) => ({ value: id, text: name })),
  ]
  return html`<details class="more"${Boolean(fields?.issuer) && html` open`}>
  <summary>${words.chooseIssuer}</summary>
  <p class="support">${words.chooseIssuerSupport}</p>
  ${selectField({ name: 'issuer', label: words.issuer, choices, value: fields?.issuer })}
</details>`
}

function aside(lang: Lang, words: LookupWords, { origin, sample }: LookupPage): Html {
  return html`<aside class="aside">
  ${
    sample &&
    html`<section class="sample"><h2>${words.demoTitle}</h2>
  <p>${words.demoText}</p>
  <dl class="pair"><div><dt>${words.contractNumber}</dt><dd class="code">${sample.contractNumber}</dd></div><div><dt>${words.authKey}</dt><dd class="code">${sample.authKey}</dd></div></dl></section>`
  }
  <section><h2>${words.addressTitle}</h2>
  <p>${words.addressBefore} <strong class="address">${origin}</strong> ${words.addressAfter}</p></section>
  <section><h2>${words.missingTitle}</h2>
  <p>${words.missingText}</p>
  <p><a href="${localHref(lang, '/help#missing-key')}">${words.missingLink}</a></p></section>
  <section><h2>${words.whatTitle}</h2>
  <p>${words.whatText}</p>
  <p><a href="${localHref(lang, '/help#qr')}">${words.qrLink}</a></p></section>
</aside>`
}
