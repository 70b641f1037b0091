import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { DEMO_PAIRS, SAMPLE } from '../../src/demo.ts'
import { nodeId } from '../../src/log/tree.ts'
import { startServer } from '../support/server.ts'
import { answers, lookUp, plain, sentence } from './support/deeds.ts'
import { print } from './support/paper.ts'
import { expectSound } from './support/sight.ts'
import { story as plainStory } from './support/story.ts'

const FAILED = 'この電子保証を検証できませんでした'
const UNFINISHED = 'この電子保証の確認を完了できませんでした'
const GENUINE = 'この電子保証は本物で、現在も有効です'

/** What somebody does to a database behind the product's back. */
type Tampering = (database: Database.Database) => void

/**
 * `tampered` changes a copy of a demo's database while its server is down, starts a server on it
 * and gives a page of that.
 */
const story = plainStory
  .extend('demo', { scope: 'file' }, async ({ env }, { onCleanup }) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'akashi-demo-'))
    onCleanup(() => rmSync(dataDir, { recursive: true }))
    const server = await startServer({ ...env, DATA_DIR: dataDir })
    expect(await server.stop()).toBe(0)
    return dataDir
  })
  .extend('tampered', async ({ demo, visit }, { onCleanup }) => {
    const undo: (() => Promise<unknown>)[] = []
    onCleanup(async () => {
      for (const step of undo) await step()
    })
    return async (tampering: Tampering): Promise<Page> => {
      const copy = mkdtempSync(join(tmpdir(), 'akashi-tampered-'))
      cpSync(demo, copy, { recursive: true })
      const database = new Database(join(copy, 'akashi.db'))
      dropTriggers(database)
      tampering(database)
      database.close()
      const server = await startServer({ DATA_DIR: copy })
      undo.push(async () => {
        expect(await server.stop()).toBe(0)
        rmSync(copy, { recursive: true })
      })
      return visit({ origin: server.origin })
    }
  })

