import type { Instant } from '../base/time.ts'
import { isDay } from '../base/time.ts'
import type { Certificate } from '../guarantee/certificate.ts'
import { type Content, type Html, html } from '../web/html.ts'
import type { Lang } from '../web/lang.ts'
import { showDay, showInstant, showYen } from '../web/show.ts'
import { type CertificateField, certificateWords } from './words/certificate.ts'

/** One row of a description list: what, and its value. */
export type Row = readonly [label: string, value: Content]

const AMOUNTS: ReadonlySet<string> = new Set([
  'contractPrice',
  'fiscalYearAmount',
  'guaranteedAmount',
] satisfies CertificateField[])

const CODES: ReadonlySet<string> = new Set([
  'contractNumber',
  'relatedContractNumber',
  'terms.sha256',
] satisfies CertificateField[])

/** The rows of the leaflet's screen, in its order; the rest stands under 「その他の記載事項」. */
const LEAFLET = ['contractNumber', 'contractor.name', 'jvName', 'worksName', 'owner.name'] as const

/**
 * The value of one leaf of a certificate as pages show it: yen, days in both calendars, 「―（記載なし）」
 * where there is none.
 * @param field its path; an index into a list (`jvMembers.0`) counts as the list
 */
export function showField(lang: Lang, field: string, value: unknown): Content {
  const words = certificateWords[lang]
  if (value === undefined || value === null) return html`<span class="none">${words.none}</span>`
  if (typeof value === 'boolean') return value ? words.yes : words.no
  if (Array.isArray(value)) return value.join('、')
  if (typeof value === 'number') return AMOUNTS.has(field) ? showYen(lang, value) : value
  const text = String(value)
  if (field === 'kind') return (words.kinds as Record<string, string>)[text] ?? text
  if (field === 'worksCategory') return (words.categories as Record<string, string>)[text] ?? text
  if (CODES.has(field)) return html`<span class="code">${text}</span>`
  return isDay(text) ? showDay(lang, text) : text
}

/** What a leaf of a certificate is called. */
export function fieldLabel(lang: Lang, field: string): string {
  const labels: Record<string, string> = certificateWords[lang].fields
  return labels[field] ?? labels[field.replace(/\.\d+$/, '')] ?? field
}

/** Every leaf of a certificate by its path, in the order of the certificate. */
export function leaves(certificate: Certificate): Map<string, unknown> {
  const found = new Map<string, unknown>()
  for (const [name, value] of Object.entries(certificate)) {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) found.set(name, value)
    else for (const [inner, leaf] of Object.entries(value)) found.set(`${name}.${inner}`, leaf)
  }
  return found
}

/** The row of one leaf of a certificate. */
export function certificateRow(lang: Lang, certificate: Certificate, field: CertificateField): Row {
  // 発注者名 of the leaflet is the office that signs, 富士市長, where the certificate names it.
  const shown = field === 'owner.name' && certificate.owner.title ? 'owner.title' : field
  return [fieldLabel(lang, field), showField(lang, shown, leaves(certificate).get(shown))]
}

/** The rows of the leaflet without the two sums, 保証期間 and 電子保証発行日時 after them. */
function leafletRows(lang: Lang, certificate: Certificate, arrivedAt: Instant | undefined): Row[] {
  const words = certificateWords[lang]
  const row = (field: CertificateField) => certificateRow(lang, certificate, field)
  return [
    ...LEAFLET.map(row),
    row('kind'),
    row('depositBank'),
    [words.coverage, showRange(lang, certificate.coverage)],
    ...arrivalRow(lang, arrivedAt),
  ]
}

/** 電子保証発行日時, where it is known. */
export function arrivalRow(lang: Lang, arrivedAt: Instant | undefined): Row[] {
  if (arrivedAt === undefined) return []
  return [[certificateWords[lang].arrivedAt, showInstant(lang, arrivedAt)]]
}

/** A period of days; with its end alone, 「…まで」. */
export function showRange(lang: Lang, range: { start?: string; end: string }): Html {
  const words = certificateWords[lang]
  const end = html`${showDay(lang, range.end)}${words.until}`
  if (range.start === undefined) return lang === 'ja' ? end : html`until ${end}`
  return html`${showDay(lang, range.start)}${words.range}<wbr>${end}`
}

/** Everything that a certificate says but its two sums ({@link sumsView}), the leaflet's rows first. */
export function certificateRows(lang: Lang, certificate: Certificate): Row[] {
  return [...leafletRows(lang, certificate, undefined), ...furtherRows(lang, certificate)]
}

/** What the leaflet's rows leave out: every further member that the certificate carries. */
function furtherRows(lang: Lang, certificate: Certificate): Row[] {
  const { title } = certificate.owner
  const shown = new Set<string>([
    ...LEAFLET,
    ...['kind', 'depositBank', 'coverage.start', 'coverage.end'],
    ...['contractPrice', 'guaranteedAmount', 'owner.title'],
  ])
  const body: Row[] = title ? [[certificateWords[lang].ownerBody, certificate.owner.name]] : []
  const rest = [...leaves(certificate)]
    .filter(([field, value]) => !shown.has(field) && value !== undefined)
    .map(([field, value]): Row => [fieldLabel(lang, field), showField(lang, field, value)])
  return [...body, ...rest]
}

/** A description list in two columns. */
export function rowList(rows: readonly Row[], manner = ''): Html {
  return html`<dl class="rows ${manner}">${rows.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>`
}

/**
 * The certificate as a document: the two sums large, the leaflet's rows, the rest on demand.
 * @param note of how new it is
 */
export function certificateView(
  lang: Lang,
  certificate: Certificate,
  arrivedAt: Instant | undefined,
  note = certificateWords[lang].latest,
): Html {
  const words = certificateWords[lang]
  const further = furtherRows(lang, certificate)
  return html`<section class="certificate" aria-labelledby="certificate">
  <div class="heading"><h2 id="certificate">${words.title(words.kinds[certificate.kind])}</h2><p class="aside-note">${note}</p></div>
  ${sumsView(lang, certificate)}
  ${rowList(leafletRows(lang, certificate, arrivedAt))}
  <details class="more"><summary>${words.more}</summary>${rowList(further)}</details>
</section>`
}

/** 保証金額 and 請負金額, large. */
export function sumsView(lang: Lang, { guaranteedAmount, contractPrice }: Certificate): Html {
  const { fields } = certificateWords[lang]
  return html`<dl class="sums">
    <div><dt>${fields.guaranteedAmount}</dt><dd>${sum(lang, guaranteedAmount)}</dd></div>
    <div><dt>${fields.contractPrice}</dt><dd>${sum(lang, contractPrice)}</dd></div>
  </dl>`
}

/** An amount whose unit stands smaller than its digits. */
function sum(lang: Lang, yen: number): Html {
  const text = showYen(lang, yen)
  return lang === 'ja'
    ? html`<span class="digits">${text.slice(0, -1)}</span><span class="unit">円</span>`
    : html`<span class="digits">${text}</span>`
}
