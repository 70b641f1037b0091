import { base64, fromBase64 } from '../base/bytes.ts'
import { parseDecimal } from './decimal.ts'
import { HASH_LENGTH, isSize } from './tree.ts'

const HEADER = 'c2sp.org/tlog-proof@v1'

/** Longest path of a tree of up to 2^63 leaves. */
const MAX_HASHES = 63

/** Proof that a leaf stands in a log, complete but for the leaf and the log's key. */
export interface TlogProof {
  /** Place of the leaf, from 0. */
  index: number
  /** Inclusion proof from the leaf's sibling upwards, 32 bytes each. */
  hashes: Uint8Array[]
  /** Signed note, verbatim. */
  checkpoint: string
  /** Not authenticated by itself; ours is the entry, which its leaf hash authenticates. */
  extra?: Uint8Array
}

/**
 * Text of a proof (c2sp.org/tlog-proof).
 *
 * @throws RangeError when {@link parseProof} would not read it back
 */
export function formatProof(proof: TlogProof): string {
  const wellFormed =
    isSize(proof.index) &&
    proof.hashes.length <= MAX_HASHES &&
    proof.hashes.every(({ length }) => length === HASH_LENGTH) &&
    proof.extra?.length !== 0 &&
    proof.checkpoint.endsWith('\n')
  if (!wellFormed) throw new RangeError('not a tlog-proof')
  const extra = proof.extra === undefined ? [] : [`extra ${base64(proof.extra)}`]
  const hashes = proof.hashes.map(base64)
  const lines = [HEADER, ...extra, `index ${proof.index}`, ...hashes]
  return `${lines.join('\n')}\n\n${proof.checkpoint}`
}

/**
 * Reads {@link formatProof} back; undefined when the text is malformed: another version, base64
 * or a number in a second spelling, a hash that is not 32 bytes, more than 63 hashes, no
 * checkpoint. The checkpoint is not looked into.
 */
export function parseProof(text: string): TlogProof | undefined {
  const end = text.indexOf('\n\n')
  if (end < 0) return undefined
  const checkpoint = text.slice(end + 2)
  const [header, ...lines] = text.slice(0, end).split('\n')
  if (header !== HEADER || !checkpoint.endsWith('\n')) return undefined
  const encoded = lineValue('extra', lines[0])
  if (encoded !== undefined) lines.shift()
  const extra = encoded === undefined ? undefined : fromBase64(encoded)
  if (encoded !== undefined && (extra === undefined || extra.length === 0)) return undefined
  const index = parseDecimal(lineValue('index', lines.shift()) ?? '')
  if (index === undefined || lines.length > MAX_HASHES) return undefined
  const hashes: Uint8Array[] = []
  for (const line of lines) {
    const hash = fromBase64(line)
    if (hash?.length !== HASH_LENGTH) return undefined
    hashes.push(hash)
  }
  return { index, hashes, checkpoint, ...(extra === undefined ? {} : { extra }) }
}

/** Value of a `name value` line; undefined for any other line. */
function lineValue(name: string, line: string | undefined): string | undefined {
  return line?.startsWith(`${name} `) ? line.slice(name.length + 1) : undefined
}
