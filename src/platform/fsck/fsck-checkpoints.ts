import { base64, equalBytes } from '../../base/bytes.ts'
import { noteVerifier, openCheckpoint, vkey } from '../../log/checkpoint.ts'
import type { Identity, Ports } from '../../ports.ts'
import { createReopenings, type Reopening } from '../log/reopenings.ts'
import type { FsckFault } from './fsck-fault.ts'

export interface CheckpointRow {
  size: number
  generation: number
  note: string
}

/** One run over the stored checkpoints, and over the seals of logs that were reopened. */
export interface CheckpointPass {
  /** What is wrong with a checkpoint. @param root derived from the entries, at its size */
  check(row: CheckpointRow, root: Uint8Array): Promise<string | undefined>
  /** What is wrong with the seals. */
  end(): FsckFault[]
}

/** A log, and the sizes at which it may have signed. */
interface Span {
  origin: string
  from: number
  to: number
}

/** Each checkpoint is signed by its log, within its time, of its row's size and the derived root. */
export async function openCheckpointPass(
  { store, logSigner, verifyEd25519 }: Ports,
  identity: Identity,
): Promise<CheckpointPass> {
  const reopenings = await createReopenings(store)()
  const spans = spansOf(reopenings, identity)
  /** Roots of the sound checkpoints at which logs were sealed, by generation and size. */
  const sealed = new Map<string, string>()
  const sizes = new Set(reopenings.map(({ sealedSize }) => sealedSize))

  return {
    async check({ size, generation, note }, root) {
      const span = spans.get(generation)
      if (!span || size < span.from || size > span.to) return `no log ${generation} signed here`
      const verifier = noteVerifier(span.origin, logSigner.publicKey)
      const checkpoint = await openCheckpoint(note, verifier, verifyEd25519)
      if (!checkpoint) return `not signed by the key of ${span.origin}`
      if (checkpoint.size !== size) return `its note is of ${checkpoint.size} entries`
      if (!equalBytes(checkpoint.root, root)) return 'another root than its entries give'
      if (sizes.has(size)) sealed.set(`${generation} ${size}`, base64(root))
      return undefined
    },

    end() {
      const before = [1, ...reopenings.map(({ generation }) => generation)]
      return reopenings.flatMap((row, i) => {
        const { generation, sealedOrigin, sealedVkey, sealedSize, sealedRoot } = row
        const notes = [before[i], generation].map((one) => sealed.get(`${one} ${sealedSize}`))
        const sound =
          notes.every((root) => root === sealedRoot) &&
          sealedVkey === vkey(sealedOrigin, logSigner.publicKey) &&
          sealedOrigin === spans.get(before[i] as number)?.origin
        const detail = 'not as the checkpoints of the two logs say'
        return sound ? [] : [{ table: 'logReopening', at: generation, detail }]
      })
    },
  }
}

function spansOf(reopenings: readonly Reopening[], { origin }: Identity): Map<number, Span> {
  const first = { generation: 1, origin: reopenings[0]?.sealedOrigin ?? origin, sealedSize: 1 }
  const logs = [first, ...reopenings]
  return new Map(
    logs.map((log, i) => [
      log.generation,
      { origin: log.origin, from: log.sealedSize, to: logs[i + 1]?.sealedSize ?? Infinity },
    ]),
  )
}
