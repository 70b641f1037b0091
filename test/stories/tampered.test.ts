import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { DEMO_PAIRS } from '../../src/demo.ts'
import { numberKey } from '../../src/guarantee/contract-number.ts'
import { nodeId } from '../../src/log/tree.ts'
import { type RunningServer, startServer } from '../support/server.ts'
import { answers, lookUp, type Pair, plain, sentence } from './support/deeds.ts'
import { print } from './support/paper.ts'
import { expectSound } from './support/sight.ts'
import { story as plainStory } from './support/story.ts'

const FAILED = 'この電子保証を検証できませんでした'
const UNFINISHED = 'この電子保証の確認を完了できませんでした'
const GENUINE = 'この電子保証は本物で、現在も有効です'
const INTEGRITY = '内容は書き換えられていないか'
const LOG = '記録台帳に残っているか'

/** What somebody does to one row behind the product's back. */
type Tampering = (database: Database.Database) => void

const sql =
  (statement: string, ...values: unknown[]): Tampering =>
  (database) =>
    expect(database.prepare(statement).run(...values).changes).toBe(1)

/** The place of a guarantee's first record in the log. */
const positionOf = ({ contractNumber }: Pair): string =>
  `(SELECT position FROM version WHERE numberKey = '${numberKey(contractNumber)}' AND seq = 1)`

const record = (pair: Pair, change: (jws: string) => string): Tampering => {
  const where = `WHERE position = ${positionOf(pair)}`
  return (database) => {
    const jws = database.prepare(`SELECT jws FROM recordBody ${where}`).pluck().get() as string
    expect(change(jws)).not.toBe(jws)
    sql(`UPDATE recordBody SET jws = ? ${where}`, change(jws))(database)
  }
}

/** 20,000,000 yen become 29,000,000. */
const raised = (jws: string): string => {
  const [header, payload = '', signature] = jws.split('.')
  const text = Buffer.from(payload, 'base64url').toString('utf8')
  const forged = text.replace('"guaranteedAmount":20000000', '"guaranteedAmount":29000000')
  return [header, Buffer.from(forged).toString('base64url'), signature].join('.')
}

/** The node beside a guarantee's leaf, which its proof needs and no other's of these stories. */
const sibling = (pair: Pair, statement: string): Tampering => {
  return (database) => {
    const position = database
      .prepare(`SELECT ${positionOf(pair)}`)
      .pluck()
      .get() as number
    sql(statement, nodeId({ level: 0, index: position ^ 1 }))(database)
  }
}

interface Case {
  name: string
  pair: Pair
  tampering: Tampering
  question: string
  answer: string
}

const { sample, contract, interim, lowBid, multiYear, warned, jv } = DEMO_PAIRS

const CASES: Case[] = [
  {
    name: 'the sum in a record',
    pair: sample,
    tampering: record(sample, raised),
    question: INTEGRITY,
    answer: '問題あり：署名が正しくありません',
  },
  {
    name: 'the end of a record',
    pair: contract,
    tampering: record(contract, (jws) => jws.slice(0, -1)),
    question: INTEGRITY,
    answer: '問題あり：記録を読み取れません',
  },
  {
    name: 'a record for that of another guarantee',
    pair: interim,
    tampering: sql(
      `UPDATE recordBody SET jws = (SELECT jws FROM recordBody WHERE position = ${positionOf(jv)})
       WHERE position = ${positionOf(interim)}`,
    ),
    question: LOG,
    answer: '問題あり：台帳の記録と一致しません',
  },
  {
    name: 'one letter of a log entry',
    pair: lowBid,
    tampering: sql(
      `UPDATE logEntry SET entry = CAST(replace(CAST(entry AS TEXT), 'akashi-east', 'akashi-eest')
       AS BLOB) WHERE position = ${positionOf(lowBid)}`,
    ),
    question: LOG,
    answer: '問題あり：台帳の記録と一致しません',
  },
  {
    name: 'a node of the log',
    pair: multiYear,
    tampering: sibling(multiYear, `UPDATE logNode SET hash = zeroblob(32) WHERE id = ?`),
    question: LOG,
    answer: '問題あり：台帳に含まれていません',
  },
]

const missingNode = sibling(warned, `DELETE FROM logNode WHERE id = ?`)
const checkpoint = sql(
  `UPDATE logCheckpoint SET note = substr(note, 1, length(note) - 8) || 'AAAA' || substr(note, -4)
   WHERE size = (SELECT max(size) FROM logCheckpoint)`,
)

