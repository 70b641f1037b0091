import { expect, test } from 'vitest'
import { recognise } from '../../src/verifier/recognise.ts'
import { plainScene } from './scene.ts'

test('each file is told by its content, alone or inside the answer that brought it', async () => {
  const scene = await plainScene()
  const [evidence, receipt] = [await scene.evidence(), await scene.receipt(0)]
  const { verificationReceipt } = evidence
  const told = (value: unknown) => recognise(`${JSON.stringify(value, null, 2)}\n`)
  expect(told(evidence)).toEqual({ kind: 'evidence', value: evidence })
  expect(told({ verdict: 'verified', evidence, verificationReceipt })?.kind).toBe('evidence')
  expect(told(receipt)).toEqual({ kind: 'receipt', value: receipt })
  expect(told({ receipt, warnings: [] })).toEqual({ kind: 'receipt', value: receipt })
  expect(told(scene.trust)).toEqual({ kind: 'trust', value: scene.trust })
  const jws = { kind: 'verification-receipt', jws: verificationReceipt }
  expect(recognise(`${verificationReceipt}\n`)).toEqual(jws)
  expect(told({ verdict: 'verified', verificationReceipt })).toEqual(jws)
})

test.each([
  '',
  'a.b',
  '[]',
  'null',
  '{"format":"akashi-evidence/v2"}',
  '{"proof":1}',
  '{"receipt":',
])('%j is none of them', (text) => {
  expect(recognise(text)).toBeUndefined()
})
