import type { D1Database } from '@cloudflare/workers-types'

/** Bytes that a database may have on the paid plan; it cannot be raised. */
const LARGEST = 10e9

/** The share of a D1 database that may still be written, 0 to 1. */
export async function freeRoomD1(db: D1Database): Promise<number> {
  const { meta } = await db.prepare('SELECT 1').run()
  return 1 - meta.size_after / LARGEST
}
