import { readConfig } from '../../../src/config.ts'
import { accountsOf } from '../../../src/open/accounts.ts'
import { openNode } from '../../../src/open.ts'
import { systemClock } from '../../../src/outside/clock.ts'
import { manyRows, putRows } from '../../desk/guarantees/many.ts'
import { forMilliseconds, getBytes } from '../load.ts'
import { byTurns, type Figure, median, pairedRatio, whole } from '../measure.ts'
import { perCpuSecond, startAkashi, startFloor } from '../servers.ts'
import type { BenchSettings } from '../settings.ts'

const GUARANTEES = 10_000
const CONNECTIONS = 32
const PERSON = { email: 'sato@takahashi.example', password: 'tetsukyo-no-mukou-gawa' }
const LIST = '/desk/guarantees'
const FILTERS = [
  '',
  '?kind=contract',
  '?works=道路',
  '?works=橋梁補修&kind=advance_payment',
  '?from=2025/4/1&to=2025/9/30',
  '?works=10001-0043',
]
/** Pages of each filter that are asked for, as far as there are so many. */
const PAGES = 6

/** 保証契約一覧 of a contractor, filtered and paged, against bare node:http with the same bytes. */
export async function listCase(settings: BenchSettings): Promise<Figure[]> {
  const { dataDir } = await settings.data('empty')
  await fill(dataDir)
  const akashi = await startAkashi(dataDir, settings.port())
  const origin = `http://127.0.0.1:${akashi.port}`
  const cookie = await signIn(origin)
  const pages = await pagesOf(origin, cookie)
  const paths = [...pages.keys()]
  const floor = await startFloor(settings, Object.fromEntries([...pages.values()].entries()))
  try {
    const contender = (server: typeof akashi, asked: readonly string[]) => {
      const requests = asked.map((path) => getBytes(path, { cookie }))
      return () =>
        perCpuSecond(server, forMilliseconds(settings.milliseconds, requests), CONNECTIONS)
    }
    const { own, bare } = await byTurns(settings.rounds, {
      own: contender(akashi, paths),
      bare: contender(
        floor,
        paths.map((_, at) => `/bytes/${at}`),
      ),
    })
    const [a, b] = [own, bare].map((values) => whole(median(values)))
    return [
      {
        work: `保証契約一覧 of ${GUARANTEES.toLocaleString('en')} guarantees, filtered and paged`,
        against: 'bare node:http',
        ratio: pairedRatio(own, bare),
        reach: 0.4,
        better: 'more',
        detail: `${a} pages a CPU second; ${b}`,
      },
    ]
  } finally {
    await Promise.all([akashi.stop(), floor.stop()])
  }
}

/** A contractor with one person, and guarantees of two years. */
async function fill(dataDir: string): Promise<void> {
  const config = readConfig({ DATA_DIR: dataDir, DEMO: '0' })
  const opened = await openNode(config, systemClock, false)
  try {
    const unnoted = { note: async () => {}, count: async () => {}, retry: async () => {} }
    const { organisations, invitations, accept } = accountsOf(opened, config, unnoted)
    const org = await organisations.add({
      kind: 'contractor',
      name: '株式会社髙橋建設',
      allowsOidc: false,
    })
    const { email, password } = PERSON
    const secret = await invitations.invite(org, 'contractor', { email, name: '佐藤' })
    await accept(secret, { name: '佐藤 花子', password })
    await putRows(
      opened.ports.store,
      manyRows(GUARANTEES).map((row) => ({ ...row, org: org.id })),
    )
  } finally {
    await opened.close()
  }
}

async function signIn(origin: string): Promise<string> {
  const answer = await fetch(`${origin}/sign-in`, {
    method: 'POST',
    headers: { origin },
    body: new URLSearchParams(PERSON),
    redirect: 'manual',
  })
  if (answer.status !== 303) throw new Error(`the sign-in answers ${answer.status}`)
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ')
}

/** Each page of each filter with what it shows, from link to link. */
async function pagesOf(origin: string, cookie: string): Promise<Map<string, string>> {
  const pages = new Map<string, string>()
  for (const filter of FILTERS) {
    let path: string | undefined = encodeURI(LIST + filter)
    for (let page = 0; page < PAGES && path; page++) {
      const answer: Response = await fetch(origin + path, {
        headers: { cookie },
        redirect: 'manual',
      })
      if (answer.status !== 200) throw new Error(`${path} answers ${answer.status}`)
      const text: string = await answer.text()
      pages.set(path, text)
      path = /rel="next" href="([^"]+)"/.exec(text)?.[1]?.replaceAll('&amp;', '&')
    }
  }
  return pages
}
