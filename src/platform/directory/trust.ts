import type { TrustDocument } from '../../log/bundle.ts'
import { vkey } from '../../log/checkpoint.ts'
import type { Identity, Ports } from '../../ports.ts'
import { createReopenings } from '../log/reopenings.ts'
import type { Issuers } from './issuers.ts'

/** What a verifier pins: the log's key, the receipt keys, every issuer's keys (akashi-trust/v1). */
export function createTrust(ports: Ports, { platform, origin }: Identity, issuers: Issuers) {
  const reopenings = createReopenings(ports.store)

  return async function trust(): Promise<TrustDocument> {
    return {
      format: 'akashi-trust/v1',
      platform,
      log: {
        origin,
        vkey: vkey(origin, ports.logSigner.publicKey),
        previous: (await reopenings()).map((log) => ({
          origin: log.sealedOrigin,
          vkey: log.sealedVkey,
          size: log.sealedSize,
          root: log.sealedRoot,
        })),
      },
      receiptKeys: [...ports.receiptKeys],
      issuers: (await issuers.list()).map(({ id, iss, name, numberPattern, keys }) => ({
        id,
        iss,
        name,
        numberPattern,
        keys: keys.map(({ issuer: _, ...key }) => key),
      })),
      witnesses: [],
      quorum: 'none',
    }
  }
}
