import type { Finding } from '../../guarantee/sufficiency.ts'
import { type Mark, mark } from '../../view/mark.ts'
import { findingText } from '../../view/verdict.view.ts'
import { type Content, type Html, html } from '../../web/html.ts'
import { plainDay, showYen } from '../../web/show.ts'
import type { AppliedKind, Format, LineStatus } from '../application/content.ts'
import { KIND_WORDS, STATUS_WORDS } from '../application/status-words.ts'
import type { PremiumQuote } from '../premium/quote.ts'
import type { Checks } from './checks.ts'

const MARK_WORDS: Record<Mark, string> = {
  pass: '確認済み',
  fail: '引き受けられません',
  note: '注意',
  unknown: '確認できません',
}

const SEVERITY: Record<Finding['severity'], Mark> = {
  block: 'fail',
  warn: 'note',
  info: 'note',
  not_checkable: 'unknown',
}

interface Item {
  kind: Mark
  title: string
  text: Content
}

/** What was checked of a guarantee, each with its result; what could not be is said. */
export function checksView(kind: AppliedKind, checks: Checks, format: Format): Html {
  return html`<section class="checks" aria-labelledby="${kind}-checks"><h3 id="${kind}-checks">確認<span class="unseen">（${KIND_WORDS[kind]}）</span></h3>
${itemList(itemsOf(checks, format))}
</section>`
}

/** Of the checks what is to be heeded before a guarantee is issued; false where there is nothing. */
export function warningsView(checks: Checks, format: Format): Html | false {
  const open = itemsOf(checks, format).filter(({ kind }) => kind !== 'pass')
  return open.length > 0 && html`<div class="checks">${itemList(open)}</div>`
}

function itemsOf(checks: Checks, format: Format): Item[] {
  return [ratio(checks), owner(checks.owner, format), duplicates(checks), ...rules(checks.findings)]
}

function itemList(items: readonly Item[]): Html {
  return html`<ul>${items.map(
    ({ kind, title, text }) =>
      html`<li class="check check-${kind}"><p class="check-title">${mark(kind)}<span class="unseen">${MARK_WORDS[kind]}：</span>${title}</p><p>${text}</p></li>`,
  )}</ul>`
}

function item(kind: Mark, title: string, text: Content): Item {
  return { kind, title, text }
}

function ratio({ ratioPermille, ratioBase }: Checks): Item {
  const base = ratioBase === 'contractPrice' ? '請負金額' : '今年度対象額'
  return item(
    'pass',
    `比率 ${Math.floor(ratioPermille / 10)}.${ratioPermille % 10}%`,
    `${base}に対する保証金額の割合です。`,
  )
}

function owner(seen: Checks['owner'], format: Format): Item {
  if (seen.state === 'known') {
    const start = plainDay('ja', seen.start)
    return item('pass', '発注者の対応', `${seen.name}は電子保証に対応しています（${start}から）。`)
  }
  if (seen.state === 'unreachable') {
    const asked = seen.seconds === undefined ? '' : `（${seen.seconds}秒前に問い合わせました）`
    const text = `プラットフォームから応答がありませんでした${asked}。少し待ってからこの画面を開き直すと、もう一度問い合わせます。`
    return item('unknown', '発注者の対応', text)
  }
  return format === 'paper'
    ? item(
        'note',
        '発注者の対応',
        '電子保証に対応する発注者の一覧にありません。証書（紙）で発行します。',
      )
    : item('fail', '発注者の対応', '電子保証に対応する発注者の一覧にありません。')
}

function duplicates({ duplicates: found }: Checks): Item {
  if (found.length === 0)
    return item('pass', '重複', '同じ工事・発注者・契約者の申込はありません。')
  const links = found.map(
    ({ id, number, status }) =>
      html`<a class="nowrap" href="/desk/inbox/${id}">${number}</a>（${STATUS_WORDS[status as LineStatus]}） `,
  )
  return item('note', '重複', html`同じ工事・発注者・契約者の申込があります：${links}`)
}

/** Where no rule is broken that is said; what could not be checked stands beside it. */
function rules(findings: readonly Finding[]): Item[] {
  const broken = findings.filter(({ severity }) => severity !== 'not_checkable')
  const open = findings.filter(({ severity }) => severity === 'not_checkable')
  const named = open.map((finding) => findingText('ja', finding).title)
  return [
    ...broken.map((finding) => {
      const { title, text } = findingText('ja', finding)
      return item(SEVERITY[finding.severity], title, text)
    }),
    ...(broken.length === 0
      ? [
          item(
            'pass',
            '率・金額・期間の基準',
            '標準の基準では、確かめられた範囲で問題はありません。',
          ),
        ]
      : []),
    ...(open.length > 0
      ? [
          item(
            'unknown',
            '確認できない基準',
            `申込の記載だけでは確かめられません：${[...new Set(named)].join('、')}`,
          ),
        ]
      : []),
  ]
}

/** 保証料 as it would be billed now. */
export function premiumView(quote: PremiumQuote): Html {
  return html`<p class="premium">保証料 <strong>${showYen('ja', quote.yen)}</strong>（非課税） ${quote.mark && html`<span class="tag">${quote.mark}</span>`}<br><span class="quiet">${quote.rateTableLabel}${quote.minimumApplied && '。最低保証料'}</span></p>`
}
