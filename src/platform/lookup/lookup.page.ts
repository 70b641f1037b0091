import { type Context, Hono } from 'hono'
import { Fault } from '../../base/fault.ts'
import { DEFAULT_PATTERN } from '../../guarantee/contract-number.ts'
import type { ContractData } from '../../guarantee/verdict.ts'
import { CONTRACT_FIELDS, type ContractFields, readContractForm } from '../../view/contract-form.ts'
import { type LookupPage, lookupView } from '../../view/lookup.view.ts'
import { type LookupFields, mismatchErrors, readLookupForm } from '../../view/lookup-form.ts'
import { type ResultPage, resultView } from '../../view/result.view.ts'
import { verdictText } from '../../view/verdict.view.ts'
import { lookupWords } from '../../view/words/lookup.ts'
import { seeOther } from '../../web/answer.ts'
import { readForm } from '../../web/body.ts'
import type { FieldError } from '../../web/form.ts'
import { localHref } from '../../web/lang.ts'
import { answerPage, langOf, type Site } from '../../web/site.ts'
import type { Visitors } from '../access/visitor.page.ts'
import type { IssuerName } from '../directory/issuers.ts'
import type { Platform } from '../platform.ts'
import type { LookedUp } from './lookup.ts'

/** The pair that a demo prints and shows. */
export interface Sample {
  contractNumber: string
  authKey: string
}

/** `/` and `/verify`: the officer's look-up. */
export function lookupPages(
  platform: Platform,
  site: Site,
  visitors: Visitors,
  sample: Sample | undefined,
): Hono {
  const { lookup, tickets, issuers } = platform
  const app = new Hono()

  function showForm(
    c: Context,
    names: readonly IssuerName[],
    data: Partial<LookupPage>,
    status: number,
  ): Response {
    const lang = langOf(c)
    const words = lookupWords[lang]
    const failed = (data.errors?.length ?? 0) > 0
    return answerPage(
      c,
      site,
      { title: words.title, path: '/', error: failed, scripts: ['/js/lookup.js'] },
      lookupView(lang, {
        origin: site.origin,
        ...(names.length > 2 && { issuers: names.map(({ id, name }) => ({ id, name })) }),
        ...(sample && { sample }),
        ...data,
      }),
      status,
    )
  }

  async function byPair(c: Context, sent: Record<string, string>): Promise<Response> {
    const lang = langOf(c)
    const names = await issuers.names()
    const onlyDefault = names.every(({ numberPattern }) => numberPattern === DEFAULT_PATTERN)
    const { fields, errors } = readLookupForm(lang, fieldsOf(sent), onlyDefault)
    if (errors.length > 0) return showForm(c, names, { fields, errors }, 400)
    try {
      const options = { evidence: true, ...checkerOf(sent) }
      const answer = await lookup.byPair(fields, options, visitors.ofPage(c))
      const page = showResult(c, site, answer, await tickets.issue(answer.guarantee))
      return visitors.mark(c, page, answer.guarantee)
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== 'not_found_or_key_mismatch') throw error
      const { slowed } = error
      return showForm(c, names, { fields, errors: mismatchErrors(lang), slowed }, 404)
    }
  }

  app.get('/', async (c) => showForm(c, await issuers.names(), {}, 200))
  app.get('/verify', (c) => seeOther(localHref(langOf(c), '/')))
  app.post('/verify', async (c) => {
    const sent = await readForm(c)
    return sent.ticket === undefined ? byPair(c, sent) : byTicket(c, site, platform, visitors, sent)
  })
  return app
}

/** Again for the guarantee of a result page: compared with the works contract, or just anew. */
async function byTicket(
  c: Context,
  site: Site,
  { lookup, tickets }: Platform,
  visitors: Visitors,
  sent: Record<string, string>,
): Promise<Response> {
  const { ticket = '' } = sent
  const { guarantee, ...by } = await tickets.open(ticket)
  const compares = CONTRACT_FIELDS.some((name) => sent[name] !== undefined)
  const typed = Object.fromEntries(
    CONTRACT_FIELDS.flatMap((name) => (sent[name] === undefined ? [] : [[name, sent[name]]])),
  ) as ContractFields
  const read = compares ? readContractForm(langOf(c), typed) : undefined
  const wrong = read && read.errors.length > 0
  const options = {
    ...by,
    evidence: true,
    ...checkerOf(sent),
    ...(read && !wrong && { contract: read.contract as ContractData }),
  }
  const answer = await lookup.known(guarantee, options, visitors.ofPage(c))
  const contract = read && { typed, errors: read.errors as FieldError[] }
  return showResult(c, site, answer, ticket, contract && { contract }, wrong ? 400 : 200)
}

/**
 * The result page of a look-up, however it came about.
 * @param ticket what the page's own forms show; the one that led here where one did, with its end
 */
export function showResult(
  c: Context,
  site: Site,
  answer: LookedUp,
  ticket: string,
  more: Partial<ResultPage> = {},
  status = 200,
): Response {
  const lang = langOf(c)
  const viaShare = answer.right !== 'holder'
  const kept = answer.evidence && { evidence: answer.evidence }
  return answerPage(
    c,
    site,
    {
      title: verdictText(lang, answer).title,
      error: status >= 400,
      wide: true,
      scripts: ['/js/result.js'],
    },
    resultView(lang, { answer, ticket, origin: site.origin, viaShare, ...kept, ...more }),
    status,
  )
}

function fieldsOf(sent: Record<string, string>): LookupFields {
  const optional = (['issuer', 'department', 'name'] as const).flatMap((name) => {
    const text = sent[name]?.trim()
    return text ? [[name, text] as const] : []
  })
  return {
    contractNumber: sent.contractNumber ?? '',
    authKey: sent.authKey ?? '',
    ...Object.fromEntries(optional),
  }
}

/** Who looks, out of the fields of a form. */
export function checkerOf({ department, name }: Record<string, string | undefined>) {
  const checker = {
    ...(department?.trim() && { department: department.trim() }),
    ...(name?.trim() && { name: name.trim() }),
  }
  return Object.keys(checker).length > 0 ? { checker } : {}
}
