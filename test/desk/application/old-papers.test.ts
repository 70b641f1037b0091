import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { createSentApplications } from '../../../src/desk/application/sent/sent-application.ts'
import { migrateSqlite, openSqlite } from '../../../src/store/sqlite.ts'

const FOLDER = join(import.meta.dirname, '..', '..', '..', 'db')
const FILES = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.sql'))
  .sort()
  .map((name) => ({ name, sql: readFileSync(join(FOLDER, name), 'utf8') }))
const BEFORE = FILES.filter(({ name }) => name < '0021')

const at = (minute: number) => `2026-11-20T01:${String(minute).padStart(2, '0')}:00.000Z`

/** Sent at minute 10, returned, written on at minute 20: papers of every time between. */
const OLD = `
INSERT INTO application (id, number, issuer, org, worksName, createdBy, createdAt, sentAt)
  VALUES ('a', 'UK-000001', 'east', 'kaneda', '工事', 'u', '${at(1)}', '${at(10)}'),
    ('d', NULL, 'east', 'kaneda', '下書き', 'u', '${at(1)}', NULL);
INSERT INTO applicationRevision (application, revision, form, content, byUser, at)
  VALUES ('a', 1, '{}', NULL, 'u', '${at(1)}'),
    ('a', 2, '{}', '{"lines":[]}', 'u', '${at(10)}'),
    ('a', 3, '{}', NULL, 'u', '${at(20)}'),
    ('d', 1, '{}', NULL, 'u', '${at(1)}');
INSERT INTO attachment (id, application, purpose, name, mediaType, size, sha256, bytes, addedBy, addedAt)
  SELECT id, application, 'works', id || '.pdf', 'application/pdf', 1, x'00', x'00', 'u', addedAt
  FROM (SELECT 'first' id, 'a' application, '${at(1)}' addedAt
    UNION ALL SELECT 'sent', 'a', '${at(5)}'
    UNION ALL SELECT 'with the sending', 'a', '${at(10)}'
    UNION ALL SELECT 'while returned', 'a', '${at(15)}'
    UNION ALL SELECT 'after all', 'a', '${at(25)}'
    UNION ALL SELECT 'of a draft', 'd', '${at(2)}');`

function migrated(): string {
  const folder = mkdtempSync(join(tmpdir(), 'akashi-papers-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'old.db')
  migrateSqlite(path, BEFORE)
  const old = new Database(path)
  old.exec(OLD)
  old.close()
  migrateSqlite(path, FILES)
  return path
}

test('papers of an older database belong to the revision that they came with', () => {
  const db = new Database(migrated(), { readonly: true })
  onTestFinished(() => void db.close())
  const rows = db.prepare('SELECT id, addedIn FROM attachment ORDER BY addedAt, id').raw().all()
  expect(rows).toEqual([
    ['first', 1],
    ['of a draft', 2],
    ['sent', 2],
    ['with the sending', 2],
    ['while returned', 3],
    ['after all', 4],
  ])
})

test('what came after the last sending of a returned application is not shown to its company', async () => {
  const store = openSqlite(migrated())
  onTestFinished(() => store.close())
  const seen = await createSentApplications(store).byId('a', { org: 'kaneda' })
  expect(seen?.attachments.map(({ id }) => id)).toEqual(['first', 'sent', 'with the sending'])
  expect(seen?.removed).toEqual([])
})
