import type { Accounts } from '../../src/accounts/accounts.ts'
import type { Caller, Reply } from '../../src/accounts/calls.ts'
import type { Role } from '../../src/accounts/member.ts'
import { accountsOf } from '../../src/open/accounts.ts'
import { systemClock } from '../../src/outside/clock.ts'
import type { AccessEvent } from '../../src/ports.ts'
import { PLATFORM } from '../platform/sample.ts'
import type { Database, Engine } from './engine.ts'

export const EMAIL = 'sato@takahashi.example'
export const PASSWORD = 'tetsukyo-no-mukou-gawa'
export const CONTRACTOR = {
  kind: 'contractor',
  name: '株式会社髙橋建設',
  address: '富士市永田町1-100',
  representative: '代表取締役 髙橋 一郎',
  allowsOidc: false,
} as const

export interface House {
  accounts: Accounts
  database: Database
  events: AccessEvent[]
}

async function open(database: Database): Promise<House> {
  const started = await database.start(systemClock)
  const events: AccessEvent[] = []
  const note = async (event: AccessEvent) => void events.push(event)
  const access = { note, count: async () => {}, retry: async () => {} }
  return { accounts: accountsOf(started, started.config, access), database, events }
}

/** A house with one organisation and one person in it, who has joined by a link. */
export async function newHouse(here: Engine, role: Role = 'contractor'): Promise<House> {
  const house = await open(await here.newDatabase())
  const { organisations, invitations, accept } = house.accounts
  const organisation = await organisations.add(CONTRACTOR)
  const secret = await invitations.invite(organisation, role, { email: EMAIL, name: '佐藤' })
  await accept(secret, { name: '佐藤 花子', password: PASSWORD })
  return house
}

let nextSource = 0

/** A browser: keeps its cookies, and comes from a network of its own unless told otherwise. */
export function browser({ accounts }: House, source = `198.51.100.${nextSource++}`) {
  const jar = new Map<string, string>()
  const caller = (): Caller => ({
    cookie:
      jar.size === 0 ? undefined : [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
    source,
    origin: PLATFORM,
    agent: 'a browser',
  })
  const call = async (path: string, body?: object): Promise<Reply> => {
    const reply = await accounts.call(caller(), path, body)
    for (const cookie of reply.cookies) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      if (/max-age=0/i.test(cookie)) jar.delete(name)
      else jar.set(name, value)
    }
    return reply
  }
  return {
    call,
    caller,
    signIn: (password = PASSWORD, email = EMAIL) => call('/sign-in/email', { email, password }),
    member() {
      const cookie = caller().cookie
      return accounts.memberOf(new Request(PLATFORM, cookie ? { headers: { cookie } } : {}))
    },
  }
}
