import { type Context, Hono } from 'hono'
import type { Member } from '../../accounts/member.ts'
import { type MemberEnv, requireMember } from '../../accounts/require-member.ts'
import { API_HEADERS } from '../../web/answer.ts'
import type { Content } from '../../web/html.ts'
import { answerPage } from '../../web/site.ts'
import { areaOf } from '../company/area.ts'
import { createProposedEvents } from '../issue/open-proposals.ts'
import { type Choice, readConditions, readPlace } from './choice.ts'
import { createGuaranteeCsv } from './guarantee-csv.ts'
import { createHistoryList } from './history-list.ts'
import { historyNotes, historyTable } from './history-list.view.ts'
import { createList, type Standing } from './list.ts'
import { guaranteeTable, type ListPage, listView } from './list.view.ts'
import type { Side } from './page-rows.ts'
import type { GuaranteeParts } from './parts.ts'
import { listWords } from './words.ts'

const MOST = 50
/** Guarantees on a page of histories, each of which has some rows. */
const MOST_HISTORIES = 25

const ROOT = '/desk/guarantees'

/** `/desk/guarantees` and its two kin, and the list as a file. */
export function listPages(parts: GuaranteeParts): Hono<MemberEnv> {
  const { store } = parts.ports
  const list = createList(store)
  const historyList = createHistoryList(store)
  const csv = createGuaranteeCsv(store)
  const proposed = createProposedEvents(store)
  const app = new Hono<MemberEnv>()
  app.use(`${ROOT}/*`, requireMember(parts.memberOf, ['contractor', 'clerk', 'approver']))
  app.get(ROOT, (c) =>
    show(c, parts, { list, proposed, path: ROOT, title: listWords.title, choice: {} }),
  )
  app.get(`${ROOT}/electronic`, (c) =>
    show(c, parts, {
      list,
      proposed,
      path: `${ROOT}/electronic`,
      title: listWords.electronicTitle,
      choice: { format: 'electronic' },
    }),
  )
  app.get(`${ROOT}/history`, async (c) => {
    const member = c.get('member')
    const query = c.req.query()
    const conditions = readConditions(query)
    const from = standing(query)
    const page = await historyList(sideOf(member), conditions.choice, from, MOST_HISTORIES)
    const data: ListPage = {
      ...(await frame(parts, member)),
      title: listWords.historyTitle,
      path: `${ROOT}/history`,
      conditions,
      page,
      most: MOST_HISTORIES,
    }
    return answer(c, parts, data, historyTable(data.title, page.histories), historyNotes())
  })
  app.get(`${ROOT}/list.csv`, async (c) => {
    const text = await csv(sideOf(c.get('member')), readConditions(c.req.query()).choice)
    const name = `${encodeURIComponent(listWords.title)}.csv`
    return new Response(text, {
      headers: {
        ...API_HEADERS,
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="guarantees.csv"; filename*=UTF-8''${name}`,
      },
    })
  })
  return app
}

interface Kind {
  list: ReturnType<typeof createList>
  proposed: ReturnType<typeof createProposedEvents>
  path: string
  title: string
  choice: Choice
}

async function show(c: Context<MemberEnv>, parts: GuaranteeParts, kind: Kind): Promise<Response> {
  const { list, proposed, path, title, choice } = kind
  const member = c.get('member')
  const query = c.req.query()
  const conditions = readConditions(query)
  const wanted = { ...conditions.choice, ...choice }
  const page = await list(sideOf(member), wanted, standing(query), MOST)
  const data: ListPage = {
    ...(await frame(parts, member)),
    ...{ title, path, conditions, page, most: MOST },
    csv: `${ROOT}/list.csv`,
  }
  const { issuer } = member.organisation
  const waiting = issuer === undefined ? undefined : await proposed(issuer)
  return answer(c, parts, data, guaranteeTable(data, waiting))
}

function answer(
  c: Context<MemberEnv>,
  { site }: GuaranteeParts,
  data: ListPage,
  table: Content,
  notes: Content = false,
): Response {
  const options = {
    title: data.title,
    error: data.conditions.errors.length > 0,
    area: areaOf(c.get('member'), data.path),
    styles: ['guarantees'],
    wide: true,
  }
  return answerPage(c, site, options, listView(data, table, notes))
}

/** A contractor's own name stands for 契約者; a company chooses by it and by branch. */
async function frame({ branchesOf }: GuaranteeParts, { organisation }: Member) {
  if (organisation.kind === 'contractor') return { contractor: organisation.name, branches: [] }
  return { branches: await branchesOf(organisation.issuer ?? '') }
}

/** @returns guarantees of the member's own organisation, and of no other */
function sideOf({ organisation }: Member): Side {
  return organisation.kind === 'contractor'
    ? { org: organisation.id }
    : { issuer: organisation.issuer ?? '' }
}

function standing(query: Readonly<Record<string, string>>): Standing {
  const after = readPlace(query.after)
  const before = readPlace(query.before)
  const no = query.no ?? ''
  const number = /^[1-9]\d{0,8}$/.test(no) ? Number(no) : 1
  if (before) return { before, number }
  return after ? { after, number } : { number: 1 }
}
