import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { instant } from '../../../src/base/time.ts'
import type {
  ApplicationContent,
  ApplicationLine,
  AppliedKind,
  LineStatus,
} from '../../../src/desk/application/content.ts'
import { createCompany } from '../../../src/desk/company/company.ts'
import { createPremiums } from '../../../src/desk/company/premiums.ts'
import type { Arrived } from '../../../src/desk/issue/arrived.ts'
import type { TellDifference } from '../../../src/desk/issue/difference.ts'
import type { IssueParts } from '../../../src/desk/issue/issue-draft.ts'
import { createIssueLine, type IssueLine } from '../../../src/desk/issue/issue-line.ts'
import { createLife } from '../../../src/desk/issue/life.ts'
import { createLifeDesk } from '../../../src/desk/issue/life-desk.ts'
import type { LifeEvent } from '../../../src/desk/issue/life-events.ts'
import { fieldsOf, type LifeFields } from '../../../src/desk/issue/life-form.ts'
import type { PaperDone } from '../../../src/desk/issue/paper/paper-done.ts'
import { createRefusals } from '../../../src/desk/issue/refusals.ts'
import { createRefusedDesk } from '../../../src/desk/issue/refused-desk.ts'
import { createSender } from '../../../src/desk/issue/sender.ts'
import type { Issued, IssuedVersion } from '../../../src/desk/issue/version-rows.ts'
import { DEFAULT_PATTERN } from '../../../src/guarantee/contract-number.ts'
import { deskHere } from '../../../src/open/desk-ports.ts'
import type { DeskPorts, PlatformPort } from '../../../src/ports.ts'
import { newKey, newWorld, type World } from '../../platform/world.ts'
import { press } from '../print/reading.ts'

const CONTENT: ApplicationContent = {
  contractor: { name: '株式会社髙橋建設', address: '静岡県富士市見本町1-1' },
  works: {
    ownerCode: '222101',
    ownerName: '富士市長',
    worksName: '市道本町線 道路改良工事（第2工区）',
    worksCategory: 'works',
    contractPrice: 50_000_000,
    worksContractDate: '2026-01-15',
    worksPeriod: { start: '2026-01-16', end: '2026-09-30' },
    lowBid: false,
  },
  lines: [],
  information: { branch: 'shizuoka', notify: true, emails: ['soumu@takahashi.example'] },
}

/** 前払金保証 of 20,000,000 yen, as the leaflet has it. */
export function line(change: Partial<ApplicationLine> = {}): ApplicationLine {
  return {
    kind: 'advance_payment',
    format: 'electronic',
    guaranteedAmount: 20_000_000,
    depositBank: '見本銀行　富士支店',
    redeposit: false,
    paymentMethod: 'per_case',
    billTo: { name: '株式会社髙橋建設' },
    paperStatement: false,
    ...change,
  }
}

/** What becomes of one call of the platform. */
export type Mishap = (deed: () => Promise<never>) => Promise<never>

export interface Scene {
  world: World
  ports: DeskPorts
  parts: IssueParts
  told: Arrived[]
  /** What was done on paper, as it was told. */
  done: PaperDone[]
  /** What happens to the next submissions, in order; then nothing. */
  mishaps: Mishap[]
  sender: ReturnType<typeof createSender>
  /** A sent application whose lines stand at a status; its id. */
  apply(lines: ApplicationLine[], status?: LineStatus): Promise<string>
  /** Issues what it would be now. */
  issue(application: string, kind?: AppliedKind): ReturnType<IssueLine['issue']>
  /** The log's entries of records. */
  records(): Promise<number>
  rows<T = Record<string, unknown>>(table: string): Promise<T[]>
}

/** A desk beside a real platform on one real file; between them calls may go wrong. */
export async function newScene(fourEyes = false): Promise<Scene> {
  const world = await newWorld()
  const { opened, platform, ports } = world
  const here = deskHere({ ...opened, ports }, platform)
  const mishaps: Mishap[] = []
  const faulty: PlatformPort = {
    ...here.ports.platform,
    submit: (body) => suffer(mishaps, () => here.ports.platform.submit(body)),
    rekey: (body) => suffer(mishaps, () => here.ports.platform.rekey(body)),
  }
  const deskPorts = { ...here.ports, platform: faulty }
  await here.signingKeys.importKey('east', world.issuer.privateJwk as never)
  const company = await companyOf(world, fourEyes)
  const told: Arrived[] = []
  const { signingKeys } = here
  const done: PaperDone[] = []
  const tellPaper = async (one: PaperDone) => {
    done.push(one)
    return []
  }
  const parts = { ports: deskPorts, signingKeys, company, tell: tellPaper }
  const tell = async (arrived: Arrived) => {
    told.push(arrived)
    return []
  }
  const issueLine = createIssueLine(parts)
  const { store } = ports
  return {
    ...{ world, ports: deskPorts, parts, told, done, mishaps },
    sender: createSender({ ports: deskPorts, signingKeys, tell }),
    apply: (lines, status = 'premium_settled') => apply(world, lines, status),
    async issue(application, kind = 'advance_payment') {
      const about = { issuer: 'east', application, kind }
      const { digest } = await issueLine.draft(about)
      return issueLine.issue({ ...about, digest, madeBy: 'clerk' })
    },
    async records() {
      const query = store.db.selectFrom('version').select('seq').compile()
      return (await store.all(query)).length
    },
    rows: async <T>(table: string) =>
      (await store.all(
        store.db
          .selectFrom(table as 'issued')
          .selectAll()
          .compile(),
      )) as T[],
  }
}

