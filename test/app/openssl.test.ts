import { spawnSync } from 'node:child_process'
import { createPublicKey, type JsonWebKey } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { parseTrust } from '../../src/log/bundle.ts'
import { lookupAnswer, trustDocument } from '../../src/platform/door/schemas.api.ts'
import { newWorld } from '../platform/world.ts'
import { toolPath } from '../support/tools.ts'
import { PAIR, serve } from './served.ts'

/** Exit code of openssl, asked whether a compact JWS is signed (EdDSA, RFC 8037) by a key. */
function opensslVerify(jwk: JsonWebKey, jws: string): number | null {
  const folder = mkdtempSync(join(tmpdir(), 'akashi-openssl-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = (name: string, content: string | Uint8Array) => {
    writeFileSync(join(folder, name), content)
    return join(folder, name)
  }
  const end = jws.lastIndexOf('.')
  const key = createPublicKey({ key: jwk, format: 'jwk' })
  const args = ['pkeyutl', '-verify', '-pubin', '-rawin']
  args.push('-inkey', file('key.pem', key.export({ type: 'spki', format: 'pem' })))
  args.push('-in', file('signed', jws.slice(0, end)))
  args.push('-sigfile', file('signature', Buffer.from(jws.slice(end + 1), 'base64url')))
  return spawnSync(toolPath('openssl'), args).status
}

test('openssl agrees that a looked up record is signed by its company, and not its twin', async () => {
  const world = await newWorld()
  const { get, post } = await serve(world)
  await world.issue({})
  const { history, verificationReceipt } = (await post('/v1/lookup', PAIR)).read(lookupAnswer)
  const trust = parseTrust((await get('/v1/trust')).read(trustDocument))
  const issuerKey = trust?.issuers[0]?.keys[0]?.jwk as JsonWebKey
  const [first = '', second = ''] = history.map(({ record }) => record)
  expect([first, second].map((jws) => opensslVerify(issuerKey, jws))).toEqual([0, 0])

  const signatureOf = (jws: string) => jws.slice(jws.lastIndexOf('.'))
  const crossed = first.slice(0, -signatureOf(first).length) + signatureOf(second)
  expect(opensslVerify(issuerKey, crossed)).toBe(1)

  const receiptKey = trust?.receiptKeys[0]?.jwk as JsonWebKey
  expect(opensslVerify(receiptKey, verificationReceipt)).toBe(0)
  expect(opensslVerify(issuerKey, verificationReceipt)).toBe(1)
})