/** A server on a copy of another's data, changed while nobody looked. */
async function startTampered(
  { dataDir }: RunningServer,
  tamperings: Tampering[],
): Promise<RunningServer> {
  const copy = mkdtempSync(join(tmpdir(), 'akashi-tampered-'))
  cpSync(dataDir, copy, { recursive: true, filter: (path) => !path.includes('akashi.db') })
  const original = new Database(join(dataDir, 'akashi.db'), { readonly: true })
  await original.backup(join(copy, 'akashi.db'))
  original.close()
  const database = new Database(join(copy, 'akashi.db'))
  dropTriggers(database)
  for (const tampering of tamperings) tampering(database)
  database.close()
  const server = await startServer({ DATA_DIR: copy })
  const stop = async (): Promise<number> => {
    const code = await server.stop()
    rmSync(copy, { recursive: true })
    return code
  }
  return { ...server, stop }
}

function dropTriggers(database: Database.Database): void {
  const triggers = database
    .prepare<[], { name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'trigger'`)
    .all()
  expect(triggers.length).toBeGreaterThan(0)
  for (const { name } of triggers) database.exec(`DROP TRIGGER ${name}`)
}

/** `page` is one of a server whose guarantees were changed as {@link CASES} tells. */
const story = plainStory
  .extend('tampered', { scope: 'file' }, async ({ server }, { onCleanup }) => {
    const tamperings = CASES.map(({ tampering }) => tampering)
    const tampered = await startTampered(server, [...tamperings, missingNode])
    onCleanup(async () => expect(await tampered.stop()).toBe(0))
    return tampered
  })
  .override('page', ({ visit, tampered }) => visit({ origin: tampered.origin }))

describe('somebody changed behind the product', () => {
  for (const { name, pair, question, answer } of CASES) {
    story(`${name}: the officer is told what failed and whom to call`, async ({ page }) => {
      await lookUp(page, pair)
      expect(await sentence(page)).toBe(FAILED)
      expect((await answers(page))[question]).toBe(answer)
      const contact = page.getByRole('region', { name: '次にしていただくこと' })
      expect(plain(await contact.innerText())).toContain(
        'あかし東建設業保証株式会社 電話 054-000-0101 受付時間 平日 9:00～17:00',
      )
      const phone = contact.getByRole('link', { name: '054-000-0101' })
      expect(await phone.getAttribute('href')).toBe('tel:0540000101')
      expect(await page.content()).not.toContain('本物')
      await expectNoStack(page)
    })
  }

  story('its content stands behind a warning, and not on paper', async ({ page }) => {
    await lookUp(page, sample)
    expect(await page.getByText('50,000,000円').filter({ visible: true }).count()).toBe(0)
    await expectSound(page)
    const { text } = await print(page)
    expect(text).toContain(FAILED)
    expect(text).toContain('検証で問題が見つかったため、証書の内容は載せていません。')
    expect(text).not.toContain('50,000,000円')
  })

  story(
    'the signature of the newest checkpoint: nothing is verified any more',
    async ({ server, visit }) => {
      const tampered = await startTampered(server, [checkpoint])
      const page = await visit({ origin: tampered.origin })
      await lookUp(page, sample)
      expect(await sentence(page)).toBe(FAILED)
      expect((await answers(page))[LOG]).toBe('問題あり：台帳の署名が正しくありません')
      expect(await tampered.stop()).toBe(0)
    },
  )

  story('nothing: the guarantees beside those stand as they were', async ({ page }) => {
    await lookUp(page, jv)
    expect(await sentence(page)).toBe(GENUINE)
  })
})

story(
  'a node of the log is gone: neither pass nor fail, it cannot be checked',
  async ({ page }) => {
    await lookUp(page, warned)
    expect(await sentence(page)).toBe(UNFINISHED)
    const found = await answers(page)
    expect(found[LOG]).toBe('確認できません：確認できません')
    expect(Object.values(found).join()).not.toContain('問題あり')
    const next = page.getByRole('region', { name: '次にしていただくこと' })
    expect(plain(await next.innerText())).toContain(
      '本物であることを確かめられるまで、手続きを進めないでください。',
    )
    expect(await page.content()).not.toContain('この電子保証は本物')
    await expectNoStack(page)
    await expectSound(page)
  },
)

async function expectNoStack(page: Page): Promise<void> {
  expect(await page.content()).not.toMatch(/\bat .+\.(ts|js):\d+|Error:|SQLITE/)
}