function suffer<Result>(mishaps: Mishap[], deed: () => Promise<Result>): Promise<Result> {
  const mishap = mishaps.shift()
  return mishap ? mishap(deed as () => Promise<never>) : deed()
}

/** What these stand on. */
interface Outside {
  ports: Pick<DeskPorts, 'store' | 'clock'>
}

/** The demo's company under the name of the sample's. */
export async function companyOf({ ports }: Outside, fourEyes: boolean) {
  const text = readFileSync(new URL('../../../db/demo/companies.json', import.meta.url), 'utf8')
  const profile = JSON.parse(text.replaceAll('akashi-east', 'east')).east
  const company = createCompany(ports)
  await company.set({ id: 'east', numberPattern: DEFAULT_PATTERN }, { ...profile, fourEyes })
  return company
}

/** A sent application whose lines stand at a status; its id. */
export async function apply(
  { ports: { store, clock } }: Outside,
  lines: ApplicationLine[],
  status: LineStatus = 'premium_settled',
): Promise<string> {
  const id = randomUUID()
  const at = instant(clock.now())
  const { db } = store
  const content = JSON.stringify({ ...CONTENT, lines })
  await store.commit([
    db
      .insertInto('application')
      .values({
        ...{ id, number: `A-${id.slice(0, 8)}`, issuer: 'east', org: 'takahashi' },
        ...{ branch: 'shizuoka', worksName: CONTENT.works.worksName, copyOf: null },
        ...{ sendKey: id, createdBy: 'contractor', createdAt: at, sentAt: at },
      })
      .compile(),
    db
      .insertInto('applicationRevision')
      .values({ application: id, revision: 1, form: '{}', content, byUser: 'contractor', at })
      .compile(),
    ...lines.flatMap(({ kind, format, guaranteedAmount }) => [
      db
        .insertInto('applicationLine')
        .values({ application: id, kind, format, status, guaranteedAmount, contractNumber: null })
        .compile(),
      db
        .insertInto('lineStep')
        .values({ application: id, kind, step: 1, status, at, byUser: 'clerk', note: null })
        .compile(),
    ]),
  ])
  return id
}

type Submission = { state: string; tries: number; fault: string | null }

export const submission = async ({ rows }: Scene) => (await rows<Submission>('submission'))[0]
export const issued = async ({ rows }: Scene) => (await rows<Issued>('issued'))[0] as Issued
export const version = async ({ rows }: Scene) =>
  (await rows<IssuedVersion>('issuedVersion'))[0] as IssuedVersion
export const status = async ({ rows }: Scene) =>
  (await rows<{ status: string }>('applicationLine'))[0]?.status

/** Time goes by until the next try is due. */
export async function later({ world, sender }: Scene): Promise<void> {
  world.clock.pass(5 * 60_000)
  await sender.run()
}

export function refusalsOf({ parts, sender }: Scene) {
  return createRefusals({ ...parts, deliver: sender.deliver })
}

/** What clerks and approvers have in their hands. */
export async function lifeDeskOf(
  scene: Scene,
  fourEyes: boolean,
  tellDifference: TellDifference = async () => [],
) {
  const { ports, parts, sender, world } = scene
  const company = await companyOf(world, fourEyes)
  const refused = createRefusedDesk({ ports, refusals: refusalsOf(scene), sender, company })
  const premiums = createPremiums(ports, company)
  return createLifeDesk({
    ports,
    company,
    sender,
    life: createLife(parts),
    premiums,
    refused,
    press,
    tell: parts.tell,
    tellDifference,
  })
}

/** What the confirmation of a deed shows: the terms of now, a reason and choices, changed as wished. */
export async function previewed(
  desk: Awaited<ReturnType<typeof lifeDeskOf>>,
  numberKey: string,
  event: LifeEvent,
  fields: LifeFields,
) {
  const seen = await desk.overview('east', numberKey)
  const terms = fieldsOf(JSON.parse(seen.issued.certificate))
  const said = { reason: '理由', reasonCode: 'other', stage: 'after_advance_paid' }
  return { seen, shown: await desk.preview(seen, event, { ...terms, ...said, ...fields }) }
}

/** What the 引受承認 of a guarantee would have billed: 63,000 yen for the first one. */
export async function billFirst(scene: Scene): Promise<void> {
  const { certificate, application } = await issued(scene)
  const about = { issuer: 'east', org: 'takahashi', application, kind: 'advance_payment' } as const
  const premiums = createPremiums(scene.ports, createCompany(scene.ports))
  const { bill } = await premiums.forIssue(about, JSON.parse(certificate))
  await scene.ports.store.commit((await bill(line())).queries)
}

/** The company's key ends at the platform. */
export async function retireKey({ world }: Scene): Promise<void> {
  await world.platform.issuers.keyRetire('east', world.issuer.kid)
  world.clock.pass(1000)
}

/** The operator registers another key and imports it; its thumbprint. */
export async function newCompanyKey({ world, parts }: Scene): Promise<string> {
  const key = await newKey()
  await world.platform.issuers.keyAdd('east', key.publicJwk)
  world.clock.pass(1000)
  await parts.signingKeys.importKey('east', key.privateJwk as never)
  return key.kid
}
