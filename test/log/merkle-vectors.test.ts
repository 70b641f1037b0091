import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { fromBase64, hex } from '../../src/base/bytes.ts'
import {
  consistencySteps,
  inclusionSteps,
  proofHashes,
  verifyConsistency,
  verifyInclusion,
} from '../../src/log/proof.ts'
import { append, EMPTY_ROOT, leafHash, type NodeRef, nodeId } from '../../src/log/tree.ts'
import { jsonFiles, vectorsFolder } from './vectors.ts'

const merkle = vectorsFolder('transparency-dev-merkle')

describe.skipIf(merkle === undefined)('the vectors of transparency-dev/merkle', () => {
  interface Vector {
    desc: string
    wantErr: boolean
    proof: string[] | null
  }
  interface InclusionVector extends Vector {
    leafIdx: number
    treeSize: number
    root: string
    leafHash: string
  }
  interface ConsistencyVector extends Vector {
    size1: number
    size2: number
    root1: string
    root2: string
  }
  const bytes = (text: string | null) => fromBase64(text ?? '') as Uint8Array
  const hashes = (vector: Vector) => (vector.proof ?? []).map(bytes)

  test('inclusion, good and bad', () => {
    const files = jsonFiles(join(merkle as string, 'testdata/inclusion'))
    expect(files).toHaveLength(98)
    for (const [path, content] of files) {
      const v = content as InclusionVector
      const valid = verifyInclusion(
        v.leafIdx,
        v.treeSize,
        bytes(v.leafHash),
        hashes(v),
        bytes(v.root),
      )
      expect(valid, path).toBe(!v.wantErr)
    }
  })

  test('consistency, good and bad', () => {
    const files = jsonFiles(join(merkle as string, 'testdata/consistency'))
    expect(files).toHaveLength(98)
    for (const [path, content] of files) {
      const v = content as ConsistencyVector
      const valid = verifyConsistency(v.size1, v.size2, bytes(v.root1), bytes(v.root2), hashes(v))
      expect(valid, path).toBe(!v.wantErr)
    }
  })
})

const answers = vectorsFolder('rfc6962-known-answers')

describe.skipIf(answers === undefined)('the known answers of Certificate Transparency', () => {
  interface Answers {
    empty_root: string
    inputs: string[]
    roots: string[]
    paths: { leaf: number; snapshot: number; path: string[] }[]
    consistency: { snapshot1: number; snapshot2: number; proof: string[] }[]
  }

  const load = () => {
    const file = join(answers as string, 'ct-merkle-known-answers.json')
    const known: Answers = JSON.parse(readFileSync(file, 'utf8'))
    return { known, leaves: known.inputs.map((input) => leafHash(Buffer.from(input, 'hex'))) }
  }

  test('roots of 0 to 8 leaves', () => {
    const { known, leaves } = load()
    expect(hex(EMPTY_ROOT)).toBe(known.empty_root)
    const roots = leaves.map((_, n) => hex(append(0, [], leaves.slice(0, n + 1)).root))
    expect(roots).toEqual(known.roots)
  })

  test('audit paths and consistency proofs are byte for byte those', () => {
    const { known, leaves } = load()
    const kept = new Map(append(0, [], leaves).nodes.map(({ ref, hash }) => [nodeId(ref), hash]))
    const nodeOf = (ref: NodeRef) => kept.get(nodeId(ref)) as Uint8Array
    for (const { leaf, snapshot, path } of known.paths.filter(({ leaf }) => leaf > 0)) {
      expect(proofHashes(inclusionSteps(leaf - 1, snapshot), nodeOf).map(hex)).toEqual(path)
    }
    for (const { snapshot1, snapshot2, proof } of known.consistency) {
      const steps = consistencySteps(snapshot1, snapshot2)
      expect(proofHashes(steps, nodeOf).map(hex)).toEqual(proof)
    }
  })
})
