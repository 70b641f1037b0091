import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { accountsOf } from '../../src/open/accounts.ts'
import { AUTH_KEY, newWorld, PLATFORM, payload, type World } from '../platform/world.ts'

const COUNT = 100
const EMAIL = 'sato@takahashi.example'
const PASSWORD = 'tetsukyo-no-mukou-gawa'
const NUMBERS = Array.from({ length: COUNT }, (_, i) => `12345-${200_000 + i}`)

const accountsIn = ({ opened, platform }: World) =>
  accountsOf(opened, readConfig({ PUBLIC_ORIGIN: PLATFORM }), platform.access)

/** From here on the second row of a sign-up is refused by the file itself, whoever writes it. */
function breakSignUps({ dataDir }: World): { mend(): void } {
  const file = new Database(join(dataDir, 'akashi.db'))
  onTestFinished(() => void file.close())
  file.exec(`CREATE TRIGGER broken BEFORE INSERT ON authAccount
    BEGIN SELECT RAISE(ABORT, 'broken off midway'); END`)
  return { mend: () => void file.exec('DROP TRIGGER broken') }
}

test('a sign-up that throws midway while a hundred records are appended loses none of them', async () => {
  const world = await newWorld()
  const accounts = accountsIn(world)
  const firm = { kind: 'contractor', name: '株式会社髙橋建設', allowsOidc: false } as const
  const organisation = await accounts.organisations.add(firm)
  const given = { email: EMAIL, name: '佐藤' }
  const secret = await accounts.invitations.invite(organisation, 'contractor', given)
  const { mend } = breakSignUps(world)
  const records = await Promise.all(NUMBERS.map((sub) => world.sign(payload({ sub }))))

  let acknowledged = 0
  let meanwhile = 0
  const appending = (async () => {
    for (const record of records) {
      await world.platform.intake({ record, authKey: AUTH_KEY })
      acknowledged += 1
    }
  })()
  do {
    const before = acknowledged
    const person = { name: '佐藤 花子', password: PASSWORD }
    await expect(accounts.accept(secret, person)).rejects.toThrow('broken off midway')
    meanwhile += acknowledged - before
  } while (acknowledged < COUNT)
  await appending
  // Else nothing was at stake.
  expect(meanwhile).toBeGreaterThan(0)

  const again = await world.reopen({ meanwhile: mend })
  const { db } = again.ports.store
  const versions = await db.selectFrom('version').select('numberKey').execute()
  expect(new Set(versions.map(({ numberKey }) => numberKey)).size).toBe(COUNT)
  for (const [i, record] of records.entries()) {
    const { fresh } = await again.platform.intake({ record, authKey: AUTH_KEY })
    expect([NUMBERS[i], fresh]).toEqual([NUMBERS[i], false])
  }
  // The person was half made, and joins by the same link.
  const later = accountsIn(again)
  await later.accept(secret, { name: '佐藤 花子', password: PASSWORD })
  expect(await later.users.list()).toMatchObject([{ email: EMAIL, state: 'active' }])
})
