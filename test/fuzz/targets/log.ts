import { base64 } from '../../../src/base/bytes.ts'
import { parseEvidence, parseReceipt, parseTrust } from '../../../src/log/bundle.ts'
import {
  checkpointText,
  openCheckpoint,
  parseCheckpoint,
  parseVkey,
  signNote,
  splitNote,
  vkey,
} from '../../../src/log/checkpoint.ts'
import { COSIGNATURE_TYPE, cosignedMessage, witnessedAt } from '../../../src/log/cosignature.ts'
import { parseDecimal } from '../../../src/log/decimal.ts'
import { formatEntry, isIssuerId, parseEntry } from '../../../src/log/entry.ts'
import { inclusionSteps, proofHashes, verifyInclusion } from '../../../src/log/proof.ts'
import { formatProof, parseProof } from '../../../src/log/receipt.ts'
import { bundlePath, parseBundlePath, parseTilePath, tilePath } from '../../../src/log/tile.ts'
import { append, leafHash, nodeId } from '../../../src/log/tree.ts'
import { keyPair, verifyEd25519 } from '../../log/keys.ts'
import { mutateJson } from '../mutate.ts'
import { jsonOf, must, type Target } from '../target.ts'
import { FILES } from './files.ts'

const RECORD = 16_384
const ORIGIN = 'platform.example/akashi'
const HASH = new Uint8Array(32).fill(7)
const LOG = keyPair(51)
const WITNESS = keyPair(52)
const VERIFIER = parseVkey(vkey(ORIGIN, LOG.publicKey))!
const WITNESS_VERIFIER = parseVkey(
  vkey('witness.example', WITNESS.publicKey, COSIGNATURE_TYPE),
  COSIGNATURE_TYPE,
)!

const NOTE = await signNote(
  checkpointText({ origin: ORIGIN, size: 20_852_163, root: HASH }),
  ORIGIN,
  LOG.publicKey,
  LOG.sign,
)
const SEEN_AT = 1_764_000_000
const COSIGNED = `${NOTE}${await cosignature()}`

/** A witness's line on the note: key id, eight bytes of time, signature. */
async function cosignature(): Promise<string> {
  const time = Buffer.alloc(8)
  time.writeBigUInt64BE(BigInt(SEEN_AT))
  const signature = WITNESS.sign(cosignedMessage(splitNote(NOTE)!.text, SEEN_AT))
  const line = Buffer.concat([WITNESS_VERIFIER.keyId, time, signature])
  return `\u2014 ${WITNESS_VERIFIER.name} ${line.toString('base64')}\n`
}

/** One symbol for each byte, so that bytes that are no text can be written as one. */
const bytesOf = (text: string) => Uint8Array.from(text, (symbol) => symbol.charCodeAt(0) & 255)

const decimals: Target = {
  covers: ['parseDecimal'],
  seeds: ['0', '1', '20852163', '9007199254740991', '9007199254740992', '01', '1e3', '-1'],
  most: RECORD,
  read(text) {
    const value = parseDecimal(text)
    must(value === undefined || (String(value) === text && value >= 0), 'another spelling')
    return `${value !== undefined}`
  },
}

const HEAD = 'akashi-log/v1\nkind '
const PLACE = `arrived 2026-02-03T05:00:00.000Z\nsha256 ${base64(HASH)}\n`
const KEY_LINES = `kid ${'A'.repeat(43)}\nat 2026-02-03T05:00:00.000Z\nreason `

const entries: Target = {
  covers: ['parseEntry', 'isIssuerId'],
  seeds: [
    `${HEAD}record\nissuer east\n${PLACE}`,
    `${HEAD}key-add\nissuer east\n${PLACE}${KEY_LINES}-\n`,
    `${HEAD}key-revoke\nissuer east\n${PLACE}${KEY_LINES}compromised\n`,
    `${HEAD}access-head\nissuer -\n${PLACE}count 12\n`,
    `${HEAD}erase\nissuer east\n${PLACE}reason court_order\n`,
  ],
  most: RECORD,
  read(text) {
    const bytes = bytesOf(text)
    const entry = parseEntry(bytes)
    if (entry === undefined) return 'refused'
    must(Buffer.from(formatEntry(entry)).equals(bytes), 'a second spelling of an entry')
    must(entry.issuer === '-' || isIssuerId(entry.issuer), 'no issuer')
    return entry.kind
  },
}

