import { serve } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { getCookie } from 'hono/cookie'
import { onTestFinished } from 'vitest'
import type { Member } from '../../../src/accounts/member.ts'
import { base64url, fromUtf8, utf8 } from '../../../src/base/bytes.ts'
import type { ApplicationContent } from '../../../src/desk/application/content.ts'
import { guaranteesPages } from '../../../src/desk/guarantees/guarantees.page.ts'
import type { GuaranteeParts } from '../../../src/desk/guarantees/parts.ts'
import { mailsPages } from '../../../src/desk/notify/mails.page.ts'
import { printKeyNotice } from '../../../src/desk/print/notice.pdf.ts'
import { createPress } from '../../../src/desk/print/press.ts'
import type { Certificate } from '../../../src/guarantee/certificate.ts'
import { numberKey } from '../../../src/guarantee/contract-number.ts'
import { type RecordPayload, readRecord } from '../../../src/guarantee/record.ts'
import { platformHere } from '../../../src/open/platform-here.ts'
import { fontFiles } from '../../../src/outside/font-files.ts'
import type { AccessEvent } from '../../../src/ports.ts'
import { errorTitle, errorView } from '../../../src/view/error.view.ts'
import { faultOf, statusOf } from '../../../src/web/answer.ts'
import { answerPage } from '../../../src/web/site.ts'
import { certificate, newWorld, payload } from '../../platform/world.ts'
import { freePort } from '../../support/server.ts'
import { issuedRow } from './many.ts'

export const KEY = 'Z28YUE4J3Bux'
const FIRM = { id: 'org-0', kind: 'contractor', name: '株式会社髙橋建設' } as const
const COMPANY = {
  id: 'org-east',
  kind: 'issuer',
  issuer: 'east',
  name: 'あかし東建設業保証株式会社',
} as const

const PERSON = { user: 'u5', name: '見本 五', email: 'e@city.example' }

const MEMBERS: Record<string, Member> = {
  contractor: {
    user: 'u1',
    name: '髙橋 一',
    email: 'a@t.example',
    role: 'contractor',
    organisation: FIRM,
  },
  stranger: {
    user: 'u2',
    name: '見本 二',
    email: 'b@m.example',
    role: 'contractor',
    organisation: { id: 'org-9', kind: 'contractor', name: '見本土木 有限会社' },
  },
  clerk: {
    user: 'u3',
    name: '見本 三',
    email: 'c@east.example',
    role: 'clerk',
    organisation: COMPANY,
  },
  approver: { ...PERSON, user: 'u4', name: '見本 四', role: 'approver', organisation: COMPANY },
  auditor: { ...PERSON, role: 'auditor', organisation: { ...FIRM, kind: 'operator' } },
}

interface Issue {
  number?: string
  org?: string
  change?: Partial<Certificate>
  /** What came after the issue; `arrives: false` waits in the outbox. */
  events?: (Partial<RecordPayload> & { arrives?: boolean })[]
  arrives?: boolean
}

