import { concat, utf8 } from '../base/bytes.ts'
import { type Instant, instant } from '../base/time.ts'
import {
  isSignedBy,
  type NoteVerifier,
  SIGNATURE_LENGTH,
  splitNote,
  type VerifyEd25519,
} from './checkpoint.ts'

/** Signature type of a timestamped Ed25519 witness cosignature (c2sp.org/signed-note). */
export const COSIGNATURE_TYPE = 0x04

const TIME_LENGTH = 8

/** Latest time that a `Date` can hold, in seconds. */
const MAX_SECONDS = 8_640_000_000_000

/**
 * When a witness saw a checkpoint to be consistent with all that it saw before
 * (c2sp.org/tlog-cosignature); undefined when the note carries no valid cosignature of it.
 *
 * @param witness its vkey, read with {@link COSIGNATURE_TYPE}
 */
export async function witnessedAt(
  note: string,
  witness: NoteVerifier,
  verify: VerifyEd25519,
): Promise<Instant | undefined> {
  const split = splitNote(note)
  for (const line of split?.signatures ?? []) {
    if (!isSignedBy(line, witness)) continue
    if (line.signature.length !== TIME_LENGTH + SIGNATURE_LENGTH) continue
    const time = secondsOf(line.signature.subarray(0, TIME_LENGTH))
    if (time > MAX_SECONDS) continue
    const message = cosignedMessage(split?.text ?? '', time)
    const signature = line.signature.subarray(TIME_LENGTH)
    if (await verify(message, signature, witness.publicKey)) return instant(time * 1000)
  }
  return undefined
}

/**
 * The bytes that a witness signs.
 *
 * @param text note text of the checkpoint
 * @param time seconds since 1970-01-01T00:00:00Z
 */
export function cosignedMessage(text: string, time: number): Uint8Array {
  return concat(utf8(`cosignature/v1\ntime ${time}\n`), utf8(text))
}

/** An unsigned 64-bit integer, big-endian; past 2^53 only its magnitude counts here. */
function secondsOf(bytes: Uint8Array): number {
  return bytes.reduce((seconds, byte) => seconds * 256 + byte, 0)
}
