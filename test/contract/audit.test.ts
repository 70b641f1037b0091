import { beforeAll, expect, test } from 'vitest'
import { createAudit } from '../../src/audit/audit.ts'
import { csv, ndjson, type StreamFormat } from '../../src/audit/format.ts'
import { fromUtf8 } from '../../src/base/bytes.ts'
import { NUMBER } from '../platform/sample.ts'
import { type Engine, engine } from './engine.ts'
import { amended, type Line, newLine, PAIR } from './line.ts'

let here: Engine
beforeAll(async () => {
  here = await engine()
})

/** Two versions of the sample, and somebody who may pull everything, or what is of one issuer. */
async function audited() {
  const line = await newLine(here)
  await amended(line)
  const audit = createAudit(line.ports, line.platform)
  const auditor = async (issuers: string[]) => {
    const all = issuers.length === 0
    const wish = { role: 'auditor' as const, owners: [], issuers, all, days: 1 }
    return audit.tokens.auditor((await audit.tokens.create(wish)).token)
  }
  return { line, audit, auditor, whole: await auditor([]) }
}

async function streamed({ audit, whole }: Awaited<ReturnType<typeof audited>>, as: StreamFormat) {
  const pull = await audit.entryPull(whole, {})
  const { bytes } = await audit.pulls.stream(pull, whole, as)
  let text = ''
  for await (const chunk of bytes) text += fromUtf8(chunk)
  return text
}

test('entries are listed and streamed alike, and a token opens no more than it covers', async () => {
  const scene = await audited()
  const { audit, whole, auditor } = scene
  const pull = await audit.entryPull(whole, { event: 'amend' })
  const { items, next } = await audit.pulls.page(pull, whole, { limit: 10 })
  expect(JSON.parse(fromUtf8(items))).toMatchObject({ contractNumber: NUMBER, seq: 2, index: 2 })
  expect(next).toBeUndefined()
  const lines = (await streamed(scene, ndjson)).trimEnd().split('\n')
  expect(lines).toHaveLength(4)
  expect(lines[2]).toBe(fromUtf8(items))
  expect(JSON.parse(lines[3] ?? '').end).toMatchObject({ rows: 3, size: 3 })
  const table = (await streamed(scene, csv)).split('\r\n')
  expect(table).toHaveLength(6)
  expect(table[3]).toContain(`"${NUMBER}",2,amend,,,"",advance_payment,`)
  const owned = await auditor(['east'])
  const numbered = await audit.entryPull(owned, { numberKey: '12345678901' })
  const page = await audit.pulls.page(numbered, owned, { limit: 1 })
  expect(JSON.parse(fromUtf8(page.items))).toMatchObject({ index: 1, event: 'issue' })
  await expect(audit.tokens.auditor('akashi_audit_x')).rejects.toMatchObject({
    code: 'token_invalid',
  })
})

test('a history is judged at its instant, and the access log tells who asked', async () => {
  const { line, audit, whole } = await audited()
  await asked(line)
  const at = new Date(line.clock.now() - 2000).toISOString()
  const wish = { issuer: 'east', contractNumber: NUMBER, at }
  const { rows, checkpoints, answer } = await audit.history(whole, wish)
  expect(rows.map(({ seq }) => seq)).toEqual([1])
  expect([checkpoints.before?.size, checkpoints.after?.size]).toEqual([2, 3])
  expect(answer.versions).toHaveLength(2)
  const { items } = await audit.pulls.page(audit.accessPull(whole, {}), whole, { limit: 10 })
  const kinds = JSON.parse(`[${fromUtf8(items)}]`).map(({ kind }: { kind: string }) => kind)
  expect(kinds).toEqual(['lookup', 'lookup_failed', 'audited'])
})

async function asked(line: Line): Promise<void> {
  expect((await line.post('/v1/lookup', PAIR)).status).toBe(200)
  expect((await line.post('/v1/lookup', { ...PAIR, authKey: 'xxxxxxxxxxxx' })).status).toBe(404)
}
