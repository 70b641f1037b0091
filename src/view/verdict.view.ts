import { isDay } from '../base/time.ts'
import type { Finding } from '../guarantee/sufficiency.ts'
import type { Check, LookupAnswer, Verdict } from '../guarantee/verdict.ts'
import { type Content, type Html, html } from '../web/html.ts'
import type { Lang } from '../web/lang.ts'
import { plainDay, showInstant, showInteger, showYen } from '../web/show.ts'
import { fieldLabel } from './certificate.view.ts'
import { type Mark, mark } from './mark.ts'
import { type CheckFacts, checkWords } from './words/checks.ts'
import { nextWords } from './words/next.ts'
import { resultWords } from './words/result.ts'
import { type RuleText, ruleWords } from './words/rules.ts'

const VERDICT_MARKS: Record<Verdict, Mark> = {
  verified: 'pass',
  attention: 'note',
  failed: 'fail',
  indeterminate: 'unknown',
}

/** The one sentence of an answer and the one under it. */
export function verdictText(
  lang: Lang,
  answer: Pick<LookupAnswer, 'verdict' | 'checks'> & Parameters<typeof checkText>[2],
): { title: string; text: string } {
  const words = resultWords[lang]
  const { title, text } = words.verdicts[answer.verdict]
  if (answer.verdict === 'verified') {
    const { amendments } = answer.status
    const latest = amendments > 0 ? words.latestAmended(amendments) : words.latest
    return { title, text: words.passed(answer.checks.length) + latest }
  }
  if (answer.verdict !== 'attention') return { title, text }
  const status = answer.checks.find(({ id }) => id === 'status')
  if (status?.result === 'pass') return { title: words.attentionInForce, text }
  return {
    title: words.statusTitles[status?.code ?? ''] ?? title,
    text: status ? checkText(lang, status, answer).text : text,
  }
}

/** The panel at the top of a result: sentence, shape and colour, time, reference and checker. */
export function verdictPanel(lang: Lang, answer: LookupAnswer): Html {
  const words = resultWords[lang]
  const { title, text } = verdictText(lang, answer)
  return html`<section class="verdict verdict-${answer.verdict}" aria-labelledby="verdict">
  <div class="verdict-mark">${mark(VERDICT_MARKS[answer.verdict])}</div>
  <div class="verdict-body">
    <h1 id="verdict" tabindex="-1">${title}</h1>
    <p class="verdict-text">${text}</p>
    <dl class="facts">
      ${(answer.verdict === 'failed' || !answer.certificate) && html`<div><dt>${fieldLabel(lang, 'contractNumber')}</dt><dd class="code">${answer.contractNumber}</dd></div>`}
      <div><dt>${words.checkedAt}</dt><dd>${showInstant(lang, answer.status.asOf)}</dd></div>
      <div><dt>${words.receiptId}</dt><dd class="code">${answer.receiptId}</dd></div>
      ${answer.checker && html`<div><dt>${words.checker}</dt><dd>${checkerText(lang, answer.checker)}</dd></div>`}
    </dl>
  </div>
</section>`
}

/** 所属, 氏名 and on what the claim rests. */
export function checkerText(lang: Lang, checker: LookupAnswer['checker']): string {
  const words = resultWords[lang]
  if (!checker?.department && !checker?.name) return words.noChecker
  const who = [checker.department, checker.name].filter(Boolean).join(' ')
  return who + (checker.basis === 'self_declared' ? words.selfDeclared : words.signedIn)
}

/** The words of a check: those of a card and a whole sentence; also the `text` of the API. */
export function checkText(
  lang: Lang,
  check: Check,
  answer: Pick<LookupAnswer, 'issuer' | 'signature' | 'checkpoint' | 'status' | 'certificate'>,
): { answer: string; text: string } {
  const words = checkWords[lang]
  const known = words.codes[check.id][check.code]
  if (!known) return { answer: words.results[check.result], text: words.results[check.result] }
  const coverage = answer.certificate?.coverage
  const facts: CheckFacts = {
    issuer: answer.issuer.name,
    alg: answer.signature?.alg ?? '',
    size: showInteger(answer.checkpoint?.size ?? 0),
    end: coverage ? plainDay(lang, coverage.end) : '',
    start: coverage?.start ? plainDay(lang, coverage.start) : '',
    amendments: answer.status.amendments,
  }
  return { answer: known.answer, text: known.text(facts) }
}

/** What to do about a check that did not pass; undefined where nothing follows from it. */
export function checkNext(
  lang: Lang,
  check: Check,
  { issuer, checks }: Pick<LookupAnswer, 'issuer' | 'checks'>,
): string | undefined {
  const next = nextWords[lang].check
  const contact = [issuer.name, issuer.phone].filter(Boolean).join(' ')
  if (check.result === 'unknown' && check.id !== 'sufficiency') {
    // All but the log's own check went by the body.
    return check.id !== 'log' && isErased(checks) ? next.erased(contact) : next.unknown
  }
  const core = check.id === 'integrity' || check.id === 'issuer' || check.id === 'log'
  if (check.result !== 'fail' || !core) return undefined
  return next.fail(contact)
}