/** The desk's pages over a real platform, whoever is signed in; the sign-in itself is another's. */
export async function newDesk(change: Partial<GuaranteeParts> = {}) {
  const world = await newWorld()
  const { ports, opened, platform, clock } = world
  const { store } = ports
  const noted: AccessEvent[] = []
  const access = {
    note(event: AccessEvent) {
      noted.push(event)
      return platform.access.note(event)
    },
  }
  const about = (issuer: string, key: string) => `${issuer}\n${key}`
  const site = { origin: 'http://127.0.0.1', demo: false }
  const press = createPress(fontFiles)
  const parts: GuaranteeParts = {
    ports: { ...ports, platform: platformHere(platform, async () => '') },
    access,
    site,
    confirmAt: 'https://kakunin.example.jp',
    memberOf: async (request) =>
      MEMBERS[/who=(\w+)/.exec(request.headers.get('cookie') ?? '')?.[1] ?? ''],
    authKeyOf: async ({ issuer, numberKey: key, sealedKey }) =>
      sealedKey === null
        ? undefined
        : fromUtf8(await opened.sealer.open(sealedKey, about(issuer, key))),
    officeOf: async () => ({ company: COMPANY.name, branch: '静岡支店', phone: '054-000-0101' }),
    branchesOf: async () => [
      { id: 'shizuoka', name: '静岡支店' },
      { id: 'hamamatsu', name: '浜松支店' },
    ],
    printNotice: (notice) => printKeyNotice(press, notice),
    ...change,
  }

  /** Signs and submits as the issue does, and leaves the rows that it leaves. */
  async function issue({
    number = '12345-678901',
    org = FIRM.id,
    change: own = {},
    events = [],
    arrives = true,
  }: Issue = {}) {
    const key = numberKey(number)
    const first = certificate({ contractNumber: number, contractor: { name: FIRM.name }, ...own })
    await store.commit([
      store.db
        .insertInto('issued')
        .values(
          issuedRow({
            contractNumber: number,
            org,
            worksName: first.worksName,
            ownerName: first.owner.name,
            kind: first.kind,
            certificate: JSON.stringify(first),
            sealedKey: await opened.sealer.seal(utf8(KEY), about('east', key)),
            state: arrives ? 'in_force' : 'issuing',
            arrivedAt: null,
          }),
        )
        .compile(),
    ])
    let prev: string | null = null
    const all = [{ event: 'issue' as const, certificate: first, arrives }, ...events]
    for (const [at, { arrives: comes = true, ...event }] of all.entries()) {
      const seq = at + 1
      const jws = await world.sign(
        payload({ sub: number, seq, prev, certificate: first, ...event } as Partial<RecordPayload>),
      )
      prev = base64url(readRecord(jws).sha256)
      const receipt = comes
        ? (await platform.intake({ record: jws, ...(seq === 1 && { authKey: KEY }) })).receipt
        : undefined
      await store.commit([
        store.db
          .insertInto('issuedVersion')
          .values({
            issuer: 'east',
            numberKey: key,
            seq,
            event: event.event ?? 'amend',
            jws,
            madeAt: new Date(clock.now()).toISOString(),
            madeBy: 'u3',
            approvedBy: null,
            arrivedAt: receipt?.arrivedAt ?? null,
            receipt: receipt ? JSON.stringify(receipt) : null,
          })
          .compile(),
        ...(comes
          ? [
              store.db
                .updateTable('issued')
                .set({ arrivedAt: receipt?.arrivedAt ?? null, newestSeq: seq })
                .where('numberKey', '=', key)
                .compile(),
            ]
          : [
              store.db
                .insertInto('submission')
                .values({
                  issuer: 'east',
                  numberKey: key,
                  seq,
                  sealedKey: null,
                  state: 'waiting',
                  tries: 2,
                  nextAt: '2026-02-03T06:00:00.000Z',
                  fault: null,
                  madeAt: '2026-02-03T05:00:00.000Z',
                })
                .compile(),
            ]),
      ])
      clock.pass(60_000)
    }
  }

  const app = new Hono()
  app.get('/as/:who', (c) => {
    c.header('set-cookie', `who=${c.req.param('who')}; Path=/`)
    return c.text(getCookie(c, 'who') ?? '')
  })
  app.route('/', guaranteesPages(parts))
  app.route('/', mailsPages({ ports, site, memberOf: parts.memberOf }))
  app.on(
    'GET',
    ['/css/*', '/js/*', '/fonts/*', '/icon.svg', '/favicon.ico'],
    serveStatic({ root: './public' }),
  )
  app.onError((error, c) => {
    const fault = faultOf(error)
    const status = statusOf(fault.code)
    if (status === 500) console.error(error)
    const data = { status, code: fault.code, requestId: 'x' }
    return answerPage(
      c,
      site,
      { title: errorTitle('ja', data), error: true },
      errorView('ja', data),
      status,
    )
  })

  const ask = (path: string, who?: string, init: RequestInit = {}) =>
    app.request(path, {
      ...init,
      headers: { ...(who && { cookie: `who=${who}` }), ...init.headers },
    })
  const post = (path: string, who: string, form: Record<string, string>) =>
    ask(path, who, {
      method: 'POST',
      body: new URLSearchParams(form).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })

  /** Takes connections of a browser. */
  async function listen(): Promise<string> {
    const port = await freePort()
    const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' })
    onTestFinished(() => void server.close())
    return `http://127.0.0.1:${port}`
  }

  /** The application that a guarantee came of, for what is told of it. */
  async function putApplication(
    number: string,
    information: Partial<ApplicationContent['information']> = {},
  ) {
    const content = {
      contractor: { name: FIRM.name },
      works: { worksName: '市道本町線 道路改良工事（第2工区）' },
      lines: [],
      information: {
        branch: 'shizuoka',
        notify: true,
        emails: ['soumu@kensetsu.example'],
        person: '髙橋 一',
        phone: '054-111-2222',
        ...information,
      },
    }
    const id = `application-${number}`
    const at = '2026-02-01T00:00:00.000Z'
    await store.commit([
      store.db
        .insertInto('application')
        .values({
          id,
          number: `R-${number}`,
          issuer: 'east',
          org: FIRM.id,
          branch: 'shizuoka',
          worksName: content.works.worksName,
          copyOf: null,
          sendKey: null,
          createdBy: 'u1',
          createdAt: at,
          sentAt: at,
        })
        .compile(),
      store.db
        .insertInto('applicationRevision')
        .values({
          application: id,
          revision: 1,
          form: '{}',
          content: JSON.stringify(content),
          byUser: 'u1',
          at,
        })
        .compile(),
    ])
    return id
  }

  return { ...world, store, noted, parts, issue, ask, post, listen, putApplication }
}
