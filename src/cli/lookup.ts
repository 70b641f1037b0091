import type { Command } from 'commander'
import { Fault } from '../base/fault.ts'
import { clockInTokyo, dayInTokyo, type Instant, isDay } from '../base/time.ts'
import { foldAuthKey } from '../guarantee/auth-key.ts'
import type { Certificate } from '../guarantee/certificate.ts'
import type { Check, LookupAnswer, Verdict } from '../guarantee/verdict.ts'
import { fieldLabel, leaves } from '../view/certificate.view.ts'
import { verdictText } from '../view/verdict.view.ts'
import { certificateWords } from '../view/words/certificate.ts'
import { checkWords } from '../view/words/checks.ts'
import { resultWords } from '../view/words/result.ts'
import type { Lang } from '../web/lang.ts'
import { plainDay, showYen } from '../web/show.ts'
import { type Answer, answering, type ExitCode, leaf, type Shell } from './command.ts'
import { findingLine } from './finding-line.ts'
import { readSecret } from './input.ts'
import { post, problemLines, type Reply } from './remote.ts'

const EXITS: Record<Verdict, ExitCode> = { verified: 0, attention: 1, failed: 1, indeterminate: 3 }

/** The members of the API's answer that are told to a person. */
interface Found {
  verdict: Verdict
  checks: (Check & { text: string; next?: string })[]
  status: LookupAnswer['status']
  issuer: LookupAnswer['issuer']
  certificate: Certificate | null
  arrivedAt?: Instant
  warnings: LookupAnswer['warnings']
}

/** `akashi lookup`: what an officer does on the page, through the same API. */
export function lookupCommand(program: Command, shell: Shell): void {
  const examples = [
    'lookup 12345-678901 < key.txt',
    'lookup 12345-678901 --json < key.txt > answer.json && akashi verify answer.json',
  ]
  leaf(program, 'lookup <number>', 'lookup', examples, shell)
    .option('--issuer <id>', shell.words.options.lookupIssuer)
    .action(
      answering((contractNumber: string, { issuer }: { issuer?: string }) =>
        lookup({ contractNumber, ...(issuer !== undefined && { issuer }) }, shell),
      ),
    )
}

async function lookup(
  wanted: { contractNumber: string; issuer?: string },
  { lang, words }: Shell,
): Promise<Answer> {
  const authKey = foldAuthKey(await readSecret(words.askAuthKey))
  if (authKey === '') throw new Fault('body_invalid', 'Give the auth key on standard input.')
  const reply = await post(`/v1/lookup?lang=${lang}`, JSON.stringify({ ...wanted, authKey }))
  const { ok, body } = reply
  if (!ok) return { json: body, lines: [], notes: problemLines(body), exit: exitOf(reply) }
  const found = body as unknown as Found
  return { json: body, lines: linesOf(lang, found), exit: EXITS[found.verdict] }
}

/** A request that cannot be is usage; a pair that is not right is told apart from no answer. */
function exitOf({ status, body: { code } }: Reply): ExitCode {
  if (status === 429 || status >= 500) return 3
  return code === 'body_invalid' ? 2 : 1
}

/** The verdict, the checks with their sentences, what to look at, the company, the certificate. */
function linesOf(lang: Lang, { certificate, arrivedAt, ...found }: Found): string[] {
  const { names, results } = checkWords[lang]
  const checks = found.checks.flatMap(({ id, result, text, next }) => [
    `  ${names[id]}: ${results[result]} – ${text}`,
    ...(next ? [`    ${next}`] : []),
  ])
  const { name, phone, hours } = found.issuer
  return [
    verdictText(lang, { ...found, certificate }).title,
    ...checks,
    ...found.warnings.map((finding) => `  ${findingLine(lang, finding)}`),
    [name, phone, hours].filter((part) => part !== undefined).join('  '),
    ...reservation(lang, found.verdict),
    ...(certificate ? rows(lang, certificate, arrivedAt) : []),
  ]
}

/** What stands over a content that has not been shown to be genuine. */
function reservation(lang: Lang, verdict: Verdict): string[] {
  const { failedContentNote, unprovenContent } = resultWords[lang]
  if (verdict === 'failed') return [failedContentNote]
  return verdict === 'indeterminate' ? [unprovenContent] : []
}

function rows(lang: Lang, certificate: Certificate, arrivedAt: Instant | undefined): string[] {
  const leafRows = [...leaves(certificate)].map(
    ([field, value]) => `  ${fieldLabel(lang, field)}: ${plain(lang, field, value)}`,
  )
  if (arrivedAt === undefined) return leafRows
  const arrived = `${plainDay(lang, dayInTokyo(arrivedAt))} ${clockInTokyo(arrivedAt)} JST`
  return [...leafRows, `  ${certificateWords[lang].arrivedAt}: ${arrived}`]
}

/** A leaf as the pages show it, without markup; every number of a certificate is an amount. */
function plain(lang: Lang, field: string, value: unknown): string {
  const words = certificateWords[lang]
  if (typeof value === 'number') return showYen(lang, value)
  if (typeof value === 'boolean') return value ? words.yes : words.no
  if (Array.isArray(value)) return value.join(', ')
  const text = String(value)
  const named: Record<string, string> = field === 'kind' ? words.kinds : words.categories
  if (field === 'kind' || field === 'worksCategory') return named[text] ?? text
  return isDay(text) ? plainDay(lang, text) : text
}
