import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { contexts as integrityContexts } from '@digitalbazaar/data-integrity-context'
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey'
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import jsigs from 'jsonld-signatures'
import { benchSigner } from '../../src/demo/bench-data.ts'

const COUNT = 100
const CONTROLLER = 'https://bench.example/issuer'
const INTEGRITY = 'https://w3id.org/security/data-integrity/v2'
const { AssertionProofPurpose } = jsigs.purposes

/**
 * The content of a record as a W3C Data Integrity document, signed once.
 * @returns counts checks of it in a CPU second of this process
 */
export async function dataIntegrity(seed: Uint8Array): Promise<() => Promise<number>> {
  const content = payloadOf(benchSigner(seed, 'http://127.0.0.1', '2026-04-01').record(2))
  const keyPair = await Ed25519Multikey.generate({ controller: CONTROLLER })
  keyPair.id = `${CONTROLLER}#${keyPair.publicKeyMultibase}`
  const publicKey = await keyPair.export({ publicKey: true, includeContext: true })
  const controller = {
    '@context': ['https://w3id.org/security/v2'],
    id: CONTROLLER,
    assertionMethod: [keyPair.id],
  }
  const known = new Map<string, unknown>([
    ...integrityContexts,
    [keyPair.id, publicKey],
    [CONTROLLER, controller],
  ])
  const documentLoader = async (url: string) => {
    const document = known.get(url)
    if (document === undefined) throw new Error(`no document ${url}`)
    return { contextUrl: null, document, documentUrl: url }
  }
  const document = { '@context': [INTEGRITY, { '@vocab': 'https://bench.example/v#' }], ...content }
  const signed = await jsigs.sign(document, {
    suite: new DataIntegrityProof({ signer: keyPair.signer(), cryptosuite }),
    purpose: new AssertionProofPurpose(),
    documentLoader,
  })
  const check = () =>
    jsigs.verify(signed, {
      suite: new DataIntegrityProof({ cryptosuite }),
      purpose: new AssertionProofPurpose({ controller }),
      documentLoader,
    })
  return async () => {
    const before = process.cpuUsage()
    for (let i = 0; i < COUNT; i++) {
      const { verified, error } = await check()
      if (!verified) throw error
    }
    const { user, system } = process.cpuUsage(before)
    return COUNT / ((user + system) / 1e6)
  }
}

/** `id` names the node itself in JSON-LD: the terms' own is called otherwise there. */
function payloadOf(record: string): object {
  const payload = Buffer.from(record.split('.')[1] ?? '', 'base64url').toString()
  return JSON.parse(payload, (_, value) =>
    value !== null && typeof value === 'object' && 'id' in value && 'title' in value
      ? { termsId: value.id, title: value.title }
      : value,
  )
}
