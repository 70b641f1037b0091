import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getMigrations } from 'better-auth/db/migration'
import { expect, onTestFinished, test } from 'vitest'
import { createAuth } from '../../src/accounts/auth.ts'
import { migrateSqlite } from '../../src/store/sqlite.ts'
import { openSqliteAccounts } from '../../src/store/sqlite-accounts.ts'

const FOLDER = join(import.meta.dirname, '..', '..', 'db')

/** What better-auth finds missing in a database that has these of our migrations. */
async function missing(fits: (name: string) => boolean) {
  const folder = mkdtempSync(join(tmpdir(), 'akashi-accounts-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'akashi.db')
  writeFileSync(path, '')
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.sql') && fits(name))
  const files = names
    .sort()
    .map((name) => ({ name, sql: readFileSync(join(FOLDER, name), 'utf8') }))
  migrateSqlite(path, files)
  const store = openSqliteAccounts(path)
  onTestFinished(() => store.close())
  const unused = async (): Promise<never> => {
    throw new Error('asked for no more than tables')
  }
  const auth = createAuth({
    store,
    origin: 'https://hosho.example',
    secrets: [{ version: 1, value: 'a secret of no use in forty-three letters..' }],
    passwords: { hash: unused, verify: unused },

    useCode: unused,
    mayJoin: unused,
    join: unused,
    maySignIn: unused,
    signedInByOidc: unused,
  })
  const { toBeCreated, toBeAdded } = await getMigrations(auth.options)
  return { tables: toBeCreated.map(({ table }) => table), columns: toBeAdded }
}

test('db/0011_accounts.sql has all that better-auth asks for', async () => {
  expect(await missing(() => true)).toEqual({ tables: [], columns: [] })
})

test('without it every table is missing', async () => {
  const { tables } = await missing((name) => name !== '0011_accounts.sql')
  expect(tables).toHaveLength(10)
})