const notes: Target = {
  covers: ['splitNote', 'parseCheckpoint', 'openCheckpoint', 'witnessedAt'],
  seeds: [NOTE, COSIGNED],
  most: 65_536,
  async read(text) {
    const split = splitNote(text)
    const claimed = parseCheckpoint(text)
    const head = await openCheckpoint(text, VERIFIER, verifyEd25519)
    const seen = await witnessedAt(text, WITNESS_VERIFIER, verifyEd25519)
    must(claimed === undefined || split !== undefined, 'a checkpoint of no note')
    if (head !== undefined || seen !== undefined) {
      // Other lines of signatures may come and go (c2sp.org/signed-note); the text may not.
      must(split?.text === splitNote(NOTE)?.text, 'a text that was never signed')
    }
    must(seen === undefined || Date.parse(seen) === SEEN_AT * 1000, 'another time of the witness')
    return `${claimed !== undefined} ${head !== undefined} ${seen !== undefined}`
  },
}

const vkeys: Target = {
  covers: ['parseVkey'],
  seeds: [
    vkey(ORIGIN, LOG.publicKey),
    vkey('witness.example', WITNESS.publicKey, COSIGNATURE_TYPE),
    'a+00000000+AQ==',
  ],
  most: RECORD,
  read(text) {
    for (const type of [1, COSIGNATURE_TYPE]) {
      const key = parseVkey(text, type)
      if (key === undefined) continue
      must(vkey(key.name, key.publicKey, type) === text, 'a second spelling of a key')
      return `type ${type}`
    }
    return 'refused'
  },
}

/** A tree of eleven entries, and what leads from each to its root. */
const TREE = treeOf(Array.from({ length: 11 }, (_, i) => bytesOf(`entry ${i}`)))

function treeOf(leaves: Uint8Array[]) {
  const { nodes, root } = append(0, [], leaves.map(leafHash))
  const kept = new Map(nodes.map(({ ref, hash }) => [nodeId(ref), hash]))
  const path = (index: number) =>
    proofHashes(inclusionSteps(index, leaves.length), (ref) => kept.get(nodeId(ref)) as Uint8Array)
  return { leaves, root, path }
}

const TREE_NOTE = await signNote(
  checkpointText({ origin: ORIGIN, size: TREE.leaves.length, root: TREE.root }),
  ORIGIN,
  LOG.publicKey,
  LOG.sign,
)

const proofs: Target = {
  covers: ['parseProof'],
  seeds: [0, 5, 10].map((index) =>
    formatProof({
      index,
      hashes: TREE.path(index),
      checkpoint: TREE_NOTE,
      extra: TREE.leaves[index] as Uint8Array,
    }),
  ),
  most: RECORD,
  async read(text) {
    const proof = parseProof(text)
    if (proof === undefined) return 'refused'
    must(formatProof(proof) === text, 'a second spelling of a proof')
    const head = await openCheckpoint(proof.checkpoint, VERIFIER, verifyEd25519)
    if (head === undefined || proof.extra === undefined) return 'not signed'
    const { index, hashes, extra } = proof
    const holds = verifyInclusion(index, head.size, leafHash(extra), hashes, head.root)
    const own = TREE.leaves[index]
    must(!holds || (own !== undefined && Buffer.from(own).equals(extra)), 'an entry of no log')
    return `holds ${holds}`
  },
}

const tiles: Target = {
  covers: ['parseBundlePath', 'parseTilePath'],
  seeds: ['000', '067.p/8', 'x001/x234/067', 'x001/234.p/255', '0/000.p/1', '63/x999/999', '1/001'],
  most: RECORD,
  read(text) {
    const bundle = parseBundlePath(text)
    must(!bundle || `tile/entries/${text}` === bundlePath(bundle), 'a second spelling')
    const [level = '', ...path] = text.split('/')
    const tile = parseTilePath(level, path.join('/'))
    must(!tile || `tile/${text}` === tilePath(tile), 'a second spelling of a tile')
    return `${bundle !== undefined} ${tile !== undefined}`
  },
}

const bundles: Target = {
  covers: ['parseEvidence', 'parseReceipt', 'parseTrust'],
  seeds: [FILES.evidence, FILES.receipt, FILES.trust],
  mutate: mutateJson,
  most: 262_144,
  read(text) {
    const value = jsonOf(text)
    const shapes = [parseEvidence, parseReceipt, parseTrust]
    return shapes.map((parse) => (parse(value) === undefined ? '-' : 'taken')).join(' ')
  },
}

export const LOG_TARGETS: Record<string, Target> = {
  decimal: decimals,
  entry: entries,
  note: notes,
  vkey: vkeys,
  'tlog-proof': proofs,
  tile: tiles,
  bundle: bundles,
}
