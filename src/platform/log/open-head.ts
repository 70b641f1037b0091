import {
  type Checkpoint,
  noteVerifier,
  openCheckpoint,
  parseCheckpoint,
} from '../../log/checkpoint.ts'
import type { Identity, Ports } from '../../ports.ts'
import { createReopenings } from './reopenings.ts'

/**
 * Opens a stored head: one of this log, or of one that it goes on from after a loss. Undefined when
 * it is of neither, or not signed.
 */
export function createOpenHead(
  { store, logSigner, verifyEd25519 }: Ports,
  { origin }: Identity,
): (note: string) => Promise<Checkpoint | undefined> {
  const reopenings = createReopenings(store)

  async function isOurs(named: string): Promise<boolean> {
    if (named === origin) return true
    return (await reopenings()).some(({ sealedOrigin }) => sealedOrigin === named)
  }

  return async (note) => {
    const named = parseCheckpoint(note)?.origin
    if (named === undefined || !(await isOurs(named))) return undefined
    return openCheckpoint(note, noteVerifier(named, logSigner.publicKey), verifyEd25519)
  }
}
