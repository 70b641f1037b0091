import { expect, test } from 'vitest'
import { nodeId } from '../../src/log/tree.ts'
import { logReader, MissingPart } from '../../src/platform/log/log-reader.ts'
import { nodeHashes } from '../../src/store/node-hashes.ts'
import { newWorld } from '../platform/world.ts'

/** The hash of the node with this id, in a table whose hashes tell their ids. */
const hashOf = (id: number) => Buffer.alloc(32, id)

async function newTable(ids: readonly number[]) {
  const { ports } = await newWorld()
  const { store } = ports
  await store.commit(
    ids.map((id) =>
      store.db
        .insertInto('logNode')
        .values({ id, hash: hashOf(id) })
        .compile(),
    ),
  )
  return store
}

test('hashes come in the order of the list, as many as there are', async () => {
  const ids = Array.from({ length: 200 }, (_, i) => 55 + i)
  const store = await newTable(ids)
  const query = nodeHashes(store.db)
  const read = async (list: readonly number[]) =>
    Buffer.from((await store.all(query(JSON.stringify(list))))[0]?.hashes ?? [])
  for (const list of [ids, ids.toReversed(), [70, 60, 200, 61]]) {
    expect(await read(list)).toEqual(Buffer.concat(list.map(hashOf)))
  }
  expect(await read([60, 7000, 61])).toEqual(Buffer.concat([hashOf(60), hashOf(61)]))
  expect(await read([])).toEqual(Buffer.alloc(0))
})

test('of hashes of which one is missing, the others are found', async () => {
  const leaf = (index: number) => ({ level: 0, index })
  const [first, lost, last] = [leaf(51), leaf(52), leaf(53)]
  const store = await newTable([nodeId(first), nodeId(last)])
  const hashes = await logReader(store).hashes([last, lost, first])
  for (const ref of [first, last]) expect(Buffer.from(hashes(ref))).toEqual(hashOf(nodeId(ref)))
  expect(() => hashes(lost)).toThrow(MissingPart)
})