/** Waiting does not bring back what the operator erased. */
function isErased(checks: readonly Check[]): boolean {
  return checks.some(({ code }) => code === 'BODY_ERASED')
}

/** The four questions, or six after a comparison, with their answers; `unknown` looks like neither of the others. */
export function checkCards(lang: Lang, answer: LookupAnswer): Html {
  const words = checkWords[lang]
  return html`<section aria-labelledby="checks"><h2 class="unseen" id="checks">${resultWords[lang].checksTitle}</h2>
<ul class="cards cards-${answer.checks.length}">${answer.checks.map((check) => {
    const { answer: short, text } = checkText(lang, check, answer)
    return html`<li class="card card-${check.result}">
  <h3 class="card-question">${words.questions[check.id]}</h3>
  <p class="card-answer">${mark(check.result)}<span><span class="unseen">${words.results[check.result]}${lang === 'ja' ? '：' : ': '}</span>${check.id === 'issuer' && check.result === 'pass' ? answer.issuer.name : short}</span></p>
  <p class="card-text">${text}</p>
</li>`
  })}</ul></section>`
}

/** What to do after a failed or incomplete check, and whom to call. */
export function nextSteps(lang: Lang, answer: LookupAnswer): Html | false {
  const words = resultWords[lang]
  const { verdict, issuer, checks } = answer
  if (verdict === 'verified' || verdict === 'attention') return false
  const { failed, erased, indeterminate } = nextWords[lang].steps
  const unknown = isErased(checks) ? erased : indeterminate
  const steps = verdict === 'failed' ? failed : unknown
  return html`<section class="next" aria-labelledby="next">
  <div><h2 id="next">${words.nextTitle}</h2><ol>${steps.map((step) => html`<li>${step}</li>`)}</ol></div>
  <div class="contact"><h3>${words.contact}</h3>
  <p class="contact-name">${issuer.name}</p>
  <dl><div><dt>${words.phone}</dt><dd>${issuer.phone ? html`<a href="tel:${issuer.phone.replace(/[^\d+]/g, '')}">${issuer.phone}</a>` : words.noPhone}</dd></div>
  ${issuer.hours && html`<div><dt>${words.hours}</dt><dd>${issuer.hours}</dd></div>`}
  ${issuer.url && html`<div><dt>${words.site}</dt><dd>${webLink(issuer.url)}</dd></div>`}</dl></div>
</section>`
}

/** A rule's finding in one sentence; also the `text` of the API. */
export function findingText(
  lang: Lang,
  { code, severity, actual, limit }: Omit<Finding, 'rule'>,
): { title: string; text: string } {
  const words = ruleWords[lang]
  const { title, text } = (words.rules as Record<string, RuleText>)[code] ?? words.unknownRule
  if (severity === 'not_checkable') return { title, text: words.notCheckable }
  if (actual === undefined || limit === undefined) return { title, text }
  return { title, text: text + words.measure(measure(lang, actual), measure(lang, limit)) }
}

/** Numbers of a finding are yen; among its texts are days. */
function measure(lang: Lang, value: number | string): string {
  if (typeof value === 'number') return showYen(lang, value)
  return isDay(value) ? plainDay(lang, value) : value
}

const SEVERITY_MARKS: Record<Finding['severity'], Mark> = {
  block: 'fail',
  warn: 'note',
  info: 'note',
  not_checkable: 'unknown',
}

/** What the rules found: what calls for attention at once, the rest on demand. */
export function warningList(lang: Lang, warnings: readonly Finding[]): Html | false {
  if (warnings.length === 0) return false
  const words = resultWords[lang]
  const calls = ({ severity }: Finding) => severity === 'block' || severity === 'warn'
  const urgent = warnings.filter(calls)
  const rest = warnings.filter((finding) => !calls(finding))
  return html`<section class="warnings" aria-labelledby="warnings"><h2 id="warnings"${urgent.length === 0 && html` class="unseen"`}>${words.warningsTitle}</h2>
${urgent.length > 0 && findingItems(lang, urgent)}
${rest.length > 0 && html`<details class="more"><summary>${words.further(rest.length)}</summary>${findingItems(lang, rest)}</details>`}</section>`
}

function findingItems(lang: Lang, findings: readonly Finding[]): Html {
  const words = resultWords[lang]
  return html`<ul>${findings.map((finding) => {
    const { title, text } = findingText(lang, finding)
    return html`<li class="warning warning-${finding.severity}"><span class="tag">${mark(SEVERITY_MARKS[finding.severity])}${words.severities[finding.severity]}</span><div><p class="warning-title">${title}</p><p>${text}</p></div></li>`
  })}</ul>`
}

/** An address as a link where it is one of the web; as text otherwise. */
export function webLink(url: string): Content {
  return /^https?:\/\//.test(url) ? html`<a href="${url}" rel="noreferrer">${url}</a>` : url
}
