import type { Kind } from '../guarantee/certificate.ts'
import type { OwnerPolicy } from '../guarantee/sufficiency.ts'
import { button, textField } from '../web/form.ts'
import { type Content, type Html, html } from '../web/html.ts'
import { type Lang, localHref } from '../web/lang.ts'
import { plainDay, showInteger } from '../web/show.ts'
import { type Row, rowList } from './certificate.view.ts'
import { certificateWords } from './words/certificate.ts'
import { directoryWords } from './words/directory.ts'

/** An owner as the directory lists it. */
export interface OwnerItem {
  code?: string
  name: string
  aliases: readonly string[]
  start: OwnerPolicy['start']
  kinds: readonly Kind[]
  issuerClasses: readonly string[]
  departments: readonly { kind?: Kind; name: string; email?: string }[]
  basisText?: string
}

export interface OwnersPage {
  /** What was searched for; empty for all. */
  q: string
  items: readonly OwnerItem[]
}

/** `/owners?q=`: 電子保証対応の発注者, with what each takes and from when. */
export function ownersView(lang: Lang, { q, items }: OwnersPage): Html {
  const words = directoryWords[lang].owners
  const field = { name: 'q', label: words.search, value: q, width: 'half' } as const
  return html`<h1>${words.title}</h1>
<p class="lead">${words.lead}</p>
<search><form class="form form-row" method="get" action="/owners">
  ${lang !== 'ja' && html`<input type="hidden" name="lang" value="${lang}">`}
  ${textField(lang, field)}
  <p class="buttons">${button(words.submit)}</p>
</form></search>
<section class="directory" aria-labelledby="found">
  <div class="heading"><h2 id="found">${q === '' ? words.list : words.found(q)}</h2><p class="aside-note">${words.count(showInteger(items.length))}</p></div>
  ${items.length === 0 && html`<p>${q === '' ? words.empty : words.none}</p>`}
  ${items.map((owner) => ownerCard(lang, owner))}
  ${q !== '' && html`<p><a href="${localHref(lang, '/owners')}">${words.all}</a></p>`}
</section>`
}

function ownerCard(lang: Lang, owner: OwnerItem): Html {
  const { owners: words, classes } = directoryWords[lang]
  const { kinds } = certificateWords[lang]
  const joined = (texts: readonly string[]): string => texts.join(lang === 'ja' ? '、' : ', ')
  const { basis, date } = owner.start
  const rows: (Row | false)[] = [
    [words.start, owner.basisText ?? words.bases[basis](plainDay(lang, date))],
    [words.kinds, joined(owner.kinds.map((kind) => kinds[kind]))],
    owner.issuerClasses.length > 0 && [
      words.classes,
      joined(owner.issuerClasses.map((name) => classes[name] ?? name)),
    ],
    owner.departments.length > 0 && [
      words.departments,
      owner.departments.map((department) => departmentLine(lang, department)),
    ],
    owner.aliases.length > 0 && [words.aliases, joined(owner.aliases)],
    owner.code !== undefined && [words.code, html`<span class="code">${owner.code}</span>`],
  ]
  return html`<article class="listed"><h3>${owner.name}</h3>${rowList(rows.filter((row) => row !== false))}</article>`
}

function departmentLine(lang: Lang, department: OwnerItem['departments'][number]): Content {
  const { kind, name, email } = department
  const what = kind ? certificateWords[lang].kinds[kind] : directoryWords[lang].owners.anyKind
  return html`<div>${what}${lang === 'ja' ? '：' : ': '}${name}${email && html` <a href="mailto:${email}">${email}</a>`}</div>`
}