function dropTriggers(database: Database.Database): void {
  const triggers = database
    .prepare<[], { name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'trigger'`)
    .all()
  expect(triggers.length).toBeGreaterThan(0)
  for (const { name } of triggers) database.exec(`DROP TRIGGER ${name}`)
}

const POSITION = `(SELECT position FROM version WHERE numberKey = '12345678901')`

/** Changes exactly one row of the sample's. */
const sql =
  (statement: string, ...values: unknown[]): Tampering =>
  (database) =>
    expect(database.prepare(statement).run(...values).changes).toBe(1)

/** Puts another record in the place of the sample's. */
const changedRecord =
  (change: (jws: string) => string): Tampering =>
  (database) => {
    const read = database.prepare(`SELECT jws FROM recordBody WHERE position = ${POSITION}`).pluck()
    const jws = read.get() as string
    sql(`UPDATE recordBody SET jws = ? WHERE position = ${POSITION}`, change(jws))(database)
  }

/** 20,000,000 yen become 29,000,000. */
const raisedAmount = changedRecord((jws) => {
  const [header, payload = '', signature] = jws.split('.')
  const text = Buffer.from(payload, 'base64url').toString('utf8')
  const raised = text.replace('"guaranteedAmount":20000000', '"guaranteedAmount":29000000')
  expect(raised).not.toBe(text)
  return [header, Buffer.from(raised).toString('base64url'), signature].join('.')
})

const cutShort = changedRecord((jws) => jws.slice(0, -1))

/** The node beside the sample's leaf, which the proof of the sample alone needs. */
const siblingNode = (statement: string): Tampering => {
  return (database) => {
    const position = database.prepare(`SELECT ${POSITION}`).pluck().get() as number
    const index = position % 2 === 0 ? position + 1 : position - 1
    sql(statement, nodeId({ level: 0, index }))(database)
  }
}

const FAILURES: [name: string, Tampering, question: string, answer: string][] = [
  [
    'the sum in a record',
    raisedAmount,
    '内容は書き換えられていないか',
    '問題あり：署名が正しくありません',
  ],
  [
    'the end of a record',
    cutShort,
    '内容は書き換えられていないか',
    '問題あり：記録を読み取れません',
  ],
  [
    'a record put in the place of another',
    sql(
      `UPDATE recordBody SET jws = (SELECT jws FROM recordBody WHERE position =
       (SELECT position FROM version WHERE numberKey = '12345678902')) WHERE position = ${POSITION}`,
    ),
    '記録台帳に残っているか',
    '問題あり：台帳の記録と一致しません',
  ],
  [
    'one byte of a log entry',
    sql(
      `UPDATE logEntry SET entry = CAST(replace(CAST(entry AS TEXT), 'akashi-east', 'akashi-west')
       AS BLOB) WHERE position = ${POSITION}`,
    ),
    '記録台帳に残っているか',
    '問題あり：台帳の記録と一致しません',
  ],
  [
    'one byte of a node of the log',
    siblingNode(`UPDATE logNode SET hash = zeroblob(32) WHERE id = ?`),
    '記録台帳に残っているか',
    '問題あり：台帳に含まれていません',
  ],
  [
    'the signature of the newest checkpoint',
    sql(
      `UPDATE logCheckpoint SET note = substr(note, 1, length(note) - 8) || 'AAAA' ||
       substr(note, -4) WHERE size = (SELECT max(size) FROM logCheckpoint)`,
    ),
    '記録台帳に残っているか',
    '問題あり：台帳の署名が正しくありません',
  ],
]

describe('somebody changes the database behind the product', () => {
  for (const [name, tampering, question, answer] of FAILURES) {
    story(`${name}: the officer is told what failed and whom to call`, async ({ tampered }) => {
      const page = await tampered(tampering)
      await lookUp(page, SAMPLE)
      expect(await sentence(page)).toBe(FAILED)
      expect((await answers(page))[question]).toContain(answer)
      const contact = page.getByRole('region', { name: '次にしていただくこと' })
      expect(plain(await contact.innerText())).toContain(
        'あかし東建設業保証株式会社 電話 054-000-0101 受付時間 平日 9:00～17:00',
      )
      expect(await contact.getByRole('link', { name: '054-000-0101' }).getAttribute('href')).toBe(
        'tel:0540000101',
      )
      expect(await page.content()).not.toContain('本物')
      await expectNoStack(page)
    })
  }

  story(
    'a changed record shows its content only behind a warning, and not on paper',
    async ({ tampered }) => {
      const page = await tampered(raisedAmount)
      await lookUp(page, SAMPLE)
      expect(await page.getByText('50,000,000円').filter({ visible: true }).count()).toBe(0)
      await expectSound(page)
      const { text } = await print(page)
      expect(text).toContain(FAILED)
      expect(text).toContain('検証で問題が見つかったため、証書の内容は載せていません。')
      expect(text).not.toContain('50,000,000円')
    },
  )

  story('the guarantees beside it stand as they were', async ({ tampered }) => {
    const page = await tampered(raisedAmount)
    await lookUp(page, DEMO_PAIRS.contract)
    expect(await sentence(page)).toBe(GENUINE)
  })

  story('nothing changed: all is well after a start on a copy', async ({ tampered }) => {
    const page = await tampered(() => {})
    await lookUp(page, SAMPLE)
    expect(await sentence(page)).toBe(GENUINE)
  })
})

describe('a node of the log is gone', () => {
  story(
    'neither pass nor fail: the officer is told that it cannot be checked',
    async ({ tampered }) => {
      const page = await tampered(siblingNode(`DELETE FROM logNode WHERE id = ?`))
      await lookUp(page, SAMPLE)
      expect(await sentence(page)).toBe(UNFINISHED)
      const found = await answers(page)
      expect(found['記録台帳に残っているか']).toBe('確認できません：確認できません')
      expect(Object.values(found).join()).not.toContain('問題あり')
      expect(
        plain(await page.getByRole('region', { name: '次にしていただくこと' }).innerText()),
      ).toContain('本物であることを確かめられるまで、手続きを進めないでください。')
      expect(await page.content()).not.toContain('この電子保証は本物')
      await expectNoStack(page)
    },
  )
})

story(
  'a row of the owner is damaged: a number to ask about, and nothing of the inside',
  async ({ tampered }) => {
    const page = await tampered(sql(`UPDATE owner SET kinds = 'damaged' WHERE name = '富士市長'`))
    await lookUp(page, SAMPLE)
    expect(await sentence(page)).toBe('処理できませんでした')
    expect(await page.getByText(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/).count()).toBe(1)
    await expectNoStack(page)
    await expectSound(page)
  },
)

async function expectNoStack(page: Page): Promise<void> {
  expect(await page.content()).not.toMatch(/\bat .+\.(ts|js):\d+|Error:|SQLITE/)
}
