import { expect, test } from 'vitest'

import { loadDemo, SAMPLE } from '../../src/demo.ts'
import { openAuthKey } from '../../src/desk/issue/auth-keys.ts'
import { checkReceipt } from '../../src/desk/issue/receipt.ts'
import { readRecord } from '../../src/guarantee/record.ts'
import { deskHere } from '../../src/open/desk-ports.ts'
import { createPlatform } from '../../src/platform/platform.ts'
import { opening } from '../opening.ts'

const folder = opening()

test('the desk of the demo has its guarantees, with keys and receipts, and may sign', async () => {
  const opened = await folder.start()
  const origin = 'http://127.0.0.1:8787'
  await loadDemo(opened, origin)
  const { ports, sealer, settings } = opened
  const { store } = ports
  const all = await store.all(store.db.selectFrom('issued').selectAll().compile())
  const known = store.db
    .selectFrom('guarantee')
    .select('numberKey')
    .where('issuer', '=', 'akashi-east')
  expect(all.length).toBe((await store.all(known.compile())).length)
  expect(new Set(all.map(({ state }) => state))).toEqual(
    new Set(['in_force', 'cancelled', 'on_paper', 'released']),
  )
  expect(all.every(({ org }) => /^demo-[a-z]+$/.test(org))).toBe(true)
  const sample = all.find(({ contractNumber }) => contractNumber === SAMPLE.contractNumber)
  expect(sample?.org).toBe('demo-takahashi')
  expect(await openAuthKey(sealer, sample as never)).toBe(SAMPLE.authKey)

  const platform = createPlatform(ports, settings, origin)
  const trust = await platform.trust()
  const versions = await store.all(store.db.selectFrom('issuedVersion').selectAll().compile())
  for (const { issuer, jws, receipt } of versions) {
    const value = JSON.parse(receipt as string)
    const checked = await checkReceipt(value, issuer, readRecord(jws), trust, ports.verifyEd25519)
    expect(checked).toEqual({ receipt: value })
  }
  const { signingKeys } = deskHere(opened, platform)
  expect((await signingKeys.signing('akashi-east')).kid).toHaveLength(43)
  await expect(signingKeys.signing('akashi-marine')).rejects.toMatchObject({ code: 'kid_unknown' })
}, 60_000)
