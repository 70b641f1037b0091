import { addDays, type Day, type Instant, instant, milliseconds, startOfDay } from '../base/time.ts'
import type { Certificate } from '../guarantee/certificate.ts'
import type { RecordPayload } from '../guarantee/record.ts'
import type {
  DemoEvent,
  DemoIssuer,
  DemoOwner,
  Facts,
  Guarantee,
  Moment,
  Parties,
  Works,
} from './data.ts'

/** What a record says beside who signs it and which one it follows. */
type Content = Omit<RecordPayload, 'iss' | 'aud' | 'iat' | 'jti' | 'ver' | 'prev'>

/** A record that is to arrive at a moment of the past. */
export interface Planned {
  at: Instant
  issuer: DemoIssuer
  content: Content
}

/** The demo's past, dated back from the day of loading, in the order of arrival. */
export function planOf(parties: Parties, works: readonly Works[], today: Day): Planned[] {
  return works
    .flatMap((one) => one.guarantees.flatMap((guarantee) => lifeOf(one, guarantee, parties, today)))
    .sort((a, b) => milliseconds(a.at) - milliseconds(b.at))
}

/** A moment of the plan; offices are closed on Saturdays and Sundays: then the Friday before. */
export function momentOf([offset, time]: Moment, today: Day): Instant {
  const [hours, minutes] = time.split(':').map(Number) as [number, number]
  const start = milliseconds(startOfDay(officeDay(offset, today)))
  return instant(start + (hours * 60 + minutes) * 60_000)
}

function officeDay(offset: number, today: Day): Day {
  const day = addDays(today, offset)
  const weekday = new Date(day).getUTCDay()
  return addDays(day, weekday === 6 ? -1 : weekday === 0 ? -2 : 0)
}

/** All records of one guarantee, by seq. */
function lifeOf(
  { guarantees: _, ...works }: Works,
  { at, events = [], ...own }: Guarantee,
  parties: Parties,
  today: Day,
): Planned[] {
  const issuer = parties.issuers.find(({ terms }) => terms[own.kind])
  if (!issuer) throw new Error(`no issuer of the demo has terms for ${own.kind}`)
  const issue: DemoEvent = { event: 'issue', at }
  const states: Facts[] = [{ lowBid: false, documented: at[0], ...works, ...own }]
  for (const event of events) states.push(after(states, event))
  return [issue, ...events].map(({ at: moment, change: _c, restores: _r, ...claims }, i) => ({
    at: momentOf(moment, today),
    issuer,
    content: {
      sub: own.contractNumber,
      seq: i + 1,
      ...claims,
      certificate: certificateOf(states[i] as Facts, issuer, parties, today),
    },
  }))
}

/** The facts after an event; an amended certificate is a new document, a corrected one is not. */
function after(states: readonly Facts[], { event, at, change, restores }: DemoEvent): Facts {
  const now = states[(restores ?? states.length) - 1]
  if (!now) throw new Error(`there is no seq ${restores} to restore`)
  return { ...now, ...change, ...(event === 'amend' && { documented: at[0] }) }
}

/** The full snapshot that the facts amount to. */
function certificateOf(
  facts: Facts,
  issuer: DemoIssuer,
  parties: Parties,
  today: Day,
): Certificate {
  const { owner, contractor, contracted, starts, ends, approved, documented, ...stated } = facts
  const { aliases, name, code, start } = partyOf(parties.owners, owner)
  const { bank, ...company } = partyOf(parties.contractors, contractor)
  const isAdvance = facts.kind === 'advance_payment' || facts.kind === 'interim_advance_payment'
  const worksContractDate = latest(officeDay(contracted, today), firstDayOf(start))
  const worksEnd = addDays(today, ends)
  return {
    ...stated,
    owner: { name: aliases[0] ?? name, title: name, ...(code !== undefined && { code }) },
    contractor: company,
    worksContractDate,
    worksPeriod: { start: latest(addDays(today, starts), worksContractDate), end: worksEnd },
    // 保証期限 of an advance is a day, 保証期間 of the others a term.
    coverage: { ...(!isAdvance && { start: worksContractDate }), end: worksEnd },
    documentDate: officeDay(documented, today),
    ...(isAdvance && { depositBank: bank }),
    ...(approved !== undefined && { interimApprovalDate: officeDay(approved, today) }),
    terms: issuer.terms[facts.kind] as Certificate['terms'],
    issuerName: issuer.name,
    ...issuer.certificate,
  }
}

/** No contract is dated before the owner's start, also in a demo that is loaded soon after it. */
function firstDayOf({ basis, date }: DemoOwner['start']): Day {
  return basis === 'contract_date' ? date : ''
}

function latest(a: Day, b: Day): Day {
  return a > b ? a : b
}

function partyOf<T>(parties: Record<string, T>, id: string): T {
  const party = parties[id]
  if (party === undefined) throw new Error(`nobody in the demo has the id ${id}`)
  return party
}
